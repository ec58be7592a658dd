"""The step that makes clusters and evidence: for clients, by hand, and when something goes wrong."""

import uuid

import dagster as dg
import pytest
import structlog
from dagster._core.definitions.job_base import InMemoryJob
from dagster._core.execution.api import execute_run
from sqlalchemy.engine import Engine

from alt_pipelines.dagster_names import GENRE_JOB, JOB_ID_TAG, RUN_TAG
from alt_pipelines.platform import Platform
from alt_pipelines.recap.assets import make_cluster_genre
from alt_pipelines.recap.checks import check_specs
from alt_pipelines.recap.genre_key import partition_key
from alt_pipelines.settings import RecapSettings
from alt_pipelines_tests.integration.recap.runs import (
    CLUSTERS,
    EVIDENCE,
    definitions,
    make_request,
    materialised,
    read,
    row,
    run_asset,
    submit,
)
from alt_pipelines_tests.support.dagster_instance import checks_shown


def test_a_stored_request_becomes_clusters_and_evidence(
    platform: Platform, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    run_id = submit(recap_engine, job_id)
    result = run_asset(platform, instance, run_id=run_id)
    assert result.success
    run = read(recap_engine, run_id)
    assert run["status"] == "succeeded"
    shown = materialised(result)
    assert set(shown) == {CLUSTERS, EVIDENCE}
    for metadata in shown.values():
        assert metadata["job_id"] == job_id
        assert metadata["run_id"] == run_id
        assert next(iter(metadata)) == "summary"  # a reader sees the line first
        assert "of 12 articles" in metadata["summary"]
    assert shown[CLUSTERS]["stories"] == run["cluster_count"]
    assert '"backend": "hash"' in shown[CLUSTERS]["diagnostics"]
    assert shown[CLUSTERS]["map"].startswith("![")
    assert list(shown[CLUSTERS])[:4] == ["summary", "stories_table", "map", "page"], "what a person came for"
    for metadata in shown.values():
        assert metadata["page"] == f"http://127.0.0.1:9400/recaps/{job_id}/tech"
    event = result.get_asset_materialization_events()[0].materialization
    table = event.metadata["stories_table"]
    assert isinstance(table, dg.TableMetadataValue)
    assert [record.data["sentences"] for record in table.records] == [c["size"] for c in run["clusters"]]
    assert row(recap_engine, run_id).dagster_run_id == result.run_id


def test_a_map_that_cannot_be_drawn_does_not_fail_the_run(
    platform: Platform,
    instance: dg.DagsterInstance,
    recap_engine: Engine,
    job_id: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("no glyph")

    monkeypatch.setattr("alt_pipelines.recap.metadata.map_picture", broken)
    run_id = submit(recap_engine, job_id)
    result = run_asset(platform, instance, run_id=run_id)
    assert result.success
    assert "map" not in materialised(result)[CLUSTERS]
    assert read(recap_engine, run_id)["status"] == "succeeded"


def test_every_log_line_of_a_run_tells_whose_it_is(
    platform: Platform, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    run_id = submit(recap_engine, job_id)
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        result = run_asset(platform, instance, run_id=run_id)
    assert [line["event"] for line in logs if line["event"].startswith("genre_run_")] == [
        "genre_run_started",
        "genre_run_ended",
    ]
    log_fields = {"job_id": job_id, "genre": "tech", "run_id": run_id, "dagster_run_id": result.run_id}
    assert [line for line in logs if not log_fields.items() <= line.items()] == []
    run = instance.get_run_by_id(result.run_id)
    assert run is not None
    assert run.tags[JOB_ID_TAG] == job_id


def test_a_run_for_a_client_costs_the_event_log_little(
    platform: Platform, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    """One run per minute and genre is the platform's daily load: a PNG in each would be 40 MB per day."""
    result = run_asset(platform, instance, run_id=submit(recap_engine, job_id, request=make_request(30)))
    entries = instance.all_logs(result.run_id)
    assert len(entries) < 40
    assert sum(len(entry.to_json()) for entry in entries) < 60_000


def test_a_run_by_hand_logs_each_stage_for_whoever_watches_it(
    platform: Platform, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    for_a_client = run_asset(platform, instance, run_id=submit(recap_engine, job_id))
    by_hand = run_asset(platform, instance)
    lines = [[entry.user_message for entry in instance.all_logs(run.run_id)] for run in (for_a_client, by_hand)]
    stages = ["Stage: model", "Stage: sentences", "Stage: clustering", "Stage: storing"]
    assert [stage for stage in stages if stage in lines[0]] == []
    assert [line for line in lines[1] if line in stages] == stages
    assert any("Drawing the maps" in line for line in lines[1])


def test_a_run_without_a_genre_is_refused_with_the_remedy(platform: Platform, instance: dg.DagsterInstance) -> None:
    job = definitions(platform).resolve_job_def(GENRE_JOB)
    with pytest.raises(dg.Failure, match=r"genre_run has one per genre\. Choose a genre under Materialize"):
        job.execute_in_process(instance=instance)


def test_the_checks_of_a_run_on_hash_vectors_do_not_pass(
    platform: Platform, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    result = run_asset(platform, instance, run_id=submit(recap_engine, job_id))
    found = {check.check_name: check.passed for check in result.get_asset_check_evaluations()}
    assert found == {"finds_stories": True, "is_not_degraded": False, "is_consistent": True}


def test_the_checks_are_shown_though_the_genre_that_was_started_first_ends_last(
    platform: Platform, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    job, runs = definitions(platform).resolve_job_def(GENRE_JOB), []
    for genre in ("tech", "sports"):
        instance.add_dynamic_partitions("genre", [partition_key(genre)])
        run_id = submit(recap_engine, job_id, genre)
        tags = {RUN_TAG: str(run_id), "dagster/partition": partition_key(genre)}
        runs.append(instance.create_run_for_job(job, tags=tags))
    for run in reversed(runs):
        assert execute_run(InMemoryJob(job), run, instance).success
    keys = [spec.key for spec in check_specs]
    assert checks_shown(instance, *keys) == {"finds_stories", "is_not_degraded", "is_consistent"}


def test_launching_twice_does_the_work_once(
    platform: Platform, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    run_id = submit(recap_engine, job_id)
    first = run_asset(platform, instance, run_id=run_id)
    before = read(recap_engine, run_id)
    second = run_asset(platform, instance, run_id=run_id)
    assert first.success
    assert second.success
    assert materialised(second) == {}
    assert read(recap_engine, run_id) == before
    assert row(recap_engine, run_id).dagster_run_id == first.run_id


def test_a_run_by_hand_rebuilds_the_genre_from_its_newest_request(
    platform: Platform, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    first = submit(recap_engine, job_id)
    run_asset(platform, instance, run_id=first)
    result = run_asset(platform, instance)
    assert result.success
    rebuilt = materialised(result)[CLUSTERS]["run_id"]
    assert rebuilt > first
    assert read(recap_engine, rebuilt)["clusters"] == read(recap_engine, first)["clusters"]
    record = instance.get_run_by_id(result.run_id)
    assert record is not None
    assert record.tags[RUN_TAG] == str(rebuilt)
    assert record.tags["dagster/max_retries"] == "0"


def test_re_executing_an_ended_run_by_hand_is_a_new_run_of_the_same_request(
    platform: Platform, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    run_id = submit(recap_engine, job_id)
    first = run_asset(platform, instance, run_id=run_id)
    submit(recap_engine, str(uuid.uuid4()), request=make_request(6))  # newer, but not what is executed again
    job = definitions(platform).resolve_job_def(GENRE_JOB)
    child = instance.create_run_for_job(
        job,
        tags={RUN_TAG: str(run_id), "dagster/partition": "tech"},
        parent_run_id=first.run_id,
        root_run_id=first.run_id,
    )
    result = execute_run(InMemoryJob(job), child, instance)
    assert result.success
    (shown, _) = result.filter_events(lambda event: event.is_step_materialization)
    copy = shown.step_materialization_data.materialization.metadata["run_id"].value
    assert isinstance(copy, int)
    assert copy > run_id
    assert str(row(recap_engine, copy).job_id) == job_id
    assert read(recap_engine, copy)["clusters"] == read(recap_engine, run_id)["clusters"]


def test_a_genre_without_a_stored_request_fails_with_advice(platform: Platform, instance: dg.DagsterInstance) -> None:
    result = run_asset(platform, instance, "nothing here")
    assert not result.success
    failure = result.failure_data_for_node("genre_run")
    assert failure is not None
    assert "POST /v1/runs" in str(failure.user_failure_data)


def test_a_rebuild_beside_an_unfinished_run_is_refused_by_name(
    platform: Platform, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    run_id = submit(recap_engine, job_id)
    result = run_asset(platform, instance)
    assert not result.success
    assert f"run {run_id} of job" in str(result.failure_data_for_node("genre_run"))
    assert row(recap_engine, run_id).status == "running"


@pytest.mark.parametrize(
    "genre", ['it\'s "quoted"', "a/b\\c", "🚀🧪", "x" * 32, "世界", "a...b, c*", "a|b", "[x]", "100%", "a=b;c"]
)
def test_any_genre_is_a_partition(
    platform: Platform, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str, genre: str
) -> None:
    run_id = submit(recap_engine, job_id, genre, make_request(3, 1))
    assert run_asset(platform, instance, genre, run_id).success
    assert read(recap_engine, run_id)["genre"] == genre
    for asset in (CLUSTERS, EVIDENCE):
        assert instance.get_materialized_partitions(asset) == {partition_key(genre)}


def test_a_new_genre_becomes_a_partition_with_any_launcher(
    platform: Platform, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    run_asset(platform, instance, "brand new", submit(recap_engine, job_id, "brand new"))
    assert instance.get_dynamic_partitions("genre") == ["brand new"]


def test_the_job_puts_its_runs_on_the_recap_queue_with_a_limit_and_no_second_layer_of_retries() -> None:
    tags = make_cluster_genre(RecapSettings()).tags or {}
    assert tags["dagster-celery/queue"] == "recap"
    assert int(tags["dagster/max_runtime"]) > 900
    assert tags["dagster/max_retries"] == "0"
