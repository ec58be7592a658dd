"""What a clustering strategy is and what it gives; `by_articles` and `by_sentences` are two, `cluster` chooses.

A strategy groups articles: every sentence follows its article, so an article is in one cluster at most by
construction. What belongs here: the shape both sides agree on. What does not: any computation.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from alt_pipelines.recap.clustering.density import Labels
from alt_pipelines.recap.corpus.selection import Selection
from alt_pipelines.recap.corpus.vectors import TextVectors


@dataclass(frozen=True)
class Grouping:
    """Which articles belong together, and how that was found.

    Attributes:
        labels: (n,) a group number for each article in any order, -1 for articles in no group.
        hdbscan: its min_cluster_size and min_samples, over articles or sentences as the strategy works; empty where
            it did not run.
        umap_components: to how many dimensions UMAP reduced the points first; 0 where it did not.
        silhouette: of the grouped articles, -1..1; None where it cannot be measured.
        min_sentences: the size of a story that is wanted; an article counts as at least three.
        fallback: why something simpler than the strategy decided, else None.
        below_size: groups that are smaller than wanted.
        groups_over_limit: groups beyond the number of clusters that a run may have, whose articles are noise.
    """

    labels: Labels
    hdbscan: Mapping[str, int] = field(default_factory=dict)
    umap_components: int = 0
    silhouette: float | None = None
    min_sentences: int = 0
    fallback: str | None = None
    below_size: int = 0
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
        """Group them; `check` is called between steps and may raise to stop."""
        ...
