"""Facts about a Postgres server and a database on it, for those who report them."""

from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection


class Usage(NamedTuple):
    """How large a database is, and how many of its server's connections are taken."""

    size: str
    connections: int
    max_connections: int


def server_version(connection: Connection) -> str:
    """The server's version, as it says it."""
    return str(connection.execute(text("SHOW server_version")).scalar_one())


def has_table(connection: Connection, name: str) -> bool:
    """Whether a table of that name is on the search path."""
    return connection.execute(text("SELECT to_regclass(:name)"), {"name": name}).scalar() is not None


def usage(connection: Connection) -> Usage:
    """Size of the connected database, connections of its whole server."""
    query = """
        SELECT pg_size_pretty(pg_database_size(current_database())), count(*), current_setting('max_connections')::int
        FROM pg_stat_activity
    """
    return Usage(*connection.execute(text(query)).one()._tuple())
