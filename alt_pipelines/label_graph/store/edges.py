"""Compute the edges of one window from the observations, and refresh the stored window."""

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import insert, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from alt_pipelines.database.locks import Paired
from alt_pipelines.database.recap_tables import graph_builds
from alt_pipelines.label_graph import rules
from alt_pipelines.label_graph.report import ChangedEdge, WindowReport
from alt_pipelines.settings import GraphSettings

_LOCK_NOT_AVAILABLE = "55P03"
_BUILDS_KEPT = timedelta(days=90)
_CHANGED_SHOWN = 10  # of each kind

# A weight is rounded half up from the exact sum in units of `rules.CONFIDENCE_UNIT`; avg() would round twice.
_EDGES = """
CREATE TEMPORARY TABLE graph_edges ON COMMIT DROP AS
SELECT genre, tag, CAST(size AS integer) AS sample_size, last_observed_at,
       CAST(LEAST(1000000, (2 * total + 1000 * size) / (2000 * size)) / 1000000.0 AS real) AS weight
FROM (
    SELECT genre, tag, CAST(sum(tag_count_{days}) AS bigint) AS size,
           CAST(sum(confidence_sum_{days}) AS bigint) AS total, max(last_observed_at) AS last_observed_at
    FROM graph_observed
    WHERE tag_count_{days} > 0 AND genre IS NOT NULL AND tag <> ''
        AND octet_length(tag) <= :longest AND octet_length(genre) <= :longest
    GROUP BY genre, tag
) AS summed
WHERE size >= :min_support
"""

_COUNTS = """
SELECT row_reason,
       CASE
           WHEN row_reason IS NOT NULL THEN NULL
           WHEN tag IS NULL THEN :low_confidence
           WHEN tag = '' THEN :blank_label
           WHEN octet_length(tag) > :longest THEN :long_label
       END AS tag_reason,
       sum(row_count_{days}) AS rows, sum(tag_count_{days}) AS tags
FROM graph_observed
CROSS JOIN LATERAL (
    SELECT CASE WHEN genre IS NULL THEN tag WHEN octet_length(genre) > :longest THEN :long_genre END AS row_reason
) AS judged
WHERE tag_count_{days} > 0
GROUP BY 1, 2
"""

_CHANGE = """
SELECT count(*) FILTER (WHERE old.tag IS NULL) AS new,
       count(*) FILTER (WHERE fresh.tag IS NULL) AS gone,
       count(old.tag) AS before,
       count(fresh.tag) AS edges,
       count(DISTINCT fresh.genre) AS genres,
       COALESCE(sum(fresh.sample_size), 0) AS observations
FROM graph_edges AS fresh
FULL JOIN (SELECT genre, tag FROM tag_label_graph WHERE window_label = :window) AS old
    ON (old.genre, old.tag) = (fresh.genre, fresh.tag)
"""

# The strongest edges of each kind: new, gone, and those whose weight moved most.
_CHANGED = """
SELECT genre, tag, before, after
FROM (
    SELECT COALESCE(fresh.genre, old.genre) AS genre, COALESCE(fresh.tag, old.tag) AS tag,
           old.weight AS before, fresh.weight AS after,
           row_number() OVER (
               PARTITION BY old.weight IS NULL, fresh.weight IS NULL
               ORDER BY abs(COALESCE(fresh.weight, 0) - COALESCE(old.weight, 0)) DESC,
                   COALESCE(fresh.genre, old.genre), COALESCE(fresh.tag, old.tag)
           ) AS place
    FROM graph_edges AS fresh
    FULL JOIN (SELECT genre, tag, weight FROM tag_label_graph WHERE window_label = :window) AS old
        ON (old.genre, old.tag) = (fresh.genre, fresh.tag)
    WHERE old.weight IS DISTINCT FROM fresh.weight
) AS changed
WHERE place <= :shown
ORDER BY before IS NOT NULL, after IS NOT NULL, place
"""

# Unchanged edges are written too, so that every row's `updated_at` is the time of the window's last refresh.
UPSERT = """
MERGE INTO tag_label_graph AS old
USING graph_edges AS fresh
    ON (old.window_label, old.genre, old.tag) = (:window, fresh.genre, fresh.tag)
WHEN MATCHED THEN
    UPDATE SET weight = fresh.weight, sample_size = fresh.sample_size, last_observed_at = fresh.last_observed_at,
        updated_at = :refreshed_at
WHEN NOT MATCHED THEN
    INSERT (window_label, genre, tag, weight, sample_size, last_observed_at, updated_at)
    VALUES (:window, genre, tag, weight, sample_size, last_observed_at, :refreshed_at)
"""

# Stale edges are found by membership and not by time: after a clock is set back, a time would keep them permanently.
DELETE = """
DELETE FROM tag_label_graph AS old
WHERE window_label = :window
  AND NOT EXISTS (SELECT 1 FROM graph_edges AS fresh WHERE (fresh.genre, fresh.tag) = (old.genre, old.tag))
"""


