"""The fallback encoder of the second pass without an ONNX model: KeyBERT's, on SentenceTransformer, if installed.

KeyBERT provides vectors only, not key phrases: its own candidates come from a vectoriser that lower-cases the text and
splits at ASCII word boundaries, which loses every phrase with a capital and every Japanese one. Its libraries are
imported on first use, because torch takes seconds and a gigabyte.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import structlog
from numpy.typing import NDArray

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"  # KeyBERT's own default

log = structlog.get_logger(__name__)


class KeyBertEncoder:
    """Wraps KeyBERT's embedding backend as an encoder of unit rows."""

    backend = "keybert"

    def __init__(self, keybert: Any, model_id: str = DEFAULT_MODEL) -> None:
        self._model = keybert.model
        self.model_id = model_id

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> NDArray[np.float32]:
        """Return (len(texts), d) unit rows; `languages` is ignored."""
        vectors = np.asarray(self._model.embed(list(texts)), dtype=np.float32)
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(length, 1e-9), dtype=np.float32)


def load_keybert_encoder(model: str = DEFAULT_MODEL) -> KeyBertEncoder | None:
    """Load KeyBERT with a SentenceTransformer model (an id or a folder); None, with a warning, if that fails.

    Without an encoder there is no second pass, and every article keeps its first-pass tags. Nothing is downloaded: a
    model given by its id must already be in the local cache.
    """
    try:
        from keybert import KeyBERT
        from sentence_transformers import SentenceTransformer
    except ImportError:
        log.warning(
            "tag_refinement_unavailable",
            detail="There is no ONNX model and KeyBERT is not installed, so articles keep the tags of the first pass. "
            "Build the ONNX models (see models/) or install the extra 'torch'.",
        )
        return None
    try:
        encoder = KeyBertEncoder(KeyBERT(SentenceTransformer(model, device="cpu", local_files_only=True)), model)
    except Exception as error:  # each library involved raises its own exception type for a missing model
        log.warning(
            "tag_refinement_unavailable",
            detail=f"SentenceTransformer could not load {model!r} ({type(error).__name__}), so articles keep the tags "
            "of the first pass. Build the ONNX models (see models/) or download this model into the local cache.",
        )
        return None
    log.warning("tag_refinement_by_keybert", detail="There is no ONNX model. The slower KeyBERT is used instead.")
    return encoder
