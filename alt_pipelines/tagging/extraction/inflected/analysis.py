"""Candidates of Russian and Ukrainian: noun phrases of which all cases are one thing, shown in the nominative.

    analyse("Губки Байкала", "Губок нашли на дне Байкала.", "ru")  ->  Document with "Губки Байкала", "Байкал"

Phrases with the same dictionary forms are one candidate. Its form is a nominative that the text contains, or a
nominative that is the beginning of a written word (Байкал of Байкала), so that a tag stays a piece of the text. A
phrase without either is shown as written if it is a name or repeated (Кубка Стэнли). Otherwise it gives way to its
noun (тренер of главного тренера), and is left out if the noun has none either and the text has enough others.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.tagging.extraction.inflected import russian_words, ukrainian_words
from alt_pipelines.tagging.extraction.inflected.forms import beginning, best_nominative
from alt_pipelines.tagging.extraction.inflected.names import (
    disambiguated,
    has_capital_of_name,
    is_oblique,
    names_after_given,
    opens_with_given_name,
    readings_of_name,
    surnames,
    with_plural_towns,
    without_people,
    womens_surnames,
    written_surnames,
)
from alt_pipelines.tagging.extraction.inflected.numbers import FOREIGN, is_adjective_of_number, is_unit, is_version
from alt_pipelines.tagging.extraction.inflected.phrases import (
    ANY,
    PREPOSITIONS,
    Features,
    NounPhrase,
    Word,
    agreeing,
    is_nominative,
    noun_phrases,
    quoted_name,
    word_of,
)
from alt_pipelines.tagging.extraction.inflected.russian_words import NOMINAL, Reading
from alt_pipelines.tagging.extraction.languages import Language, language_of
from alt_pipelines.tagging.extraction.repeats import repeated_pieces
from alt_pipelines.tagging.extraction.spaced.days import is_weekday
from alt_pipelines.tagging.extraction.spaced.tokens import NUMBER, Token, tokenise
from alt_pipelines.tagging.extraction.words.everyday import without_everyday
from alt_pipelines.tagging.extraction.words.frequencies import frequency, function_words

_ENOUGH = 4  # candidates in the nominative; with fewer, the others stay too
_OBLIQUE: Features = frozenset({("gent", "", "")})  # of a phrase that is certainly not in the nominative
_LONGEST_QUOTED = 4  # words of a name in quotation marks
_CYRILLIC = re.compile("[а-яёіїєґ]+(?:['’-][а-яёіїєґ]+)*", re.IGNORECASE)
_NUMBER_SIGN = "No"  # NFKC of №
_ABBREVIATION = re.compile(r"[А-ЯЁІЇЄҐ]{2,6}")
_OPENING = {"«": "»", "“": "”", "„": "“"}

_READINGS: dict[str, Callable[[str], tuple[Reading, ...]]] = {
    "ru": russian_words.readings,
    "uk": ukrainian_words.readings,
}


class _Text(NamedTuple):
    """The title and the body, one after the other. The first four sequences have an entry per token."""

    tokens: Sequence[Token]
    words: Sequence[Word]
    lemmas: Sequence[str]
    found: Sequence[Sequence[Reading]]
    parts: Sequence[tuple[int, str]]  # the position after the last token of the title and of the body, and its text


class _Span(NamedTuple):
    found: NounPhrase
    key: tuple[str, ...]  # dictionary forms
    words: tuple[str, ...]  # as written, each with the characters before it


def analyse(title: str, text: str, language: str) -> Document:
    """Return the noun phrases of a title and body, each in the form that it is shown in."""
    row = language_of(language)
    whole = _read(title, text, row, language)
    spans = [_span(whole, found) for found in (*_phrases(whole), *_quoted(whole))]
    in_title = frozenset(whole.lemmas[: whole.parts[0][0]])
    phrases: Sequence[Phrase] = list(_shown(whole, [*spans, *_pieces(whole, spans)]))
    if language == "uk":
        placed = zip(whole.lemmas, whole.tokens, strict=True)
        names = {lemma for lemma, token in placed if token.text[0].isupper() and not token.opens}
        phrases = without_everyday(phrases, in_title, names, partial(frequency, language=language))
    return Document(list(phrases), len(whole.tokens), in_title)


def _phrases(whole: _Text) -> Iterator[NounPhrase]:
    """Yield the noun phrases of the title and of the body; a phrase does not cross from one to the other."""
    first = 0
    for end, _ in whole.parts:
        for one in noun_phrases(whole.words[first:end]):
            yield one._replace(start=one.start + first, end=one.end + first, head=one.head + first)
        first = end


def _read(title: str, text: str, row: Language, language: str) -> _Text:
    parts = [(part, tokenise(part, row)) for part in (title, text)]
    tokens = [token for _, found in parts for token in found]
    ends = [(len(parts[0][1]), title), (len(tokens), text)]
    readings = _READINGS[language]
    found: list[Sequence[Reading]] = [
        readings(token.text.lower()) if _CYRILLIC.fullmatch(token.text) else () for token in tokens
    ]
    stop = function_words(language, row.function_words) | row.weak | row.calendar
    capitals = {token.text.lower() for token in tokens if token.text[0].isupper() and not token.opens}
    quiet = [not part.isupper() for part, own in parts for _ in own]  # capitals everywhere distinguish nothing
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
    return _Text(tokens, words, lemmas, found, ends)


def _in_context(
    tokens: Sequence[Token], found: Sequence[Sequence[Reading]], named: Sequence[bool]
) -> list[Sequence[Reading]]:
    """Return the readings of each token that fit its capital and the words beside it."""
    found = [
        _fitting(token, readings_of, name=name) for token, readings_of, name in zip(tokens, found, named, strict=True)
    ]
    found = disambiguated(with_plural_towns(tokens, found))
    found = womens_surnames(tokens, written_surnames(tokens, found, named), named)
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
    foreign = FOREIGN.fullmatch(text) is not None and not text.isupper()
    return Word(noun=ANY, capital=True, foreign=foreign)  # Latin letters, letters with digits: Мир-2, G20, iPhone


def _quoted(whole: _Text) -> Iterator[NounPhrase]:
    """Yield the names in quotation marks: «Друзья океана», «Студия 44»."""
    opened, closing = -1, ""
    for at, token in enumerate(whole.tokens):
        if token.text in _OPENING:
            opened, closing = at, _OPENING[token.text]
        elif token.text == closing:
            if 2 <= at - opened - 1 <= _LONGEST_QUOTED and whole.tokens[opened + 1].text[0].isupper():
                known = all(any(reading.known for reading in found) for found in whole.found[opened + 1 : at])
                name = NounPhrase(opened + 1, at, ANY, at - 1)
                name = quoted_name(whole.words, opened + 1, at) if known else name
                oblique = name.features == ANY and is_oblique(whole.found[opened + 1])
                yield name._replace(features=_OBLIQUE) if oblique else name
            closing = ""


def _span(whole: _Text, found: NounPhrase) -> _Span:
    tokens = whole.tokens[found.start : found.end]
    text = whole.parts[int(found.start >= whole.parts[0][0])][1]
    words = (tokens[0].text, *(text[left.end : right.end] for left, right in pairwise(tokens)))
    return _Span(found, tuple(whole.lemmas[found.start : found.end]), words)


def _pieces(whole: _Text, spans: Sequence[_Span]) -> Iterator[_Span]:
    """Yield the parts of phrases that the text repeats and that are phrases themselves."""
    phrases = [Phrase(span.words, span.key, span.found.start) for span in spans]
    heads = {span.found.head: span.found.features for span in spans}
    for piece in repeated_pieces(phrases, lambda word: word[0].isalpha()):
        size = len(piece.words)
        part = next(noun_phrases(whole.words[piece.start : piece.start + size]), None)
        if part is not None and (part.start, part.end) == (0, size):
            start, head = piece.start, piece.start + part.head
            features = agreeing(part.features, heads.get(head, ANY)) or part.features
            yield _span(whole, NounPhrase(start, start + size, features, head))


def _shown(whole: _Text, spans: Sequence[_Span]) -> Iterator[Phrase]:
    """Yield the phrases in the form that each is shown in."""
    spans = _without_given_names(whole, spans)
    forms = _nominative_forms(spans, _men(whole, spans))
    as_written = _topics(whole, spans)
    times = Counter(whole.lemmas)
    good: list[Phrase] = []
    oblique: list[Phrase] = []
    for span in spans:
        at = span.found.head
        repeated = whole.words[at].capital or times[whole.lemmas[at]] > 1
        head = [_span(whole, NounPhrase(at, at + 1, ANY, at))] if repeated else []
        for one in (span, *head):
            words = forms.get(one.key) or beginning(one.words, one.key[0], whole.found[one.found.start])
            words = words or as_written.get(one.key, ())
            if words:
                good.append(Phrase(words, one.key, one.found.start))
                break
        else:
            oblique.append(Phrase(span.words, span.key, span.found.start))
    yield from good
    if len({phrase.stems for phrase in good}) < _ENOUGH:
        yield from oblique


def _topics(whole: _Text, spans: Sequence[_Span]) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Return the phrases of several words that are topics in every case, as written, by their dictionary forms.

    They are names (Кубка Стэнли) and what the text repeats (ключевую ставку), without quotation marks before them. A
    person whose surname the text has alone too is shown by it.
    """
    several = [
        span
        for span in spans
        if len(span.key) > 1 and (not span.found.start or whole.tokens[span.found.start - 1].text not in _OPENING)
    ]
    times, alone = Counter(span.key for span in several), {span.key[0] for span in spans if len(span.key) == 1}
    return {
        span.key: span.words
        for span in reversed(several)
        if (whole.words[span.found.start].capital or times[span.key] > 1)
        and not (whole.words[span.found.start].given and span.key[-1] in alone)
    }


