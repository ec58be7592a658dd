"""Candidates of Russian and Ukrainian: noun phrases of which all cases are one thing, shown in the nominative.

    analyse("Губки Байкала", "Губок нашли на дне Байкала.", "ru")  ->  Document with "Губки Байкала", "Байкал"

Phrases with the same dictionary forms are one candidate. Its form is a nominative that the text contains, or a
nominative that is the beginning of a written word (Байкал of Байкала), so that a tag stays a piece of the text. A
phrase without either is shown as written if it is a name or repeated (Кубка Стэнли); a single word only if it is a
place in the title (Калуге). Otherwise it gives way to its noun (тренер of главного тренера), and is left out if the
noun has none either and the text has enough others.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.tagging.extraction.inflected.forms import beginning, best_nominative
from alt_pipelines.tagging.extraction.inflected.names import is_oblique
from alt_pipelines.tagging.extraction.inflected.phrases import (
    ANY,
    Features,
    NounPhrase,
    agreeing,
    is_nominative,
    noun_phrases,
    quoted_name,
)
from alt_pipelines.tagging.extraction.inflected.reading import Text, read
from alt_pipelines.tagging.extraction.inflected.russian_words import Reading
from alt_pipelines.tagging.extraction.repeats import repeated_pieces
from alt_pipelines.tagging.extraction.words.everyday import without_everyday
from alt_pipelines.tagging.extraction.words.frequencies import frequency

_ENOUGH = 4  # candidates in the nominative; with fewer, the others stay too
_OBLIQUE: Features = frozenset({("gent", "", "")})  # of a phrase that is certainly not in the nominative
_LONGEST_QUOTED = 4  # words of a name in quotation marks
_OPENING = {"«": "»", "“": "”", "„": "“"}


class _Span(NamedTuple):
    found: NounPhrase
    key: tuple[str, ...]  # dictionary forms
    words: tuple[str, ...]  # as written, each with the characters before it


def analyse(title: str, text: str, language: str) -> Document:
    """Return the noun phrases of a title and body, each in the form that it is shown in."""
    whole = read(title, text, language)
    spans = [_span(whole, found) for found in (*_phrases(whole), *_quoted(whole))]
    in_title = frozenset(whole.lemmas[: whole.parts[0][0]])
    phrases: Sequence[Phrase] = list(_shown(whole, [*spans, *_pieces(whole, spans)]))
    if language == "uk":
        placed = zip(whole.lemmas, whole.tokens, strict=True)
        names = {lemma for lemma, token in placed if token.text[0].isupper() and not token.opens}
        phrases = without_everyday(phrases, in_title, names, partial(frequency, language=language))
    return Document(list(phrases), len(whole.tokens), in_title)


def _phrases(whole: Text) -> Iterator[NounPhrase]:
    """Yield the noun phrases of the title and of the body; a phrase does not cross from one to the other."""
    first = 0
    for end, _ in whole.parts:
        for one in noun_phrases(whole.words[first:end]):
            yield one._replace(start=one.start + first, end=one.end + first, head=one.head + first)
        first = end


def _quoted(whole: Text) -> Iterator[NounPhrase]:
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


def _span(whole: Text, found: NounPhrase) -> _Span:
    tokens = whole.tokens[found.start : found.end]
    text = whole.parts[int(found.start >= whole.parts[0][0])][1]
    words = (tokens[0].text, *(text[left.end : right.end] for left, right in pairwise(tokens)))
    return _Span(found, tuple(whole.lemmas[found.start : found.end]), words)


def _pieces(whole: Text, spans: Sequence[_Span]) -> Iterator[_Span]:
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


def _shown(whole: Text, spans: Sequence[_Span]) -> Iterator[Phrase]:
    """Yield the phrases in the form that each is shown in."""
    spans = _without_given_names(whole, spans)
    forms = _nominative_forms(spans, _men(whole, spans), _only_in_singular(whole))
    as_written = {**_topics(whole, spans, forms), **_places_of_title(whole, spans)}
    times = Counter(whole.lemmas)
    bound = {at for span in spans for at in range(span.found.start + 1, span.found.end)}
    bound.update(at + 1 for at, word in enumerate(whole.words) if word.preposition)
    good: list[Phrase] = []
    oblique: list[Phrase] = []
    for span in spans:
        at = span.found.head
        repeated = whole.words[at].capital or times[whole.lemmas[at]] > 1
        head = [_span(whole, NounPhrase(at, at + 1, ANY, at))] if repeated else []
        for one in (span, *head):
            start = one.found.start
            words = forms.get(one.key) or beginning(one.words, one.key[0], whole.found[start], free=start not in bound)
            words = words or as_written.get(one.key, ())
            if words:
                good.append(Phrase(words, one.key, start))
                break
        else:
            oblique.append(Phrase(span.words, span.key, span.found.start))
    yield from good
    if len({phrase.stems for phrase in good}) < _ENOUGH:
        inside = {at for phrase in good for at in range(phrase.start, phrase.start + len(phrase.words))}
        yield from (phrase for phrase in oblique if phrase.start not in inside)


def _topics(
    whole: Text, spans: Sequence[_Span], forms: Mapping[tuple[str, ...], tuple[str, ...]]
) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Return the phrases of several words that are topics in every case, as written, by their dictionary forms.

    They are names (Кубка Стэнли) and what the text repeats (ключевую ставку), without quotation marks before them. A
    person whose surname the text has alone too is shown by it: in Ukrainian only by a nominative (``forms``).
    """
    several = [
        span
        for span in spans
        if len(span.key) > 1 and (not span.found.start or whole.tokens[span.found.start - 1].text not in _OPENING)
    ]
    times = Counter(span.key for span in several)
    alone = {span.key[0] for span in spans if len(span.key) == 1}
    return {
        span.key: span.words
        for span in reversed(several)
        if (whole.words[span.found.start].capital or times[span.key] > 1)
        and not (whole.words[span.found.start].given and span.key[-1] in alone)
        and not (whole.words[span.found.start].person and span.key[-1] in alone and span.key[-1:] in forms)
    }


