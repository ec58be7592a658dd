"""Adoption of articles that an earlier service tagged: they are recorded as tagged, batch by batch.

An adopted article gets an outcome with status `tagged`, reason `ADOPTED` and extractor version `VERSION`. Its tags stay
as they are. Only `retag` or a backfill of its day tags it again.
"""

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.tagging.store.pending import adoptable
from alt_pipelines.tagging.windows import Position

ADOPTED = "tagged by an earlier service"
VERSION = "adopted"

_ADOPT = text(
    f"""
    INSERT INTO alt_pipelines.article_tag_outcomes (article_id, status, reason, attempts, extractor_version, backend,
        tag_count)
    SELECT s.id, 'tagged', :reason, 0, :version, 'earlier service',
           (SELECT count(*) FROM article_tags l WHERE l.article_id = s.id)
    FROM (
        SELECT id FROM articles WHERE (created_at, id) <= (CAST(:from_at AS timestamp), CAST(:from_id AS uuid))
        ORDER BY created_at DESC, id DESC LIMIT :rows
    ) s
    WHERE {adoptable("s")}
    ORDER BY s.id
    ON CONFLICT (article_id) DO NOTHING
    """
)


def adopt(connection: Connection, newest: Position, rows: int) -> int:
    """Adopt the adoptable articles among the `rows` articles from a position downwards. Returns their number."""
    parameters = {"from_at": newest.created_at, "from_id": newest.id, "rows": rows}
    return connection.execute(_ADOPT, parameters | {"reason": ADOPTED, "version": VERSION}).rowcount
