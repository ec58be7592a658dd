"""Feature hashing in place of a model: deterministic vectors from character n-grams, for tests only.

Texts that share words get similar vectors, so pipelines can be exercised without model files, but the vectors carry no
meaning. A production system once clustered on such vectors for weeks unnoticed, so this backend is recorded as "hash"
wherever a backend is recorded, logs a warning when it is created, and is never used as a fallback.

Method: signed feature hashing (Weinberger et al. 2009, "Feature Hashing for Large Scale Multitask Learning") of words
and character trigrams.
"""

import re
from collections.abc import Sequence
from zlib import crc32

import numpy as np
import structlog

from alt_pipelines.embedding.protocol import BackendName, Vectors, check_languages

log = structlog.get_logger(__name__)

_WORD = re.compile(r"\w+")


class HashingEmbedder:
    """Signed feature hashing of words and trigrams."""

    def __init__(self, dimension: int = 384) -> None:
        self._dimension = dimension
        log.warning("hashing_embedder_used", detail="Its vectors are random; use the backend 'hash' only in tests.")

    @property
    def model_id(self) -> str:
        """The hashing scheme and its dimension; there is no model."""
        return f"feature-hashing-{self._dimension}"

    @property
    def backend(self) -> BackendName:
        """Always "hash"."""
        return "hash"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        """See `Embedder.encode`; languages are ignored."""
        check_languages(texts, languages)
        vectors = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for feature in _features(text):
                # crc32, not hash(): the latter differs from process to process.
                code = crc32(feature.encode("utf-8", "surrogatepass"))
                row[(code >> 1) % self._dimension] += 1.0 if code & 1 else -1.0
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors


def _features(text: str) -> list[str]:
    words = _WORD.findall(text.lower())
    padded = " ".join(["", *words, ""])
    return words + [padded[i : i + 3] for i in range(len(padded) - 2)]
