"""Measure how well groups of articles are separated, from averages, without comparing pairs of articles."""

import numpy as np

from alt_pipelines.recap.clustering.density import NOISE, Labels
from alt_pipelines.recap.clustering.features import Features

_TINY = 1e-9


def silhouette(features: Features, labels: Labels) -> float | None:
    """Mean silhouette of the grouped articles, with 1 - similarity as the distance; None for fewer than two groups.

    Source: Rousseeuw (1987), Silhouettes: a graphical aid to the interpretation and validation of cluster analysis.
    """
    members = np.flatnonzero(labels != NOISE)
    _, group, size = np.unique(labels[members], return_inverse=True, return_counts=True)
    if len(size) < 2:
        return None
    inside = features[members]
    distance = 1 - inside.similarity(inside.averages(group, len(size))).astype(np.float64)
    rows = np.arange(len(members))
    own = (distance[rows, group] * size[group] - (1 - inside.own_similarity())) / np.maximum(size[group] - 1, 1)
    distance[rows, group] = np.inf
    nearest = distance.min(1)
    value = (nearest - own) / np.maximum(np.maximum(nearest, own), _TINY)
    return float(np.where(size[group] > 1, value, 0).mean())
