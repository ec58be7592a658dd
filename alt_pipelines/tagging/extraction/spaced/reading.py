"""The context in which the words of a spaced language are read, collected once per article.

``read`` collects it; ``spaced.words`` and ``spaced.verbs`` judge each word by it, the latter as an ``Occurrence``.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from alt_pipelines.tagging.extraction.languages import Language, language_of
from alt_pipelines.tagging.extraction.spaced.arabic.words import BEFORE_CLAUSES
from alt_pipelines.tagging.extraction.spaced.compounds import free_nouns
from alt_pipelines.tagging.extraction.spaced.tokens import Token
from alt_pipelines.tagging.extraction.words.verbs import is_infinitive, is_word

MOST_SMALL = 5  # adjacent small words that are examined, so that a text of nothing else takes linear time
_START = Token(".", 0, 0, True)  # before the first token
_SHORTEST_FOREIGN = 4
_LONGEST_NEWSPAPER = 6  # tokens: O Estado de S. Paulo
_INFLECTED = re.compile("(?:e[nmrs]?|t|st|ig|lich|isch|bar|sam|los|weise|mal|wärts)$")  # endings of German words
_ONE_CAPITAL = frozenset({"cs", "sk"})  # languages whose names of several words have one capital
_POLITE = re.compile("v[áay]")  # Vy, Vám, Vaše: capitals of politeness
_ADJECTIVE = re.compile("[áéý]$")  # in the nominative
HAS_LETTER = re.compile(r"[^\W\d_]")
# Small words that are not always articles: before an infinitive they are prepositions.
BEFORE_INFINITIVES = frozenset({"de", "d'", "d’", "di", "à", "al", "a", "ao"})


class Placed(NamedTuple):
    """A token of a run, and its place among the tokens of the title or of the body."""

    token: Token
    at: int
    link: bool  # a small word, which can only be inside a phrase


def stretch(tokens: Sequence[Token], start: int, end: int) -> list[Placed]:
    """Return the tokens from ``start`` up to ``end`` as one phrase, whose words are all its own."""
    return [Placed(tokens[at], at, link=False) for at in range(start, end)]


def parts_between(run: Sequence[Placed], divides: Callable[[Placed], bool]) -> Iterator[list[Placed]]:
    """Return the parts of a run between the words that divide it, in order and none empty."""
    return (list(part) for between, part in groupby(run, divides) if not between)


class Reading(NamedTuple):
    """The context of an article for the extraction of its phrases: language row, stop words, names and nouns."""

    code: str
    row: Language
    stop: frozenset[str]  # function words, and the words listed in the row
    listed: frozenset[str]  # the words listed in the row
    names: frozenset[tuple[str, str]]  # a stop word and the name that follows it, or that it ends: Pražské jaro
    capitals: frozenset[str]  # words that are capitalised inside a sentence somewhere, folded
    nouns: frozenset[str]  # words that follow an article somewhere
    repeated: frozenset[str]  # phrases with a small word inside that occur more than once
    free: frozenset[str]  # nouns, without -s, that occur outside one compound with a small word (``spaced.compounds``)
    foreign: frozenset[str]  # lower-case words that recur and that the dictionary of a language with capitals lacks
    numbered: frozenset[tuple[str, str]]  # words and the numbers after them that occur more than once: Boeing 737
    inside: frozenset[tuple[str, str]]  # Arabic words inside a clause, where no verb is, each with the following word


class Occurrence(NamedTuple):
    """A word at one place of an article, with its neighbours."""

    tokens: list[Token]
    at: int
    word: str  # folded
    before: Token  # a full stop at the beginning of the text
    after: str  # as written; a full stop at the end of the text
    articled: bool  # whether the word before is an article
    reading: Reading


def occurrence(tokens: list[Token], index: int, reading: Reading) -> Occurrence:
    """Return the word at a place of an article with its neighbours."""
    before = tokens[index - 1] if index else _START
    after = tokens[index + 1].text if index + 1 < len(tokens) else "."
    articled = before.text.lower() in reading.row.articles
    return Occurrence(tokens, index, tokens[index].text.lower(), before, after, articled, reading)


def read(code: str, row: Language, common: frozenset[str], tokens: list[Token]) -> Reading:
    """Return the context of an article in the language ``code``. ``common``: the language's function words."""
    listed = _listed(code)
    stop = common | listed
    names: set[tuple[str, str]] = set()
    nouns: set[str] = set()
    around: Counter[str] = Counter()
    numbers: Counter[tuple[str, str]] = Counter()
    capitals: set[str] = set()
    before, low_before, last = _START, _START.text, len(tokens) - 1
    for index, token in enumerate(tokens):
        word, low = token.text, token.text.lower()
        if word[0].isupper():
            if (before.text[0].isupper() or before.opens) and _begins_name(tokens, index, stop, row):
                names.add((before.text, word))
            if not token.opens:
                capitals.add(low)
        elif low_before in row.articles and not (
            before.opens or (low_before in BEFORE_INFINITIVES and is_infinitive(word, code))
        ):
            nouns.add(low)
        if low in row.links and 0 < index < last:
            around[linked(tokens, index, row)] += 1
        if word[0].isdigit():
            numbers[before.text, word] += 1
        before, low_before = token, low
    repeated = frozenset(phrase for phrase, count in around.items() if count > 1 and phrase)
    free = free_nouns(tokens, row) if row.of else frozenset()
    foreign = _foreign(tokens, code) if row.noun_capitals else frozenset()
    numbered = frozenset(pair for pair, count in numbers.items() if count > 1)
    inside = _inside_clauses(tokens) if row.clitics else frozenset()
    names |= _names_in_lower_case(tokens, code, stop)
    found = frozenset(names), frozenset(capitals), frozenset(nouns)
    return Reading(code, row, stop, listed, *found, repeated, free, foreign, numbered, inside)


