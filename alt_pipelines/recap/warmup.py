"""Warm-up of genre runs: load the encoder, and compile UMAP if the settings cluster with it, before the first run.

Compiling takes ten seconds of CPU time and 280 MB. The default strategy draws a map with UMAP only when a person
launches a run in the Dagster UI; that run compiles it.
"""

from collections.abc import Callable, Sequence

from alt_pipelines.embedding.factory import preload_before_fork
from alt_pipelines.embedding.protocol import Embedder
from alt_pipelines.runtime.preload import WarmUp
from alt_pipelines.runtime.queues import RECAP
from alt_pipelines.settings import Settings

_MODULES = ("sklearn.cluster", "hdbscan", "matplotlib.figure", "scipy.sparse")


def warm_up(settings: Settings, embedder: Callable[[], Embedder]) -> WarmUp:
    """Return the warm-up of processes that run genres. `embedder` returns the encoder of the process."""

    def read_and_compile() -> None:
        preload_before_fork(settings.embedding)
        if settings.recap.clustering_strategy == "umap":
            _compile()

    def load() -> None:
        embedder().encode(["A first sentence.", "最初の一文です。"])

    def embed(sentences: Sequence[str]) -> int:
        embedder().encode(list(sentences))
        return -(-len(sentences) // settings.embedding.batch_size)

    return WarmUp(RECAP, _MODULES, read_and_compile, load, embed)


def _compile() -> None:
    """Compile UMAP with a small fit."""
    import numpy as np

    from alt_pipelines.recap.clustering.reduce import reduce_vectors

    vectors = np.random.default_rng(0).normal(size=(64, 32)).astype(np.float32)
    reduce_vectors(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), 2)