def _places_of_title(whole: Text, spans: Sequence[_Span]) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Return the names of places that the title has, as written, by their dictionary forms: Калуге.

    Such a name has one dictionary form, which is no person's.
    """
    end = whole.parts[0][0]
    return {
        span.key: span.words
        for span in reversed(spans)
        if len(span.key) == 1
        and span.found.start < end
        and whole.words[span.found.start].capital
        and _is_place(whole.found[span.found.start])
    }


def _is_place(found: Sequence[Reading]) -> bool:
    """Whether a word is certainly the name of a place, in the singular."""
    place = any(r.known and r.proper for r in found)
    return place and len({r.lemma for r in found}) == 1 and not any(r.person or r.number == "plur" for r in found)


def _without_given_names(whole: Text, spans: Sequence[_Span]) -> list[_Span]:
    """Return the phrases without the given names alone of people whose full name the text has: Денис of Денис Ли."""
    full = {span.key[0] for span in spans if len(span.key) > 1 and whole.words[span.found.start + 1].capital}
    return [
        span
        for span in spans
        if len(span.key) > 1 or span.key[0] not in full or not any(r.given for r in whole.found[span.found.start])
    ]


def _men(whole: Text, spans: Sequence[_Span]) -> frozenset[str]:
    """Return the surnames of men whose full name the text has: Ступникова of Павла Ступникова is not a woman's."""
    names = [span for span in spans if len(span.key) > 1 and whole.words[span.found.head].person]
    return frozenset(span.key[-1] for span in names if {gender for _, _, gender in span.found.features} == {"masc"})


def _only_in_singular(whole: Text) -> frozenset[str]:
    """Return the dictionary forms of the nouns that the text has in the singular, and in no form of the plural only."""
    numbers: dict[str, set[str]] = {"sing": set(), "plur": set()}
    for lemma, found in zip(whole.lemmas, whole.found, strict=True):
        own = {reading.number for reading in found if reading.kind == "noun" and reading.lemma == lemma}
        if len(own) == 1:
            numbers.setdefault(own.pop(), set()).add(lemma)
    return frozenset(numbers["sing"] - numbers["plur"])


def _nominative_forms(
    spans: Sequence[_Span], men: frozenset[str], singular: frozenset[str]
) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Return the commonest nominative of each phrase, by its dictionary forms; the dictionary form itself if written.

    ``men``: dictionary forms of surnames that are men's in this text; ``singular``: those of nouns that it has in forms
    of the singular only, so that one that may be a plural or a genitive is the latter (художницы, художницу).
    """
    counts: dict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
    for span in spans:
        features = span.found.features
        if len(span.key) == 1 and span.key[0] in men:
            features = frozenset(feature for feature in features if feature[2] != "femn")
        if (
            len(span.key) == 1
            and span.key[0] in singular
            and any(feature[:2] == ("gent", "sing") for feature in features)
        ):
            features = frozenset(feature for feature in features if feature[1] != "plur")
        if is_nominative(features):
            counts[span.key][span.words] += 1
            if span.found.head == span.found.start:  # a head on its own: Сборная of Сборная России
                counts[span.key[:1]][span.words[:1]] += 1
    return {key: best_nominative(key, found) for key, found in counts.items()}
