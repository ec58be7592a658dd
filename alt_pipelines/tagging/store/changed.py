"""Articles that took too long are tried again when their content or the extractor has changed, and not before.

The outcome stores a digest of the content that was tried. The statement below compares it with the article's present
content. Nothing is remembered in a process, so a restart retries nothing.
"""

import hashlib
import uuid

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.tagging.extraction.article import EXTRACTOR_VERSION, TOOK_TOO_LONG

ROWS = 100  # outcomes compared per call: each reads an article of up to a megabyte
_SEPARATOR = "\x1f"

_REOPEN = """
    WITH candidates AS (
        SELECT article_id, content_digest, extractor_version FROM alt_pipelines.article_tag_outcomes
        WHERE reason = :reason AND status = 'failed' AND next_attempt_at IS NULL
          AND article_id {side} CAST(:start AS uuid)
        ORDER BY article_id LIMIT :rows
    )
    UPDATE alt_pipelines.article_tag_outcomes o SET next_attempt_at = now()
    FROM candidates c JOIN articles a ON a.id = c.article_id
    WHERE o.article_id = c.article_id AND o.next_attempt_at IS NULL
      AND (c.extractor_version <> :version OR c.content_digest IS DISTINCT FROM
           md5(left(a.title, :chars) || CAST(:separator AS text) || left(a.content, :chars)))
"""


def digest(title: str, content: str) -> str:
    """Return the digest of an article as it was read for tagging, equal to the one that the database computes."""
    return hashlib.md5(f"{title}{_SEPARATOR}{content}".encode(), usedforsecurity=False).hexdigest()


def reopen(connection: Connection, characters: int, rows: int = ROWS) -> int:
    """Make articles due that took too long and have changed since. Returns their number.

    Args:
        connection: the caller commits.
        characters: characters of an article that are read for tagging (`TaggingSettings.fetch_limit`).
        rows: outcomes compared at most, from a random one on, so that repeated calls compare all.
    """
    parameters = {
        "reason": TOOK_TOO_LONG,
        "version": EXTRACTOR_VERSION,
        "chars": characters,
        "separator": _SEPARATOR,
        "start": str(uuid.uuid4()),
        "rows": rows,
    }
    return sum(connection.execute(text(_REOPEN.format(side=side)), parameters).rowcount for side in (">=", "<"))
