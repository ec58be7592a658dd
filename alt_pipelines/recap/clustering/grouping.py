"""The interface of a clustering strategy and its result. `by_articles` and `by_sentences` implement it.

A strategy groups articles, and every sentence follows its article. An article is therefore in at most one cluster by
construction.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from alt_pipelines.recap.clustering.density import Labels
from alt_pipelines.recap.corpus.selection import Selection
from alt_pipelines.recap.corpus.vectors import TextVectors


@dataclass(frozen=True)
class Grouping:
    """The groups of articles, and how they were found.

    Attributes:
        labels: (n,) group number of each article, in any order; -1 for articles in no group.
        hdbscan: HDBSCAN's min_cluster_size and min_samples, over articles or sentences depending on the strategy; empty
            if it did not run.
        umap_components: number of dimensions to which UMAP reduced the points; 0 if it did not run.
        silhouette: silhouette of the grouped articles, -1..1; None if it cannot be measured.
        min_sentences: requested minimum size of a story in sentences; an article counts as at least three.
        fallback: why a simpler method was used instead of the strategy; None if none was.
        groups_over_limit: number of groups beyond the maximum number of clusters; their articles are noise.
    """

    labels: Labels
    hdbscan: Mapping[str, int] = field(default_factory=dict)
    umap_components: int = 0
    silhouette: float | None = None
    min_sentences: int = 0
    fallback: str | None = None
    groups_over_limit: int = 0

    @property
    def umap_used(self) -> bool:
        """Whether UMAP reduced the points first."""
        return self.umap_components > 0


class Strategy(Protocol):
    """Groups the articles of a selection."""

    def rows_needed(self, selection: Selection) -> list[int]:
        """The rows whose embeddings `group` will ask for, so that embedding is not counted as clustering."""
        ...

    def group(self, selection: Selection, vectors: TextVectors, check: Callable[[], None]) -> Grouping:
        """Group the articles. `check` is called between steps and may raise to stop."""
        ...
