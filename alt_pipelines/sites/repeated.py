"""Learns a site's boilerplate: the lines and sentences that its articles repeat.

    repeated_lines([("Ferry fares rise", "Fares rise...\nGet our app."), ...])
    ->  {key of "Get our app.": RepeatedLine(12, "Get our app."), ...}

A part counts once per story. Articles with the same title, or with a third of the title's words and half of the text in
common, are one story: a report that is sent again repeats its own text, not the site's.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from alt_pipelines.text.boilerplate.removal import article_title, keyed_parts, line_key, own_lines
from alt_pipelines.text.clean import clean_text, marked_lines
from alt_pipelines.text.lines import parse
from alt_pipelines.text.terms import words

LEAST_STORIES = 5  # stories per site; fewer are not enough to learn from
LEAST_REPEATS = 3  # stories with the same line
LEAST_SHARE = 0.1  # of the site's stories; with many stories, a line in a few of them belongs to their topic
ARTICLES_PER_SITE = 60  # read per site
MOST_LINES = 100  # kept per site, most repeated first
SHORTEST, LONGEST = 4, 400  # characters of a line; a shorter one is a word, a longer one is article text
_TITLE_SHARE, _TEXT_SHARE = 1 / 3, 0.5  # of the shorter title's words and of the shorter text, for one story sent again
_READ = 20_000  # characters read per article

HOST = "^[a-zA-Z]+://(?:[^/?#@]*@)?([^/:?#]{1,253})"
"""The host of a URL, as a regular expression that Python and Postgres read alike."""


@dataclass(frozen=True, slots=True)
class SeenArticle:
    """An article as the platform stores it; `site` is the host of its URL, in lower case."""

    site: str
    title: str
    content: str


class RepeatedLine(NamedTuple):
    """A line that a site repeats: the number of its stories that contain it, and the text in one of them."""

    stories: int
    text: str


@dataclass(slots=True)
class _Story:
    title: frozenset[str]
    parts: dict[int, str]  # by key

    @property
    def characters(self) -> int:
        return sum(map(len, self.parts.values()))


def site_of(url: str | None) -> str:
    """Return the site of a URL: its host in lower case; "" without one."""
    found = re.match(HOST, url or "")
    return found.group(1).lower() if found else ""


def lines_of_sites(articles: Iterable[SeenArticle]) -> dict[str, dict[int, RepeatedLine]]:
    """Return what each site repeats (see ``repeated_lines``), for the sites with enough articles to learn from."""
    by_site: dict[str, list[SeenArticle]] = defaultdict(list)
    for article in articles:
        if len(by_site[article.site]) < ARTICLES_PER_SITE:
            by_site[article.site].append(article)
    return {site: repeated_lines(seen) for site, seen in by_site.items() if len(seen) >= LEAST_STORIES}


def repeated_lines(articles: Sequence[SeenArticle]) -> dict[int, RepeatedLine]:
    """Return the parts that the stories of one site repeat, by key (see ``line_key``), most repeated first."""
    stories: list[_Story] = []
    for article in articles:
        title = article_title(clean_text(article.title, 300)[0])
        lines = own_lines(title, parse(marked_lines(article.content, _READ)[0]))
        parts = {key: part for line in lines for key, part in keyed_parts(line)}
        parts.pop(line_key(title), None)
        story = _Story(frozenset(words(title)), parts)
        if parts and not any(_same(story, other) for other in stories):
            stories.append(story)
    if len(stories) < LEAST_STORIES:
        return {}
    counts = Counter(key for story in stories for key, part in story.parts.items() if SHORTEST <= len(part) <= LONGEST)
    texts = {key: part for story in stories for key, part in story.parts.items()}
    least = max(LEAST_REPEATS, LEAST_SHARE * len(stories))
    return {key: RepeatedLine(count, texts[key]) for key, count in counts.most_common(MOST_LINES) if count >= least}


def _same(one: _Story, other: _Story) -> bool:
    if one.title == other.title:
        return True
    if len(one.title & other.title) < _TITLE_SHARE * min(len(one.title), len(other.title)):
        return False
    shared = sum(len(part) for key, part in one.parts.items() if key in other.parts)
    return shared >= _TEXT_SHARE * min(one.characters, other.characters)
