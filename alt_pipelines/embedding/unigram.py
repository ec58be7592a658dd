"""Unigram tokenizers on SentencePiece: the same token ids as those of `tokenizers`, in a fifth of the memory.

`tokenizers` keeps a hash table per node of its trie: 270 MB for the 250 000 pieces of the multilingual model, in every
process that embeds. SentencePiece keeps one double array: 50 MB, and a text takes a third of the time. `tokenizers`
still normalizes the text, by the rules in the file.

Source of the algorithm: Kudo (2018), Subword Regularization. Of the format: sentencepiece_model.proto.
"""

import json
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import sentencepiece

from alt_pipelines.memory import give_back_memory

_SPACE = "▁"
_NORMAL, _UNKNOWN = 1, 2  # types of a piece
_METASPACE = {"type": "Metaspace", "replacement": _SPACE, "prepend_scheme": "always", "split": False}


class Encoding(NamedTuple):
    """The token ids of a text, special tokens included."""

    ids: list[int]


@dataclass(frozen=True)
class Pieces:
    """A text as it is tokenized, without special tokens.

    Attributes:
        text: normalized, with "▁" for each space, in lower case of the same length (i for İ).
        ids: the token ids.
        starts: where each token begins in `text`.
        normal: `UnigramTokenizer.normal`.
    """

    text: str
    ids: list[int]
    starts: list[int]
    normal: Callable[[str], str]

    def as_read(self, phrase: str) -> str:
        """Return a phrase as `text` has it."""
        return _lower(self.normal(phrase))


@dataclass(frozen=True)
class UnigramTokenizer:
    """The tokens of a text, cut at `max_length` tokens with the special ones before and after it."""

    processor: sentencepiece.SentencePieceProcessor
    normalizer: Any
    before: tuple[int, ...]
    after: tuple[int, ...]
    max_length: int

    def encode(self, text: str) -> Encoding:
        """Tokenize one text. Starts no thread, so a process may fork afterwards."""
        room = self.max_length - len(self.before) - len(self.after)
        ids = self.processor.encode(self._begun(text), out_type=int)[: max(room, 0)]
        return Encoding([*self.before, *ids, *self.after])

    def pieces(self, text: str) -> Pieces:
        """Tokenize a text of any length, and record where each token begins."""
        normal = self._begun(text)
        pieces: list[str] = self.processor.encode(normal, out_type=str)
        starts = [0, *accumulate(map(len, pieces))][: len(pieces)]
        return Pieces(_lower(normal), self.processor.piece_to_id(pieces), starts, self.normal)

    def normal(self, text: str) -> str:
        """Return a text as it is tokenized, but without a "▁" added before its first word."""
        valid = text.encode("utf-8", "replace").decode("utf-8")  # tokenizers reject lone surrogates
        normal: str = self.normalizer.normalize_str(valid)
        return normal.replace(" ", _SPACE)

    def _begun(self, text: str) -> str:
        normal = self.normal(text)
        return _SPACE + normal if normal and not normal.startswith(_SPACE) else normal


def _lower(text: str) -> str:
    """Return a text in lower case, of the same length."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower()[0] for c in text)


def load_unigram(path: Path, max_length: int) -> UnigramTokenizer | None:
    """Load a `tokenizer.json`; None if it is not a Unigram tokenizer with supported parts.

    Raises:
        ValueError, KeyError, OSError: the file cannot be read.
    """
    from tokenizers import Tokenizer

    found = json.loads(path.read_text("utf-8"))
    model, special = found["model"], _special(found.get("post_processor"))
    known = model.get("type") == "Unigram" and not model.get("byte_fallback") and special is not None
    if not known or found["pre_tokenizer"] != _METASPACE or found.get("added_tokens") or not found.get("normalizer"):
        return None
    vocabulary = model["vocab"]
    proto = _proto(vocabulary, model["unk_id"])
    model["vocab"], model["unk_id"] = [vocabulary[model["unk_id"]]], 0
    normalizer = Tokenizer.from_str(json.dumps(found)).normalizer
    assert special is not None
    processor = sentencepiece.SentencePieceProcessor(model_proto=proto)
    del found, model, vocabulary, proto
    give_back_memory()
    return UnigramTokenizer(processor, normalizer, *special, max_length)


def _special(post_processor: Any) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The ids before and after a text; None for a post-processor of another kind."""
    if not isinstance(post_processor, Mapping) or post_processor.get("type") != "TemplateProcessing":
        return None
    sides: tuple[list[int], list[int]] = ([], [])
    side = 0
    for part in post_processor["single"]:
        if "Sequence" in part:
            side = 1
        else:
            sides[side].extend(post_processor["special_tokens"][part["SpecialToken"]["id"]]["ids"])
    return tuple(sides[0]), tuple(sides[1])


def _proto(vocabulary: Sequence[tuple[str, float]], unknown: int) -> bytes:
    """Write a ModelProto: the pieces with their scores, the id of the unknown piece, no normalizer of its own."""
    parts = [_piece(piece.encode(), score, _NORMAL) for piece, score in vocabulary]
    parts[unknown] = _piece(vocabulary[unknown][0].encode(), vocabulary[unknown][1], _UNKNOWN)
    trainer = _number(3, 1) + _number(4, len(vocabulary)) + _number(40, unknown)
    for field in (41, 42, 43):  # no piece begins, ends or pads a text here
        trainer += _number(field, -1)
    normalizer = _field(1, b"identity")
    for field in (3, 4, 5):  # no space before a text, spaces as they are, space is written as ▁ already
        normalizer += _number(field, 0)
    return b"".join(parts) + _field(2, trainer) + _field(3, normalizer)


def _piece(piece: bytes, score: float, kind: int) -> bytes:
    fixed = b"\x15" + struct.pack("<f", score) + bytes((24, kind))
    if len(piece) < 100:  # the usual case, written at once: both lengths take one byte
        return bytes((10, len(piece) + 2 + len(fixed), 10, len(piece))) + piece + fixed
    return _field(1, _field(1, piece) + fixed)


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value & (1 << 64) - 1)


def _varint(value: int) -> bytes:
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    written.append(value)
    return bytes(written)
