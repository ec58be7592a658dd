"""Whether this program created alt-db's articles and feeds, so that no platform's services write them.

A platform's tables of November 2025 look like those that this program creates, so their origin is recorded where it is
certain: when `migrate.upgrade` creates all of them, and on the embedded server.
"""

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ProgrammingError

from alt_pipelines.database import installation_facts
from alt_pipelines.database.shapes import shape_of

RECORD = """
INSERT INTO alt_pipelines.installation_facts (name, value) VALUES ('platform_tables', 'created by us')
ON CONFLICT (name) DO NOTHING
"""
"""A complete statement, because the demo also shows it to a person who runs it."""


def record(connection: Connection) -> None:
    """Record that this program created the tables; the caller commits."""
    connection.execute(text(RECORD))


def is_ours(connection: Connection) -> bool:
    """Whether this program created articles and feeds, as recorded, and no platform has migrated them since."""
    if shape_of(connection).feed_link != "link":
        return False
    try:
        return installation_facts.read(connection, "platform_tables") is not None
    except ProgrammingError:  # the database is not migrated, or the role may not read the table
        connection.rollback()
        return False
