"""Outcomes and claims of articles that the platform has deleted, softly or for good: they wait for nothing.

The sensor's probes read a bounded number of the rows that have waited longest. Without this, the rows of deleted
articles would fill that number, and the articles behind them would never be found.
"""

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.database.shapes import shape_of

_GONE = "NOT EXISTS (SELECT FROM articles a WHERE a.id = waiting.article_id AND {not_deleted})"

# The platform can restore an article that it deleted softly, so the attempt is postponed and not given up.
_ATTEMPTS = f"""
    WITH waiting AS (
        SELECT article_id FROM alt_pipelines.article_tag_outcomes WHERE next_attempt_at <= now()
        ORDER BY next_attempt_at LIMIT :rows
    )
    UPDATE alt_pipelines.article_tag_outcomes o SET next_attempt_at = now() + interval '1 day'
    FROM waiting WHERE o.article_id = waiting.article_id AND o.next_attempt_at <= now() AND {_GONE}
"""
_MARKS = f"""
    WITH waiting AS (
        SELECT article_id FROM alt_pipelines.article_tag_outcomes WHERE retag_requested_at IS NOT NULL
        ORDER BY retag_requested_at LIMIT :rows
    )
    UPDATE alt_pipelines.article_tag_outcomes o SET retag_requested_at = NULL
    FROM waiting WHERE o.article_id = waiting.article_id AND {_GONE}
"""
_CLAIMS = f"""
    DELETE FROM alt_pipelines.article_tag_claims waiting WHERE waiting.claimed_until <= now() AND {_GONE}
"""


def postpone_deleted(connection: Connection, rows: int) -> int:
    """Postpone attempts on deleted articles by a day and remove their marks for `retag`, and drop expired claims.

    Args:
        connection: the caller commits.
        rows: attempts and marks looked up at most, those that have waited longest.

    Returns: the number of rows changed.
    """
    not_deleted = shape_of(connection).not_deleted()
    changed = sum(
        connection.execute(text(statement.format(not_deleted=not_deleted)), {"rows": rows}).rowcount
        for statement in (_ATTEMPTS, _MARKS)
    )
    return changed + drop_claims(connection)


def drop_claims(connection: Connection) -> int:
    """Delete expired claims on deleted articles. Returns their number; the caller commits."""
    return connection.execute(text(_CLAIMS.format(not_deleted=shape_of(connection).not_deleted()))).rowcount
