"""What a genre run gives: plain data, in the order in which it is answered, stored and drawn.

The run object of the HTTP contract is made from it in `response`; rows of the database by the store. No computation
here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from alt_pipelines.recap.corpus.vectors import Floats

NOISE_LABEL = "noise"
"""The label of cluster −1: articles that belong to no story."""


@dataclass(frozen=True)
class Representative:
    """A sentence that stands for its cluster. `position` counts the sentences of its article from 0."""

    article_id: str
    paragraph_idx: int
    position: int
    text: str
    lang: str
    score: float


@dataclass(frozen=True)
class Cluster:
    """A story; or, with the number −1, the articles that belong to none, which nothing represents.

    Attributes:
        size: its sentences, copies not counted.
        article_ids: all its articles; those with representatives first, in their order.
        stats: token_count, and avg_sim where it can be measured.
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
    """Where one kept sentence went; -1 is noise. A sentence is in the cluster of its article."""

    article_id: str
    sentence_idx: int
    cluster_id: int


@dataclass(frozen=True)
class GenreResult:
    """The outcome of `pipeline.run_genre`.

    Attributes:
        diagnostics: the contract's object; it says what was cut and which fallback decided.
        assignments: one for each sentence within the budgets, in the order of the request.
        map_vectors: (m, d) embeddings of some of the sentences, for `layout`, and the clusters they are in.
        seconds: time of each stage, in order.
    """

    status: Literal["succeeded", "partial"]
    clusters: tuple[Cluster, ...]
    diagnostics: Mapping[str, Any]
    assignments: tuple[Assignment, ...]
    seconds: Mapping[str, float]
    map_vectors: Floats = field(repr=False, compare=False)
    map_clusters: tuple[int, ...] = field(repr=False)

    @property
    def stories(self) -> tuple[Cluster, ...]:
        """The clusters without noise."""
        return tuple(cluster for cluster in self.clusters if cluster.cluster_id >= 0)
