"""Candidates of languages with spaces between words, from the closed classes of their row in ``languages``.

    analyse("La Paz firma un acuerdo", "...", "es")  ->  Document with "La Paz", "acuerdo"

The order of the steps; those that only some languages take are the tables of ``spaced.steps``:

1. Read: the tokens of title and body, the stop words, and what the article shows of its names and nouns (``Article``).
2. Runs: content words between stop words, verbs, words of time and punctuation. Steps RUNS.
3. Pieces: a run without the words that describe a person, cut into phrases. Steps PIECES.
4. Phrases: those of title and body together. Steps PHRASES.
5. Repeats: the parts of phrases that the text repeats. Steps REPEATS.
6. Last: phrases and parts without those that say little alone. Steps LAST.

A capital inside a sentence makes a stop word part of a name (São Paulo, La Rochelle). Small words are kept inside names
(Jan van der Meer) and inside phrases that the text repeats (ley de bosques). A phrase is always a literal piece of the
text: each word includes the characters that separate it from the previous one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

import Stemmer

from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.tagging.extraction.languages import Language, language_of
from alt_pipelines.tagging.extraction.repeats import repeated_pieces
from alt_pipelines.tagging.extraction.spaced.article import Article, Part, Stem
from alt_pipelines.tagging.extraction.spaced.capitals import without_capitals
from alt_pipelines.tagging.extraction.spaced.compounds import without_halves
from alt_pipelines.tagging.extraction.spaced.cut import cut
from alt_pipelines.tagging.extraction.spaced.hebrew.words import without_article
from alt_pipelines.tagging.extraction.spaced.indonesian.words import plain_title
from alt_pipelines.tagging.extraction.spaced.people import apart
from alt_pipelines.tagging.extraction.spaced.persian.words import without_ezafe
from alt_pipelines.tagging.extraction.spaced.reading import Placed, Reading, read
from alt_pipelines.tagging.extraction.spaced.repeats import (
    may_begin_or_end,
    repeated_syllables,
    without_parts_of_names,
)
from alt_pipelines.tagging.extraction.spaced.routes import at_dashes
from alt_pipelines.tagging.extraction.spaced.slavic.czech import czech_stem
from alt_pipelines.tagging.extraction.spaced.slavic.polish import dictionary_stem
from alt_pipelines.tagging.extraction.spaced.steps import Steps, steps_of
from alt_pipelines.tagging.extraction.spaced.tokens import ARTICLED, Token, joined, tokenise
from alt_pipelines.tagging.extraction.spaced.turkish.verbs import turkish_lower
from alt_pipelines.tagging.extraction.spaced.words import runs
from alt_pipelines.tagging.extraction.words.frequencies import function_words, has_frequencies

_GUESSED_STOP_WORDS = 40
_NONE: Mapping[str, int] = {}


def analyse(title: str, text: str, language: str) -> Document:
    """Return the phrases of a title and body."""
    article, steps = _read(title, text, language), steps_of(language)
    phrases: Sequence[Phrase] = list(_phrases(article, steps))
    for step in steps.phrases:
        phrases = step(phrases, article)
    phrases = without_halves([*phrases, *_repeats(phrases, article, steps)])
    for step in steps.last:
        phrases = step(phrases, article)
    return Document(phrases, len(article.tokens), article.in_title)


def _phrases(article: Article, steps: Steps) -> Iterator[Phrase]:
    """Yield the phrases of the title and of the body, in order."""
    reading, parts = article.reading, (article.title, article.body)
    found = [[run for run in _runs(part.tokens, reading) if run] for part in parts]
    again = repeated_syllables(found, parts) if reading.row.lone_letters else _NONE
    for part, kept in zip(parts, found, strict=True):
        for on_runs in steps.runs:
            kept = on_runs(kept, part, article)
        named = (rest for run in kept for rest in apart(run, part.tokens, reading))
        pieces = [piece for rest in named for piece in cut(rest, again, reading)]
        for on_piece in steps.pieces:
            pieces = [form for piece in pieces for form in on_piece(piece, part, article)]
        yield from (article.phrase(piece, part) for piece in pieces)


def _runs(tokens: list[Token], reading: Reading) -> Iterator[list[Placed]]:
    for run in runs(tokens, reading):
        yield from at_dashes(run, tokens, noun_capitals=reading.row.noun_capitals)


def _repeats(phrases: Sequence[Phrase], article: Article, steps: Steps) -> Sequence[Phrase]:
    """Return the parts of phrases that the text repeats and that may be phrases of their own."""
    pieces: Sequence[Phrase] = repeated_pieces(phrases, partial(may_begin_or_end, article.row))
    for step in steps.repeats:
        pieces = step(pieces, phrases, article)
    pieces = [piece for piece in pieces if len(piece.words) > 1 or piece.words[0].lower() not in article.row.weak]
    return without_parts_of_names(pieces, phrases, ends=not article.row.noun_capitals)


def _read(title: str, text: str, language: str) -> Article:
    row = language_of(language)
    title = plain_title(title, text) if language == "id" else title
    head, body = tokenise(title, row), tokenise(text, row)
    if row.elisions:
        names = frozenset(token.text for token in (*head, *body) if ARTICLED.fullmatch(token.text))
        head, body = joined(head, names), joined(body, names)
    head, body = without_capitals(head, body, language, row)
    tokens = [*head, *body]
    reading = read(language, row, _stop_words(language, row, tokens), tokens)
    parts = Part(title, head, 0, is_title=True), Part(text, body, len(head), is_title=False)
    return Article(*parts, reading, _stem(language, row, tokens))


def _stop_words(language: str, row: Language, tokens: list[Token]) -> frozenset[str]:
    stop = function_words(language, row.function_words)
    if row.clitics:
        stop = frozenset(word for word in stop if not word.startswith("ال"))  # العالم is a noun
    return stop if has_frequencies(language) else stop | _guessed_stop_words(tokens)


def _guessed_stop_words(tokens: list[Token]) -> frozenset[str]:
    """Guess stop words: the most frequent short lower-case words, which in running text are function words."""
    words = [t.text for t in tokens]
    counts = Counter(w for w in words if w[0].isalpha() and len(w) <= 4 and not w[0].isupper())
    return frozenset(word for word, count in counts.most_common(_GUESSED_STOP_WORDS) if count > 1)


def _stem(language: str, row: Language, tokens: Iterable[Token]) -> Stem:
    """Return the function from a folded word to its stem; with cases, to that of its dictionary form."""
    if row.proclitics:
        return without_article
    if language == "fa":
        return without_ezafe
    stem = _stemmer(row.stemmer)
    if row.suffixes:
        lower = {
            token.text.lower(): turkish_lower(token.text) for token in tokens if "İ" in token.text or "I" in token.text
        }
        return lambda word: stem(lower.get(word, word))
    if language == "pl":
        return dictionary_stem(stem, (token.text for token in tokens if not token.opens))
    return czech_stem(stem) if language == "cs" else stem


@lru_cache(maxsize=32)
def _stemmer(algorithm: str) -> Stem:
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
