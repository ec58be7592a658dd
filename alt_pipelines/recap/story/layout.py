"""A map of a run's sentences: two coordinates each, and the picture coloured by cluster.

Computed only when somebody wants to look: UMAP in a process that never used it costs some fifteen seconds, so a
caller in a hurry asks for principal components instead. Here: positions and drawing; where the picture goes is the
caller's.
"""

from typing import Literal

import numpy as np
from matplotlib.figure import Figure

from alt_pipelines.observability.plots import can_draw, figure
from alt_pipelines.recap.clustering.reduce import SMALLEST, reduce_vectors
from alt_pipelines.recap.corpus.vectors import Floats
from alt_pipelines.recap.story.positions import principal
from alt_pipelines.recap.story.result import GenreResult

Method = Literal["umap", "principal"]

MAX_POINTS = 2000
_NAMED_CLUSTERS = 12  # more names than this cover the map
_NAME_CHARACTERS = 40
_NOISE_COLOUR = "#c8c8c8"


def lay_out(vectors: Floats, method: Method = "umap") -> Floats:
    """(m, 2) positions of (m, d) vectors; the same vectors give the same map.

    `umap` keeps neighbours together; `principal` (also taken for fewer than 16 rows) is instant and shows coarse
    shape only.
    """
    if method == "umap" and len(vectors) >= SMALLEST:
        return reduce_vectors(vectors, 2)
    return principal(vectors)


def draw_map(result: GenreResult, method: Method = "umap") -> Figure:
    """The map of a run's sentences, clusters in colours with the labels of the largest, noise in grey."""
    points = np.linspace(0, len(result.map_clusters) - 1, min(MAX_POINTS, len(result.map_clusters))).astype(int)
    positions = lay_out(result.map_vectors[points], method)
    clusters = np.array(result.map_clusters)[points]
    with figure(9.0, 6.0) as (drawn, axes):
        noise = clusters < 0
        axes.scatter(
            positions[noise, 0],
            positions[noise, 1],
            s=10,
            color=_NOISE_COLOUR,
            label=f"in no story ({int(noise.sum())})",
        )
        for cluster in result.stories:
            here = clusters == cluster.cluster_id
            named = cluster.cluster_id < _NAMED_CLUSTERS
            name = f"{cluster.cluster_id}  {_name(cluster.label)} ({int(here.sum())})" if named else None
            axes.scatter(positions[here, 0], positions[here, 1], s=16, color=_colour(cluster.cluster_id), label=name)
        axes.spines[:].set_visible(False)
        axes.set(xticks=[], yticks=[], title=f"{len(points)} sentences, {len(result.stories)} stories")
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=8, frameon=False)
    return drawn


def _name(label: str | None) -> str:
    if not label or not can_draw(label):
        return ""
    return label if len(label) <= _NAME_CHARACTERS else label[: _NAME_CHARACTERS - 1] + "…"


def _colour(number: int) -> tuple[float, float, float]:
    """Neighbouring numbers are far apart in hue, by the golden ratio."""
    from matplotlib.colors import hsv_to_rgb

    hue = (number * 0.618034) % 1.0
    red, green, blue = hsv_to_rgb((hue, 0.65, 0.85 if number % 2 else 0.65))
    return float(red), float(green), float(blue)
