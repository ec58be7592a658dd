"""Names and terms inside longer Romance phrases: INTA in "estación del INTA", cohecho in "delitos de cohecho".

A phrase with small words is several things. The names on either side of a small word are candidates too, and so is a
complement that few texts have, except in Italian, where it is half of a fixed phrase (olio d'oliva). The ranking
decides between them and the whole.
"""

import re
from collections.abc import Iterator, Sequence

from alt_pipelines.tagging.extraction.features import Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.tagging.extraction.words.verbs import is_word

_RARE = 1e-5  # share of all words, below which a complement is a topic and not a measure or a quality
_NAMES_ONLY = frozenset({"it"})
_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9-]*[A-Z0-9]")


def with_inner(pieces: Sequence[Phrase], phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the parts with the names and terms inside phrases that are not phrases, each at its first place."""
    known = {phrase.stems for phrase in (*pieces, *phrases)}
    found: dict[tuple[str, ...], Phrase] = {}
    for phrase in phrases:
        for part in _inner(phrase, article):
            if part.stems not in known:
                found.setdefault(part.stems, part)
    return [*pieces, *found.values()]


def _inner(phrase: Phrase, article: Article) -> Iterator[Phrase]:
    words = [word.strip() for word in phrase.words]
    small = article.row.links | article.row.articles
    at = [index for index, word in enumerate(words) if word.lower() in small and word.islower()]
    if not at:
        return
    for first, end in ((0, at[0]), (at[-1] + 1, len(words))):
        if first < end and _is_tag(words[first:end], article, last=first > 0):
            inner = (phrase.words[first].lstrip(), *phrase.words[first + 1 : end])
            yield Phrase(inner, phrase.stems[first:end], phrase.start + first)


def _is_tag(words: Sequence[str], article: Article, *, last: bool) -> bool:
    """Whether the words before or after a small word are a name or a rare term.

    A name is not made of the dictionary's words, which may be half of a body's name: Agencia Nacional | de ..., and
    ... de | Ciencias Naturales.
    """
    code, row = article.reading.code, article.row
    if last and len(words) == 1 and words[0].islower():
        return code not in _NAMES_ONLY and frequency(words[0], code) < _RARE
    if not all(word[0].isupper() for word in words):
        return False
    if len(words) == 1 and _ABBREVIATION.fullmatch(words[0]):
        return True
    own = [not is_word(word.lower(), code) and word.lower() not in row.saints for word in words]
    return len(words) > 1 and all(own) if last else own[-1] and (len(words) == 1 or words[0].lower() not in row.saints)
