"""Building a vocabulary from the archive, and tagging with it, on a real Postgres."""

import uuid
from datetime import date

import dagster as dg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.settings import PoolSettings, TaggingSettings
from alt_pipelines.tagging.assignment import Assignment
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.run import TaggingRun
from alt_pipelines.vocabulary import run, store
from alt_pipelines.vocabulary.assets import make_vocabulary, vocabulary_key
from alt_pipelines.vocabulary.checks import vocabulary_checks
from alt_pipelines_tests.integration.tagging import corpus

POOL = PoolSettings()
DAY = date(2026, 11, 26)
TOPICS = ("oil spill", "ferry strike", "rail tunnel", "harbour festival", "city budget", "river flood")
# Every article is about its title's topic, and says what every article says.
_ARCHIVE = text(
    """
    WITH new AS (
        INSERT INTO articles (id, title, content, url, user_id)
        SELECT gen_random_uuid(), 'Council debates ' || topic, 'A spokesman said on Monday that the ' || topic
            || ' matters. Residents disagree, and the council debates again.', 'https://n.example/' || :batch || n,
            gen_random_uuid()
        FROM generate_series(1, :articles) n, LATERAL (SELECT (CAST(:topics AS text[]))[1 + n % 6] AS topic) t
        RETURNING id
    )
    INSERT INTO alt_pipelines.article_tag_outcomes (article_id, status, extractor_version, language)
    SELECT id, 'tagged', 'test', :language FROM new
    """
)


def add_archive(engine: Engine, articles: int = run.ENOUGH, language: str = "en") -> None:
    parameters = {"articles": articles, "topics": list(TOPICS), "language": language, "batch": uuid.uuid4().hex}
    with engine.begin() as connection:
        connection.execute(_ARCHIVE, parameters)


def build(engine: Engine, language: str = "en", day: date = DAY) -> run.VocabularyReport:
    return run.build_vocabulary(engine, POOL, language, day)


def versions(engine: Engine, language: str = "en") -> list[str]:
    with engine.connect() as connection:
        return [version.version for version in store.history(connection, language, 100)]


def tag_one(engine: Engine, extractor: TagExtractor) -> str | None:
    """Tag a new article and return the vocabulary that its outcome names."""
    article = corpus.add_article(engine)
    TaggingRun(engine, extractor, TaggingSettings(), POOL, Assignment((corpus.now(),), only_pending=True)).carry_out()
    query = text("SELECT status, vocabulary FROM alt_pipelines.article_tag_outcomes WHERE article_id = :id")
    with engine.connect() as connection:
        row = connection.execute(query, {"id": article}).one()
    assert row.status == "tagged"
    return row.vocabulary  # type: ignore[no-any-return]


