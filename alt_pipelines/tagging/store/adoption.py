"""Articles that an earlier service has tagged: taken over as tagged, batch by batch, and never tagged again unasked.

An adopted article has an outcome of its own kind: status `tagged`, reason `ADOPTED`, extractor version `VERSION`. Its
tags stay as they are. `retag` tags it again, a backfill of its day does too.
"""

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.tagging.store.pending import has_automatic_tags
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
    WHERE NOT EXISTS (SELECT FROM alt_pipelines.article_tag_outcomes o WHERE o.article_id = s.id)
      AND {has_automatic_tags("s")}
    ORDER BY s.id
    ON CONFLICT (article_id) DO NOTHING
    """
)


def adopt(connection: Connection, newest: Position, rows: int) -> int:
    """Adopt what can be adopted among the `rows` articles from a position downwards. Returns how many were."""
    parameters = {"from_at": newest.created_at, "from_id": newest.id, "rows": rows}
    return connection.execute(_ADOPT, parameters | {"reason": ADOPTED, "version": VERSION}).rowcount
