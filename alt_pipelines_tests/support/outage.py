"""A database outage for tests: the server refuses connections to one database and ends those that are open."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, Engine
from sqlalchemy.pool import NullPool


@contextmanager
def outage(engine: Engine) -> Iterator[None]:
    """Make the engine's database unreachable for every client until the block ends."""
    name = engine.url.database
    admin = create_engine(
        URL.create(**{**engine.url._asdict(), "database": "postgres"}), isolation_level="AUTOCOMMIT", poolclass=NullPool
    )
    with admin.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'))
        try:
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name}
            )
            yield
        finally:
            connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'))
