"""UMAP where it is wanted: many articles or sentences to few dimensions, and two for the map. Imported only when used.

Importing umap costs seconds and its first fit compiles for ten more, so nothing here is imported at module level, and
the default strategy on an ordinary genre never comes here. The sums are made on one thread: the same input gives the
same numbers whatever the number of cores.

Source: McInnes, Healy, Melville (2018), UMAP: Uniform Manifold Approximation and Projection.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from alt_pipelines.recap.clustering.features import Features, Floats

SEED = 42
NEIGHBOURS = 15
FEATURE_DIMENSIONS = 10
SMALLEST = 16  # rows; with fewer there is no neighbourhood to learn from, and UMAP's own start fails
_BLOCK = 1024


def reduce_vectors(vectors: Floats, components: int, neighbours: int = NEIGHBOURS) -> Floats:
    """(n, components) positions of unit rows (n, d) whose neighbourhoods are those of the cosine; n >= SMALLEST.

    Raises:
        ValueError: too few rows for the number of components.
    """
    if len(vectors) < SMALLEST:
        raise ValueError(f"UMAP needs at least {SMALLEST} rows, got {len(vectors)}; cluster so few as they are")
    with threadpool_limits(1):
        return _fit(vectors, min(components, len(vectors) - 2), min(neighbours, len(vectors) - 1))


def reduce_features(features: Features, components: int = FEATURE_DIMENSIONS) -> Floats:
    """(n, components) positions of articles too many to hold every similarity; memory is a block of 1024 x n."""
    with threadpool_limits(1):
        index, distance = nearest(features, NEIGHBOURS)
        return _fit(features.dense, components, NEIGHBOURS, precomputed_knn=(index, distance, None), init="pca")


def nearest(features: Features, count: int) -> tuple[NDArray[np.int32], Floats]:
    """The exact nearest articles of each, itself first: (n, count) indices and (n, count) distances."""
    n = len(features)
    index, distance = np.empty((n, count), np.int32), np.empty((n, count), np.float32)
    for start in range(0, n, _BLOCK):
        here = np.arange(start, min(start + _BLOCK, n))
        block = np.maximum(1 - features[here].similarity(features), 0)
        block[here - start, here] = -1  # an article comes before its exact copies
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
