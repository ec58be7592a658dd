"""Fixtures that all tests share: a real Postgres server, both databases migrated, and the folder of measuring data.

Fixtures import what they need when they are used: pytest-xdist starts its workers only after its own process has
imported this file.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from sqlalchemy import MetaData
    from sqlalchemy.engine import URL, Engine

    from alt_pipelines.database.migrate import Database

os.environ.setdefault("TAG_PARTITIONS_START", "2026-01-01")  # before the definitions are loaded

# A loaded machine exceeds the default deadline of 200 ms per example.
hypothesis.settings.register_profile("without a deadline", deadline=None)
hypothesis.settings.load_profile("without a deadline")

DATA = Path(os.environ.get("ALT_PIPELINES_DATA", Path(__file__).parents[2] / "shared" / "data"))


def pytest_collection_finish() -> None:
    """Exclude modules and collected tests from garbage collection: every full pass over them takes 0.2 s."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """Data folder of a running Postgres server that the tests own.

    fsync is off: it only protects against a power failure, which no test on this server is about. The folder is outside
    pytest's: a server of another user than root loses that when a second pytest session closes it for others.
    """
    from tempfile import TemporaryDirectory

    from sqlalchemy import create_engine, text

    from alt_pipelines.database import embedded

    with TemporaryDirectory(prefix="alt-pipelines-tests-", ignore_cleanup_errors=True) as folder:
        data_dir = Path(folder) / "postgres"
        embedded.ensure_running(data_dir)
        admin = create_engine(embedded.url(data_dir, "postgres"), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            for statement in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"):
                connection.execute(text(statement))
        admin.dispose()
        yield data_dir
        embedded.stop(data_dir)


@pytest.fixture(scope="session")
def alt_database_url(postgres: Path) -> URL:
    """alt-db, migrated."""
    return _migrated(postgres, "alt")


@pytest.fixture(scope="session")
def recap_database_url(postgres: Path) -> URL:
    """recap-db, migrated."""
    return _migrated(postgres, "recap")


@pytest.fixture
def alt_engine(alt_database_url: URL) -> Iterator[Engine]:
    """Engine on an empty alt-db."""
    from alt_pipelines.database import alt_tables

    yield from _emptied(alt_database_url, alt_tables.metadata)


@pytest.fixture
def recap_engine(recap_database_url: URL) -> Iterator[Engine]:
    """Engine on an empty recap-db."""
    from alt_pipelines.database import recap_tables

    yield from _emptied(recap_database_url, recap_tables.metadata)


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of measuring data; tests that need it are skipped if it is absent."""
    if not DATA.is_dir():
        pytest.skip(f"measuring data is not at {DATA}; set ALT_PIPELINES_DATA")
    return DATA


def _migrated(postgres: Path, database: Database) -> URL:
    from alt_pipelines.database import embedded, migrate
    from alt_pipelines.database.engines import make_engine
    from alt_pipelines.settings import PoolSettings

    url = embedded.url(postgres, database)
    engine = make_engine(url, PoolSettings())
    migrate.upgrade(engine, database, without_platform=True)
    engine.dispose()
    return url


def _emptied(url: URL, metadata: MetaData) -> Iterator[Engine]:
    from sqlalchemy import text

    from alt_pipelines.database.engines import make_engine
    from alt_pipelines.settings import PoolSettings

    engine = make_engine(url, PoolSettings(size=5, overflow=20), application="tests")
    with engine.begin() as connection:
        # To truncate every table takes 40 ms, and most tests use one or two.
        if used := connection.execute(text(_used(metadata))).scalars().all():
            connection.execute(text(f"TRUNCATE {', '.join(used)} RESTART IDENTITY CASCADE"))
    yield engine
    engine.dispose()


def _used(metadata: MetaData) -> str:
    """Return the query of the tables that have rows, or whose sequence of ids has begun."""
    filled = (f"SELECT '{t.fullname}' WHERE EXISTS (SELECT FROM {t.fullname})" for t in metadata.sorted_tables)
    begun = """
        SELECT d.refobjid::regclass::text FROM pg_depend d JOIN pg_class s ON s.oid = d.objid
        WHERE d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        AND CASE WHEN s.relkind = 'S' THEN pg_sequence_last_value(s.oid) IS NOT NULL END
    """
    return " UNION ".join([*filled, begun])
