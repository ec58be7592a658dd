"""Tagging on the databases of a real platform, as its restricted role with the documented grants and no more."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster._core.test_utils import create_run_for_test
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine
from sqlalchemy.pool import NullPool

from alt_pipelines.dagster_names import TAGGING_JOB
from alt_pipelines.database import migrate, rights, shapes
from alt_pipelines.database.engines import make_engine
from alt_pipelines.platform import Platform
from alt_pipelines.settings import PoolSettings
from alt_pipelines.tagging.assignment import Assignment
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.run import TaggingRun
from alt_pipelines.tagging.store import ArticleResult, outcome_counts, write_batch
from alt_pipelines.tagging.store.adoption import ADOPTED
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.integration.tagging.conftest import SETTINGS, Sensor
from alt_pipelines_tests.integration.tagging.runs import WordListOnly
from alt_pipelines_tests.support import platform as real
from alt_pipelines_tests.support.platform import PlatformDatabase, Shape


@pytest.fixture(params=real.SHAPES)
def shape(request: pytest.FixtureRequest) -> Shape:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def database(postgres: Path, shape: Shape) -> PlatformDatabase:
    """alt-db of a platform with us installed, and what `db grants` gives to the restricted role."""
    made = real.make_database(postgres, f"tagging_{shape}", ("alt", shape))
    migrate.upgrade(made.as_owner(), "alt")
    give_grants(made)
    return made


@pytest.fixture
def role(database: PlatformDatabase) -> Iterator[Engine]:
    """The restricted role's engine, as the product makes it."""
    engine = make_engine(database.role, PoolSettings())
    yield engine
    engine.dispose()


@pytest.fixture
def installed(role: Engine, extractor: TagExtractor) -> Platform:
    """The product as the restricted role."""
    platform = Platform(SETTINGS)
    platform.__dict__.update(alt_engine=role, tag_extractor=extractor, isolated_extractor=extractor)
    return platform


def give_grants(made: PlatformDatabase) -> None:
    with made.as_owner().begin() as connection:
        for statement in rights.grant_statements(connection, "alt", real.ROLE):
            connection.exec_driver_sql(statement)


def add_article(database: PlatformDatabase, shape: Shape, *, linked: bool = False, **columns: Any) -> str:
    """An article as the platform inserts it; `linked`: without feed_id, its feed row has its url."""
    url = f"https://news.example/{uuid.uuid4()}"
    link = "website_url" if shape == "2026_08" else "link"
    more = ", feed_link_id" if shape == "2026_08" else ""
    value = ", (SELECT id FROM feed_links LIMIT 1)" if shape == "2026_08" else ""
    values: dict[str, Any] = {
        "title": "Port authority of Rotterdam opens container terminal",
        "content": corpus.TEXT,
        "url": url,
    }
    with database.as_owner().begin() as connection:
        feed = connection.execute(
            text(
                f"INSERT INTO feeds (title, description, {link}, pub_date{more}) "
                f"VALUES ('f', 'd', :url, now(){value}) RETURNING id::text"
            ),
            {"url": url},
        ).scalar_one()
        values |= {"created_at": corpus.now(), "user_id": corpus.USER, "feed_id": None if linked else feed, **columns}
        names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
        statement = f"INSERT INTO articles ({names}) VALUES ({marks}) RETURNING id::text"
        return str(connection.execute(text(statement), values).scalar_one())


def tag_as_before(database: PlatformDatabase, article: str, tag: str = "old tag", kind: str | None = "auto") -> None:
    """What the old service, or a person, left behind: a tag of the article's feed, linked."""
    with database.as_owner().begin() as connection:
        connection.execute(
            text(
                """
                WITH tag AS (
                    INSERT INTO feed_tags (feed_id, tag_name, confidence, tag_type)
                    SELECT feed_id, :tag, 1.0, :kind FROM articles WHERE id = :id RETURNING id)
                INSERT INTO article_tags (article_id, feed_tag_id) SELECT :id, id FROM tag
                """
            ),
            {"id": article, "tag": tag, "kind": kind},
        )


def run_all(platform: Platform) -> Any:
    days = (corpus.now(), corpus.hours_ago(24), corpus.hours_ago(24 * 200))
    assignment = Assignment(days, only_pending=True, first=datetime(2026, 1, 1))
    settings = platform.settings
    return TaggingRun(
        platform.alt_engine, platform.tag_extractor, settings.tagging, settings.pool, assignment
    ).carry_out()