def _without_given_names(whole: _Text, spans: Sequence[_Span]) -> list[_Span]:
    """Return the phrases without the given names alone of people whose full name the text has: Денис of Денис Ли."""
    full = {span.key[0] for span in spans if len(span.key) > 1 and whole.words[span.found.start + 1].capital}
    return [
        span
        for span in spans
        if len(span.key) > 1 or span.key[0] not in full or not any(r.given for r in whole.found[span.found.start])
    ]


def _men(whole: _Text, spans: Sequence[_Span]) -> frozenset[str]:
    """Return the surnames of men whose full name the text has: Ступникова of Павла Ступникова is not a woman's."""
    names = [span for span in spans if len(span.key) > 1 and whole.words[span.found.head].person]
    return frozenset(span.key[-1] for span in names if {gender for _, _, gender in span.found.features} == {"masc"})


def _nominative_forms(spans: Sequence[_Span], men: frozenset[str]) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Return the commonest nominative of each phrase, by its dictionary forms; the dictionary form itself if written.

    ``men``: dictionary forms of surnames that are men's in this text.
    """
    counts: dict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for span in spans:
        features = span.found.features
        if len(span.key) == 1 and span.key[0] in men:
            features = frozenset(feature for feature in features if feature[2] != "femn")
        if is_nominative(features):
            counts[span.key][span.words] += 1
            if span.found.head == span.found.start:  # a head on its own: Сборная of Сборная России
                counts[span.key[:1]][span.words[:1]] += 1
    return {key: best_nominative(key, found) for key, found in counts.items()}
