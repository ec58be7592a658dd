"""Names with small words of another language, whole: Sheila on 7, Element of Crime, Kapal van der Wijck.

A small word that is none in the article's language, with capitalised words on both sides, or a number after it, is
inside one name. The words of such a name are not phrases of their own there.

Scope: small words of Western European languages. Out of scope: those of the article's own language, which
``Language.links`` joins.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile

from alt_pipelines.tagging.extraction.features import LONGEST_SPACED_NAME, Phrase
from alt_pipelines.tagging.extraction.spaced.article import Article, Part
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading, stretch
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.text.stopwords import word_set

# Articles, prepositions and conjunctions of more than a letter that names have inside: English, French, Spanish and
# Portuguese, Italian, German, Dutch. Those that are nouns in another of these languages (or, sur) are left out.
_SMALL = word_set(
    """
    of the on and in for to with at from by
    de du des la le les et aux
    del las los el da das do dos
    di della dei degli delle dello
    von der zum zur und
    van den het ten ter
    """
)
_DUTCH = ("'t", "’t")  # the article after a preposition of a Dutch surname: van 't Hek, in 't Veld
_BEFORE_DUTCH = word_set("van in op aan uit over te onder voor bij")
_MOST = 2  # small words in a row: of the, van der
_BEFORE = 3  # words of a name before its small word


def with_foreign_names(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the names that have small words of another language, and without their parts."""
    small = _SMALL - article.reading.stop
    if small.isdisjoint(article.words) and article.words.isdisjoint(_DUTCH):
        return phrases
    count: Counter[str] = Counter()
    for part in (article.title, article.body):
        for starts, end in _spans(part.tokens, small, article.reading):
            count.update(part.written(start, end) for start in starts)
    if not count:
        return phrases
    return article.with_whole_names(phrases, partial(_names, small, count))


def _names(small: frozenset[str], count: Counter[str], part: Part, reading: Reading) -> Iterator[list[Placed]]:
    """Yield the names, each from the word on with which the text has it most often."""
    for starts, end in _spans(part.tokens, small, reading):
        start = max(starts, key=lambda start: (count[part.written(start, end)], end - start))
        yield stretch(part.tokens, start, end)


def _spans(tokens: Sequence[Token], small: frozenset[str], reading: Reading) -> Iterator[tuple[list[int], int]]:
    """Yield the places where each name may begin, the last one first, and the place where it ends."""
    free = 0
    for at in range(1, len(tokens)):
        if at <= free or not _is_small(tokens, at, small) or not _is_beside(tokens, at - 1):
            continue
        if not _is_part(tokens[at - 1]):
            continue
        end = _end(tokens, at, small, reading)
        if end is None:
            continue
        furthest = at - 1 if reading.row.noun_capitals else max(free, at - _BEFORE)
        starts = [at - 1, *takewhile(partial(_may_begin, tokens), range(at - 2, furthest - 1, -1))]
        yield [start for start in starts if end - start <= LONGEST_SPACED_NAME], end
        free = end


def _may_begin(tokens: Sequence[Token], at: int) -> bool:
    return _is_part(tokens[at]) and not tokens[at].opens and _is_beside(tokens, at)


def _end(tokens: Sequence[Token], at: int, small: frozenset[str], reading: Reading) -> int | None:
    """Return the end of a name whose first small word is at ``at``; None if it is in no name."""
    end = None
    while at < len(tokens) and _is_small(tokens, at, small):
        after = at + 1
        while after < min(len(tokens), at + _MOST) and _is_small(tokens, after, small):
            after += 1
        if after >= len(tokens) or not all(_is_beside(tokens, one) for one in range(at - 1, after)):
            return end
        if tokens[after].text.isdigit():
            return after + 1
        if not _is_part(tokens[after]):
            return end
        at = end = after + 1
        if reading.row.noun_capitals:
            continue
        while at < len(tokens) and _is_part(tokens[at]) and _is_beside(tokens, at - 1):
            at = end = at + 1
    return end


def _is_small(tokens: Sequence[Token], at: int, small: frozenset[str]) -> bool:
    """Whether a token is a small word of another language, or a part of a Dutch surname in any language: van 't."""
    word = tokens[at].text
    if word in small:
        return True
    if word in _DUTCH:
        return tokens[at - 1].text in _BEFORE_DUTCH
    return word in _BEFORE_DUTCH and at + 1 < len(tokens) and tokens[at + 1].text in _DUTCH


def _is_part(token: Token) -> bool:
    return token.text[0].isupper() and token.text[-1].isalnum()


def _is_beside(tokens: Sequence[Token], at: int) -> bool:
    """Whether one space is between a token and the next one."""
    return tokens[at].end + 1 == tokens[at + 1].start
