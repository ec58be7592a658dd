"""Defaults that an administrator may set for a database, and that change what statements mean or return."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

UNUSUAL = {
    "default_transaction_isolation": "serializable",
    "timezone": "Asia/Tokyo",
    "datestyle": "SQL, DMY",
    "intervalstyle": "iso_8601",
    "bytea_output": "escape",
    "extra_float_digits": "-10",
    "client_encoding": "LATIN1",
    "standard_conforming_strings": "off",
    "quote_all_identifiers": "on",
    "lock_timeout": "1ms",
}


@contextmanager
def server_defaults(url: URL, **defaults: str) -> Iterator[None]:
    """Give a database these defaults for new sessions until the block ends."""
    statements = [f"ALTER DATABASE \"{url.database}\" SET {name} = '{value}'" for name, value in defaults.items()]
    statements = [statement.replace("'SQL, DMY'", "SQL, DMY") for statement in statements]
    _execute(url, *statements)
    try:
        yield
    finally:
        _execute(url, *(f'ALTER DATABASE "{url.database}" RESET {name}' for name in defaults))


def _execute(url: URL, *statements: str) -> None:
    admin = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
