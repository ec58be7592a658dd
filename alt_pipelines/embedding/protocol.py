"""The interface of every encoder, and the errors that loading one may raise.

Scope: names shared by backends and callers. `primary_language` is here because router and backends must read a language
tag in the same way.
"""

from collections.abc import Sequence
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

BackendName = Literal["onnx", "sentence-transformers", "hash"]
Vectors = NDArray[np.float32]


class EmbeddingError(RuntimeError):
    """An encoder that cannot be used; the message names the file or setting and what to do."""


class ModelFileError(EmbeddingError):
    """A model file that is missing, damaged or of the wrong kind; the message names its path and the remedies."""


@runtime_checkable
class Embedder(Protocol):
    """An encoder: texts to vectors."""

    @property
    def model_id(self) -> str:
        """The model as recorded with results; vectors of different models are not comparable."""

    @property
    def backend(self) -> BackendName:
        """What runs it, as recorded with results."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        """Embed texts.

        Args:
            texts: any strings, of any length; text beyond the model's window is cut.
            languages: one language tag per text ("en", "ja", "pt-BR", "und"); None where unknown.

        Returns:
            float32 of shape (len(texts), dimension), in the order given. Rows have length 1; texts without readable
            characters (empty, white space, control characters) give rows of zeros.

        Raises:
            ValueError: `languages` is given and has another length than `texts`.
            EmbeddingError: the model cannot be loaded or run.
        """


def primary_language(tag: str | None) -> str:
    """The language of a tag without region or script: "EN-us" gives "en", None and "" give "und"."""
    return (tag or "und").replace("_", "-").split("-", 1)[0].strip().lower() or "und"


def shared_encoder(embedder: Embedder) -> Embedder:
    """The encoder whose vectors of different languages can be compared: a router's default, without its cache."""
    while (inner := getattr(embedder, "inner", None)) is not None:
        embedder = inner
    shared: Embedder = getattr(embedder, "default", embedder)
    return shared


def check_languages(texts: Sequence[str], languages: Sequence[str] | None) -> None:
    """Raise ValueError unless there is one language per text, or none at all."""
    if languages is not None and len(languages) != len(texts):
        raise ValueError(f"{len(texts)} texts but {len(languages)} languages; pass one language per text, or None.")
