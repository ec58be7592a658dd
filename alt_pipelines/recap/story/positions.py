"""Positions of a run's sentences on its map, by their two principal components.

The computation is instant and deterministic. `layout` draws the map and computes the UMAP positions.
"""

from collections.abc import Sequence

import numpy as np
from scipy.linalg import eigh

from alt_pipelines.recap.arrays import Floats
from alt_pipelines.recap.threads import one_thread

STORED_POINTS = 400
"""Number of points stored with a run for the reader's page; more would hide each other."""


def principal(vectors: Floats) -> Floats:
    """Compute (m, 2) positions of (m, d) vectors: their first two principal components, which show the coarse shape."""
    if not len(vectors):
        return np.zeros((0, 2), np.float32)
    centred = (vectors - vectors.mean(0)).astype(np.float64)
    positions = np.zeros((len(vectors), 2), np.float32)
    with one_thread():  # more threads cost ten times the CPU
        size = centred.shape[1]
        _, axes = eigh(centred.T @ centred, subset_by_index=[max(0, size - 2), size - 1])
        plane = axes[:, ::-1]  # the largest eigenvalue is the last
        plane = plane * np.where(plane.sum(0) < 0, -1, 1)  # the sign of an axis is arbitrary; fix it
        positions[:, : plane.shape[1]] = centred @ plane
    return positions


def map_points(vectors: Floats, clusters: Sequence[int]) -> list[list[float]]:
    """Return points [x, y, cluster id] of an even sample of (m, d) vectors and their (m,) clusters."""
    count = len(clusters)
    chosen = np.linspace(0, count - 1, min(STORED_POINTS, count)).astype(int)
    positions = principal(vectors[chosen])
    return [
        [round(float(x), 4), round(float(y), 4), int(clusters[index])]
        for (x, y), index in zip(positions, chosen, strict=True)
    ]
