"""What a run keeps in Dagster's database: what it did, once; and what went wrong, completely."""

from collections import Counter
from collections.abc import Iterator

import dagster as dg
from sqlalchemy import Engine

from alt_pipelines.runtime import store
from alt_pipelines.runtime.quiet_events import store_less

STORIES, EVIDENCE = dg.AssetKey("stories"), dg.AssetKey("evidence")
genres = dg.StaticPartitionsDefinition(["politics"])


@dg.multi_asset(
    specs=[dg.AssetSpec(STORIES), dg.AssetSpec(EVIDENCE)],
    check_specs=[dg.AssetCheckSpec("unique", asset=STORIES)],
    partitions_def=genres,
)
def genre_run() -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Two assets and a check, as a genre run has."""
    yield dg.MaterializeResult(asset_key=STORIES, metadata={"table": "x" * 500})
    yield dg.MaterializeResult(asset_key=EVIDENCE)
    yield dg.AssetCheckResult(passed=True, asset_key=STORIES, check_name="unique")


@dg.multi_asset(specs=[dg.AssetSpec(STORIES), dg.AssetSpec(EVIDENCE)], partitions_def=genres)
def failing_run() -> Iterator[dg.MaterializeResult]:
    """Fails after its first asset."""
    yield dg.MaterializeResult(asset_key=STORIES)
    raise ValueError("on purpose")


def _kept(instance: dg.DagsterInstance, run_id: str) -> Counter[str]:
    return Counter(entry.dagster_event_type or "line" for entry in instance.all_logs(run_id))


def test_a_successful_run_keeps_each_result_once_and_no_plans(instance: dg.DagsterInstance, dagster_url: str) -> None:
    store_less(instance)
    run = dg.materialize([genre_run], instance=instance, partition_key="politics")
    with store.lease_engine(dagster_url).connect() as connection:
        assert store.delete_plans(connection, run.run_id) >= 3
    kept = _kept(instance, run.run_id)
    assert kept["ASSET_MATERIALIZATION"] == 2
    assert kept["ASSET_CHECK_EVALUATION"] == kept["STEP_SUCCESS"] == kept["PIPELINE_SUCCESS"] == 1
    assert not kept["STEP_OUTPUT"]
    assert not any("PLANNED" in kind for kind in kept)


def test_the_ui_still_knows_the_partitions_the_metadata_and_the_checks(
    instance: dg.DagsterInstance, dagster_url: str
) -> None:
    store_less(instance)
    run = dg.materialize([genre_run], instance=instance, partition_key="politics")
    with store.lease_engine(dagster_url).connect() as connection:
        store.delete_plans(connection, run.run_id)
    for key in (STORIES, EVIDENCE):
        assert instance.get_materialized_partitions(key) == {"politics"}
    materialization = instance.get_latest_materialization_event(STORIES)
    assert materialization is not None
    assert materialization.asset_materialization is not None
    assert materialization.asset_materialization.metadata["table"].value == "x" * 500
    check = instance.get_latest_asset_check_evaluation_record(dg.AssetCheckKey(STORIES, "unique"))
    assert check is not None
    assert check.event is not None
    assert check.event.dagster_event is not None
    assert check.event.dagster_event.asset_check_evaluation_data.passed


def test_a_failed_run_keeps_its_plans_and_its_error(instance: dg.DagsterInstance, dagster_url: str) -> None:
    store_less(instance)
    run = dg.materialize([failing_run], instance=instance, partition_key="politics", raise_on_error=False)
    engine: Engine = store.lease_engine(dagster_url)
    with engine.connect() as connection:
        assert store.delete_plans(connection, run.run_id) == 0
    kept = _kept(instance, run.run_id)
    assert kept["ASSET_MATERIALIZATION_PLANNED"] == 2
    assert kept["STEP_FAILURE"] == kept["PIPELINE_FAILURE"] == 1
