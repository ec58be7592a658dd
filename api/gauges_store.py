"""SQL of the gauges for alerts, on the three databases: fallbacks, ages, sizes.

Each function takes a connection. `gauges` decides how often each query runs.
"""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.tagging.extraction.article import FIRST_PASS_ONLY

FALLBACK_ARTICLES, FALLBACK_RUNS = 200, 20


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


def dagster_sizes(connection: Connection) -> DagsterSizes:
    """Return the sizes of Dagster's event log and database."""
    return DagsterSizes(*connection.execute(_SIZES).one())
