"""The asset in Dagster: which partitions a run materialises, with which figures, and what the checks say."""

from collections.abc import Iterator
from datetime import timedelta

import dagster as dg
import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from alt_pipelines.dagster_names import TAGGING_JOB
from alt_pipelines.platform import Platform
from alt_pipelines.resources import make_resources
from alt_pipelines.runtime.queues import RESULTS_TAG
from alt_pipelines.tagging import reporting
from alt_pipelines.tagging import run as tagging_run
from alt_pipelines.tagging.checks import article_tags_checks_job, evaluate
from alt_pipelines.tagging.definitions import make_defs
from alt_pipelines.tagging.extraction.article import EXTRACTOR_VERSION
from alt_pipelines.tagging.partitions import ARTICLE_TAGS, ARTICLES, daily_from
from alt_pipelines.tagging.store import health, outcome_counts
from alt_pipelines.tagging.windows import DAY, floor, key_of
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.integration.tagging.conftest import FIRST_DAY, SETTINGS
from alt_pipelines_tests.support.dagster_instance import checks_shown
from alt_pipelines_tests.support.definitions import sensor_of
from alt_pipelines_tests.support.waiting import LONG_SECONDS

KEY = ARTICLE_TAGS


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def definitions(platform: Platform) -> dg.Definitions:
    resources = dg.Definitions(resources=make_resources(platform), executor=dg.in_process_executor)
    return dg.Definitions.merge(make_defs(SETTINGS), resources)


def tag_pending(
    instance: dg.DagsterInstance,
    platform: Platform,
    *days: str,
    partition: str | None = None,
    linger_seconds: float = 0.0,
) -> dg.ExecuteInProcessResult:
    """Run the sensor's job the way the sensor asks for it: for the newest day, with all in its configuration."""
    job = definitions(platform).resolve_job_def(TAGGING_JOB)
    config = {"only_pending": True, "days": list(days), "linger_seconds": linger_seconds}
    return job.execute_in_process(
        instance=instance,
        partition_key=partition or max(days),
        run_config={"ops": {"article_tags": {"config": config}}},
    )


def materialised(instance: dg.DagsterInstance) -> dict[str, dict[str, object]]:
    """Metadata of the newest materialisation of every partition."""
    found = instance.fetch_materializations(KEY, limit=100).records
    newest: dict[str, dict[str, object]] = {}
    for record in found:
        event = record.asset_materialization
        assert event is not None
        assert event.partition is not None, "a materialisation without a partition helps nobody"
        newest.setdefault(event.partition, {name: value.value for name, value in event.metadata.items()})
    return newest


def partitions(instance: dg.DagsterInstance) -> list[str]:
    """The partitions of all materialisations so far."""
    return [str(record.partition_key) for record in instance.fetch_materializations(KEY, limit=100).records]


def day_key(hours_ago: float) -> str:
    return key_of(floor(corpus.hours_ago(hours_ago)))


def test_the_current_day_is_a_partition() -> None:
    daily = daily_from(FIRST_DAY)
    assert daily.get_last_partition_key() == key_of(floor(corpus.now()))
    assert daily.get_first_partition_key() == "2026-01-01"


def test_one_run_over_scattered_days_materialises_each_with_its_figures(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance
) -> None:
    far, near = day_key(700), day_key(30)
    for _ in range(25):
        corpus.add_article(alt_engine, created_at=corpus.hours_ago(700))
    corpus.add_article(alt_engine, created_at=corpus.hours_ago(30), feed=None)

    assert tag_pending(instance, platform, far, near).success

    found = materialised(instance)
    assert set(found) == {far, near}
    assert (found[far]["selected"], found[far]["tagged"], found[far]["day_pending"]) == (25, 25, 0)
    assert (found[near]["no_feed"], found[near]["day_no_feed"], found[near]["day_articles"]) == (1, 1, 1)
    assert found[far]["extractor_version"] == EXTRACTOR_VERSION
    assert "features" in str(found[far]["backend"])
    assert "data:image/svg+xml" in str(found[far]["confidences"])
    assert "data:image/png" in str(found[near]["outcomes_by_day"])
    assert list(found[far])[:3] == ["summary", "examples", "confidences"], "what a person came for comes first"
    assert str(found[far]["summary"]).startswith("Articles tagged by this run: 25 with ")
    assert str(found[far]["summary"]).endswith("Of the day's 25 articles, 0 are pending.")
    assert {"examples", "articles_per_second", "languages", "cascade"} <= found[far].keys()
    assert "not_tagged" in found[near]
    source = instance.fetch_materializations(ARTICLES, limit=10).records
    assert {record.partition_key for record in source} == {far, near}


