"""Candidates of languages with spaces between words, from the closed classes of their row in ``languages``.

    analyse("La Paz firma un acuerdo", "...", "es")  ->  Document with "La Paz", "acuerdo"

A phrase is a run of content words between stop words, verbs, words of time and punctuation. A capital inside a
sentence makes a stop word part of a name (São Paulo, La Rochelle). Small words are kept inside names (Jan van der Meer)
and inside phrases that the text repeats (ley de bosques). A phrase is always a literal piece of the text: each word
includes the characters that separate it from the previous one.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise

import Stemmer

from alt_pipelines.tagging.extraction import czech
from alt_pipelines.tagging.extraction.arabic_phrases import arabic_runs, roles
from alt_pipelines.tagging.extraction.everyday import without_everyday
from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.tagging.extraction.frequencies import frequency, function_words, has_frequencies
from alt_pipelines.tagging.extraction.german_nouns import has_weak_ending, in_genitive, nominative
from alt_pipelines.tagging.extraction.hebrew import is_construct, is_plural_construct, without_article
from alt_pipelines.tagging.extraction.hebrew_phrases import hebrew_runs
from alt_pipelines.tagging.extraction.hindi import is_oblique_plural
from alt_pipelines.tagging.extraction.indonesian_words import plain_title
from alt_pipelines.tagging.extraction.languages import Language, language_of
from alt_pipelines.tagging.extraction.repeats import repeated, repeated_pieces
from alt_pipelines.tagging.extraction.spaced_cases import LANGUAGES as CASES
from alt_pipelines.tagging.extraction.spaced_cases import in_dictionary_form, is_half
from alt_pipelines.tagging.extraction.spaced_compounds import without_halves
from alt_pipelines.tagging.extraction.spaced_cut import cut
from alt_pipelines.tagging.extraction.spaced_people import apart
from alt_pipelines.tagging.extraction.spaced_polish import (
    at_cases,
    dictionary_stem,
    in_nominative,
    is_oblique,
    without_everyday_nouns,
)
from alt_pipelines.tagging.extraction.spaced_reading import HAS_LETTER, Placed, read
from alt_pipelines.tagging.extraction.spaced_remnants import (
    is_counted,
    is_lone_participle,
    without_counted,
    without_governing,
)
from alt_pipelines.tagging.extraction.spaced_tokens import ARTICLED, Token, joined, tokenise
from alt_pipelines.tagging.extraction.spaced_words import runs
from alt_pipelines.tagging.extraction.swedish import in_indefinite, swedish_parts, without_common
from alt_pipelines.tagging.extraction.vietnamese import without_rests

_GUESSED_STOP_WORDS = 40
_NONE: frozenset[str] = frozenset()


def analyse(title: str, text: str, language: str) -> Document:
    """Return the phrases of a title and body."""
    row = language_of(language)
    title = plain_title(title, text) if language == "id" else title
    parts = [(part, tokenise(part, row)) for part in (title, text)]
    if row.elisions:
        names = frozenset(t.text for _, found in parts for t in found if ARTICLED.fullmatch(t.text))
        parts = [(part, joined(found, names)) for part, found in parts]
    tokens = [token for _, found in parts for token in found]
    stop = function_words(language, row.function_words)
    if row.clitics:
        stop = frozenset(word for word in stop if not word.startswith("ال"))  # العالم is a noun
    if not has_frequencies(language):
        stop |= _guessed_stop_words(tokens)
    written = frozenset(token.text for token in tokens)
    forms = {token.text.lower(): token.text for token in tokens} if language in CASES else {}
    reading = read(language, row, stop, tokens)
    stem = without_article if row.proclitics else _stemmer(row.stemmer)
    if language == "pl":
        stem = dictionary_stem(stem, (token.text for token in tokens if not token.opens))
    if language == "cs":
        stem = czech.czech_stem(stem)
    phrases: list[Phrase] = []
    counted: list[Phrase] = []
    in_title: set[str] = set()
    offset = 0
    found_runs = [[run for run in runs(found, reading) if run] for _, found in parts]
    again = _repeated_syllables(found_runs, (title, text), row.longest) if row.lone_letters else _NONE
    for number, ((part, found), kept) in enumerate(zip(parts, found_runs, strict=True)):
        if row.clitics:
            kept = arabic_runs(found, kept, title=number == 0)
        if row.proclitics:
            kept = hebrew_runs(found, kept)
        if row.head_first:
            kept = [rest for run in kept for rest in without_governing(run, found, language)]
        if language == "pl":
            kept = [part for run in kept for part in at_cases(run)]
        if language == "cs":
            kept = [part for run in kept for part in czech.czech_parts(run, reading.capitals)]
        if language == "sv":
            kept = [part for run in kept for part in swedish_parts(run, reading.capitals)]
        for run in kept:
            for piece in (piece for part in apart(run, found, reading) for piece in cut(part, again, reading)):
                piece = _in_nominative(piece, found) if row.noun_capitals else piece
                if language == "sv" and not (piece := in_indefinite(piece, written, reading.capitals)):
                    continue
                for one in (
                    in_dictionary_form(piece, language, forms, reading.capitals) if language in CASES else [piece]
                ):
                    phrases.append(_phrase(one, part, offset, stem))
                    if number and row.numerals and is_counted(one, found, row):
                        counted.append(phrases[-1])
        if number == 0:
            in_title.update(stem(token.text.lower()) for token in found)
        offset += len(found)
    phrases = list(without_counted(phrases, counted)) if counted else phrases
    phrases = [p for p in phrases if not is_lone_participle(p, reading, in_title)] if row.passive else phrases
    if language == "pl":
        phrases = in_nominative(phrases, frozenset(in_title), written)
    if language == "cs":
        phrases = czech.in_nominative(phrases, in_title, written)
    phrases = without_rests(phrases) if row.lone_letters else phrases
    pieces = repeated_pieces(phrases, partial(_may_begin_or_end, row))
    if row.clitics or row.head_first:
        heads = {start for phrase in phrases for start in _heads(phrase, row)}
        lower = {token.text for token in tokens if token.text[0].islower()}  # vasco: Vasco is not a name by itself
        pieces = [
            p
            for p in pieces
            if len(p.words) > 1 or p.start in heads or (p.words[0][0].isupper() and p.words[0].lower() not in lower)
        ]
    if row.noun_capitals:
        pieces = [p for p in pieces if len(p.words) > 1 or p.words[0][0].isupper()]  # not georgische
    if row.bound:
        pieces = [p for p in pieces if not re.search(f"(?:{row.bound})$", p.words[-1])]
    if row.suffixes:
        pieces = [p for p in pieces if len(p.words) > 1 or not is_half(p.words[0])]
    if row.lone_letters:  # a syllable is seldom a word: nông, of nông dân
        pieces = [p for p in pieces if len(p.words) > 1 or p.words[0].isupper()]
    if row.proclitics:
        pieces = [p if len(p.words) > 1 else p._replace(words=(without_article(p.words[0]),)) for p in pieces]
    if language == "pl":
        pieces = [piece for piece in pieces if not is_oblique(piece.words)]
    if language == "cs":
        pieces = [p for p in pieces if not czech.is_no_tag(p.words, in_title=p.stems[0] in in_title)]
    phrases += [piece for piece in pieces if not _is_given_name(piece, phrases)]
    phrases = without_halves(phrases)
    if language == "hi":
        phrases = [phrase for phrase in phrases if not is_oblique_plural(phrase.words[-1].strip())]
    if row.clitics and (held := roles(tokens, reading.stop)):
        phrases = [phrase for phrase in phrases if len(phrase.words) > 1 or phrase.words[0] not in held]
    if language == "tr":
        common = {p.stems[0]: frequency(p.words[0], "tr") for p in phrases if len(p.stems) == 1}
        inside = {stem(word) for word in reading.capitals}
        phrases = list(without_everyday(phrases, in_title, inside, common.__getitem__))
    if language == "id":
        inside = {stem(word) for word in reading.capitals}
        phrases = list(without_everyday(phrases, in_title, inside, partial(frequency, language=language)))
    if language == "pl":
        phrases = without_everyday_nouns(phrases, frozenset(in_title), {stem(word) for word in reading.capitals})
    if language == "sv":
        inside = {stem(word) for word in reading.capitals}
        phrases = list(without_common(phrases, in_title, inside, {word.lower() for word in written}))
    return Document(phrases, offset, frozenset(in_title))


def _is_given_name(piece: Phrase, phrases: Sequence[Phrase]) -> bool:
    """Whether a piece is one capitalised word that only begins longer names: Carlos, of Carlos Alcaraz."""
    if len(piece.words) > 1 or not piece.words[0][:1].isupper():
        return False
    longer = [phrase for phrase in phrases if piece.stems[0] in phrase.stems]
    return all(phrase.stems[-1] != piece.stems[0] and phrase.words[-1].strip()[:1].isupper() for phrase in longer)


def _in_nominative(piece: list[Placed], tokens: list[Token]) -> list[Placed]:
    """Return a German phrase with its noun in the nominative, if that is its form without an ending: Gemeinderat(s).

    An adjective whose ending depends on the article before it is left out: das schnelle | Lastenrad.
    """
    while len(piece) > 1 and has_weak_ending(piece[0].token, tokens[piece[0].at - 1] if piece[0].at else None):
        piece = piece[1:]
    last = piece[-1]
    if any(placed.link for placed in piece) or (len(piece) > 1 and piece[0].token.text.endswith("en")):
        return piece
    form = nominative(last.token.text, genitive=in_genitive(tokens, piece[0].at))
    if form == last.token.text:
        return piece
    token = last.token._replace(text=form, end=last.token.start + len(form))
    return [*piece[:-1], last._replace(token=token)]


def _heads(phrase: Phrase, row: Language) -> Iterator[int]:
    """Yield the offsets of the words of a phrase that are nouns by their place: the first, and those after small words.

    In Arabic, an indefinite word after another one depends on it (باحثة أردنية), and so does a definite word after a
    definite one (الإصابات التنفسية); a definite word after an indefinite one is a noun (ركلات الترجيح).
    """
    yield phrase.start
    for at, (before, word) in enumerate(pairwise(phrase.words), phrase.start + 1):
        if row.clitics:
            noun = word.strip().startswith("ال") and not before.strip().startswith("ال")
            noun = noun and not word.endswith(("ي", "ية"))  # نهضة بركان المغربي
        else:
            noun = before.strip().lower() in row.links | row.articles
        if noun:
            yield at


def _may_begin_or_end(row: Language, word: str) -> bool:
    if not word[0].isalnum() or word.lower() in row.links | row.articles or not HAS_LETTER.search(word):
        return False
    if row.proclitics and (is_construct(word) or is_plural_construct(word) or word in row.places):
        return False
    return not (word[0].islower() and "'" in word[1:3].replace("’", "'"))  # an elided article


def _repeated_syllables(runs_of: list[list[list[Placed]]], texts: Sequence[str], longest: int) -> frozenset[str]:
    """Return the adjacent syllables that title and body have more than once together."""
    both = zip(runs_of, texts, strict=True)
    written = ([_written(placed, text).lower() for placed in run] for kept, text in both for run in kept)
    return repeated(written, longest)


def _written(placed: Placed, text: str) -> str:
    """Return a word with the space before it, if there is one."""
    token = placed.token
    return f" {token.text}" if text[token.start - 1 : token.start] == " " else token.text


def _phrase(piece: list[Placed], text: str, offset: int, stem: Callable[[str], str]) -> Phrase:
    words = [piece[0].token.text]
    words += [text[left.token.end : right.token.end] for left, right in pairwise(piece)]
    stems = tuple(stem(placed.token.text.lower()) for placed in piece)
    return Phrase(tuple(words), stems, offset + piece[0].at)


@lru_cache(maxsize=32)
def _stemmer(algorithm: str) -> Callable[[str], str]:
    if not algorithm:
        return _same
    stem_word = Stemmer.Stemmer(algorithm, 0).stemWord

    @lru_cache(maxsize=65536)
    def stem(word: str) -> str:
        try:
            return str(stem_word(word))
        except UnicodeEncodeError:  # a lone surrogate
            return word

    return stem


def _same(word: str) -> str:
    return word


def _guessed_stop_words(tokens: list[Token]) -> frozenset[str]:
    """Guess stop words: the most frequent short lower-case words, which in running text are function words."""
    words = [t.text for t in tokens]
    counts = Counter(w for w in words if w[0].isalpha() and len(w) <= 4 and not w[0].isupper())
    return frozenset(word for word, count in counts.most_common(_GUESSED_STOP_WORDS) if count > 1)
