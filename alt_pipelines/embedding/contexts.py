"""Vectors of phrases in their context: the states of their tokens in a text, after the phrase layers of the encoder.

    contexts(reader, [text], [["Lake Onda", ...]])  ->  [(phrases, 1 + 5 * d) vectors]

The states of a phrase's tokens in the text show what it means and what it is part of: whether the word before it
belongs to the same name, or is a role or a verb. The phrase layers follow the first layers of the encoder in place of
its others, and are fitted for this (``benchmarks.fit_judgement``).

Source: contextual features of spans, as in Lee et al. 2017, "End-to-end Neural Coreference Resolution" (the ends of a
span and the mean of its tokens), with the tokens on either side added.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np

from alt_pipelines.embedding.protocol import Vectors, shared_encoder
from alt_pipelines.embedding.unigram import Pieces
from alt_pipelines.text.scripts import HAN, HIRAGANA, KATAKANA, UNSPACED

PARTS = 5  # the mean of the phrase's tokens, the first and the last one, the token before and the token after them
WINDOW = 250  # tokens that are read together
MOST_WINDOWS = 4  # of a text: those with the first place of its first phrases
_MOST_PLACES = 3  # occurrences of a phrase that are averaged
_MOST_SEEN = 20  # occurrences of a phrase among which they are chosen
_CHARACTERS = 20_000  # of a text in which phrases are looked for
_WITHOUT_SPACES = re.compile(f"[{HIRAGANA}{KATAKANA}{HAN}{UNSPACED}]")
_LINE_END = " | "  # the tokenizer reads a line feed as a space, and items of a list as one phrase
_TOGETHER = 16  # texts whose states are in memory together, at most 1.5 MB each


class _Place(NamedTuple):
    """An occurrence: the offsets of its first token, and of the token after it."""

    start: int
    end: int


class Reading(NamedTuple):
    """What is read of a text, and how the states of its t tokens make the vectors of n phrases.

    Attributes:
        sequences: the token ids of each window that is read.
        missing: (n,), 1 for a phrase that no window contains, 0 for the others.
        shares: (n, PARTS, t), the share of each token in each part; those of a part sum to 1.
    """

    sequences: list[Sequence[int]]
    missing: Vectors
    shares: Vectors

    def vectors(self, states: Sequence[Vectors], size: int) -> Vectors:
        """Return the phrases' vectors, (n, 1 + PARTS * size), given the states of each window, (tokens, size)."""
        together = np.concatenate([np.zeros((0, size), np.float32), *states])
        parts = (self.shares @ together).reshape(len(self.missing), PARTS * size)
        return np.hstack([self.missing[:, None], parts])


class Reader(Protocol):
    """An encoder that returns the states of its phrase layers; `onnx.OnnxEmbedder` with the shipped multilingual model.

    ``phrase_layers`` is their fingerprint, the first 16 digits of the SHA-256 of phrase_layers.npz; None without them.
    """

    @property
    def dimension(self) -> int: ...
    @property
    def phrase_layers(self) -> str | None: ...
    def pieces(self, text: str) -> Pieces: ...
    def phrase_states(self, sequences: Sequence[Sequence[int]]) -> list[Vectors]: ...


def reader_of(encoder: Any) -> Reader | None:
    """Return the encoder of all languages that an encoder contains or is; None if it has no phrase layers."""
    shared: Any = shared_encoder(encoder)
    return shared if getattr(shared, "phrase_layers", None) is not None else None


def contexts(reader: Reader, texts: Sequence[str], phrases: Sequence[Sequence[str]]) -> list[Vectors]:
    """Return the contextual vectors of each text's phrases, (phrases, 1 + PARTS * d) each.

    The first column is 1 where the phrase was not found in the part of the text that was read; its vector then consists
    of the mean of all tokens that were read, and of zeros if none was.

    Args:
        reader: the encoder.
        texts: title and body of each article.
        phrases: of each text, by descending importance, which decides what is read of a long text. Case is ignored.

    Raises:
        EmbeddingError: the encoder cannot be run.
    """
    pairs = list(zip(texts, phrases, strict=True))
    groups = [pairs[start : start + _TOGETHER] for start in range(0, len(pairs), _TOGETHER)]
    return [vectors for group in groups for vectors in _of_group(reader, group)]