def test_words_are_counted_in_texts_and_titles_of_the_archive(alt_engine: Engine) -> None:
    add_archive(alt_engine)
    report = build(alt_engine)
    assert report.vocabulary is not None
    assert report.vocabulary.counts["spokesman"][:2] == (run.ENOUGH, 0)
    assert report.vocabulary.counts["ferry"][:2] == (run.ENOUGH // 6, run.ENOUGH // 6)
    with alt_engine.connect() as connection:
        assert store.load(connection, report.vocabulary.version) == report.vocabulary


def test_an_outcome_names_the_version_that_its_article_was_ranked_by(alt_engine: Engine) -> None:
    extractor = TagExtractor(TaggingSettings(), None, fallback=False)
    assert tag_one(alt_engine, extractor) is None
    add_archive(alt_engine)
    first = build(alt_engine)
    assert first.vocabulary is not None
    assert tag_one(alt_engine, extractor) == first.vocabulary.version
    add_archive(alt_engine, 60)
    second = build(alt_engine)
    assert second.vocabulary is not None
    assert second.previous is not None and second.previous.version == first.vocabulary.version
    assert tag_one(alt_engine, extractor) == second.vocabulary.version != first.vocabulary.version


def test_without_a_stored_version_articles_are_tagged_by_the_word_list_again(alt_engine: Engine) -> None:
    extractor = TagExtractor(TaggingSettings(), None, fallback=False)
    add_archive(alt_engine)
    build(alt_engine)
    assert tag_one(alt_engine, extractor) is not None
    with alt_engine.begin() as connection:
        connection.execute(text("DELETE FROM alt_pipelines.vocabularies"))
    assert tag_one(alt_engine, extractor) is None


def test_too_few_articles_build_nothing_and_keep_the_previous_version(alt_engine: Engine) -> None:
    add_archive(alt_engine, run.ENOUGH - 1)
    report = build(alt_engine)
    assert (report.articles, report.vocabulary) == (run.ENOUGH - 1, None)
    assert versions(alt_engine) == []
    add_archive(alt_engine, 1)
    build(alt_engine)
    kept = versions(alt_engine)
    with alt_engine.begin() as connection:
        connection.execute(text("DELETE FROM articles WHERE title LIKE '%oil%'"))
    assert build(alt_engine).vocabulary is None
    assert versions(alt_engine) == kept != []


def test_building_again_on_the_same_day_stores_the_same_version_once(alt_engine: Engine) -> None:
    add_archive(alt_engine)
    first, second = build(alt_engine), build(alt_engine)
    assert first.vocabulary is not None
    assert second.vocabulary == first.vocabulary
    assert versions(alt_engine) == [first.vocabulary.version]


def test_articles_of_other_languages_and_deleted_ones_do_not_count(alt_engine: Engine) -> None:
    add_archive(alt_engine)
    add_archive(alt_engine, 50, "de")
    with alt_engine.begin() as connection:
        connection.execute(text("UPDATE articles SET deleted_at = now() WHERE title LIKE '%oil%'"))
    report = build(alt_engine)
    assert report.articles == run.ENOUGH - run.ENOUGH // 6


def test_the_sample_is_bounded_and_another_one_every_day(alt_engine: Engine) -> None:
    add_archive(alt_engine, 60)
    with alt_engine.connect() as connection:
        days = [store.sample(connection, "en", 20, date(2026, 11, day)) for day in (1, 1, 2)]
    assert [len(ids) for ids in days] == [20, 20, 20]
    assert days[0] == days[1]
    assert set(days[0]) != set(days[2])


def test_only_the_newest_versions_are_kept(alt_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "KEPT", 2)
    built = []
    for _ in range(3):
        add_archive(alt_engine)
        built.append(build(alt_engine).vocabulary)
    assert versions(alt_engine) == [built[2].version, built[1].version]  # type: ignore[union-attr]


def test_a_run_that_fails_while_it_writes_leaves_the_previous_version(
    alt_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_archive(alt_engine)
    build(alt_engine)
    kept = versions(alt_engine)
    add_archive(alt_engine, 60)
    with alt_engine.begin() as connection:
        connection.execute(
            text("ALTER TABLE alt_pipelines.vocabularies ADD CONSTRAINT full_disk CHECK (articles < 310)")
        )
    try:
        with pytest.raises(Exception, match="full_disk"):
            build(alt_engine)
    finally:
        with alt_engine.begin() as connection:
            connection.execute(text("ALTER TABLE alt_pipelines.vocabularies DROP CONSTRAINT full_disk"))
    assert versions(alt_engine) == kept
    assert build(alt_engine).vocabulary is not None


def test_the_asset_shows_the_version_and_its_words(alt_engine: Engine) -> None:
    add_archive(alt_engine)
    result = dg.materialize([make_vocabulary(POOL, "en")], resources={"alt_db": alt_engine})
    (event,) = result.get_asset_materialization_events()
    assert event.asset_key == vocabulary_key("en")
    shown = event.step_materialization_data.materialization.metadata
    assert shown["version"].value == versions(alt_engine)[0]
    assert str(shown["version"].value) in str(shown["summary"].value)
    assert shown["words_of_titles"].value.records[0].data["share"] == 1.0
    assert shown["words_of_texts"].value.records[0].data["titles"] == 0


def test_the_asset_of_a_language_without_articles_says_what_is_missing(alt_engine: Engine) -> None:
    result = dg.materialize([make_vocabulary(POOL, "ja")], resources={"alt_db": alt_engine})
    (event,) = result.get_asset_materialization_events()
    shown = event.step_materialization_data.materialization.metadata
    assert shown["version"].value == "none"
    assert str(run.ENOUGH) in str(shown["summary"].value)


@pytest.mark.parametrize(("after", "passed"), [(400, True), (140, False)])
def test_the_check_fails_when_the_sample_collapses(alt_engine: Engine, after: int, passed: bool) -> None:
    insert = text(
        "INSERT INTO alt_pipelines.vocabularies (version, language, articles, words, counts, built_at) "
        "VALUES (:version, 'en', :articles, 0, '{}', now() - :age * interval '1 day')"
    )
    with alt_engine.begin() as connection:
        connection.execute(insert, {"version": "en-old", "articles": 500, "age": 1})
        connection.execute(insert, {"version": "en-new", "articles": after, "age": 0})
    assets = [make_vocabulary(POOL, language) for language in ("en", "ja")]
    selection = dg.AssetSelection.checks(vocabulary_checks)
    evaluations = [
        evaluation
        for evaluation in dg.materialize(
            [*assets, vocabulary_checks], selection=selection, resources={"alt_db": alt_engine}, raise_on_error=False
        ).get_asset_check_evaluations()
        if evaluation.asset_key == vocabulary_key("en")
    ]
    assert [evaluation.passed for evaluation in evaluations] == [passed]
