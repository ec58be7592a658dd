"""SQL of the gauges for alerts, on the three databases: backlog, ages, failures, sizes.

Each function takes a connection. `gauges` decides how often each query runs.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.database.shapes import shape_of
from alt_pipelines.tagging.extraction.article import FIRST_PASS_ONLY
from alt_pipelines.tagging.store.pending import has_automatic_tags

RUNS_READ = 20_000
"""How many of the newest Dagster runs are searched for the last runs of each pipeline."""

FALLBACK_ARTICLES, FALLBACK_RUNS = 200, 20


class Backlog(NamedTuple):
    """Number of articles without an outcome, and the age in seconds of the oldest of them (None without any)."""

    articles: int
    oldest_seconds: float | None


class PipelineState(NamedTuple):
    """The last Dagster runs of a pipeline: the last success (seconds since the epoch) and the failures since then."""

    last_success: float | None
    consecutive_failures: int
    last_failed_run: str | None


class DagsterSizes(NamedTuple):
    """Sizes in bytes of Dagster's event log with its indexes, and of its whole database."""

    event_log: int
    database: int


# An anti-join that scans two indexes; takes some seconds for ten million articles.
_BACKLOG = """
    SELECT count(*), extract(epoch FROM (now() AT TIME ZONE 'utc') - min(a.created_at))::double precision
    FROM articles a
    WHERE {not_deleted} AND a.created_at <= (now() AT TIME ZONE 'utc')
      AND NOT EXISTS (SELECT FROM alt_pipelines.article_tag_outcomes o WHERE o.article_id = a.id)
      AND NOT {has_automatic_tags}
"""
# Finds the articles of the newest tags by the index on feed_tags.created_at.
_TAGGING_BACKENDS = text(
    """
    SELECT DISTINCT CASE o.reason WHEN :no_encoder THEN 'none' ELSE o.backend END FROM (
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
    """Count the articles without an outcome and return the age of the oldest."""
    statement = text(
        _BACKLOG.format(not_deleted=shape_of(connection).not_deleted, has_automatic_tags=has_automatic_tags())
    )
    return Backlog(*connection.execute(statement).one())


def tagging_backends(connection: Connection) -> set[str]:
    """Return the backends that ranked the newest tags of the last day; "none" where the encoder was missing."""
    named = {"rows": FALLBACK_ARTICLES, "no_encoder": FIRST_PASS_ONLY}
    return set(connection.execute(_TAGGING_BACKENDS, named).scalars())


def recap_fallbacks(connection: Connection) -> tuple[set[str], bool]:
    """Return the backends of the newest genre runs of the last day, and whether any of them used a fallback."""
    rows = connection.execute(_RUN_DIAGNOSTICS, {"rows": FALLBACK_RUNS}).all()
    return {row.backend for row in rows if row.backend}, any(row.used_fallback for row in rows)


def graph_ages(connection: Connection) -> Mapping[str, float]:
    """Return the seconds since each window of the tag label graph was refreshed."""
    return {row[0]: row[1] for row in connection.execute(_GRAPH_AGES)}


def pipelines(connection: Connection, jobs: Sequence[str]) -> dict[str, PipelineState]:
    """Return the state of each Dagster job that has a succeeded or failed run among the newest."""
    rows = connection.execute(_PIPELINES, {"rows": RUNS_READ, "names": list(jobs)})
    return {row[0]: PipelineState(row[1], row[2], row[3]) for row in rows}


def dagster_sizes(connection: Connection) -> DagsterSizes:
    """Return the sizes of Dagster's event log and database."""
    return DagsterSizes(*connection.execute(_SIZES).one())
