"""Candidates of Thai, Lao, Khmer and Burmese: adjacent content words, from ICU's dictionaries.

ICU finds words but not parts of speech. Closed classes of the grammar replace them: function words end a phrase, a word
beside an auxiliary is a verb in the whole text, and การ or ความ makes a noun of the word after it. A phrase is a single
word, a run of two words, or up to four adjacent words that the text repeats. ``shapes`` finds Latin names and numbers.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.tagging.extraction.languages import Language, language_of
from alt_pipelines.tagging.extraction.repeats import repeated, repeated_pieces
from alt_pipelines.tagging.extraction.shapes import spans
from alt_pipelines.text.scripts import UNSPACED
from alt_pipelines.text.segmentation import unspaced

_STRETCH = re.compile(f"[{UNSPACED}]+")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 4  # words
_LONGEST_FORM = 24  # characters
_SHORTEST = 3  # characters: shorter words of these scripts are function words or parts of a longer word


class _Run(NamedTuple):
    words: list[str]
    start: int  # token offset


def analyse(title: str, text: str, language: str) -> Document:
    """Return the phrases of a title and body."""
    row = language_of(language)
    parts = [[_words(stretch, language) for stretch in _stretches(part)] for part in (title, text)]
    verbs = _verbs((words for part in parts for words in part), row)
    runs: list[_Run] = []
    offset = 0
    for part in parts:
        for words in part:
            runs += [_Run(run, offset + index) for run, index in _runs(words, verbs, row)]
            offset += len(words)
    again = repeated((run.words for run in runs), _LONGEST)
    phrases: list[Phrase] = []
    for run in runs:
        for piece, index in _cut(run.words, again, row):
            phrases.append(Phrase(tuple(piece), tuple(word.lower() for word in piece), run.start + index))
    phrases += [p for p in repeated_pieces(phrases, partial(_may_begin_or_end, row)) if _long_enough(p.words)]
    return Document(phrases, offset, frozenset(word.lower() for words in parts[0] for word in words))


def _words(stretch: str, language: str) -> list[str]:
    return unspaced(stretch, language) if _STRETCH.match(stretch) else [stretch]


def _stretches(text: str) -> Iterator[str]:
    """Yield stretches of the script and names in Latin letters, in order."""
    found = [(m.start(), m.end()) for m in _STRETCH.finditer(text)]
    for start, end in sorted(found + spans(text)):
        yield text[start:end]


def _verbs(stretches: Iterator[list[str]], row: Language) -> frozenset[str]:
    """Return the words that are beside an auxiliary somewhere in the text: จะขยาย, ពង្រីក after នឹង, before ခဲ့."""
    found = set()
    for words in stretches:
        for before, word in pairwise(words):
            if before in row.before_verbs and word not in row.before_verbs:
                found.add(word)
            if word in row.after_verbs:
                found.add(before)
    return frozenset(found)


def _runs(words: list[str], verbs: frozenset[str], row: Language) -> Iterator[tuple[list[str], int]]:
    """Yield runs of content words, each with the index of its first one; a word after an opener is content."""
    run: list[str] = []
    start = 0
    opened = False
    for index, word in enumerate([*words, ""]):
        plain = bool(word) and not word[0].isdigit() and _LETTER.search(word) is not None
        function = word in row.weak or _has_form(word, row)
        if plain and opened and (not function or word in row.links):
            run[-1] += word  # ความปลอดภัย
            opened = False
            continue
        if opened:
            run.pop()
        opened = plain and word in row.openers
        if plain and ((not function and word not in verbs) or opened or (run and word in row.links)):
            start = start if run else index
            run.append(word)
            continue
        if run:
            yield run, start
        run = []


def _has_form(word: str, row: Language) -> bool:
    """Whether a word is a numeral, or has the ending of a finite verb."""
    numeral = bool(row.numerals) and re.fullmatch(row.numerals, word) is not None
    return numeral or (bool(row.finite) and re.search(f"{row.finite}$", word) is not None)


def _cut(run: list[str], again: frozenset[str], row: Language) -> Iterator[tuple[list[str], int]]:
    """Yield a run of up to two words as it is, and a longer run as the longest repeated parts and single words."""
    at = 0
    while at < len(run):
        size = min(len(run) - at, _LONGEST)
        while size > 1 and not _fits(run, at, size, again, row):
            size -= 1
        piece = run[at : at + size]
        if _long_enough(piece) and not (size == 1 and piece[0] in row.links):
            yield piece, at
        at += size


def _fits(run: list[str], at: int, size: int, again: frozenset[str], row: Language) -> bool:
    piece = run[at : at + size]
    if len("".join(piece)) > _LONGEST_FORM or piece[0] in row.links:
        return False
    whole = at == 0 and size == len(run) <= 2 and piece[-1] not in row.links
    return whole or "".join(piece) in again


def _long_enough(piece: list[str] | tuple[str, ...]) -> bool:
    form = "".join(piece)
    return _SHORTEST <= len(form) <= _LONGEST_FORM or form.isascii()


def _may_begin_or_end(row: Language, word: str) -> bool:
    return word not in row.links
