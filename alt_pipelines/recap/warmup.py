"""Warm-up of genre runs: load the encoder and compile UMAP before the first run."""

from collections.abc import Sequence

from alt_pipelines.embedding.factory import preload_before_fork
from alt_pipelines.platform import get_platform
from alt_pipelines.runtime.preload import WarmUp
from alt_pipelines.runtime.queues import RECAP

_MODULES = ("sklearn.cluster", "hdbscan", "matplotlib.figure", "scipy.sparse")


def _compile() -> None:
    """Read the model files and compile UMAP with a small fit."""
    import numpy as np

    from alt_pipelines.recap.clustering.reduce import reduce_vectors

    preload_before_fork(get_platform().settings.embedding)
    vectors = np.random.default_rng(0).normal(size=(64, 32)).astype(np.float32)
    reduce_vectors(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), 2)


def _load() -> None:
    get_platform().embedder.encode(["A first sentence.", "最初の一文です。"])


def _embed(sentences: Sequence[str]) -> int:
    platform = get_platform()
    platform.embedder.encode(list(sentences))
    return -(-len(sentences) // platform.settings.embedding.batch_size)


WARM_UP = WarmUp(RECAP, _MODULES, _compile, _load, _embed)
