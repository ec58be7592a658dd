"""Learns the names of a site: each name's commonest spelling among the tags of the site's articles.

    known_names([TagCount("ja", "くも膜下出血", 9), TagCount("ja", "クモ膜下出血", 2)], [])
    ->  [KnownName("ja", "くも膜下出血", 11)]

A name that was learned before keeps its spelling, since new articles are tagged with it and would otherwise only
confirm what a few articles of one hour prefer. It is deleted when no article has had it for `run.DAYS` days.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from alt_pipelines.text.spelling import spelling_keys

Names = tuple[tuple[str, int], ...]
"""The names of a site with their numbers of articles, commonest first."""

LEAST_ARTICLES = 3  # with a tag; fewer do not show what a site prefers
MOST_NAMES = 200  # kept per site, most recently seen and commonest first


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag in articles of one language, and the number of these articles."""

    language: str
    tag: str
    articles: int


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name in the spelling that a site prefers, with the number of articles. ``learned_at`` None means now."""

    language: str
    name: str
    articles: int
    learned_at: datetime | None = None


def known_names(tags: Iterable[TagCount], known: Sequence[KnownName]) -> list[KnownName]:
    """Return the names of a site, learned from its current tags and from the names learned before."""
    counts: dict[tuple[str, str, bool], Counter[str]] = defaultdict(Counter)
    found = list(tags)
    joined = {(tag.language, keys[-1]) for tag in found if len(keys := spelling_keys(tag.tag, tag.language)) == 1}
    for tag in found:
        counts[_group(tag.language, tag.tag, joined)][tag.tag] += tag.articles
    before: dict[tuple[str, str, bool], KnownName] = {}
    for name in sorted(known, key=lambda name: (-name.articles, name.name)):
        before.setdefault(_group(name.language, name.name, joined), name)
    out: list[KnownName] = []
    for group, forms in counts.items():
        old, total = before.pop(group, None), sum(forms.values())
        if old is not None:
            out.append(KnownName(group[0], old.name, max(total, old.articles)))
        elif total >= LEAST_ARTICLES:
            spelling = min(forms, key=lambda form: (-forms[form], form))
            out.append(KnownName(group[0], spelling, total))
    out.sort(key=lambda name: (-name.articles, name.name, name.language))
    unseen = sorted(before.values(), key=lambda name: (-name.articles, name.name, name.language))
    return [*out, *unseen][:MOST_NAMES]


def _group(language: str, form: str, joined: set[tuple[str, str]]) -> tuple[str, str, bool]:
    """Return the group of spellings that a form belongs to.

    A hyphenated form belongs to the joined one if the site has that (e-mail, email), otherwise to the spaced one. A
    single word without a capital is a group of its own (turkey, Turkey).
    """
    keys = spelling_keys(form, language)
    key = keys[-1] if (language, keys[-1]) in joined else keys[0]
    return language, key, " " not in form and form.islower()
