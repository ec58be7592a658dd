"""Migrations on real Postgres: a new installation, an existing platform, two at once, and the keys."""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, inspect, text
from sqlalchemy.engine import Engine

from alt_pipelines.database import alt_tables, embedded, migrate, recap_tables, unique_keys
from alt_pipelines.database.engines import make_engine
from alt_pipelines.database.locks import Single
from alt_pipelines.settings import PoolSettings
from alt_pipelines_tests.support.locks import seconds_of_waiting
from alt_pipelines_tests.support.platform import run_file
from alt_pipelines_tests.support.waiting import wait_until

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
    assert migrate.pending(engine, database) == migrate.upgrade(engine, database, without_platform=True) != []
    assert migrate.pending(engine, database) == []
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_schemas": True})
        differences = compare_metadata(context, metadata)
    assert [difference for difference in differences if f"{database}_version" not in str(difference)] == []


def test_an_existing_platform_keeps_its_tables_as_they_were(new_database: Callable[[str], Engine]) -> None:
    engine = new_database("existing")
    with engine.begin() as connection:
        connection.execute(text(EXISTING_PLATFORM))
    before = _columns(engine)
    migrate.upgrade(engine, "alt")
    assert _columns(engine) == before
    ours = inspect(engine).get_table_names(schema="alt_pipelines")
    assert set(ours) == {*migrate.OUR_TABLES["alt"], "alt_version"}


def test_missing_keys_are_named_with_the_statements_that_add_them(new_database: Callable[[str], Engine]) -> None:
    engine = new_database("keyless")
    with engine.begin() as connection:
        connection.execute(text(EXISTING_PLATFORM))
    with pytest.raises(unique_keys.MissingKeyError) as caught:
        unique_keys.check_keys(engine)
    for statement in ("ALTER TABLE feed_tags ADD CONSTRAINT", "ALTER TABLE article_tags ADD PRIMARY KEY"):
        assert statement in str(caught.value)


def test_the_advised_statements_make_the_check_pass(new_database: Callable[[str], Engine]) -> None:
    engine = new_database("mended")
    with engine.begin() as connection:
        connection.execute(text(EXISTING_PLATFORM))
    with pytest.raises(unique_keys.MissingKeyError) as caught:
        unique_keys.check_keys(engine)
    advised = re.findall(r"ALTER TABLE [^;]+", str(caught.value))
    with engine.begin() as connection:
        for statement in advised:
            connection.execute(text(statement))
    assert len(advised) == 2
    unique_keys.check_keys(engine)


def test_many_processes_may_migrate_at_once(new_database: Callable[[str], Engine]) -> None:
    engine = new_database("crowd")
    with ThreadPoolExecutor(8) as pool:
        applied = list(pool.map(lambda _: migrate.upgrade(engine, "recap", without_platform=True), range(8)))
    assert sum(bool(revisions) for revisions in applied) == 1


JOB = "11111111-1111-1111-1111-111111111111"
OLD_ROWS = {
    "alt": """
        INSERT INTO feeds (id, title, description, link, pub_date) VALUES ('{job}', 'f', 'd', 'l', now());
        INSERT INTO articles (id, title, content, url, user_id, feed_id)
        VALUES ('{job}', 't', 'c', 'u', '{job}', '{job}');
        INSERT INTO article_tag_outcomes (article_id, status, extractor_version, tag_count)
        VALUES ('{job}', 'tagged', '2', 7);
        INSERT INTO article_tag_claims VALUES ('{job}', 'an owner', 2, now());
        INSERT INTO pipeline_metrics VALUES ('tagging_articles_total', '{{}}', 41);
    """,
    "recap": """
        INSERT INTO recap_subworker_runs (job_id, genre, status, idempotency_key, request_hash, dagster_run_id, retries)
        VALUES ('{job}', 'tech', 'succeeded', 'a key', 'a hash', 'd1', 1),
               ('{job}', 'tech', 'failed', 'a key', 'a hash', 'd0', 0),
               ('{job}', 'old', 'succeeded', NULL, NULL, NULL, 0);
        INSERT INTO tag_label_graph_builds (window_label, built_at, kept_previous, edges, edges_before, report)
        VALUES ('7d', now(), false, 5, 4, '{{}}');
        INSERT INTO genre_learning_attempts (status, payload, report) VALUES ('sent', '{{"a": 1}}', '{{}}');
        INSERT INTO admin_jobs (job_id, kind, status) VALUES ('{job}', 'graph', 'succeeded');
        INSERT INTO recap_worker_config (config_type, config_payload, source) VALUES ('graph_override', '{{}}', 's');
        INSERT INTO pipeline_metrics VALUES ('recap_runs_total', '{{}}', 3);
    """,
}
CARRIED = {
    "alt": {
        "SELECT status || tag_count FROM alt_pipelines.article_tag_outcomes": ["tagged7"],
        "SELECT owner || attempts FROM alt_pipelines.article_tag_claims": ["an owner2"],
        "SELECT value FROM alt_pipelines.pipeline_metrics": [41.0],
    },
    "recap": {
        "SELECT concat(run_id, idempotency_key, request_hash, dagster_run_id, retries, failed) "
        "FROM alt_pipelines.genre_runs ORDER BY run_id": ["1a keya hashd11f", "2a keya hashd00t"],
        "SELECT edges FROM alt_pipelines.tag_label_graph_builds": [5],
        "SELECT payload::text FROM alt_pipelines.genre_learning_attempts": ['{"a": 1}'],
        "SELECT kind FROM alt_pipelines.admin_jobs": ["graph"],
        "SELECT source || id FROM recap_worker_config": ["s1"],
        "SELECT value FROM alt_pipelines.pipeline_metrics": [3.0],
    },
}


