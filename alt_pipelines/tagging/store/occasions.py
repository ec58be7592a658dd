"""Things that happen at most once in a while, over all processes: whoever asks first in each period may do them."""

from sqlalchemy import text
from sqlalchemy.engine import Connection

_TAKE = text(
    """
    INSERT INTO alt_pipelines.installation_facts AS f (name, value) VALUES (:name, 'last time')
    ON CONFLICT (name) DO UPDATE SET updated_at = now()
    WHERE f.updated_at < now() - :seconds * interval '1 second'
    RETURNING name
    """
)


def once_per(connection: Connection, name: str, seconds: float) -> bool:
    """Whether the caller is the first to ask for `name` in the last `seconds`; then it should do it."""
    return connection.execute(_TAKE, {"name": name, "seconds": seconds}).first() is not None
