"""Where the sentences of a run are on its map: two coordinates for each, by their two principal components.

Plain numpy, instant, and the same for the same vectors. Drawing, and UMAP's map, are `layout`.
"""

import numpy as np

from alt_pipelines.recap.corpus.vectors import Floats
from alt_pipelines.recap.story.result import GenreResult

STORED_POINTS = 400
"""Points kept with a run for the reader's page: more hide one another there."""


def principal(vectors: Floats) -> Floats:
    """(m, 2) positions of (m, d) vectors: their first two principal components, coarse shape only."""
    if not len(vectors):
        return np.zeros((0, 2), np.float32)
    centred = vectors - vectors.mean(0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    positions = np.zeros((len(vectors), 2), np.float32)
    plane = axes[:2] * np.where(axes[:2].sum(1) < 0, -1, 1)[:, None]  # a direction's sign is arbitrary: fix it
    positions[:, : len(plane)] = centred @ plane.T
    return positions


def stored_map(result: GenreResult) -> list[list[float]]:
    """Points [x, y, cluster id] of an even sample of a run's sentences."""
    count = len(result.map_clusters)
    chosen = np.linspace(0, count - 1, min(STORED_POINTS, count)).astype(int)
    positions = principal(result.map_vectors[chosen])
    return [
        [round(float(x), 4), round(float(y), 4), int(result.map_clusters[index])]
        for (x, y), index in zip(positions, chosen, strict=True)
    ]
