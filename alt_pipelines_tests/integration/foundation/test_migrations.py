"""Migrations on real Postgres: a new installation, an existing platform, two at once, and the keys."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, inspect, text
from sqlalchemy.engine import Engine

from alt_pipelines.database import alt_tables, embedded, migrate, recap_tables
from alt_pipelines.database.engines import make_engine
from alt_pipelines.settings import PoolSettings

EXISTING_PLATFORM = """
CREATE TABLE feeds (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), title TEXT NOT NULL, description TEXT NOT NULL,
    link TEXT NOT NULL UNIQUE, pub_date TIMESTAMP NOT NULL, created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now(), etag TEXT);
CREATE TABLE articles (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), title TEXT NOT NULL, content TEXT NOT NULL,
    url TEXT NOT NULL UNIQUE, created_at TIMESTAMP NOT NULL DEFAULT now(),
    feed_id UUID REFERENCES feeds (id) ON DELETE CASCADE, user_id UUID NOT NULL, deleted_at TIMESTAMP, language TEXT);
CREATE TABLE feed_tags (id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    feed_id UUID NOT NULL REFERENCES feeds (id) ON DELETE CASCADE, tag_name TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL DEFAULT 0, created_at TIMESTAMP NOT NULL DEFAULT now(),
    updated_at TIMESTAMP NOT NULL DEFAULT now(), tag_type VARCHAR(50) DEFAULT 'auto');
CREATE TABLE article_tags (article_id UUID NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    feed_tag_id UUID NOT NULL REFERENCES feed_tags (id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now());
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);
INSERT INTO alembic_version VALUES ('the platform''s own');
"""


@pytest.fixture
def new_database(postgres: Path) -> Iterator[Callable[[str], Engine]]:
    """Makes empty databases of the given names, gone after the test."""
    engines: list[Engine] = []

    def make(name: str) -> Engine:
        url = embedded.url(postgres, name)
        embedded.create_database(url)
        engines.append(make_engine(url, PoolSettings()))
        return engines[-1]

    yield make
    names = [str(engine.url.database) for engine in engines]
    for engine in engines:
        engine.dispose()
    admin = make_engine(embedded.url(postgres, "postgres"), PoolSettings())
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in names:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.mark.parametrize(
    ("database", "metadata"), [("alt", alt_tables.metadata), ("recap", recap_tables.metadata)], ids=["alt", "recap"]
)
def test_a_new_installation_is_exactly_what_the_tables_say(
    new_database: Callable[[str], Engine], database: migrate.Database, metadata: MetaData
) -> None:
    engine = new_database(f"new_{database}")
    assert migrate.pending(engine, database) == migrate.upgrade(engine, database) != []
    assert migrate.pending(engine, database) == []
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    assert [difference for difference in differences if migrate.VERSION_TABLE not in str(difference)] == []


def test_an_existing_platform_keeps_its_tables_as_they_were(new_database: Callable[[str], Engine]) -> None:
    engine = new_database("existing")
    with engine.begin() as connection:
        connection.execute(text(EXISTING_PLATFORM))
    before = _columns(engine)
    migrate.upgrade(engine, "alt")
    after = _columns(engine)
    assert {table: after[table] for table in before} == before
    assert set(after) - set(before) >= {"article_tag_outcomes", "pipeline_metrics", migrate.VERSION_TABLE}


def test_missing_keys_are_named_with_the_statements_that_add_them(new_database: Callable[[str], Engine]) -> None:
    engine = new_database("keyless")
    with engine.begin() as connection:
        connection.execute(text(EXISTING_PLATFORM))
    with pytest.raises(migrate.MissingKeyError) as caught:
        migrate.check_keys(engine)
    for statement in ("ALTER TABLE feed_tags ADD CONSTRAINT", "ALTER TABLE article_tags ADD PRIMARY KEY"):
        assert statement in str(caught.value)


def test_the_advised_statements_make_the_check_pass(new_database: Callable[[str], Engine]) -> None:
    engine = new_database("mended")
    with engine.begin() as connection:
        connection.execute(text(EXISTING_PLATFORM))
        for key in migrate._KEYS:
            connection.execute(text(key.statement))
    migrate.check_keys(engine)


def test_many_processes_may_migrate_at_once(new_database: Callable[[str], Engine]) -> None:
    engine = new_database("crowd")
    with ThreadPoolExecutor(8) as pool:
        applied = list(pool.map(lambda _: migrate.upgrade(engine, "recap"), range(8)))
    assert sum(bool(revisions) for revisions in applied) == 1


def _columns(engine: Engine) -> dict[str, list[tuple[str, str, bool]]]:
    inspector = inspect(engine)
    return {
        table: [(column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(table)]
        for table in inspector.get_table_names()
    }