def test_a_run_that_waits_for_articles_has_already_materialised_the_days_of_its_backlog(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = [day_key(700), day_key(30)]
    for back in (700, 30):
        corpus.add_article(alt_engine, created_at=corpus.hours_ago(back))
    monkeypatch.setattr(tagging_run, "LOOK_ANYWAY_SECONDS", 0.1)
    asked: list[list[str]] = []

    def has_reported() -> bool:
        asked.append(partitions(instance))
        return bool(asked[-1])

    monkeypatch.setattr(reporting, "worker_is_stopping", has_reported)  # ends a run that waits
    assert tag_pending(instance, platform, *days, linger_seconds=LONG_SECONDS).success
    assert sorted(asked[-1]) == sorted(days), "while it waited"
    assert len(partitions(instance)) == 3, "only the partition of the run is reported again at its end"


def test_a_run_says_when_it_first_stored_results(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance
) -> None:
    """Readiness reads this tag, because a lingering run succeeds only long after its work."""
    nothing = tag_pending(instance, platform, day_key(30))
    assert RESULTS_TAG not in instance.get_run_by_id(nothing.run_id).tags  # type: ignore[union-attr]
    corpus.add_article(alt_engine, created_at=corpus.hours_ago(30))
    result = tag_pending(instance, platform, day_key(30))
    assert RESULTS_TAG in instance.get_run_by_id(result.run_id).tags  # type: ignore[union-attr]


def test_a_run_of_one_hour_is_that_partitions_run(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance
) -> None:
    corpus.add_article(alt_engine, created_at=corpus.hours_ago(30))
    key = day_key(30)
    result = tag_pending(instance, platform, key)
    assert result.success
    assert materialised(instance)[key]["tagged"] == 1
    assert instance.get_run_by_id(result.run_id).tags["dagster/partition"] == key  # type: ignore[union-attr]


def test_an_article_that_arrives_during_a_run_is_reported_in_its_own_day(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance
) -> None:
    corpus.add_article(alt_engine, created_at=corpus.hours_ago(30))
    corpus.add_article(alt_engine, created_at=corpus.hours_ago(0.001))
    assert tag_pending(instance, platform, day_key(30)).success
    assert set(materialised(instance)) == {day_key(30), day_key(0)}


def test_scattered_days_work_again_once_everything_has_been_materialised(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance
) -> None:
    # With events of `articles` there, Dagster looks up their data versions, and refuses runs without a partition.
    for _ in range(2):
        for back in (700, 30):
            corpus.add_article(alt_engine, created_at=corpus.hours_ago(back))
        assert tag_pending(instance, platform, day_key(700), day_key(30)).success
    found = materialised(instance)
    assert [found[key]["day_tagged"] for key in (day_key(700), day_key(30))] == [2, 2]


def test_a_run_that_finds_nothing_to_tag_leaves_what_the_ui_shows_of_its_day(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance
) -> None:
    corpus.add_article(alt_engine, created_at=corpus.hours_ago(50))
    for _ in range(2):
        assert tag_pending(instance, platform, day_key(50), day_key(90)).success
    assert {key: found["tagged"] for key, found in materialised(instance).items()} == {day_key(50): 1}
    assert partitions(instance) == [day_key(50)]


def test_a_run_whose_articles_are_of_another_day_materializes_that_day_only(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance
) -> None:
    corpus.add_article(alt_engine, created_at=corpus.hours_ago(90))
    assert tag_pending(instance, platform, day_key(50), day_key(90)).success
    assert partitions(instance) == [day_key(90)]


def test_a_run_without_a_partition_is_refused_with_a_sentence(platform: Platform, instance: dg.DagsterInstance) -> None:
    with pytest.raises(
        dg.Failure, match=r"without a partition, and article_tags has one per day\. Choose a day under Materialize"
    ):
        definitions(platform).resolve_job_def(TAGGING_JOB).execute_in_process(instance=instance)


def test_a_range_is_tagged_again_in_one_run_and_empty_days_count_as_done(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance
) -> None:
    start, end = floor(corpus.hours_ago(9 * 24)), floor(corpus.hours_ago(6 * 24))
    for _ in range(2):
        corpus.add_article(alt_engine, created_at=start + timedelta(minutes=5))
    keys = [key_of(start + n * DAY) for n in range(4)]
    tags = {"dagster/asset_partition_range_start": keys[0], "dagster/asset_partition_range_end": key_of(end)}
    for _ in range(2):
        job = definitions(platform).resolve_implicit_global_asset_job_def()
        result = job.execute_in_process(instance=instance, asset_selection=[KEY], tags=tags)
        assert result.success
        found = materialised(instance)
        assert set(found) == set(keys)
        assert [found[key]["tagged"] for key in keys] == [2, 0, 0, 0]


def test_an_invalid_day_is_a_failure_that_shows_a_valid_one(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance
) -> None:
    with pytest.raises(dg.Failure, match="'2026-01-01-13:00' is not a day"):
        tag_pending(instance, platform, "2026-01-01-13:00", partition=day_key(1))


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("2025-12-31", ["2025-12-31", "before the first partition, 2026-01-01", "TAG_PARTITIONS_START"]),
        ("2199-01-01", ["2199-01-01", "has not begun", "the newest day is"]),
    ],
)
def test_a_day_that_is_no_partition_is_refused_with_the_remedy(
    platform: Platform, instance: dg.DagsterInstance, key: str, words: list[str]
) -> None:
    with pytest.raises(dg.Failure) as failure:
        tag_pending(instance, platform, key, partition=day_key(1))
    assert [word for word in words if word not in str(failure.value.description)] == []