def counts(engine: Engine) -> Any:
    with engine.connect() as connection:
        found = outcome_counts(connection)
    assert found.adds_up
    return found


def test_the_restricted_role_tags_articles_found_by_the_sensor(
    database: PlatformDatabase, shape: Shape, installed: Platform, role: Engine
) -> None:
    own, linked = add_article(database, shape), add_article(database, shape, linked=True)
    with dg.DagsterInstance.ephemeral() as instance:
        assert Sensor(instance, installed).requested()["only_pending"] is True
    assert rights.missing_rights(role, "alt") == []
    assert run_all(installed).total.outcomes == {"tagged": 2}
    assert run_all(installed).selected == 0
    for article in (own, linked):
        assert len(corpus.links(role, article)) >= 3


def test_a_new_extraction_removes_links_as_the_restricted_role(
    database: PlatformDatabase, shape: Shape, role: Engine
) -> None:
    article = add_article(database, shape)
    feed = corpus.feed_of(role, article)
    for tags in ((("one", 0.9), ("two", 0.8)), (("two", 0.7), ("three", 0.6))):
        write_batch(role, [corpus.tagged(article, feed, *tags)], SETTINGS.tagging, SETTINGS.pool)
    assert corpus.links(role, article) == {"two": 0.7, "three": 0.6}


def test_a_missing_right_is_one_sentence_with_its_grant(database: PlatformDatabase, role: Engine) -> None:
    real_owner = database.as_owner()
    corpus.execute(real_owner, "REVOKE DELETE ON article_tags FROM tag_generator")
    (missing,) = rights.missing_rights(role, "alt")
    assert "tag_generator lacks DELETE on article_tags" in missing.sentence
    assert missing.sentence.endswith("GRANT DELETE ON TABLE article_tags TO tag_generator;")


@pytest.mark.parametrize("right", ["SELECT ON feed_tags", "UPDATE ON alt_pipelines.article_tag_outcomes"])
def test_the_sensor_says_which_right_is_missing(
    database: PlatformDatabase, shape: Shape, installed: Platform, right: str
) -> None:
    add_article(database, shape)
    corpus.execute(database.as_owner(), f"REVOKE {right} FROM tag_generator")
    with dg.DagsterInstance.ephemeral() as instance:
        for _ in range(2):
            create_run_for_test(instance, job_name=TAGGING_JOB, status=dg.DagsterRunStatus.FAILURE)
        said = Sensor(instance, installed).skipped()
    assert f"The role tag_generator lacks {right.replace('ON', 'on')} (" in said
    assert f"as the owner run: GRANT {right.replace('ON', 'ON TABLE')} TO tag_generator;" in said


def test_what_the_old_service_tagged_is_adopted_and_only_the_rest_is_tagged(
    database: PlatformDatabase, shape: Shape, installed: Platform, role: Engine
) -> None:
    old = [add_article(database, shape, created_at=corpus.hours_ago(24 * 200)) for _ in range(25)]
    for article in old:
        tag_as_before(database, article)
    manual_only = add_article(database, shape, created_at=corpus.hours_ago(24))
    tag_as_before(database, manual_only, kind="manual")
    new = add_article(database, shape)
    assert counts(role)[:1] + counts(role)[5:] == (25, 2, 27), "they count as tagged before they are adopted"

    with dg.DagsterInstance.ephemeral() as instance:
        sensor = Sensor(instance, installed)
        sensor.use(probe_rows=10)
        requested = sensor.requested()
        assert len(requested["days"]) == 2
        assert run_all(installed).selected == 2
        for _ in range(4):
            sensor.skipped()
    adopted = corpus.outcome(role, old[0])
    assert (adopted.status, adopted.reason, adopted.tag_count) == ("tagged", ADOPTED, 1)
    assert (
        corpus.scalar(role, f"SELECT count(*) FROM alt_pipelines.article_tag_outcomes WHERE reason = '{ADOPTED}'") == 25
    )
    assert corpus.links(role, old[0]) == {"old tag": 1.0}
    assert len(corpus.links(role, new)) >= 3
    assert counts(role).tagged == 27


