"""Romance names that fill a line or stand before its colon, whole: Festival des Granges : ..., Il cappotto di Nives.

At the start of a line every word has a capital, so that a noun and its complement may be two things. What fills a line
without a verb is one name, of a programme, a recipe or a table; so is what a colon follows. Between short lines, the
title of a work also begins with an article and goes on in lower case (La casa di carta). The parts stay phrases, and
the ranking decides between them and the whole.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from alt_pipelines.tagging.extraction.features import LONGEST_SPACED_NAME, Phrase
from alt_pipelines.tagging.extraction.spaced.adverbs import is_adverb
from alt_pipelines.tagging.extraction.spaced.article import Article, Part
from alt_pipelines.tagging.extraction.spaced.compounds import begins_like_of
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading, stretch
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.tagging.extraction.spaced.verbs import reads_as_verb
from alt_pipelines.tagging.extraction.words.verbs import (
    is_infinitive,
    is_participle,
    is_strong_participle,
    is_verb,
    is_word,
    lemma_of,
)
from alt_pipelines.text.stopwords import word_set

_ARTICLES = word_set(
    "le la les l' l’ un une des il lo i gli uno una el los las unos unas o a os as um uma uns umas"
    " der die das den dem ein eine einen"
)
_AND = word_set("et y e ed i și si und en och og ja és ve dan a")
_FEWEST_ITEMS = 3  # lines of a list
_PAIR = 2  # words
_SHORTEST = 3  # tokens: a noun, a small word and its complement
_SHORT_LINE = 8  # tokens of an item of a list


def with_line_names(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the names that fill a line or stand before its colon."""
    known = {(phrase.start, len(phrase.words)) for phrase in phrases}
    named = [article.phrase(name, part) for part in (article.title, article.body) for name in _names(part, article)]
    return [*phrases, *(name for name in named if (name.start, len(name.words)) not in known)]


def with_listed(phrases: Sequence[Phrase], article: Article) -> Sequence[Phrase]:
    """Return the phrases with the items of an article that is a list: Ribollita, Pollo fritto, Pollo alla cacciatora.

    Most lines of the body are items: a word or a few, with small words only inside and without a sign.
    """
    items = _items(article)
    if not items:
        return phrases
    starts, whole = {phrase.start for phrase in phrases}, {(phrase.start, len(phrase.words)) for phrase in phrases}
    tokens, first = article.body.tokens, article.body.first
    fresh = [
        (start, end)
        for start, end in items
        if (first + start, end - start) not in whole and (end - start > 1 or first + start not in starts)
    ]
    return article.with_pieces(
        phrases, lambda part, _: (stretch(tokens, *item) for item in fresh if part is article.body)
    )


def _items(article: Article) -> list[tuple[int, int]]:
    """Return where the items of the body begin and end that are one word or have small words; [] if it is no list."""
    tokens = article.body.tokens
    lines = [(start, end) for start, end in _lines(tokens) if end > start]
    items = [line for line in lines if _is_item(tokens, *line, article)]
    if len(items) < _FEWEST_ITEMS or 2 * len(items) <= len(lines):
        return []
    linked = [(start, end) for start, end in items if end - start == 1 or _is_linked(tokens[start + 1 : end], article)]
    linked = [item for item in linked if not _has_verb(tokens, *item, article.reading)]
    return [*linked, *(item for item in items if _is_pair(tokens, *item, article.reading))]


def _lines(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Return where the lines of a text begin and end, empty ones included."""
    breaks = [-1, *[at for at, token in enumerate(tokens) if token.text[0] == "\n"], len(tokens)]
    return [(before + 1, after) for before, after in pairwise(breaks)]


def _is_linked(rest: Sequence[Token], article: Article) -> bool:
    """Whether the words after the first one of an item are in lower case, with a small word among them."""
    words = [token.text for token in rest]
    small = any(word in article.reading.stop or word in article.row.links for word in words)
    return small and (article.row.noun_capitals or all(map(str.islower, words)))


def _is_item(tokens: list[Token], start: int, end: int, article: Article) -> bool:
    """Whether a line is a few words, the first one with a capital, that are no enumeration."""
    if end - start > LONGEST_SPACED_NAME or not tokens[start].text[0].isupper():
        return False
    if not all(token.text[0].isalpha() for token in tokens[start:end]):
        return False
    stop = article.reading.stop
    pair = end - start == _PAIR and is_word(tokens[end - 1].text, article.reading.code)  # Czarny bez: elder, or without
    if tokens[start].text.lower() in stop or (tokens[end - 1].text.lower() in stop and not pair):
        return False
    return not any(tokens[at].text in _AND for at in range(start, end))


def _has_verb(tokens: list[Token], start: int, end: int, reading: Reading) -> bool:
    inner = [at for at in range(start + 1, end) if tokens[at].text.islower() and tokens[at].text not in reading.stop]
    return any(reads_as_verb(tokens, at, reading) for at in inner if tokens[at - 1].text not in reading.stop)


def _is_pair(tokens: list[Token], start: int, end: int, reading: Reading) -> bool:
    """Whether an item is a noun and a word in lower case beside it, which may be a participle: Carne asada."""
    if end - start != _PAIR or not tokens[start + 1].text.islower():
        return False
    first, second, code = tokens[start].text.lower(), tokens[start + 1].text, reading.code
    described = is_participle(second, code) or is_strong_participle(second, code) or not is_verb(second, code)
    described = described or (reading.row.head_first and first[-1] == second[-1] and first[-1] in "oa")  # Pollo frito
    lemma = lemma_of(second, code)
    adjective = lemma is not None and not is_infinitive(lemma, code)  # noire, of noir, not of noircir
    return not is_adverb(second, code) and not is_infinitive(first, code) and (described or adjective)


def _names(part: Part, article: Article) -> Iterator[list[Placed]]:
    tokens = part.tokens
    lines = _lines(tokens)
    sizes = [0, *(end - start for start, end in lines), 0]
    for line, (start, after) in enumerate(lines, 1):
        end = start
        last = min(after, start + LONGEST_SPACED_NAME)
        while end < last and tokens[end].text[0].isalpha():
            end += 1
        filled = end == after and not part.is_title
        if end - start < _SHORTEST or not (filled or (end < after and tokens[end].text == ":")):
            continue
        listed = filled and 0 < max(sizes[line - 1], sizes[line + 1]) <= _SHORT_LINE
        if _is_name(tokens, start, end, article, listed=listed):
            yield stretch(tokens, start, end)


def _is_name(tokens: list[Token], start: int, end: int, article: Article, *, listed: bool) -> bool:
    """Whether the words between two places are a noun and its complement, or in a list an article and its noun."""
    reading = article.reading
    first, second, last = (tokens[at].text for at in (start, start + 1, end - 1))
    titled = listed and first.lower() in _ARTICLES and (second.islower() or last.islower() or reading.row.noun_capitals)
    if not first[0].isupper() or not (titled or (last[0].isupper() and second.islower())):
        return False
    if titled and end - start == _SHORTEST:
        return True  # even with a verb: El tiempo vuela
    small = reading.row.links | reading.row.articles
    inner = [at for at in range(start + 1, end) if tokens[at].text.islower() and tokens[at].text not in small]
    joined = [tokens[at].text for at in range(start, end) if tokens[at].text in reading.row.links]
    named = bool(joined) and first.lower() not in reading.stop and all(begins_like_of(j, reading.row) for j in joined)
    empty = not titled and any(tokens[at].text in reading.stop for at in inner)
    return (titled or named) and not empty and not any(reads_as_verb(tokens, at, reading) for at in inner)
