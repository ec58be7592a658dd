"""Embeddings of a run's texts, computed once, when a stage needs them.

Most sentences of a genre are never compared by meaning: stories are found from leads, and only sentences of stories can
represent them. Each stage therefore names the rows that it needs. This module calls the encoder in chunks, measures its
time and replaces non-finite values; the encoder is in `embedding`.
"""

import time
from collections.abc import Callable, Sequence

import numpy as np

from alt_pipelines.embedding.protocol import Embedder, shared_encoder
from alt_pipelines.recap.arrays import Floats, Integers
from alt_pipelines.text.sentences import mask_addresses

CHUNK = 512  # texts between two checks of the time limit


class TextVectors:
    """Unit-length embeddings of texts, computed on demand. A row that the encoder could not compute is all zeros.

    Attributes:
        made: (m,) True for rows that have been computed.
        unusable: number of rows for which the encoder returned a non-finite value.
        seconds: time spent in the encoder.
    """

    def __init__(
        self,
        texts: Sequence[str],
        languages: Sequence[str],
        embedder: Embedder,
        chunk_done: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        self._texts, self._languages, self._embedder, self._chunk_done = texts, languages, embedder, chunk_done
        self._rows = np.zeros((len(texts), embedder.dimension), np.float32)
        self.made = np.zeros(len(texts), bool)
        self.unusable = 0
        self.seconds = 0.0

    def rows(self, indices: Sequence[int] | Integers) -> Floats:
        """Return (k, d) embeddings of these rows, computing the missing ones."""
        wanted = np.asarray(indices, np.intp)
        missing = np.unique(wanted[~self.made[wanted]])
        for start in range(0, len(missing), CHUNK):
            self._make(missing[start : start + CHUNK])
            self._chunk_done(min(start + CHUNK, len(missing)), len(missing))
        return self._rows[wanted]

    def in_one_space(self, texts: Sequence[str], languages: Sequence[str]) -> Floats:
        """Return (k, d) embeddings of other texts by the encoder of all languages, comparable across languages."""
        rows: list[Floats] = [np.zeros((0, self._rows.shape[1]), np.float32)]
        encoder = shared_encoder(self._embedder)
        for start in range(0, len(texts), CHUNK):
            part = slice(start, start + CHUNK)
            started = time.perf_counter()
            made = encoder.encode([mask_addresses(text) for text in texts[part]], languages[part])
            self.seconds += time.perf_counter() - started
            rows.append(np.where(np.isfinite(made), made, 0).astype(np.float32))
            self._chunk_done(min(start + CHUNK, len(texts)), len(texts))
        return np.concatenate(rows)

    def _make(self, indices: Integers) -> None:
        started = time.perf_counter()
        rows = self._embedder.encode(
            [mask_addresses(self._texts[i]) for i in indices], [self._languages[i] for i in indices]
        )
        self.seconds += time.perf_counter() - started
        expected = (len(indices), self._rows.shape[1])
        if rows.shape != expected:
            raise ValueError(
                f"The encoder {self._embedder.model_id} returned an array of shape {rows.shape} for {len(indices)} "
                f"texts, expected {expected}. Its declared dimension does not match its model file."
            )
        finite = np.asarray(np.isfinite(rows).all(axis=1))
        self.unusable += int((~finite).sum())
        self._rows[indices] = np.where(finite[:, None], rows, 0)
        self.made[indices] = True
