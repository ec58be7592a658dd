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


_READ_ONLY = """
    SELECT pg_is_in_recovery() AS standby, current_setting('transaction_read_only')::boolean AS read_only, source,
           quote_ident(current_database()) AS database, quote_ident(current_user) AS role
    FROM pg_settings WHERE name = 'default_transaction_read_only'
"""
_RESETS = {
    "database": "ALTER DATABASE {database} RESET default_transaction_read_only;",
    "user": "ALTER ROLE {role} RESET default_transaction_read_only;",
    "database user": "ALTER ROLE {role} IN DATABASE {database} RESET default_transaction_read_only;",
}


def why_read_only(connection: Connection) -> str | None:
    """Return why the connected role cannot write to the database, with the remedy, or None if it can."""
    found = connection.execute(text(_READ_ONLY)).one()
    if found.standby:
        return "the server is a standby, which is read-only. Point the settings at the primary server."
    if not found.read_only:
        return None
    begin = "transactions are read-only (default_transaction_read_only)."
    if found.source in _RESETS:
        return f"{begin} As the owner run: {_RESETS[found.source].format(database=found.database, role=found.role)}"
    where = "the options of the connection" if found.source == "client" else "the configuration of the server"
    return f"{begin} Remove it from {where}."


def usage(connection: Connection) -> Usage:
    """Return the size of the connected database and the connections of its server."""
    query = """
        SELECT pg_size_pretty(pg_database_size(current_database())), count(*), current_setting('max_connections')::int
        FROM pg_stat_activity
    """
    return Usage(*connection.execute(text(query)).one()._tuple())
