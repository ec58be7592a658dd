"""SQL that deletes our rows whose article or genre run the platform has deleted.

Our tables have no foreign keys to the platform's, so the platform's deletions do not cascade to them. Outcomes are
scanned in pages, starting where the last scan stopped; each page is one transaction of bounded size.
"""

from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.database import installation_facts

BATCH = 5000
LOWEST = "00000000-0000-0000-0000-000000000000"
_FACT = "outcomes_checked_up_to"

_OUTCOMES = text(
    """
    WITH page AS MATERIALIZED (
        SELECT article_id FROM alt_pipelines.article_tag_outcomes WHERE article_id > CAST(:after AS uuid)
        ORDER BY article_id LIMIT :batch
    ), gone AS (
        DELETE FROM alt_pipelines.article_tag_outcomes o USING page
        WHERE o.article_id = page.article_id AND NOT EXISTS (SELECT FROM articles a WHERE a.id = o.article_id)
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM gone) AS deleted, count(*) AS scanned,
           (SELECT article_id::text FROM page ORDER BY article_id DESC LIMIT 1) AS last
    FROM page
    """
)
_RUNS = text(
    """
    DELETE FROM alt_pipelines.genre_runs WHERE run_id IN (
        SELECT g.run_id FROM alt_pipelines.genre_runs g
        WHERE NOT EXISTS (SELECT FROM recap_subworker_runs r WHERE r.id = g.run_id) LIMIT :batch)
    """
)


def delete_outcomes(engine: Engine, batch: int = BATCH) -> tuple[int, bool]:
    """Scan the next `batch` outcomes and delete the orphans. Returns their number, and whether the scan is complete."""
    with engine.begin() as connection:
        after = installation_facts.read(connection, _FACT) or LOWEST
        row = connection.execute(_OUTCOMES, {"after": after, "batch": batch}).one()
        through = row.scanned < batch
        installation_facts.keep(connection, _FACT, LOWEST if through else row.last)
    return int(row.deleted), through


def delete_runs(engine: Engine, batch: int = BATCH) -> int:
    """Delete our rows of at most `batch` genre runs that the platform has deleted. Returns the number deleted."""
    with engine.begin() as connection:
        return connection.execute(_RUNS, {"batch": batch}).rowcount
