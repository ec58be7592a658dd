"""Find which sentences mention what their story is about: a name that its articles share.

    shared_names([["Klitschko beat Thompson in Berne."], ["Wladimir Klitschko stopped Tony Thompson."]], ["en", "en"])
    ->  {"en": {"klitschko", "thompson"}}

A sentence that mentions none ("No arrests were made.") is rarely understood without the sentences around it.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set

from alt_pipelines.recap.clustering.identity import distinctive
from alt_pipelines.text.scripts import CJK, HANGUL

_OPENING = 4  # texts of an article, title first, whose names are compared
_SHARE = 0.3  # minimum share of the articles of a language that mention a name of the story
_UNSPACED = re.compile(rf"{CJK.pattern}|[{HANGUL}]")


def shared_names(texts: Sequence[Sequence[str]], languages: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return, for each language, the distinctive names that two or more of its articles mention.

    The only article of a language shares its names with itself.
    """
    found = {}
    for language in set(languages):
        own = [text[:_OPENING] for text, its in zip(texts, languages, strict=True) if its == language]
        mentions = Counter(name for text in own for name in distinctive(text, language))
        least = min(len(own), max(2, _SHARE * len(own)))
        found[language] = frozenset(name for name, count in mentions.items() if count >= least)
    return found


def mention_patterns(names: Mapping[str, Set[str]]) -> dict[str, re.Pattern[str] | None]:
    """Return, for each language, a pattern that finds any of its names in a text; None if it has no names."""
    return {language: _any_of(found) for language, found in names.items()}


def _any_of(names: Set[str]) -> re.Pattern[str] | None:
    if not names:
        return None
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(_bounded, ordered)), re.IGNORECASE)


def _bounded(name: str) -> str:
    """A name as a pattern: a whole word, except in scripts whose words are not separated or carry particles."""
    escaped = re.escape(name)
    return escaped if _UNSPACED.search(name) else rf"(?<!\w){escaped}(?!\w)"
