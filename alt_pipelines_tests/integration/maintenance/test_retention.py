"""Cleanup on a real instance: it deletes what is old, and the UI's picture of partitions does not change."""

from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, create_engine, text

from alt_pipelines.maintenance.automation import make_prune_dagster_storage
from alt_pipelines.maintenance.dagster_store import PartitionedAssets
from alt_pipelines.maintenance.retention import clean, clean_partitions
from alt_pipelines.settings import ExecutionSettings, Settings

days = dg.StaticPartitionsDefinition(["monday", "tuesday", "wednesday"])
LONG_AFTER = datetime.now(UTC) + timedelta(days=30)


class Orders(dg.Config):
    fail: bool = False


@dg.asset(partitions_def=days, check_specs=[dg.AssetCheckSpec("sane", asset="numbers")])
def numbers(config: Orders):
    if config.fail:
        raise ValueError("ordered to fail")
    yield dg.MaterializeResult(metadata={"rows": 3}, check_results=[dg.AssetCheckResult(passed=True)])


@dg.asset
def unpartitioned() -> dg.MaterializeResult:
    return dg.MaterializeResult()


@pytest.fixture
def engine(dagster_url: str) -> Engine:
    return create_engine(dagster_url)


def materialise(instance: dg.DagsterInstance, day: str, fail: bool = False) -> str:
    config = dg.RunConfig(ops={"numbers": Orders(fail=fail)})
    result = dg.materialize([numbers], instance=instance, partition_key=day, run_config=config, raise_on_error=False)
    return result.run_id


