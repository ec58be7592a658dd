"""Reads a text in Russian or Ukrainian: each word with the readings that fit its place, and a noun's dictionary form.

    read("", "Губок нашли много.", "ru").lemmas  ->  ["губка", "нашли", "много", "."]

A dictionary gives every reading of a form. The word's capital and the words beside it decide which readings fit. Of
several dictionary forms, a noun has the one that explains most of the article's forms.

Scope: single words. Which words form a phrase is decided in ``inflected.phrases``.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence, Set
from typing import NamedTuple

from alt_pipelines.tagging.extraction.inflected import russian_words, ukrainian_words
from alt_pipelines.tagging.extraction.inflected.names import (
    disambiguated,
    has_capital_of_name,
    names_after_given,
    opens_with_given_name,
    readings_of_name,
    surnames,
    surnames_in_nominative,
    with_plural_towns,
    without_people,
    womens_surnames,
    written_surnames,
)
from alt_pipelines.tagging.extraction.inflected.numbers import (
    is_adjective_of_number,
    is_designation,
    is_unit,
    is_version,
)
from alt_pipelines.tagging.extraction.inflected.phrases import ANY, PREPOSITIONS, Word, word_of
from alt_pipelines.tagging.extraction.inflected.russian_words import NOMINAL, Reading
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.spaced.days import is_weekday
from alt_pipelines.tagging.extraction.spaced.tokens import NUMBER, Token, tokenise
from alt_pipelines.tagging.extraction.words.frequencies import function_words

_CYRILLIC = re.compile("[а-яёіїєґ]+(?:['’-][а-яёіїєґ]+)*", re.IGNORECASE)
_NUMBER_SIGN = "No"  # NFKC of №
_ABBREVIATION = re.compile(r"[А-ЯЁІЇЄҐ]{2,6}")

_READINGS: dict[str, Callable[[str], tuple[Reading, ...]]] = {
    "ru": russian_words.readings,
    "uk": ukrainian_words.readings,
}


class Text(NamedTuple):
    """The title and the body, one after the other. The first four sequences have an entry per token."""

    tokens: Sequence[Token]
    words: Sequence[Word]
    lemmas: Sequence[str]
    found: Sequence[Sequence[Reading]]
    parts: Sequence[tuple[int, str]]  # the position after the last token of the title and of the body, and its text


def read(title: str, text: str, language: str) -> Text:
    """Return the words of a title and body with the readings that fit their place, and their dictionary forms."""
    row = language_of(language)
    parts = [(part, tokenise(part, row)) for part in (title, text)]
    tokens = [token for _, found in parts for token in found]
    ends = [(len(parts[0][1]), title), (len(tokens), text)]
    readings = _READINGS[language]
    found: list[Sequence[Reading]] = [
        readings(token.text.lower()) if _CYRILLIC.fullmatch(token.text) else () for token in tokens
    ]
    stop = function_words(language, row.function_words) | row.weak | row.calendar
    capitals = {token.text.lower() for token in tokens if token.text[0].isupper() and not token.opens}
    quiet = [lower for part, own in parts for lower in [not part.isupper()] * len(own)]  # else, capitals tell nothing
    named = [
        lower and (has_capital_of_name(token, readings_of, capitals) or opens_with_given_name(tokens, found, at))
        for at, (token, readings_of, lower) in enumerate(zip(tokens, found, quiet, strict=True))
    ]
    found = _in_context(tokens, found, named)
    lemmas = list(_lemmas(tokens, found, surnames(found, named)))
    words = [
        _word(token, readings_of, lemma, language, named=name)
        for token, readings_of, lemma, name in zip(tokens, found, lemmas, named, strict=True)
    ]
    words = [
        Word() if is_weekday(tokens, at, row) else _beside(tokens, found, at, word, stop)
        for at, word in enumerate(words)
    ]
    return Text(tokens, words, lemmas, found, ends)


def _in_context(
    tokens: Sequence[Token], found: Sequence[Sequence[Reading]], named: Sequence[bool]
) -> list[Sequence[Reading]]:
    """Return the readings of each token that fit its capital and the words beside it."""
    found = [
        _fitting(token, readings_of, name=name) for token, readings_of, name in zip(tokens, found, named, strict=True)
    ]
    found = disambiguated(with_plural_towns(tokens, found))
    found = womens_surnames(tokens, written_surnames(tokens, found, named), named)
    found = surnames_in_nominative(tokens, found, named)
    return names_after_given(tokens, found, named)


def _fitting(token: Token, found: Sequence[Reading], *, name: bool) -> Sequence[Reading]:
    if name:
        return readings_of_name(token.text.lower(), found)
    return without_people(found) if token.text[0].islower() else found


def _beside(tokens: Sequence[Token], found: Sequence[Sequence[Reading]], at: int, word: Word, stop: Set[str]) -> Word:
    """Return a word as the one before it requires: a version after a name, a unit after a number, or no topic."""
    token, before = tokens[at], tokens[at - 1].text if at else ""
    if at and is_version(tokens, found, at):
        word = Word(noun=ANY, capital=True, foreign=True)
    elif is_unit(token) and NUMBER.fullmatch(before):
        word = Word()
    low = token.text.lower()
    small = low in stop and not (word.capital and not token.opens)
    if small or f"{before.lower()}_{low}" in PREPOSITIONS:
        return Word(number=word.number, preposition=word.preposition)
    return word


def _lemmas(tokens: Sequence[Token], found: Sequence[Sequence[Reading]], people: frozenset[str]) -> Iterator[str]:
    """Yield the dictionary form of each token: of several, the one that explains most of the article's forms.

    ``people``: dictionary forms of surnames, which are preferred to all others.
    """
    forms: dict[str, set[str]] = defaultdict(set)
    for token, readings_of in zip(tokens, found, strict=True):
        for reading in readings_of:
            if reading.kind in NOMINAL:
                forms[reading.lemma].add(token.text.lower())
    written = {token.text.lower() for token in tokens}
    for token, readings_of in zip(tokens, found, strict=True):
        own = dict.fromkeys(reading.lemma for reading in readings_of if reading.kind in NOMINAL)
        counts = {one: (one in people, len(forms[one]), len(forms[one]) > 1 and one in written) for one in own}
        yield max(counts, key=counts.__getitem__, default=token.text.lower())


def _word(token: Token, found: Sequence[Reading], lemma: str, language: str, *, named: bool) -> Word:
    text = token.text
    if NUMBER.fullmatch(text):
        return Word(number=True)
    if named and _ABBREVIATION.fullmatch(text):
        return Word(noun=ANY, capital=True)
    if found and found[0].kind == "preposition":
        return Word(preposition=True)
    if found and found[0].kind == "numeral":
        return Word(number=True)
    if found:
        return word_of([r for r in found if r.kind != "noun" or r.lemma == lemma], capital=named)
    if not any(map(str.isalpha, text)) or (len(text) == 1 and not text.isupper()) or text == _NUMBER_SIGN:
        return Word()
    if is_adjective_of_number(text, _READINGS[language]):
        return Word()
    foreign = is_designation(text)
    return Word(noun=ANY, capital=True, foreign=foreign)  # Latin letters, letters with digits: Мир-2, G20, iPhone