def _of_group(reader: Reader, group: Sequence[tuple[str, Sequence[str]]]) -> list[Vectors]:
    readings = [reading(reader, text, forms) for text, forms in group]
    states = iter(reader.phrase_states([sequence for one in readings for sequence in one.sequences]))
    return [one.vectors([next(states) for _ in one.sequences], reader.dimension) for one in readings]


def reading(reader: Reader, text: str, phrases: Sequence[str]) -> Reading:
    """Return what is read of a text to find the vectors of some phrases (see `contexts`)."""
    pieces = reader.pieces(text[:_CHARACTERS].replace("\n", _LINE_END))
    places = [_places(phrase, pieces) for phrase in phrases]
    windows = _windows(places, len(pieces.ids))
    missing, shares = _shares(places, windows, len(pieces.ids))
    return Reading([pieces.ids[start : start + WINDOW] for start in windows], missing, shares)


def _places(form: str, pieces: Pieces) -> list[_Place]:
    """Return the first occurrences of a phrase that are whole words, because "art" is in "party"; if there are none,
    the first occurrences.
    """
    sought, text = pieces.as_read(form), pieces.text
    found: list[int] = []
    at = text.find(sought) if sought else -1
    while at >= 0 and len(found) < _MOST_SEEN:
        found.append(at)
        at = text.find(sought, at + len(sought))
    whole = [at for at in found if not _continues(text, at - 1) and not _continues(text, at + len(sought))]
    return [_place(pieces, at, at + len(sought)) for at in (whole or found)[:_MOST_PLACES]]


def _continues(text: str, at: int) -> bool:
    """Whether a word goes on at an offset, with a letter, a digit or a vowel sign.

    In scripts without spaces, where words have no visible ends, none does.
    """
    if not 0 <= at < len(text) or _WITHOUT_SPACES.match(text, at):
        return False
    return text[at].isalnum() or unicodedata.category(text[at]).startswith("M")


def _place(pieces: Pieces, at: int, end: int) -> _Place:
    start = bisect_right(pieces.starts, at) - 1
    return _Place(start, max(start + 1, bisect_left(pieces.starts, end)))


def _windows(places: Sequence[Sequence[_Place]], tokens: int) -> list[int]:
    """Return the offset of the first token of each window that is read, in order."""
    if tokens <= WINDOW * MOST_WINDOWS:
        return list(range(0, tokens, WINDOW))
    first = dict.fromkeys(found[0].start // WINDOW * WINDOW for found in places if found)
    return sorted(list(first)[:MOST_WINDOWS])


def _shares(phrases: Sequence[Sequence[_Place]], windows: Sequence[int], tokens: int) -> tuple[Vectors, Vectors]:
    """Return ``missing`` and ``shares`` of a `Reading`. All tokens have an equal share in the part of a neighbour that
    was not read, and in all parts of a missing phrase.
    """
    read = [token for start in windows for token in range(start, min(start + WINDOW, tokens))]
    column = np.full(tokens + 1, -1)  # of a token among those that were read; the last entry is beyond the text
    column[read] = range(len(read))
    missing = np.zeros(len(phrases), np.float32)
    shares = np.zeros((len(phrases), PARTS, len(read)), np.float32)
    for number, places in enumerate(phrases):
        seen = [place for place in places if (column[place.start : place.end] >= 0).all()]
        missing[number] = not seen
        for start, end in seen:
            shares[number, 0, column[start:end]] += 1 / (end - start)
            for part, token in enumerate((start, end - 1, start - 1, end), start=1):
                if column[token] >= 0:
                    shares[number, part, column[token]] += 1
                else:
                    shares[number, part] += 1 / len(read)
        shares[number] = shares[number] / len(seen) if seen else 1 / max(len(read), 1)
    return missing, shares
