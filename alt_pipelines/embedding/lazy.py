"""The sentence encoder of a process, for callers that may not need it."""

from collections.abc import Callable

from alt_pipelines.embedding.protocol import Embedder


class Encoder:
    """The sentence encoder of a process, loaded when it is first needed.

    Args:
        load: returns the encoder; the first call loads it.
    """

    def __init__(self, load: Callable[[], Embedder]) -> None:
        self._load = load

    def load(self) -> Embedder:
        """Return the encoder; the first call in a process loads the model.

        Raises:
            EmbeddingError: the model cannot be loaded.
        """
        return self._load()