def _names_in_lower_case(tokens: Sequence[Token], code: str, stop: frozenset[str]) -> set[tuple[str, str]]:
    """Return names of two words whose second one has no capital: a stop word and a noun, or an adjective and a season.

    Má vlast and Pražské jaro, if the text has both together more than once, and the capital inside a sentence.
    """
    if code not in _ONE_CAPITAL:
        return set()
    calendar = language_of(code).calendar
    times: Counter[tuple[str, str]] = Counter()
    inside: set[tuple[str, str]] = set()
    for one, other in pairwise(tokens):
        beside = one.end + 1 == other.start and one.text.istitle() and other.text.isalpha() and other.text.islower()
        low = one.text.lower()
        if not beside or _POLITE.match(low):
            continue
        season = other.text in calendar and low not in stop and _ADJECTIVE.search(low)
        if not season and (low not in stop or other.text in stop):
            continue
        times[one.text, other.text] += 1
        if not one.opens:
            inside.add((one.text, other.text))
    return {pair for pair in inside if times[pair] > 1}


@lru_cache(maxsize=64)
def _listed(code: str) -> frozenset[str]:
    row = language_of(code)
    return row.weak | row.calendar | row.articles | row.links


def _begins_name(tokens: Sequence[Token], index: int, stop: frozenset[str], row: Language) -> bool:
    """Whether the word before the one with a capital at ``index`` is a stop word that is part of its name."""
    before, word = tokens[index - 1] if index else _START, tokens[index].text
    low, upper = before.text.lower(), before.text[0].isupper()
    capital = upper and not before.opens and low in stop
    saint = before.opens and upper and low in row.saints
    if not (capital or saint or (before.opens and _is_listed(tokens, index, row))):
        return False
    day = low in row.calendar and (row.noun_capitals or word.lower() in row.calendar)  # am Montag Bad Ems
    letters = before.text.isupper() and (len(before.text) > 1 or not word.istitle())  # but: O Boticário
    return not letters and not day


def _is_listed(tokens: Sequence[Token], index: int, row: Language) -> bool:
    """Whether an article and the word at ``index`` are a place, or begin a newspaper, which no longer name does."""
    first = index - 1
    if f"{tokens[first].text} {tokens[index].text}" in row.articled:
        return True
    if not row.newspapers or tokens[first].text.lower() not in row.articles:
        return False
    words = [token.text for token in tokens[first : first + _LONGEST_NEWSPAPER + 1]]
    sizes = range(2, len(words) + 1)
    size = max((size for size in sizes if " ".join(words[:size]) in row.newspapers), default=0)
    return size > 0 and not (size < len(words) and words[size][0].isupper())  # not La República Dominicana


def _inside_clauses(tokens: list[Token]) -> frozenset[tuple[str, str]]:
    threes = zip(tokens, tokens[1:], tokens[2:], strict=False)
    opened = BEFORE_CLAUSES | {"و"}
    return frozenset(
        (word.text, after.text) for before, word, after in threes if not word.opens and before.text not in opened
    )


def _foreign(tokens: list[Token], code: str) -> frozenset[str]:
    """Return the lower-case words that recur and that neither the dictionary nor German word formation explains."""
    counts = Counter(token.text for token in tokens if token.text.islower() and token.text.isalpha())
    found = (word for word, count in counts.items() if count > 1 and len(word) >= _SHORTEST_FOREIGN)
    return frozenset(word for word in found if not is_word(word, code) and not _INFLECTED.search(word))


def linked(tokens: list[Token], index: int, row: Language) -> str:
    """Return the phrase around a small word, folded; "" if there is none."""
    after = index + 1
    last = min(len(tokens) - 1, index + MOST_SMALL)
    while after < last and is_small(tokens[after].text.lower(), row):
        after += 1
    words = [token.text.lower() for token in tokens[index - 1 : after + 1]]
    letters = all(word[0].isalpha() for word in words)
    return " ".join(words) if letters and not is_small(words[0], row) else ""


def is_small(word: str, row: Language) -> bool:
    """Whether a word in lower case is an article or a small word that a phrase may have inside."""
    return word in row.links or word in row.articles