def test_what_the_sensor_asks_for_is_a_run_that_leaves_it_nothing_to_ask_for(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance
) -> None:
    for back in (50, 50, 3):
        corpus.add_article(alt_engine, created_at=corpus.hours_ago(back))
    corpus.add_article(alt_engine, feed=None)

    def tick(cursor: str | None) -> dg.SensorResult:
        context = dg.build_sensor_context(instance=instance, cursor=cursor, resources={"alt_db": platform.alt_engine})
        result = sensor_of(make_defs(SETTINGS), "pending_articles")(context)
        assert isinstance(result, dg.SensorResult)
        return result

    first = tick(None)
    (request,) = first.run_requests or ()
    job = definitions(platform).resolve_job_def(TAGGING_JOB)
    run = job.execute_in_process(
        instance=instance, run_config=request.run_config, tags=request.tags, partition_key=request.partition_key
    )
    assert run.success
    assert run.dagster_run.tags["dagster-celery/queue"] == "tagging"
    assert int(run.dagster_run.tags["dagster/max_runtime"]) > SETTINGS.tagging.run_seconds
    with alt_engine.connect() as connection:
        assert outcome_counts(connection) == (3, 0, 0, 1, 0, 0, 4)
    assert not tick(first.cursor).run_requests


def checks(instance: dg.DagsterInstance, platform: Platform) -> dict[str, dg.AssetCheckEvaluation]:
    job = definitions(platform).resolve_job_def(article_tags_checks_job.name)
    result = job.execute_in_process(instance=instance)
    return {evaluation.check_name: evaluation for evaluation in result.get_asset_check_evaluations()}


def test_all_checks_pass_on_a_healthy_database_and_on_an_empty_one(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance
) -> None:
    assert all(check.passed for check in checks(instance, platform).values())
    for _ in range(60):
        corpus.add_article(alt_engine, created_at=corpus.hours_ago(1))
    tag_pending(instance, platform, day_key(1))
    found = checks(instance, platform)
    assert len(found) == 5
    assert all(check.passed for check in found.values())
    assert found["tags_are_still_linked"].metadata["tagged"].value == 60


def test_every_run_evaluates_the_checks_so_that_the_next_materialization_does_not_hide_them(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance
) -> None:
    corpus.add_article(alt_engine)
    names = set(checks(instance, platform))
    for _ in range(2):
        corpus.add_article(alt_engine)
        result = tag_pending(instance, platform, day_key(0))
        assert {evaluation.check_name for evaluation in result.get_asset_check_evaluations()} == names
        assert checks_shown(instance, *(dg.AssetCheckKey(KEY, name) for name in names)) == names


