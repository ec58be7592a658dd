"""A text encoder run by sentence-transformers on torch: any model id or folder, with the extra `torch` installed.

Much slower than onnxruntime on a CPU (`benchmarks.embedding`). It is for models without an ONNX file, for GPUs, and the
fallback when the ONNX file is missing. Nothing of torch is imported before such a model is requested.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from alt_pipelines.embedding.batching import readable, unit_rows
from alt_pipelines.embedding.protocol import BackendName, EmbeddingError, Vectors, check_languages
from alt_pipelines.settings import EmbeddingSettings

INSTALL = "pip install 'alt-pipelines[torch]'"


def is_installed() -> bool:
    """Whether the extra `torch` is installed, without importing it."""
    return find_spec("sentence_transformers") is not None


class SentenceTransformersEmbedder:
    """A SentenceTransformer.

    Args:
        model: a folder, or an id that the library finds in its local cache or on its hub.
        settings: device, batch size, longest text in tokens.
        download: ask the hub for a model that is not on this machine; without the network this fails after minutes.

    Raises:
        EmbeddingError: the extra is not installed, or the model cannot be loaded.
    """

    def __init__(self, model: str, settings: EmbeddingSettings, *, download: bool = True) -> None:
        if not is_installed():
            raise EmbeddingError(f"The model {model} needs sentence-transformers, which is not installed: {INSTALL}.")
        from sentence_transformers import SentenceTransformer

        try:
            #: The model itself, for libraries that want one (KeyBERT(model=embedder.model)).
            self.model: Any = SentenceTransformer(model, device=settings.device, local_files_only=not download)
        except Exception as error:  # the library lets through those of the hub, of torch and of the file system
            raise EmbeddingError(
                f"sentence-transformers cannot load {model} ({type(error).__name__}: {error}). Name a folder that "
                "holds a model, or an id that is in the local cache, in RECAP_SUBWORKER_MODEL_ID."
            ) from error
        own_limit = self.model.max_seq_length or settings.max_length
        self.model.max_seq_length = min(int(own_limit), settings.max_length)
        self._name = Path(model).name if Path(model).is_dir() else model
        self._settings = settings
        self._dimension = int(self.model.get_embedding_dimension() or 0)
        # The E5 family was trained with a prefix before every text and is much worse without.
        self._prefix = "query: " if "e5-" in self._name.lower() and not self.model.default_prompt_name else ""

    @property
    def model_id(self) -> str:
        """The id, or the name of the folder."""
        return self._name

    @property
    def backend(self) -> BackendName:
        """Always "sentence-transformers"."""
        return "sentence-transformers"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        """See `Embedder.encode`; languages are ignored. The library sorts texts by length itself."""
        check_languages(texts, languages)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        beginnings = [readable(text, self.model.max_seq_length) for text in texts]
        rows = [row for row, beginning in enumerate(beginnings) if beginning is not None]
        if rows:
            computed = self.model.encode(
                [f"{self._prefix}{beginnings[row]}" for row in rows],
                batch_size=self._settings.batch_size,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
            vectors[rows] = unit_rows(np.asarray(computed, dtype=np.float32))
        return vectors