@contextmanager
def window_locks(connection: Connection, windows: Sequence[int], wait_seconds: float) -> Iterator[int | None]:
    """Hold the locks of windows (days). Yield the first window still locked after `wait_seconds`, or None.

    The locks belong to the session and span all transactions of a build. They are released here or with the session.
    """
    try:
        yield _lock(connection, sorted(windows), wait_seconds)
    finally:
        with suppress(DBAPIError):  # the session was lost, and the locks with it
            if not connection.invalidated:
                connection.rollback()
                connection.execute(text("SELECT pg_advisory_unlock_all()"))
                connection.commit()


def _lock(connection: Connection, windows: list[int], wait_seconds: float) -> int | None:
    deadline = time.monotonic() + wait_seconds
    with connection.begin() as transaction:
        for days in windows:
            key = {"lock": int(Paired.GRAPH_WINDOW), "days": days}
            if connection.scalar(text("SELECT pg_try_advisory_lock(:lock, :days)"), key):
                continue
            milliseconds = int((deadline - time.monotonic()) * 1000)
            if milliseconds <= 0:
                return days
            try:
                connection.execute(
                    text("SELECT set_config('lock_timeout', :ms, true), set_config('statement_timeout', '0', true)"),
                    {"ms": str(milliseconds)},
                )
                connection.execute(text("SELECT pg_advisory_lock(:lock, :days)"), key)
            except OperationalError as error:
                if getattr(error.orig, "pgcode", None) != _LOCK_NOT_AVAILABLE:
                    raise
                transaction.rollback()
                return days
    return None


def prepare_session(connection: Connection, settings: GraphSettings) -> None:
    """Configure the session for a build's statements."""
    # A build that takes longer than the graph's TTL is useless. A hash table is the fastest way to sum a million rows,
    # but the planner assumes a hundred tags per list and would sort instead. JIT compilation costs more than it saves.
    connection.execute(
        text(
            "SELECT set_config('statement_timeout', :timeout, false), set_config('work_mem', '96MB', false), "
            "set_config('enable_sort', 'off', false), set_config('jit', 'off', false)"
        ),
        {"timeout": f"{settings.ttl_seconds}s"},
    )


def build_window(
    connection: Connection, settings: GraphSettings, days: int, observed_at: datetime, *, dry_run: bool
) -> WindowReport:
    """Compute one window from `graph_observed` and refresh it, unless it is a dry run, in the caller's transaction.

    If there are no edges, the stored window is kept. The report's `seconds` is 0; the caller sets it when the
    transaction has ended.
    """
    window = f"{days}d"
    # Old and new edges are joined completely, so a nested loop over the index is never faster, whatever the estimate.
    connection.execute(text("SELECT set_config('enable_nestloop', 'off', true)"))
    values = {
        "min_support": settings.min_support,
        "longest": rules.LONGEST_LABEL_BYTES,
        "long_genre": rules.LONG_GENRE,
        "low_confidence": rules.LOW_CONFIDENCE,
        "blank_label": rules.BLANK_LABEL,
        "long_label": rules.LONG_LABEL,
    }
    connection.execute(text(_EDGES.format(days=days)), values)
    counts = connection.execute(text(_COUNTS.format(days=days)), values).all()
    change = connection.execute(text(_CHANGE), {"window": window}).one()
    changed = connection.execute(text(_CHANGED), {"window": window, "shown": _CHANGED_SHOWN}).all()
    report = WindowReport(
        window_label=window,
        rows_read=sum(int(row.rows) for row in counts),
        rows_skipped=_by_reason((row.row_reason, row.rows) for row in counts),
        tags_skipped=_by_reason((row.tag_reason, row.tags) for row in counts),
        observations=int(change.observations),
        edges=change.edges,
        genres=change.genres,
        edges_before=change.before,
        edges_new=change.new,
        edges_gone=change.gone if change.edges else 0,
        changed_most=tuple(ChangedEdge(*row) for row in changed) if change.edges else (),
        kept_previous=change.edges == 0,
        refreshed_at=observed_at,
        seconds=0.0,
    )
    if not dry_run:
        _refresh(connection, report)
    return report


def _by_reason(counted: Iterable[tuple[str | None, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for reason, count in counted:
        if reason is not None:
            total[reason] += int(count)
    return dict(total)


def _refresh(connection: Connection, report: WindowReport) -> None:
    if not report.kept_previous:
        values = {"window": report.window_label, "refreshed_at": report.refreshed_at}
        connection.execute(text(UPSERT), values)
        connection.execute(text(DELETE), values)
    connection.execute(
        insert(graph_builds).values(
            window_label=report.window_label,
            built_at=report.refreshed_at,
            kept_previous=report.kept_previous,
            edges=report.edges,
            edges_before=report.edges_before,
            report=json.loads(json.dumps(asdict(report), default=str)),
        )
    )
    connection.execute(
        text(
            "DELETE FROM alt_pipelines.tag_label_graph_builds WHERE window_label = :window AND built_at < :now - :kept"
        ),
        {"window": report.window_label, "now": report.refreshed_at, "kept": _BUILDS_KEPT},
    )
