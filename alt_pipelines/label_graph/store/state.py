"""Read the stored graph and the history of its builds, for the checks and for the UI's tables and plots."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from alt_pipelines.database.recap_tables import graph_builds, tag_label_graph
from alt_pipelines.label_graph.report import Edge


class BuildCounts(NamedTuple):
    """One build in the history: its time, its edges, the edges before it, and whether it kept the previous graph."""

    built_at: datetime
    edges: int
    edges_before: int
    kept_previous: bool


def read_edges(connection: Connection, window: str, per_genre: int) -> list[Edge]:
    """Read the strongest `per_genre` edges of every genre of a window, ordered by genre, weight, support and tag."""
    place = (
        func.row_number()
        .over(
            partition_by=tag_label_graph.c.genre,
            order_by=(tag_label_graph.c.weight.desc(), tag_label_graph.c.sample_size.desc(), tag_label_graph.c.tag),
        )
        .label("place")
    )
    ranked = select(tag_label_graph, place).where(tag_label_graph.c.window_label == window).subquery()
    rows = connection.execute(
        select(ranked).where(ranked.c.place <= per_genre).order_by(ranked.c.genre, ranked.c.place)
    )
    return [Edge(row.genre, row.tag, row.weight, row.sample_size, row.last_observed_at) for row in rows]


def last_builds(connection: Connection, window: str, count: int) -> list[BuildCounts]:
    """Read the newest `count` builds of a window, newest first."""
    columns = graph_builds.c
    rows = connection.execute(
        select(columns.built_at, columns.edges, columns.edges_before, columns.kept_previous)
        .where(columns.window_label == window)
        .order_by(columns.id.desc())
        .limit(count)
    )
    return [BuildCounts(*row) for row in rows]


class WindowState(NamedTuple):
    """A window of the stored graph: its edges, and how many of them were last observed before the window began."""

    edges: int
    outdated: int


def window_state(connection: Connection, window: str, days: int, slack_seconds: float) -> WindowState:
    """Read the state of a window by the database's clock. `slack_seconds` is the permitted delay of a build."""
    columns = tag_label_graph.c
    begins = func.now() - func.make_interval(0, 0, 0, days, 0, 0, slack_seconds)
    row = connection.execute(
        select(func.count(), func.count().filter(columns.last_observed_at < begins)).where(
            columns.window_label == window
        )
    ).one()
    return WindowState(row[0], row[1])
