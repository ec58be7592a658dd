"""SQL that removes old data of genre runs: documents of requests and metric series of genres.

Each deleting statement changes a bounded number of rows, in its own transaction.
"""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.engine import Engine

BATCH = 50  # requests of up to 10 MB each

# The newest request of each genre keeps its documents: "Materialize" on the genre's page rebuilds the genre from it.
_TRIM = """
UPDATE recap_subworker_runs SET request_payload = request_payload - 'documents' || '{"documents_removed": true}'
WHERE id IN (
    SELECT r.id FROM recap_subworker_runs r JOIN alt_pipelines.genre_runs g ON g.run_id = r.id
    WHERE r.finished_at < :before AND r.request_payload ? 'documents'
      AND EXISTS (SELECT 1 FROM alt_pipelines.genre_runs n WHERE n.genre = g.genre AND n.run_id > g.run_id)
    ORDER BY r.id LIMIT :batch)
"""
_STALE_METRICS = """
DELETE FROM alt_pipelines.pipeline_metrics WHERE (name, labels) IN (
    SELECT name, labels FROM alt_pipelines.pipeline_metrics
    WHERE updated_at < :before AND labels LIKE '%"genre"%' LIMIT :batch)
"""
_ACTIVE = """
SELECT DISTINCT g.genre FROM alt_pipelines.genre_runs g JOIN recap_subworker_runs r ON r.id = g.run_id
WHERE r.finished_at IS NULL OR r.finished_at >= :since
"""


def trim_requests(engine: Engine, before: datetime, batch: int = BATCH) -> int:
    """Remove the documents of requests whose run finished before `before`. Returns the number changed (≤ `batch`)."""
    with engine.begin() as connection:
        return connection.execute(text(_TRIM), {"before": before, "batch": batch}).rowcount


def delete_stale_metrics(engine: Engine, before: datetime, batch: int = 1000) -> int:
    """Delete metric series of genres last updated before `before`. Returns the number deleted (≤ `batch`)."""
    with engine.begin() as connection:
        return connection.execute(text(_STALE_METRICS), {"before": before, "batch": batch}).rowcount


def active_genres(engine: Engine, since: datetime) -> set[str]:
    """Return the genres with a run that is unfinished or finished at or after `since`."""
    with engine.connect() as connection:
        return set(connection.execute(text(_ACTIVE), {"since": since}).scalars())