def test_tags_of_another_type_are_never_changed_nor_unlinked(
    database: PlatformDatabase, shape: Shape, role: Engine
) -> None:
    article = add_article(database, shape)
    feed = corpus.feed_of(role, article)
    tag_as_before(database, article, "Rotterdam", "manual")
    before = corpus.rows(role, "SELECT * FROM feed_tags")
    for tags in ((("Rotterdam", 0.41), ("port", 0.9)), (("port", 0.8),)):
        write_batch(role, [corpus.tagged(article, feed, *tags)], SETTINGS.tagging, SETTINGS.pool)
    assert corpus.links(role, article) == {"Rotterdam": 1.0, "port": 0.8}
    assert corpus.rows(role, "SELECT * FROM feed_tags WHERE tag_type = 'manual'") == before


@pytest.mark.parametrize("status", ["empty", "rejected", "failed"])
def test_an_extraction_without_tags_removes_no_link(
    database: PlatformDatabase, shape: Shape, role: Engine, status: Any
) -> None:
    article = add_article(database, shape)
    feed = corpus.feed_of(role, article)
    write_batch(role, [corpus.tagged(article, feed, ("kept", 0.9))], SETTINGS.tagging, SETTINGS.pool)
    write_batch(role, [ArticleResult(article, feed, status, "2", reason="r")], SETTINGS.tagging, SETTINGS.pool)
    assert corpus.links(role, article) == {"kept": 0.9}
    assert corpus.outcome(role, article).status == status


def test_an_article_that_was_deleted_softly_is_neither_tagged_nor_counted(
    postgres: Path, extractor: TagExtractor
) -> None:
    made = real.make_database(postgres, "tagging_deleted", ("alt", "2026_08"))
    migrate.upgrade(made.as_owner(), "alt")
    give_grants(made)
    engine = create_engine(made.role, poolclass=NullPool)
    platform = Platform(SETTINGS)
    platform.__dict__.update(alt_engine=engine, tag_extractor=extractor, isolated_extractor=extractor)
    gone, there = add_article(made, "2026_08", deleted_at=corpus.now()), add_article(made, "2026_08")
    report = run_all(platform)
    assert report.total.outcomes == {"tagged": 1}
    assert corpus.outcome(engine, gone) is None
    assert counts(engine) == (1, 0, 0, 0, 0, 0, 1)
    corpus.execute(made.as_owner(), "UPDATE articles SET deleted_at = now() WHERE id = :id", id=there)
    late = write_batch(engine, [ArticleResult(there, None, "empty", "3")], SETTINGS.tagging, SETTINGS.pool)
    assert late.deleted == [there]
    with dg.DagsterInstance.ephemeral() as instance:
        assert "Nothing pending" in Sensor(instance, platform).skipped()


def test_the_platforms_language_is_a_hint_unless_it_is_unknown(postgres: Path) -> None:
    made = real.make_database(postgres, "tagging_language", ("alt", "2026_08"))
    migrate.upgrade(made.as_owner(), "alt")
    give_grants(made)
    engine = create_engine(made.role, poolclass=NullPool)
    for language in ("en", "und"):
        add_article(made, "2026_08", language=language)
    seen: list[str | None] = []

    class Listening(WordListOnly):
        model_id = "test"

        def extract(self, articles: Any, load: Any = None) -> Any:
            seen.extend(article.language for article in articles)
            raise RuntimeError("seen enough")

    assignment = Assignment((corpus.now(), corpus.hours_ago(24)), only_pending=True, first=datetime(2026, 1, 1))
    TaggingRun(engine, Listening(), SETTINGS.tagging, SETTINGS.pool, assignment).carry_out()
    assert {"en", None} == set(seen)


def test_a_platform_that_migrates_while_we_run_is_followed(postgres: Path, extractor: TagExtractor) -> None:
    made = real.make_database(postgres, "tagging_meanwhile", ("alt", "2025_11"))
    migrate.upgrade(made.as_owner(), "alt")
    give_grants(made)
    engine = create_engine(made.role, poolclass=NullPool)
    platform = Platform(SETTINGS)
    platform.__dict__.update(alt_engine=engine, tag_extractor=extractor, isolated_extractor=extractor)
    add_article(made, "2025_11", linked=True)
    assert run_all(platform).selected == 1
    with engine.connect() as connection:
        assert shapes.shape_of(connection).feed_link == "link"
    real.apply_changes(made.as_owner(), "alt")
    add_article(made, "2026_08", linked=True)
    assert run_all(platform).total.outcomes == {"tagged": 1}
