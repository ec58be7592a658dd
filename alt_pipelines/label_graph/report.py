"""What a build of the tag label graph says about itself: plain, frozen values.

They are what the service returns, the script logs, the API answers with and the asset turns into metadata. Nothing
here reads a database or draws anything.
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
class MovedEdge:
    """An edge whose weight is not what it was in the build before."""

    genre: str
    tag: str
    before: float
    after: float


@dataclass(frozen=True)
class WindowReport:
    """One window's build.

    `edges` is what was refreshed, or in a dry run what would have been. `rows_skipped` counts learning rows by the
    reason they were left out, `tags_skipped` the single tags left out of rows that were used. `kept_previous` is true
    when no edge came out and the graph that was there stayed. `seconds` is the time from the beginning of the build,
    which reads the rows of all its windows at once, to the end of this window's refresh.
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
    moved_most: tuple[MovedEdge, ...]
    kept_previous: bool
    refreshed_at: datetime
    seconds: float

    @property
    def rows_used(self) -> int:
        """Rows that were neither malformed nor empty."""
        return self.rows_read - sum(self.rows_skipped.values())

    @property
    def figures(self) -> dict[str, Any]:
        """Everything about the build but the single edges that moved, as JSON values: a materialisation's metadata."""
        return {
            "rows_read": self.rows_read,
            "rows_used": self.rows_used,
            "rows_skipped": sum(self.rows_skipped.values()),
            "rows_skipped_because": self.rows_skipped,
            "tags_skipped_because": self.tags_skipped,
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
    """All windows of one call, in the order they were asked for."""

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
