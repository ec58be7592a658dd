"""Correction of stored times that lie further in the future than this project writes them.

They were stored before the database's clock was set back. Without a correction, the claims of a dead run and the delay
before a retry would last until the clock reaches those times again.
"""

from sqlalchemy import text
from sqlalchemy.engine import Connection

_CLAIMS = text(
    """
    UPDATE alt_pipelines.article_tag_claims SET claimed_until = now() + :seconds * interval '1 second'
    WHERE claimed_until > now() + 2 * :seconds * interval '1 second'
    """
)
# The delay itself is kept: it ran from `updated_at` on.
_RETRIES = text(
    """
    UPDATE alt_pipelines.article_tag_outcomes
    SET next_attempt_at = now() + (next_attempt_at - updated_at), updated_at = now()
    WHERE next_attempt_at > now() AND updated_at > now() + interval '1 minute'
    """
)


def correct(connection: Connection, claim_seconds: int) -> int:
    """Restart leases and delays that were stored in the future. Returns the number of rows; the caller commits.

    A running run renews its claims itself; those of a dead run expire after `claim_seconds` more.
    """
    claims = connection.execute(_CLAIMS, {"seconds": claim_seconds}).rowcount
    return claims + connection.execute(_RETRIES).rowcount
