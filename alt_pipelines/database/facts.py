"""Read facts about a Postgres server and its database: version, size, connections."""

from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection


class Usage(NamedTuple):
    """The size of a database, and its server's used and maximum connections."""

    size: str
    connections: int
    max_connections: int


def server_version(connection: Connection) -> str:
    """Return the server's version as `SHOW server_version` prints it."""
    return str(connection.execute(text("SHOW server_version")).scalar_one())


def has_table(connection: Connection, name: str) -> bool:
    """Whether a table of that name is on the search path."""
    return connection.execute(text("SELECT to_regclass(:name)"), {"name": name}).scalar() is not None


def usage(connection: Connection) -> Usage:
    """Return the size of the connected database and the connections of its server."""
    query = """
        SELECT pg_size_pretty(pg_database_size(current_database())), count(*), current_setting('max_connections')::int
        FROM pg_stat_activity
    """
    return Usage(*connection.execute(text(query)).one()._tuple())
