"""Candidates of Thai, Lao, Khmer and Burmese: adjacent content words, from ICU's dictionaries.

ICU finds words but not parts of speech. A phrase is therefore a single word, a run of two words between function words
(the row's ``weak``), or two or three adjacent words that the text repeats. ``shapes`` finds Latin names and numbers.
"""

import re
from collections.abc import Iterator

from alt_pipelines.tagging.extraction.features import Document, Phrase
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.repeats import repeated
from alt_pipelines.tagging.extraction.shapes import spans
from alt_pipelines.text.scripts import UNSPACED
from alt_pipelines.text.segmentation import unspaced

_STRETCH = re.compile(f"[{UNSPACED}]+")
_LONGEST = 3  # words
_LONGEST_FORM = 24  # characters
_SHORTEST = 3  # characters: shorter words of these scripts are function words or parts of a longer word


def analyse(title: str, text: str, language: str) -> Document:
    """Return the phrases of a title and body."""
    weak = language_of(language).weak
    phrases: list[Phrase] = []
    runs: list[tuple[list[str], int]] = []
    in_title: set[str] = set()
    offset = 0
    for part, is_title in ((title, True), (text, False)):
        for stretch in _stretches(part):
            words = unspaced(stretch, language) if _STRETCH.match(stretch) else [stretch]
            runs += [(run, offset + index) for run, index in _runs(words, weak)]
            if is_title:
                in_title.update(word.lower() for word in words)
            offset += len(words)
    again = repeated((run for run, _ in runs), _LONGEST)
    for run, start in runs:
        phrases += [Phrase(tuple(p), tuple(word.lower() for word in p), start) for p in _cut(run, again)]
    return Document(phrases, offset, frozenset(in_title))


def _stretches(text: str) -> Iterator[str]:
    """Yield stretches of the script and names in Latin letters, in order."""
    found = [(m.start(), m.end()) for m in _STRETCH.finditer(text)]
    for start, end in sorted(found + spans(text)):
        yield text[start:end]


def _runs(words: list[str], weak: frozenset[str]) -> Iterator[tuple[list[str], int]]:
    run: list[str] = []
    for index, word in enumerate([*words, ""]):
        if word and word not in weak and not word[0].isdigit() and re.search(r"[^\W\d_]", word):
            run.append(word)
            continue
        if run:
            yield run, index - len(run)
        run = []


def _cut(run: list[str], again: frozenset[str]) -> Iterator[list[str]]:
    """Yield a run of up to two words as it is, and a longer run as the longest repeated parts and single words."""
    while run:
        size = min(len(run), _LONGEST)
        while size > 1 and not (size == len(run) <= 2 or "".join(run[:size]) in again):
            size -= 1
        form = "".join(run[:size])
        if _SHORTEST <= len(form) <= _LONGEST_FORM or form.isascii():
            yield run[:size]
        run = run[size:]