def count(engine: Engine, what: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {what}")).scalar_one())


def test_the_newest_materialisation_of_every_partition_stays_and_its_events_go(
    instance: dg.DagsterInstance, engine: Engine
) -> None:
    for day in ("monday", "tuesday", "monday"):
        materialise(instance, day)
    dg.materialize([unpartitioned], instance=instance)
    status = instance.get_materialized_partitions(numbers.key)
    events = count(engine, "event_logs")
    cleaned = clean(engine, days=14, now=LONG_AFTER)
    assert cleaned.finished
    assert instance.get_materialized_partitions(numbers.key) == status == {"monday", "tuesday"}
    assert instance.get_latest_materialization_event(unpartitioned.key) is not None
    assert cleaned.superseded >= 1, "Monday was built twice"
    assert count(engine, "event_logs WHERE dagster_event_type = 'ASSET_MATERIALIZATION'") == 3
    assert count(engine, "event_logs") < events / 5


def test_runs_go_but_for_those_that_a_kept_event_belongs_to(instance: dg.DagsterInstance, engine: Engine) -> None:
    old, new = materialise(instance, "monday"), materialise(instance, "monday")
    clean(engine, days=14, now=LONG_AFTER)
    assert instance.get_run_by_id(old) is None
    assert instance.get_run_by_id(new) is not None
    assert count(engine, "run_tags WHERE run_id NOT IN (SELECT run_id FROM runs)") == 0


def test_a_partition_that_failed_last_is_still_shown_as_failed(instance: dg.DagsterInstance, engine: Engine) -> None:
    materialise(instance, "tuesday")
    failed = materialise(instance, "tuesday", fail=True)
    never = materialise(instance, "wednesday", fail=True)
    clean(engine, days=14, now=LONG_AFTER)
    assert instance.get_run_by_id(failed) is not None
    assert instance.get_run_by_id(never) is not None
    assert count(engine, "event_logs WHERE dagster_event_type = 'ASSET_MATERIALIZATION_PLANNED'") == 2


def test_what_is_younger_than_the_limit_is_untouched(instance: dg.DagsterInstance, engine: Engine) -> None:
    materialise(instance, "monday")
    materialise(instance, "monday")
    before = count(engine, "event_logs"), count(engine, "runs")
    cleaned = clean(engine, days=14)
    assert (count(engine, "event_logs"), count(engine, "runs")) == before
    assert cleaned == (0, 0, 0, 0, 0, True)


def test_a_run_that_has_not_ended_keeps_every_event(instance: dg.DagsterInstance, engine: Engine) -> None:
    run = instance.create_run_for_job(dg.Definitions(assets=[unpartitioned]).resolve_implicit_global_asset_job_def())
    instance.report_engine_event("it goes on", run)
    clean(engine, days=14, now=LONG_AFTER)
    assert instance.get_run_by_id(run.run_id) is not None
    assert any("it goes on" in (event.user_message or event.message) for event in instance.all_logs(run.run_id))


def test_the_last_result_of_a_check_stays(instance: dg.DagsterInstance, engine: Engine) -> None:
    for _ in range(3):
        materialise(instance, "monday")
    cleaned = clean(engine, days=14, now=LONG_AFTER)
    assert cleaned.checks == 2
    assert count(engine, "asset_check_executions") == 1


def test_cleaning_stops_at_its_time_limit_and_the_next_run_continues(
    instance: dg.DagsterInstance, engine: Engine
) -> None:
    materialise(instance, "monday")
    assert not clean(engine, days=14, seconds=0, now=LONG_AFTER).finished
    assert clean(engine, days=14, now=LONG_AFTER).finished
    assert clean(engine, days=14, now=LONG_AFTER) == (0, 0, 0, 0, 0, True)


def test_cleaning_a_big_table_uses_indexes(instance: dg.DagsterInstance, engine: Engine) -> None:
    materialise(instance, "monday")
    fill = text(
        "INSERT INTO event_logs (run_id, event, dagster_event_type, timestamp, asset_key, partition) "
        "SELECT 'gone', '{}', CASE WHEN n % 20 = 0 THEN 'ASSET_MATERIALIZATION' ELSE 'ENGINE_EVENT' END, "
        "now() at time zone 'utc', CASE WHEN n % 20 = 0 THEN '[\"big\"]' END, "
        "CASE WHEN n % 20 = 0 THEN (n % 500)::text END FROM generate_series(1, 60000) n"
    )
    with engine.begin() as connection:
        connection.execute(fill)
    cleaned = clean(engine, days=14, seconds=60, now=LONG_AFTER)
    assert cleaned.finished, "60 000 rows are a matter of seconds"
    assert cleaned.events >= 57_000
    assert count(engine, "event_logs WHERE asset_key = '[\"big\"]'") == 25, "one for each partition"


def test_events_of_partitions_that_no_longer_exist_go_and_those_of_existing_ones_stay(
    instance: dg.DagsterInstance, engine: Engine
) -> None:
    genres = dg.DynamicPartitionsDefinition(name="genre")
    instance.add_dynamic_partitions("genre", ["tech", "gone"])

    @dg.asset(partitions_def=genres)
    def stories() -> None: ...

    for genre in ("tech", "gone"):
        dg.materialize([stories], instance=instance, partition_key=genre)
    for key in ("2026-01-02", "2026-01-02-13:00"):  # earlier versions had hours
        instance.report_runless_asset_event(dg.AssetMaterialization("by_day", partition=key))
    instance.delete_dynamic_partition("genre", "gone")
    known = PartitionedAssets((stories.key.to_string(),), (dg.AssetKey("by_day").to_string(),), "genre")
    assert clean_partitions(engine, 14, known) == 0, "they are young"
    assert clean_partitions(engine, 14, known, now=LONG_AFTER) >= 2
    assert instance.get_materialized_partitions(stories.key) == {"tech"}
    assert instance.get_materialized_partitions(dg.AssetKey("by_day")) == {"2026-01-02"}
    clean(engine, days=14, now=LONG_AFTER)
    assert count(engine, "event_logs WHERE partition = 'gone'") == 0
    assert count(engine, "runs") == 1, "the run of the removed partition goes with its events"


def test_the_job_removes_stale_genres_old_documents_and_old_events(
    instance: dg.DagsterInstance, recap_engine: Engine, alt_engine: Engine, dagster_url: str
) -> None:
    instance.add_dynamic_partitions("genre", ["tech", "never asked for again"])
    with recap_engine.begin() as connection:
        connection.execute(
            text(
                "WITH run AS (INSERT INTO recap_subworker_runs (job_id, genre, status) "
                "VALUES (gen_random_uuid(), 'tech', 'running') RETURNING id, job_id, genre) "
                "INSERT INTO alt_pipelines.genre_runs (run_id, job_id, genre) SELECT * FROM run"
            )
        )
    settings = Settings(execution=ExecutionSettings(dagster_storage_url=SecretStr(dagster_url)))
    job = make_prune_dagster_storage(settings)
    resources = {"alt_db": alt_engine, "recap_db": recap_engine}
    result = (
        dg.Definitions(jobs=[job], resources=resources).resolve_job_def(job.name).execute_in_process(instance=instance)
    )
    assert result.success
    assert instance.get_dynamic_partitions("genre") == ["tech"]
