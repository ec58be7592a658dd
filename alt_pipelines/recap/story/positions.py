"""Positions of a run's sentences on its map, by their two principal components.

The computation uses only numpy, is instant and deterministic. `layout` draws the map and computes the UMAP positions.
"""

import numpy as np

from alt_pipelines.recap.corpus.vectors import Floats
from alt_pipelines.recap.story.result import GenreResult

STORED_POINTS = 400
"""Number of points stored with a run for the reader's page; more would hide each other."""


def principal(vectors: Floats) -> Floats:
    """Compute (m, 2) positions of (m, d) vectors: their first two principal components, which show the coarse shape."""
    if not len(vectors):
        return np.zeros((0, 2), np.float32)
    centred = vectors - vectors.mean(0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    positions = np.zeros((len(vectors), 2), np.float32)
    plane = axes[:2] * np.where(axes[:2].sum(1) < 0, -1, 1)[:, None]  # the sign of an axis is arbitrary; fix it
    positions[:, : len(plane)] = centred @ plane.T
    return positions


def stored_map(result: GenreResult) -> list[list[float]]:
    """Return points [x, y, cluster id] of an even sample of a run's sentences."""
    count = len(result.map_clusters)
    chosen = np.linspace(0, count - 1, min(STORED_POINTS, count)).astype(int)
    positions = principal(result.map_vectors[chosen])
    return [
        [round(float(x), 4), round(float(y), 4), int(result.map_clusters[index])]
        for (x, y), index in zip(positions, chosen, strict=True)
    ]
