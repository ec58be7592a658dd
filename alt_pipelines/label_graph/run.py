"""Build the graph: the code shared by the schedule, the API, the UI and the script.

`build_graph` takes the locks, orders the windows and creates the report. The SQL in `store` computes the edges.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

import structlog
from sqlalchemy import Engine

from alt_pipelines.database.engines import with_retries
from alt_pipelines.label_graph.report import GraphBuildReport, WindowReport
from alt_pipelines.label_graph.store import edges, observations
from alt_pipelines.observability.metrics import MetricBatch
from alt_pipelines.observability.store import add_metrics
from alt_pipelines.observability.tracing import span
from alt_pipelines.settings import GraphSettings, PoolSettings

log = structlog.get_logger(__name__)

DEFAULT_WINDOWS = (7, 30)
LONGEST_WINDOW_DAYS = 3650

_WEAK_LOWER = (
    "This Postgres has neither pg_unicode_fast (version 18 or later) nor ICU collations. Labels are lowercased by the "
    "rules of the database, so letters outside ASCII may not match. Use Postgres 18, or one built with ICU."
)


class GraphDisabled(RuntimeError):  # noqa: N818 - a state of the service, not a fault
    """The graph is switched off by TAG_LABEL_GRAPH_ENABLED."""


class BuildInProgress(RuntimeError):  # noqa: N818 - a state of the service, not a fault
    """Another process is building the same window."""


@span("tag_label_graph")
def build_graph(
    engine: Engine,
    settings: GraphSettings,
    windows: Sequence[int] = DEFAULT_WINDOWS,
    *,
    dry_run: bool = False,
    wait_seconds: float = 0.0,
    pool: PoolSettings | None = None,
) -> GraphBuildReport:
    """Rebuild the graph of each window (days): read the rows of all windows once, then refresh each in a transaction.

    `wait_seconds` is how long to wait for other builds of the same windows before giving up. With `dry_run` the
    aggregation runs and the report says what would be written, but nothing is written. If the database is unavailable,
    the build is retried from its beginning for as long as `pool` allows.

    Raises:
        GraphDisabled: `settings.enabled` is false.
        BuildInProgress: another build holds one of the windows for longer than `wait_seconds`; no window is built.
        ValueError: `windows` is empty, or holds a number outside 1..3650.
        sqlalchemy.exc.SQLAlchemyError: the database failed; windows that were not refreshed yet are unchanged.
    """
    if not settings.enabled:
        raise GraphDisabled("The tag label graph is disabled. Set TAG_LABEL_GRAPH_ENABLED=true to build it.")
    if not windows:
        raise ValueError("No window to build. Pass at least one number of days, for example 7,30.")
    for days in windows:
        if not 1 <= days <= LONGEST_WINDOW_DAYS:
            raise ValueError(f"A window of {days} days is not allowed; the range is 1 to {LONGEST_WINDOW_DAYS}.")
    chosen = tuple(dict.fromkeys(windows))
    started = time.monotonic()
    return with_retries(
        lambda: _build(engine, settings, chosen, dry_run=dry_run, wait_seconds=wait_seconds, started=started),
        pool or PoolSettings(),
        "build label graph",
    )


def _build(
    engine: Engine,
    settings: GraphSettings,
    windows: tuple[int, ...],
    *,
    dry_run: bool,
    wait_seconds: float,
    started: float,
) -> GraphBuildReport:
    reports = []
    with engine.connect() as connection:
        # The temporary tables end with the session. Detached, the session is never returned to the pool with them.
        connection.detach()
        with edges.window_locks(connection, windows, wait_seconds) as taken:
            if taken is not None:
                raise BuildInProgress(
                    f"Another process is building the {taken}d window. Wait for its result, or try again later."
                )
            with connection.begin():
                edges.prepare_session(connection, settings)
                collation = observations.lower_collation(connection)
                observed_at = observations.observe(connection, settings, windows, collation)
            warnings = () if collation else (_WEAK_LOWER,)
            for warning in warnings:
                log.warning("label_graph_collation", advice=warning)
            for days in windows:
                with connection.begin():
                    report = edges.build_window(connection, settings, days, observed_at, dry_run=dry_run)
                    if not dry_run:
                        add_metrics(connection, _metrics(report))
                reports.append(replace(report, seconds=time.monotonic() - started))
                _log(reports[-1], dry_run=dry_run)
    return GraphBuildReport(tuple(reports), dry_run, warnings)


def _metrics(report: WindowReport) -> MetricBatch:
    batch = MetricBatch()
    batch.count("tag_label_graph_edges_refreshed_total", report.edges, {"window": report.window_label})
    return batch


def _log(report: WindowReport, *, dry_run: bool) -> None:
    facts = {
        "window": report.window_label,
        "dry_run": dry_run,
        "rows_read": report.rows_read,
        "rows_skipped": report.rows_skipped,
        "edges": report.edges,
        "new": report.edges_new,
        "gone": report.edges_gone,
        "seconds": round(report.seconds, 3),
    }
    if report.kept_previous:
        log.warning("label_graph_has_no_edges", kept_edges=report.edges_before, **facts)
    else:
        log.info("label_graph_built", **facts)