def test_a_run_that_has_written_its_tags_outlives_checks_without_a_connection(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_connection(_: object) -> None:
        raise PoolTimeoutError("QueuePool limit reached")

    monkeypatch.setattr(health, "links", no_connection)
    corpus.add_article(alt_engine)
    result = tag_pending(instance, platform, day_key(0))
    assert result.success
    assert result.get_asset_check_evaluations() == []


def test_the_checks_hold_no_connection_while_their_results_are_reported(alt_engine: Engine) -> None:
    def in_transaction() -> object:
        return corpus.scalar(
            alt_engine,
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND state LIKE 'idle in transaction%'",
        )

    for _ in evaluate(alt_engine, SETTINGS.tagging):
        assert in_transaction() == 0


def test_a_run_does_not_count_a_backlog_that_takes_too_long(alt_engine: Engine) -> None:
    corpus.add_article(alt_engine)
    with alt_engine.begin() as blocks:
        blocks.exec_driver_sql("LOCK TABLE articles IN ACCESS EXCLUSIVE MODE")
        assert health.backlog_within(alt_engine, 0.1) is None
    backlog = health.backlog_within(alt_engine, 10.0)
    assert backlog is not None
    assert backlog.articles == 1


def test_tags_removed_by_another_program_are_noticed(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance
) -> None:
    victim = corpus.add_article(alt_engine)
    corpus.add_article(alt_engine)
    tag_pending(instance, platform, day_key(0))
    corpus.execute(alt_engine, "DELETE FROM article_tags WHERE article_id = :id", id=victim)
    check = checks(instance, platform)["tags_are_still_linked"]
    assert not check.passed
    assert victim in str(check.description)


def test_one_check_can_be_run_alone(platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance) -> None:
    alone = dg.define_asset_job("alone", dg.AssetSelection.checks(dg.AssetCheckKey(KEY, "unique_keys_exist")))
    job = dg.Definitions.merge(definitions(platform), dg.Definitions(jobs=[alone])).resolve_job_def("alone")
    (evaluation,) = job.execute_in_process(instance=instance).get_asset_check_evaluations()
    assert evaluation.check_name == "unique_keys_exist"
    assert evaluation.passed


def test_a_constant_confidence_missing_tags_and_a_long_wait_are_noticed(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance
) -> None:
    for _ in range(60):
        corpus.add_article(alt_engine, created_at=corpus.hours_ago(1))
    corpus.execute(
        alt_engine,
        "INSERT INTO alt_pipelines.article_tag_outcomes (article_id, status, extractor_version) "
        "SELECT id, 'empty', '1' FROM articles",
    )
    corpus.execute(
        alt_engine,
        "INSERT INTO feed_tags (feed_id, tag_name, confidence) "
        "SELECT id, 'tag ' || n, 0.5 FROM feeds, generate_series(1, 5) n",
    )
    corpus.add_article(alt_engine, created_at=corpus.hours_ago(2))
    found = checks(instance, platform)
    failed = {name for name, check in found.items() if not check.passed}
    assert failed == {"confidences_discriminate", "most_articles_get_tags", "lag_within_limit"}


def test_articles_that_wait_behind_thousands_of_newer_ones_are_counted_as_the_gauges_count_them(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance
) -> None:
    corpus.execute(
        alt_engine,
        "INSERT INTO articles (title, content, url, user_id, created_at) "
        "SELECT 't', 'c', 'https://x.example/' || n, gen_random_uuid(), (now() AT TIME ZONE 'utc') "
        "FROM generate_series(1, :newer) n",
        newer=health.SAMPLE,
    )
    corpus.execute(
        alt_engine,
        "INSERT INTO alt_pipelines.article_tag_outcomes (article_id, status, extractor_version) "
        "SELECT id, 'empty', '1' FROM articles",
    )
    for _ in range(5):
        corpus.add_article(alt_engine, created_at=corpus.hours_ago(2))
    check = checks(instance, platform)["lag_within_limit"]
    assert not check.passed
    assert check.metadata["pending"].value == 5
    assert check.metadata["oldest_pending_seconds"].value == pytest.approx(7200, abs=60)
    with alt_engine.connect() as connection:
        gauge = health.backlog(connection)
    assert (gauge.articles, gauge.oldest_seconds) == (5, pytest.approx(7200, abs=60))


def test_a_missing_key_is_named_with_what_to_do(
    platform: Platform, alt_engine: Engine, instance: dg.DagsterInstance
) -> None:
    corpus.execute(alt_engine, "ALTER TABLE feed_tags DROP CONSTRAINT feed_tags_feed_id_tag_name_key")
    try:
        check = checks(instance, platform)["unique_keys_exist"]
    finally:
        corpus.execute(
            alt_engine,
            "ALTER TABLE feed_tags ADD CONSTRAINT feed_tags_feed_id_tag_name_key UNIQUE (feed_id, tag_name)",
        )
    assert not check.passed
    assert "ALTER TABLE feed_tags ADD CONSTRAINT" in str(check.description)
