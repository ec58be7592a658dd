"""Sessions that wait for an advisory lock, so that a test can hold the lock until another session wants it."""

from sqlalchemy import text
from sqlalchemy.engine import Connection

_LONGEST_WAIT = text(
    """
    SELECT coalesce(max(extract(epoch FROM clock_timestamp() - waitstart)), 0)::double precision FROM pg_locks
    WHERE locktype = 'advisory' AND NOT granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    """
)


def seconds_of_waiting(connection: Connection) -> float:
    """Return for how long a session of this database has waited for an advisory lock; 0 if none waits."""
    return float(connection.scalar(_LONGEST_WAIT) or 0.0)
