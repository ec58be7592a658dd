"""Reduce embeddings or article features to a few dimensions by UMAP: for clustering, and to two for the map.

Importing umap takes seconds and its first fit compiles for ten more. It is therefore imported inside a function, and
the default strategy does not use it for a genre of ordinary size. Sums run on one thread, so the same input gives the
same numbers whatever the number of cores.

Source: McInnes, Healy, Melville (2018), UMAP: Uniform Manifold Approximation and Projection.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.recap.arrays import Floats
from alt_pipelines.recap.clustering.features import Features
from alt_pipelines.recap.threads import one_thread

SEED = 42
NEIGHBOURS = 15
FEATURE_DIMENSIONS = 10
SMALLEST = 16  # rows; with fewer there is no neighbourhood to learn from and UMAP's initialisation fails
_BLOCK = 1024


def reduce_vectors(vectors: Floats, components: int, neighbours: int = NEIGHBOURS) -> Floats:
    """Reduce unit rows (n, d) to (n, components) positions, preserving the neighbourhoods of the cosine; n >= SMALLEST.

    Raises:
        ValueError: there are fewer than SMALLEST rows.
    """
    if len(vectors) < SMALLEST:
        raise ValueError(f"UMAP needs at least {SMALLEST} rows, got {len(vectors)}; cluster them unreduced")
    with one_thread():
        return _fit(vectors, min(components, len(vectors) - 2), min(neighbours, len(vectors) - 1))


def reduce_features(features: Features, components: int = FEATURE_DIMENSIONS) -> Floats:
    """Reduce articles to (n, components) positions in blocks of 1024 x n, for more than fit into one (n, n) matrix."""
    with one_thread():
        index, distance = nearest(features, NEIGHBOURS)
        return _fit(features.dense, components, NEIGHBOURS, precomputed_knn=(index, distance, None), init="pca")


def nearest(features: Features, count: int) -> tuple[NDArray[np.int32], Floats]:
    """Find the exact nearest articles of each, itself first: (n, count) indices and (n, count) distances."""
    n = len(features)
    index, distance = np.empty((n, count), np.int32), np.empty((n, count), np.float32)
    for start in range(0, n, _BLOCK):
        here = np.arange(start, min(start + _BLOCK, n))
        block = np.maximum(1 - features[here].similarity(features), 0)
        block[here - start, here] = -1  # sort an article before its exact copies
        near = np.argpartition(block, count - 1, axis=1)[:, :count]
        near = np.take_along_axis(near, np.argsort(np.take_along_axis(block, near, 1), axis=1, kind="stable"), 1)
        index[here], distance[here] = near, np.maximum(np.take_along_axis(block, near, 1), 0)
    return index, distance


def _fit(vectors: Floats, components: int, neighbours: int, **more: Any) -> Floats:
    import umap

    model = umap.UMAP(
        n_components=components,
        n_neighbors=neighbours,
        min_dist=0.0,
        metric="euclidean",
        random_state=SEED,
        n_jobs=1,
        **more,
    )
    return np.asarray(model.fit_transform(vectors), np.float32)
