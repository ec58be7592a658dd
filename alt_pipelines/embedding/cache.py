"""A bounded cache of computed vectors around any encoder.

Sentences of a recap recur between runs and genres, and candidate phrases between articles. A vector takes milliseconds
to compute and 1.5 kB to keep. The cache is in memory and per process; least recently used vectors leave first.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from alt_pipelines.embedding.protocol import BackendName, Embedder, Vectors, check_languages, primary_language


class CachedEmbedder:
    """An encoder with an LRU cache of `capacity` vectors.

    Safe to share between threads. Two threads that miss the same text at the same time may both compute it; neither
    waits for the other. `hits` and `misses` count texts: a text repeated within one call is computed once and counts
    as one miss, its repeats as hits.
    """

    def __init__(self, inner: Embedder, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(f"The cache capacity {capacity} is not positive; use the encoder without a cache.")
        self.inner = inner
        self.capacity = capacity
        self.hits = 0
        self.misses = 0
        self._rows: OrderedDict[bytes, Vectors] = OrderedDict()
        self._lock = threading.Lock()
        self._process = os.getpid()

    @property
    def model_id(self) -> str:
        """That of the wrapped encoder."""
        return self.inner.model_id

    @property
    def backend(self) -> BackendName:
        """That of the wrapped encoder."""
        return self.inner.backend

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self.inner.dimension

    def __len__(self) -> int:
        return len(self._rows)

    def clear(self) -> None:
        """Drop all vectors and keep the counts."""
        with self._lock:
            self._rows.clear()

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        """See `Embedder.encode`; only texts that are not cached reach the wrapped encoder."""
        check_languages(texts, languages)
        if self._process != os.getpid():  # a fork: another thread of the parent may have been inside
            self._process, self._lock, self._rows = os.getpid(), threading.Lock(), OrderedDict()
        keys = [_key(text, languages[i] if languages is not None else None) for i, text in enumerate(texts)]
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        first_seen: dict[bytes, int] = {}  # key of a missing text -> its first position
        with self._lock:
            for i, key in enumerate(keys):
                row = self._rows.get(key)
                if row is not None:
                    self._rows.move_to_end(key)
                    vectors[i] = row
                else:
                    first_seen.setdefault(key, i)
            self.misses += len(first_seen)
            self.hits += len(texts) - len(first_seen)
        if first_seen:
            self._compute_missing(texts, languages, keys, first_seen, vectors)
        return vectors

    def _compute_missing(
        self,
        texts: Sequence[str],
        languages: Sequence[str] | None,
        keys: list[bytes],
        first_seen: dict[bytes, int],
        vectors: Vectors,
    ) -> None:
        positions = list(first_seen.values())
        computed = self.inner.encode(
            [texts[i] for i in positions], None if languages is None else [languages[i] for i in positions]
        )
        row_of = dict(zip(first_seen, computed, strict=True))
        for i, key in enumerate(keys):
            if key in row_of:
                vectors[i] = row_of[key]
        with self._lock:
            for key, row in row_of.items():
                self._rows[key] = row.copy()  # a view would keep the whole batch alive
                self._rows.move_to_end(key)
            while len(self._rows) > self.capacity:
                self._rows.popitem(last=False)


def _key(text: str, language: str | None) -> bytes:
    """Digest of language and text: the language chooses the model and its centre, so it is part of the vector."""
    named = f"{'' if language is None else primary_language(language)}\0{text}"
    return blake2b(named.encode("utf-8", "surrogatepass"), digest_size=16).digest()
