"""Draw the map of a run's sentences: two coordinates for each, coloured by cluster.

The first UMAP in a process takes about fifteen seconds, so only runs that a person launched draw this map.
"""

from collections.abc import Iterator
from colorsys import hsv_to_rgb

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from alt_pipelines.observability.plots import can_draw, figure
from alt_pipelines.recap.arrays import Floats
from alt_pipelines.recap.clustering.density import NOISE
from alt_pipelines.recap.clustering.reduce import SMALLEST, reduce_vectors
from alt_pipelines.recap.story.headline import NO_STORY, headline
from alt_pipelines.recap.story.positions import principal
from alt_pipelines.recap.story.result import Cluster, GenreResult

MAX_POINTS = 2000
_NAMED_CLUSTERS = 12  # more names would cover the map
_NAME_CHARACTERS = 40
_NOISE_COLOUR = (0.78, 0.78, 0.78)
_MAP_AREA = (0.01, 0.02, 0.58, 0.92)  # left, bottom, width, height as shares of the figure
_LEGEND = (0.61, 0.9)  # left, top
_LEGEND_LINE = 0.06


def lay_out(vectors: Floats) -> Floats:
    """Compute (m, 2) positions of (m, d) vectors. Equal vectors give equal maps.

    UMAP keeps neighbours together. Fewer than 16 rows are laid out by principal components, which show the coarse
    shape.
    """
    if len(vectors) >= SMALLEST:
        return reduce_vectors(vectors, 2)
    return principal(vectors)


def draw_map(result: GenreResult) -> Figure:
    """Draw the map of a run's sentences: clusters in colours, labels for the largest clusters, noise in grey."""
    points = np.linspace(0, len(result.map_clusters) - 1, min(MAX_POINTS, len(result.map_clusters))).astype(int)
    positions = lay_out(result.map_vectors[points])
    clusters = np.array(result.map_clusters)[points]
    # A fixed layout and one scatter of all points: computing the layout would draw the figure twice.
    with figure(10.0, 6.0, layout=None) as (drawn, axes):
        axes.set_position(_MAP_AREA)
        axes.set_axis_off()
        axes.set_title(f"Sentences: {len(points)}; stories: {len(result.stories)}", fontsize=11)
        axes.scatter(positions[:, 0], positions[:, 1], s=14, c=[_colour(cluster) for cluster in clusters.tolist()])
        left, height = _LEGEND
        for line, (cluster, name) in enumerate(_legend(result, clusters)):
            drawn.text(left, height - line * _LEGEND_LINE, "●", color=_colour(cluster), fontsize=9)
            drawn.text(left + 0.02, height - line * _LEGEND_LINE, name, fontsize=8)
    return drawn


def _legend(result: GenreResult, clusters: NDArray[np.intp]) -> Iterator[tuple[int, str]]:
    """Yield (cluster, name with its number of points) of the largest stories and of the articles in no story."""
    for cluster in result.stories[:_NAMED_CLUSTERS]:
        shown = int((clusters == cluster.cluster_id).sum())
        yield cluster.cluster_id, f"{cluster.cluster_id}  {_name(cluster)} ({shown})"
    if (noise := int((clusters < 0).sum())) > 0:
        yield NOISE, f"{NO_STORY} ({noise})"


def _name(cluster: Cluster) -> str:
    label = headline(cluster.cluster_id, cluster.label, cluster.top_terms)
    if not can_draw(label):
        return ""
    return label if len(label) <= _NAME_CHARACTERS else label[: _NAME_CHARACTERS - 1] + "…"


def _colour(number: int) -> tuple[float, float, float]:
    """Return the RGB colour of a cluster: grey for noise. The golden ratio gives consecutive numbers distant hues."""
    if number == NOISE:
        return _NOISE_COLOUR
    return hsv_to_rgb((number * 0.618034) % 1.0, 0.65, 0.85 if number % 2 else 0.65)
