"""Figures that an operator is paged about, from the three databases: backlog, ages, failures, sizes.

Each function takes a connection and costs what its comment says; `operations` decides how often they are asked.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.database.shapes import shape_of
from alt_pipelines.tagging.store.pending import has_automatic_tags

RUNS_READ = 20_000
"""Newest Dagster runs among which the last ones of each pipeline are looked for."""

FALLBACK_ARTICLES, FALLBACK_RUNS = 200, 20


class Backlog(NamedTuple):
    """Articles without an outcome, and how many seconds ago the oldest of them was created (None without any)."""

    articles: int
    oldest_seconds: float | None


class PipelineState(NamedTuple):
    """The last Dagster runs of a pipeline: when one succeeded (seconds since the epoch), how many failed since."""

    last_success: float | None
    consecutive_failures: int
    last_failed_run: str | None


class DagsterSizes(NamedTuple):
    """Bytes of Dagster's event log with its indexes, and of its whole database."""

    event_log: int
    database: int


# An anti-join of two indexes: a scan of both, some seconds for ten million articles.
_BACKLOG = """
    SELECT count(*), extract(epoch FROM (now() AT TIME ZONE 'utc') - min(a.created_at))::double precision
    FROM articles a
    WHERE {not_deleted} AND a.created_at <= (now() AT TIME ZONE 'utc')
      AND NOT EXISTS (SELECT FROM alt_pipelines.article_tag_outcomes o WHERE o.article_id = a.id)
      AND NOT {has_automatic_tags}
"""
# The newest tags' articles, by the index on feed_tags.created_at.
_TAGGING_BACKENDS = text(
    """
    SELECT DISTINCT o.backend FROM (
        SELECT feed_id FROM feed_tags ORDER BY created_at DESC LIMIT :rows
    ) newest JOIN articles a ON a.feed_id = newest.feed_id
    JOIN alt_pipelines.article_tag_outcomes o ON o.article_id = a.id
    WHERE o.backend IS NOT NULL AND o.updated_at > now() - interval '1 day'
    """
)
_RUN_DIAGNOSTICS = text(
    """
    SELECT response_payload->'diagnostics'->>'backend' AS backend,
           coalesce((response_payload->'diagnostics'->>'used_fallback')::boolean, false) AS used_fallback
    FROM (SELECT response_payload, finished_at FROM recap_subworker_runs
          WHERE status IN ('succeeded', 'partial') ORDER BY id DESC LIMIT :rows) newest
    WHERE finished_at > now() - interval '1 day'
    """
)
_GRAPH_AGES = text(
    """
    SELECT window_label, extract(epoch FROM now() - max(updated_at))::double precision
    FROM tag_label_graph GROUP BY window_label
    """
)
_PIPELINES = text(
    """
    WITH newest AS (
        SELECT pipeline_name, status, end_time, run_id, id FROM runs
        WHERE id > (SELECT max(id) FROM runs) - :rows AND status IN ('SUCCESS', 'FAILURE')
          AND pipeline_name = ANY(:names)
    ), succeeded AS (
        SELECT pipeline_name, max(id) AS id, max(end_time) AS at FROM newest WHERE status = 'SUCCESS' GROUP BY 1
    )
    SELECT n.pipeline_name, max(s.at) AS last_success,
           count(*) FILTER (WHERE n.status = 'FAILURE' AND (s.id IS NULL OR n.id > s.id)) AS failures,
           (array_agg(n.run_id ORDER BY n.id DESC) FILTER (WHERE n.status = 'FAILURE'))[1] AS failed_run
    FROM newest n LEFT JOIN succeeded s USING (pipeline_name) GROUP BY 1
    """
)
_SIZES = text("SELECT pg_total_relation_size('event_logs'), pg_database_size(current_database())")


def backlog(connection: Connection) -> Backlog:
    """Articles that wait for their outcome."""
    statement = text(
        _BACKLOG.format(not_deleted=shape_of(connection).not_deleted, has_automatic_tags=has_automatic_tags())
    )
    return Backlog(*connection.execute(statement).one())


def tagging_backends(connection: Connection) -> set[str]:
    """What ranked the newest tags, of the last day."""
    return set(connection.execute(_TAGGING_BACKENDS, {"rows": FALLBACK_ARTICLES}).scalars())


def recap_fallbacks(connection: Connection) -> tuple[set[str], bool]:
    """Backends of the newest genre runs, of the last day, and whether one of them fell back."""
    rows = connection.execute(_RUN_DIAGNOSTICS, {"rows": FALLBACK_RUNS}).all()
    return {row.backend for row in rows if row.backend}, any(row.used_fallback for row in rows)


def graph_ages(connection: Connection) -> Mapping[str, float]:
    """Seconds since each window of the tag label graph was refreshed."""
    return {row[0]: row[1] for row in connection.execute(_GRAPH_AGES)}


def pipelines(connection: Connection, jobs: Sequence[str]) -> dict[str, PipelineState]:
    """State of Dagster's jobs that have an ended run among the newest."""
    rows = connection.execute(_PIPELINES, {"rows": RUNS_READ, "names": list(jobs)})
    return {row[0]: PipelineState(row[1], row[2], row[3]) for row in rows}


def dagster_sizes(connection: Connection) -> DagsterSizes:
    """Sizes of Dagster's database."""
    return DagsterSizes(*connection.execute(_SIZES).one())
