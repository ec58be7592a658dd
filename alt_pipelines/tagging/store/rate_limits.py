"""Rate limits across processes: an action runs at most once per period, in the first process that asks."""

from sqlalchemy import text
from sqlalchemy.engine import Connection

_TAKE = text(
    """
    INSERT INTO alt_pipelines.installation_facts AS f (name, value) VALUES (:name, 'last time')
    ON CONFLICT (name) DO UPDATE SET updated_at = now()
    WHERE f.updated_at NOT BETWEEN now() - :seconds * interval '1 second' AND now() + :seconds * interval '1 second'
    RETURNING name
    """
)


def once_per(connection: Connection, name: str, seconds: float) -> bool:
    """Return whether the caller should perform `name` now: no process was granted it in the last `seconds`."""
    return connection.execute(_TAKE, {"name": name, "seconds": seconds}).first() is not None
