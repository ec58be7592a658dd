"""A text encoder run by onnxruntime: tokens, batches of like length, mean over real tokens, length 1.

Throughput comes from small batches (see `batching.py`) and from running `inter_op_threads` of them side by side, each
on a thread of its own: the threads then meet once per call and not after every matrix product, which made two threads
1.3 times as fast as onnxruntime's own division of each product (`intra_op_threads`).

Nothing is loaded before the first `encode` or `load_shared`, and a process made by fork opens a session of its own,
because threads and locks of the parent's session do not exist there.

What belongs here: texts to vectors through one model. What does not: how onnxruntime is set up (`onnx_session.py`),
choosing a model (`factory.py`, `router.py`), remembering vectors (`cache.py`).
"""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from alt_pipelines.embedding.batching import Integers, batches, masked_mean, pad, unit_rows
from alt_pipelines.embedding.model_folder import ModelFolder, find_model
from alt_pipelines.embedding.onnx_session import OnnxSession, open_session
from alt_pipelines.embedding.protocol import BackendName, EmbeddingError, Vectors, check_languages
from alt_pipelines.embedding.tokenizing import load_tokenizer, tokenize
from alt_pipelines.settings import EmbeddingSettings


class OnnxEmbedder:
    """One ONNX encoder.

    Args:
        path: the model file, or a folder that holds it (see `model_folder.find_model`).
        settings: threads, providers, limits of a batch, longest text in tokens.

    Raises:
        ModelFileError: there is no complete model at `path`.
    """

    def __init__(self, path: Path, settings: EmbeddingSettings) -> None:
        self.folder: ModelFolder = find_model(path)
        self._settings = settings
        self._max_length = min(settings.max_length, self.folder.max_length or settings.max_length)
        self._process = os.getpid()
        self._loading = threading.Lock()
        self._session: OnnxSession | None = None

    @property
    def model_id(self) -> str:
        """As in the manifest; the folder's name where there is none."""
        return self.folder.model_id

    @property
    def backend(self) -> BackendName:
        """Always "onnx"."""
        return "onnx"

    @property
    def dimension(self) -> int:
        """Length of a vector; a model without a manifest is opened to find out."""
        return self.folder.dimension or self._open().dimension

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        """See `Embedder.encode`; the languages choose the centre that is subtracted, for models that have some."""
        check_languages(texts, languages)
        session = self._open()
        vectors = np.zeros((len(texts), session.dimension), dtype=np.float32)
        rows, tokens = tokenize(self._tokenizer(), texts, self.folder.prefix, self._max_length)
        groups = list(batches([len(t) for t in tokens], self._settings.batch_size, self._settings.max_batch_tokens))

        def compute(group: list[int]) -> None:
            pooled = self._run(session, [tokens[i] for i in group])
            vectors[[rows[i] for i in group]] = pooled

        side_by_side = self._settings.inter_op_threads or available_cores()
        if side_by_side > 1 and len(groups) > 1:
            with ThreadPoolExecutor(min(side_by_side, len(groups))) as threads:
                list(threads.map(compute, groups))
        else:
            for group in groups:
                compute(group)
        return self._centred(vectors, rows, languages) if self.folder.centres else vectors

    def _run(self, session: OnnxSession, sequences: list[list[int]]) -> Vectors:
        ids, mask = pad(sequences, filler=0)
        feeds: dict[str, Integers] = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        called = {name: feeds[name].astype(session.integers, copy=False) for name in session.inputs}
        try:
            (output,) = session.run([session.output], called)
        except Exception as error:  # onnxruntime's exceptions share no base class
            raise EmbeddingError(f"{self.folder.model} failed on a batch of shape {ids.shape}: {error}") from error
        states = np.asarray(output, dtype=np.float32)
        return unit_rows(states if session.pooled else masked_mean(states, mask))

    def _centred(self, vectors: Vectors, rows: list[int], languages: Sequence[str] | None) -> Vectors:
        """Subtract each text's language centre. Method: the mean removal of Mu & Viswanath 2018, "All-but-the-Top"."""
        if rows:
            centres = [self.folder.centre(languages[row] if languages is not None else None) for row in rows]
            vectors[rows] = unit_rows(vectors[rows] - np.stack([c for c in centres if c is not None]))
        return vectors

    def load_shared(self) -> None:
        """Load what processes forked later can share: the tokenizer. No session is opened."""
        self._tokenizer()

    def _tokenizer(self) -> Any:
        return load_tokenizer(self.folder.tokenizer, self._max_length)

    def _open(self) -> OnnxSession:
        if (
            self._process != os.getpid()
        ):  # a fork: the session is the parent's, and one of its threads may hold the lock
            self._process, self._loading, self._session = os.getpid(), threading.Lock(), None
        if self._session is None:
            with self._loading:
                self._session = self._session or open_session(self.folder, self._settings)
        return self._session


def available_cores() -> int:
    """Cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
