"""What all processes of an installation share by a name: facts, positions of scans, times of rate-limited actions."""

from sqlalchemy import text
from sqlalchemy.engine import Connection

_READ = text("SELECT value FROM alt_pipelines.installation_facts WHERE name = :name")
_KEEP = text(
    """
    INSERT INTO alt_pipelines.installation_facts (name, value) VALUES (:name, :value)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now()
    """
)
_KEEP_LEAST = text(
    """
    INSERT INTO alt_pipelines.installation_facts AS f (name, value) VALUES (:name, :value)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now() WHERE f.value > excluded.value
    """
)
_ONCE_PER = text(
    """
    INSERT INTO alt_pipelines.installation_facts AS f (name, value) VALUES (:name, 'last time')
    ON CONFLICT (name) DO UPDATE SET updated_at = now()
    WHERE f.updated_at NOT BETWEEN now() - :seconds * interval '1 second' AND now() + :seconds * interval '1 second'
    RETURNING name
    """
)


def read(connection: Connection, name: str) -> str | None:
    """Return the value of a name, None if it has none."""
    value: str | None = connection.scalar(_READ, {"name": name})
    return value


def keep(connection: Connection, name: str, value: str) -> None:
    """Store the value of a name in place of an earlier one."""
    connection.execute(_KEEP, {"name": name, "value": value})


def keep_least(connection: Connection, name: str, value: str) -> None:
    """Store the value of a name unless one that sorts before it is stored."""
    connection.execute(_KEEP_LEAST, {"name": name, "value": value})


def once_per(connection: Connection, name: str, seconds: float) -> bool:
    """Return whether the caller should perform `name` now: no process was granted it in the last `seconds`."""
    return connection.execute(_ONCE_PER, {"name": name, "seconds": seconds}).first() is not None
