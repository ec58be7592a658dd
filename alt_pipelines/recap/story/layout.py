"""Draw the map of a run's sentences: two coordinates for each, coloured by cluster.

The first UMAP in a process takes about fifteen seconds, so a caller that cannot wait uses principal components.
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
_NAMED_CLUSTERS = 12  # more names would cover the map
_NAME_CHARACTERS = 40
_NOISE_COLOUR = "#c8c8c8"


def lay_out(vectors: Floats, method: Method = "umap") -> Floats:
    """Compute (m, 2) positions of (m, d) vectors. Equal vectors give equal maps.

    `umap` keeps neighbours together. `principal` (also used for fewer than 16 rows) is instant and shows only the
    coarse shape.
    """
    if method == "umap" and len(vectors) >= SMALLEST:
        return reduce_vectors(vectors, 2)
    return principal(vectors)


def draw_map(result: GenreResult, method: Method = "umap") -> Figure:
    """Draw the map of a run's sentences: clusters in colours, labels for the largest clusters, noise in grey."""
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
    """Return the RGB colour of a cluster. The golden ratio gives consecutive numbers distant hues."""
    from matplotlib.colors import hsv_to_rgb

    hue = (number * 0.618034) % 1.0
    red, green, blue = hsv_to_rgb((hue, 0.65, 0.85 if number % 2 else 0.65))
    return float(red), float(green), float(blue)