@pytest.mark.parametrize(
    ("database", "metadata"), [("alt", alt_tables.metadata), ("recap", recap_tables.metadata)], ids=["alt", "recap"]
)
@pytest.mark.parametrize("is_embedded", [True, False], ids=["embedded", "on a platform"])
def test_an_installation_of_the_old_layout_carries_its_rows_over(
    new_database: Callable[[str], Engine], database: migrate.Database, metadata: MetaData, is_embedded: bool
) -> None:
    engine = new_database(f"old_{database}_{is_embedded}")
    run_file(engine, f"old_layout_{database}.sql")
    with engine.begin() as connection:
        connection.exec_driver_sql(OLD_ROWS[database].format(job=JOB))
    migrate.upgrade(engine, database, without_platform=is_embedded)
    with engine.connect() as connection:
        for query, rows in CARRIED[database].items():
            assert connection.execute(text(query)).scalars().all() == rows
        differences = compare_metadata(
            MigrationContext.configure(connection, opts={"compare_type": True, "include_schemas": True}), metadata
        )
    if is_embedded:
        assert [difference for difference in differences if f"{database}_version" not in str(difference)] == []
    assert "alt_pipelines_version" not in _columns(engine)
    migrate.downgrade(engine, database)
    left = {column for columns in _columns(engine).values() for column, _, _ in columns}
    assert not left & {"idempotency_key", "request_hash", "dagster_run_id", "heartbeat_at", "extractor_version"}


def _columns(engine: Engine) -> dict[str, list[tuple[str, str, bool]]]:
    inspector = inspect(engine)
    return {
        table: [(column["name"], str(column["type"]), column["nullable"]) for column in inspector.get_columns(table)]
        for table in inspector.get_table_names()
    }


FILLED = """
    INSERT INTO articles (title, content, url, user_id)
    SELECT 't', 'c', number::text, gen_random_uuid() FROM generate_series(1, 20000) AS number;
    INSERT INTO alt_pipelines.article_tag_outcomes (article_id, status, extractor_version, tag_count, reason)
    SELECT id, 'failed', '2', 0, CASE WHEN url::int <= 300 THEN 'took_too_long' ELSE 'other' END FROM articles;
    UPDATE alt_pipelines.article_tag_outcomes SET content_digest = 'd'
    WHERE article_id IN (SELECT id FROM articles WHERE url::int <= 100);
    DROP INDEX alt_pipelines.idx_article_tag_outcomes_final;
    CREATE INDEX idx_article_tag_outcomes_took_too_long
        ON alt_pipelines.article_tag_outcomes (article_id) WHERE reason = 'took_too_long';
    UPDATE alt_pipelines.alt_version SET version_num = 'alt_0006';
"""


@pytest.mark.parametrize("is_read", [False, True], ids=["alone", "while a backup reads it"])
def test_the_index_of_final_failures_is_made_in_a_database_with_outcomes(
    new_database: Callable[[str], Engine], is_read: bool
) -> None:
    engine = new_database(f"filled_{is_read}")
    migrate.upgrade(engine, "alt", without_platform=True)
    with engine.begin() as connection:
        connection.exec_driver_sql(FILLED)
    digests = "SELECT content_digest, count(*) FROM alt_pipelines.article_tag_outcomes GROUP BY 1 ORDER BY 1"
    with engine.connect() as backup, ThreadPoolExecutor(1) as pool:
        if is_read:
            backup.execute(text(digests))
        assert pool.submit(migrate.upgrade, engine, "alt").result(timeout=60) == ["alt_0007"]
    with engine.connect() as connection:
        assert connection.execute(text(digests)).all() == [("", 200), ("d", 100), (None, 19700)]
        indexes = {index["name"] for index in inspect(connection).get_indexes("article_tag_outcomes", "alt_pipelines")}
    assert "idx_article_tag_outcomes_final" in indexes
    assert ("idx_article_tag_outcomes_took_too_long" in indexes) == is_read
    migrate.downgrade(engine, "alt")


LIMIT_SECONDS = 1


def test_a_migration_waits_for_another_one_beyond_the_statement_time_limit(
    new_database: Callable[[str], Engine],
) -> None:
    database = new_database("waiting_migration")
    hurried = make_engine(database.url, PoolSettings(statement_timeout_seconds=LIMIT_SECONDS))
    with database.connect() as other, ThreadPoolExecutor(1) as pool:
        other.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": int(Single.MIGRATION)})
        migrating = pool.submit(migrate.upgrade, hurried, "alt", without_platform=True)
        wait_until(
            lambda: migrating.done() or seconds_of_waiting(other) > 2 * LIMIT_SECONDS, "it waits beyond the limit"
        )
        assert not migrating.done()
        other.execute(text("SELECT pg_advisory_unlock_all()"))
        assert migrating.result(timeout=120)
    hurried.dispose()
