"""Articles that are tried again because something has changed: their content, the extractor, or their feed exists now.

An article that took too long, or on which processes died repeatedly, is not tried again before its content or the
extractor has changed. Its outcome alone stores a digest of the content that was tried; it is empty if the outcome is
older than digests, so that the article is tried once. The statement below compares it with the article's present
content. Nothing is remembered in a process, so a restart retries nothing.
"""

import hashlib
import uuid

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.database.shapes import shape_of
from alt_pipelines.tagging.extraction.article import EXTRACTOR_VERSION

ROWS = 100  # outcomes compared per call: each reads an article of up to a megabyte
FEEDLESS_ROWS = 200  # outcomes looked up per call, the newest
_SEPARATOR = "\x1f"

_REOPEN = """
    WITH candidates AS (
        SELECT article_id, content_digest, extractor_version FROM alt_pipelines.article_tag_outcomes
        WHERE content_digest IS NOT NULL AND status = 'failed' AND next_attempt_at IS NULL
          AND article_id {side} CAST(:start AS uuid)
        ORDER BY article_id LIMIT :rows
    )
    UPDATE alt_pipelines.article_tag_outcomes o SET next_attempt_at = now()
    FROM candidates c JOIN articles a ON a.id = c.article_id
    WHERE o.article_id = c.article_id AND o.next_attempt_at IS NULL AND {not_deleted}
      AND (c.extractor_version <> :version OR c.content_digest IS DISTINCT FROM
           md5(left(a.title, :chars) || CAST(:separator AS text) || left(a.content, :chars)))
"""


# Reads the end of the index of next attempts that holds the first ones of articles without a feed.
_REOPEN_WITH_FEED = """
    WITH candidates AS (
        SELECT article_id, status FROM alt_pipelines.article_tag_outcomes
        WHERE next_attempt_at > now() AND next_attempt_at <= now() + :recheck * interval '1 second'
        ORDER BY next_attempt_at DESC LIMIT :rows
    )
    UPDATE alt_pipelines.article_tag_outcomes o SET next_attempt_at = now()
    FROM candidates c JOIN articles a ON a.id = c.article_id
    WHERE o.article_id = c.article_id AND c.status = 'no_feed' AND o.status = 'no_feed' AND {not_deleted}
      AND (EXISTS (SELECT FROM feeds f WHERE f.id = a.feed_id)
           OR EXISTS (SELECT FROM feeds f WHERE f.{feed_link} = a.url))
"""


def digest(title: str, content: str) -> str:
    """Return the digest of an article as it was read for tagging, equal to the one that the database computes."""
    return hashlib.md5(f"{title}{_SEPARATOR}{content}".encode(), usedforsecurity=False).hexdigest()


def reopen(connection: Connection, characters: int, rows: int = ROWS) -> int:
    """Make articles due whose failure was final and that have changed since. Returns their number.

    Args:
        connection: the caller commits.
        characters: characters of an article that are read for tagging (`TaggingSettings.fetch_limit`).
        rows: outcomes compared at most, from a random one on, so that repeated calls compare all.
    """
    parameters = {
        "version": EXTRACTOR_VERSION,
        "chars": characters,
        "separator": _SEPARATOR,
        "start": str(uuid.uuid4()),
        "rows": rows,
    }
    not_deleted = shape_of(connection).not_deleted()
    statements = (text(_REOPEN.format(side=side, not_deleted=not_deleted)) for side in (">=", "<"))
    return sum(connection.execute(statement, parameters).rowcount for statement in statements)


def reopen_with_feed(connection: Connection, recheck_seconds: int, rows: int = FEEDLESS_ROWS) -> int:
    """Make articles due that had no feed and have one now. Returns their number.

    Args:
        connection: the caller commits.
        recheck_seconds: delay before an article without a feed is checked again for the first time.
        rows: outcomes looked up at most.
    """
    shape = shape_of(connection)
    statement = text(_REOPEN_WITH_FEED.format(feed_link=shape.feed_link, not_deleted=shape.not_deleted()))
    return connection.execute(statement, {"recheck": recheck_seconds, "rows": rows}).rowcount
