"""SQL of the gauges for alerts, on the three databases: fallbacks, ages, failures, sizes.

Each function takes a connection. `gauges` decides how often each query runs.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.database.shapes import shape_of
from alt_pipelines.runtime.queues import RESULTS_TAG
from alt_pipelines.tagging.extraction.article import FIRST_PASS_ONLY
from alt_pipelines.tagging.store.pending import untried

RUNS_READ = 20_000
"""How many of the newest Dagster runs are searched for the last runs of each pipeline."""

FALLBACK_ARTICLES, FALLBACK_RUNS = 200, 20

WAITING_ARTICLES = 1000
"""How many of the newest articles are searched for one without an outcome."""


class PipelineState(NamedTuple):
    """The last Dagster runs of a pipeline.

    Attributes:
        last_success: end of the last successful run, in seconds since the epoch.
        consecutive_failures: failed runs since the last run that succeeded or, before its end, stored results
            (`RESULTS_TAG`). A run that stored results and then failed counts as one failure.
        last_failed_run: id of the last failed run.
    """

    last_success: float | None
    consecutive_failures: int
    last_failed_run: str | None


class DagsterSizes(NamedTuple):
    """Sizes in bytes of Dagster's event log with its indexes, and of its whole database."""

    event_log: int
    database: int


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
# A run that is executed again inherits the tags of its parent, so only a time after its own start counts.
_PIPELINES = text(
    """
    WITH newest AS (
        SELECT pipeline_name, status, end_time, run_id, id,
               CASE status WHEN 'SUCCESS' THEN true ELSE EXISTS (
                   SELECT FROM run_tags t WHERE t.run_id = runs.run_id AND t.key = :results
                   AND t.value COLLATE "C" >=
                       to_char(to_timestamp(start_time) AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS')
               ) END AS worked
        FROM runs
        WHERE id > (SELECT max(id) FROM runs) - :rows AND pipeline_name = ANY(:names)
    ), last AS (
        SELECT pipeline_name, coalesce(max(id) FILTER (WHERE worked), 0) AS worked,
               max(end_time) FILTER (WHERE status = 'SUCCESS') AS success
        FROM newest GROUP BY 1
    )
    SELECT pipeline_name, max(last.success) AS last_success,
           count(*) FILTER (WHERE n.status = 'FAILURE' AND n.id >= last.worked) AS failures,
           (array_agg(n.run_id ORDER BY n.id DESC) FILTER (WHERE n.status = 'FAILURE'))[1] AS failed_run
    FROM newest n JOIN last USING (pipeline_name)
    WHERE n.worked OR n.status = 'FAILURE'
    GROUP BY 1
    """
)
_ARTICLE_WAITS = """
    SELECT EXISTS (
        SELECT FROM (SELECT * FROM articles WHERE created_at <= (now() AT TIME ZONE 'utc')
                     ORDER BY created_at DESC, id DESC LIMIT :rows) a
        WHERE {untried})
"""
_SIZES = text("SELECT pg_total_relation_size('event_logs'), pg_database_size(current_database())")


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
    """Return the state of each Dagster job that has, among the newest runs, one that ended or stored results."""
    rows = connection.execute(_PIPELINES, {"rows": RUNS_READ, "names": list(jobs), "results": RESULTS_TAG})
    return {row[0]: PipelineState(row[1], row[2], row[3]) for row in rows}


def article_waits(connection: Connection) -> bool:
    """Whether one of the newest articles has neither an outcome nor tags."""
    statement = text(_ARTICLE_WAITS.format(untried=untried(shape_of(connection))))
    return bool(connection.execute(statement, {"rows": WAITING_ARTICLES}).scalar())


def dagster_sizes(connection: Connection) -> DagsterSizes:
    """Return the sizes of Dagster's event log and database."""
    return DagsterSizes(*connection.execute(_SIZES).one())
