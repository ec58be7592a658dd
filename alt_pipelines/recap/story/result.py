"""The result of a genre run as plain data.

`response` converts it to the run object of the HTTP contract, and the store to database rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from alt_pipelines.recap.arrays import Floats
from alt_pipelines.recap.story.positions import map_points

NOISE_LABEL = "noise"
"""The label of cluster −1: articles that belong to no story."""


@dataclass(frozen=True)
class Representative:
    """A representative sentence of a cluster. `position` is its index among its article's sentences, from 0."""

    article_id: str
    paragraph_idx: int
    position: int
    text: str
    lang: str
    score: float


@dataclass(frozen=True)
class Cluster:
    """A story or, as cluster −1, the articles that belong to no story, without representatives.

    Attributes:
        size: number of sentences, copies not counted.
        article_ids: all articles of the cluster; those of the representatives first, in the same order.
        stats: token_count, and avg_sim if at least two sentences are embedded.
    """

    cluster_id: int
    size: int
    label: str | None
    top_terms: tuple[str, ...]
    stats: Mapping[str, float | int]
    representatives: tuple[Representative, ...]
    article_ids: tuple[str, ...]


@dataclass(frozen=True)
class Assignment:
    """The cluster of one kept sentence, which is that of its article; -1 is noise."""

    article_id: str
    sentence_idx: int
    cluster_id: int


@dataclass(frozen=True)
class GenreResult:
    """The outcome of `pipeline.run_genre`.

    Attributes:
        diagnostics: the contract's object; it says what was cut and which fallback was used.
        assignments: one for each sentence within the budgets, in the order of the request.
        seconds: duration of each stage, in order.
        map_vectors: (m, d) embeddings of some of the sentences, for the map.
        map_clusters: (m,) the clusters of these sentences.
    """

    status: Literal["succeeded", "partial"]
    clusters: tuple[Cluster, ...]
    diagnostics: Mapping[str, Any]
    assignments: tuple[Assignment, ...]
    seconds: Mapping[str, float]
    map_vectors: Floats = field(repr=False, compare=False)
    map_clusters: tuple[int, ...] = field(repr=False)

    @cached_property
    def map_points(self) -> list[list[float]]:
        """Points [x, y, cluster id] of an even sample of the sentences, which the store and the UI's picture share."""
        return map_points(self.map_vectors, self.map_clusters)

    @property
    def stories(self) -> tuple[Cluster, ...]:
        """The clusters without noise."""
        return tuple(cluster for cluster in self.clusters if cluster.cluster_id >= 0)
