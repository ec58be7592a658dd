"""Reports of a build of the tag label graph: plain, frozen values.

`run.build_graph` returns them. The script logs them, the API answers with them and the asset converts them to metadata.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Edge:
    """One (genre, tag) pair: mean confidence (0..1, 6 decimals) over `sample_size` observations."""

    genre: str
    tag: str
    weight: float
    sample_size: int
    last_observed_at: datetime


@dataclass(frozen=True)
class ChangedEdge:
    """An edge that differs from the previous build's: `before` is None if it is new, `after` is None if it is gone."""

    genre: str
    tag: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class WindowReport:
    """One window's build.

    `edges` counts the refreshed edges or, in a dry run, those that would have been. `rows_skipped` counts the learning
    rows that were left out, by reason. `tags_skipped` counts the tags that were left out of rows in use, by reason.
    `kept_previous` is true if the build gave no edge and the previous graph was kept. `seconds` is the time from the
    start of the build, which reads the rows of all windows at once, to the end of this window's refresh.
    """

    window_label: str
    rows_read: int
    rows_skipped: dict[str, int]
    tags_skipped: dict[str, int]
    observations: int
    edges: int
    genres: int
    edges_before: int
    edges_new: int
    edges_gone: int
    changed_most: tuple[ChangedEdge, ...]
    kept_previous: bool
    refreshed_at: datetime
    seconds: float

    @property
    def rows_used(self) -> int:
        """Rows that were neither malformed nor empty."""
        return self.rows_read - sum(self.rows_skipped.values())

    @property
    def figures(self) -> dict[str, Any]:
        """The whole report except the individual changed edges, as JSON values for a materialization's metadata."""
        return {
            "rows_read": self.rows_read,
            "rows_used": self.rows_used,
            "rows_skipped": sum(self.rows_skipped.values()),
            "skipped_rows_by_reason": self.rows_skipped,
            "skipped_tags_by_reason": self.tags_skipped,
            "observations": self.observations,
            "edges": self.edges,
            "genres": self.genres,
            "edges_before": self.edges_before,
            "edges_new": self.edges_new,
            "edges_gone": self.edges_gone,
            "kept_previous": self.kept_previous,
            "refreshed_at": self.refreshed_at.isoformat(),
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True)
class GraphBuildReport:
    """All windows of one call, in the order in which they were requested."""

    windows: tuple[WindowReport, ...]
    dry_run: bool = False
    warnings: tuple[str, ...] = field(default=())

    @property
    def edge_counts(self) -> dict[str, int]:
        """Refreshed edges per window label, as `POST /admin/build-graph` answers."""
        return {window.window_label: window.edges for window in self.windows}

    @property
    def total_edges(self) -> int:
        """Refreshed edges of all windows."""
        return sum(window.edges for window in self.windows)
