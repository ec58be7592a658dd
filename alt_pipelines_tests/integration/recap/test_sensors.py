"""The outbox launches what was submitted; reconciliation ends or repeats what nobody will end."""

from typing import Any

import dagster as dg
import pytest
import structlog
from dagster._core.definitions.sensor_definition import SensorExecutionData
from sqlalchemy.engine import Engine

from alt_pipelines.dagster_names import GENRE_JOB, RUN_TAG
from alt_pipelines.platform import Platform
from alt_pipelines.recap import reconcile
from alt_pipelines.recap.automation import make_genre_run_reconciliation
from alt_pipelines.recap.definitions import make_defs
from alt_pipelines.recap.store import claims, launches, queue, submissions
from alt_pipelines.settings import Settings
from alt_pipelines.stillness import Stillness
from alt_pipelines_tests.integration.recap.runs import definitions, let_time_pass, make_request, row, run_asset, submit

GRACE_SECONDS = 30.0  # long, so that a slow machine is still within it after a submission


class Loop:
    """What the daemon does with the two sensors, tick by tick."""

    def __init__(self, platform: Platform, instance: dg.DagsterInstance) -> None:
        self.platform, self.instance, self.engine = platform, instance, platform.recap_engine
        self.defs = definitions(platform)
        self.seconds = 0.0  # by the clock of the process that evaluates the ticks
        self._reconciliation = make_genre_run_reconciliation(
            platform.settings.recap, stillness=Stillness(lambda: self.seconds)
        )

    def launches(self) -> list[dg.RunRequest]:
        """Tick the outbox, and create (not execute) the runs it asks for."""
        data = self._tick(self.defs.get_sensor_def("genre_run_outbox"))
        for request in data.dynamic_partitions_requests or []:
            assert isinstance(request, dg.AddDynamicPartitionsRequest)
            self.instance.add_dynamic_partitions(request.partitions_def_name, list(request.partition_keys))
        return [*data.run_requests] if data.run_requests else []

    def create(self, request: dg.RunRequest) -> dg.DagsterRun:
        """The Dagster run of a request, as the daemon creates it, not yet started."""
        tags = {**request.tags, "dagster/partition": str(request.partition_key)}
        return self.instance.create_run_for_job(self.defs.resolve_job_def(GENRE_JOB), tags=tags)

    def launch_one(self) -> dg.DagsterRun:
        """The only run that the outbox asks for now."""
        (request,) = self.launches()
        return self.create(request)

    def reconcile(self) -> str:
        """Tick the reconciliation ten seconds after the last tick; what it says."""
        self.seconds += 10.0
        return str(self._tick(self._reconciliation).skip_message)

    def reconcile_for_long(self) -> str:
        """Tick the reconciliation until it would know a stopped heartbeat; what the ticks say."""
        return "\n".join(self.reconcile() for _ in range(4))

    def execute(self, request: dg.RunRequest) -> dg.ExecuteInProcessResult:
        """Run a request to its end."""
        return self.defs.resolve_job_def(GENRE_JOB).execute_in_process(
            instance=self.instance, partition_key=request.partition_key, tags=dict(request.tags), raise_on_error=False
        )

    def started(self, run: dg.DagsterRun) -> None:
        """Let Dagster believe that a worker began a run."""
        event = dg.DagsterEvent(dg.DagsterEventType.RUN_START.value, run.job_name, message="began")
        self.instance.report_dagster_event(event, run.run_id)

    def _tick(self, sensor: dg.SensorDefinition) -> SensorExecutionData:
        context = dg.build_sensor_context(
            instance=self.instance,
            instance_ref=self.instance.get_ref(),
            definitions=self.defs,
            sensor_name=sensor.name,
            resources={"recap_db": self.platform.recap_engine},
        )
        return sensor.evaluate_tick(context)


@pytest.fixture
def loop(make_platform: Any, stored_instance: dg.DagsterInstance) -> Loop:
    return Loop(make_platform(outbox_grace_seconds=GRACE_SECONDS), stored_instance)


def error(engine: Engine, run_id: int) -> str:
    run = submissions.read_run(engine, run_id)
    assert run is not None
    assert run["status"] == "failed"
    assert row(engine, run_id).finished_at is not None
    return str(run["diagnostics"]["error_message"])


def test_what_was_submitted_but_not_launched_is_launched_with_its_new_partition(loop: Loop, job_id: str) -> None:
    runs = {submit(loop.engine, job_id, genre): genre for genre in ("tech", "a/b, c")}
    assert loop.launches() == []  # within the grace: the API launches it itself
    for run_id in runs:
        let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    found = loop.launches()
    assert {int(request.tags[RUN_TAG]): request.partition_key for request in found} == {
        run_id: {"tech": "tech", "a/b, c": "a/b%2C c"}[genre] for run_id, genre in runs.items()
    }
    assert all(request.run_key is None for request in found)
    assert set(loop.instance.get_dynamic_partitions("genre")) == {"tech", "a/b%2C c"}
    assert loop.launches() == []


def test_a_launched_request_runs_to_its_end(loop: Loop, job_id: str) -> None:
    assert not queue.is_any_unfinished(loop.engine)
    run_id = submit(loop.engine, job_id)
    assert queue.is_any_unfinished(loop.engine), "ticks do not wait"
    let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    (request,) = loop.launches()
    assert loop.execute(request).success
    assert row(loop.engine, run_id).status == "succeeded"
    assert loop.launches() == []
    assert "Unfinished genre runs: 0" in loop.reconcile()


def test_a_daemon_that_died_between_tick_and_launch_loses_nothing(loop: Loop, job_id: str) -> None:
    run_id = submit(loop.engine, job_id)
    let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    assert len(loop.launches()) == 1  # and the run is never created
    let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    assert len(loop.launches()) == 1


def test_a_run_launched_by_an_api_that_died_before_recording_it_is_not_launched_again(loop: Loop, job_id: str) -> None:
    run_id = submit(loop.engine, job_id)
    let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    run = loop.launch_one()
    let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    assert loop.launches() == []
    assert row(loop.engine, run_id).dagster_run_id == run.run_id


def test_a_warning_tells_the_depth_of_the_queue_from_its_threshold(
    make_platform: Any, stored_instance: dg.DagsterInstance, job_id: str
) -> None:
    loop = Loop(make_platform(queue_warning_threshold=2), stored_instance)
    submit(loop.engine, job_id, "one")
    with structlog.testing.capture_logs() as logs:
        loop.launches()
    assert logs == []
    submit(loop.engine, job_id, "two")
    with structlog.testing.capture_logs() as logs:
        loop.launches()
    assert [(line["event"], line["depth"]) for line in logs] == [("genre_run_queue", 2)]


def test_a_dagster_run_that_failed_before_it_began_is_launched_again(loop: Loop, job_id: str) -> None:
    run_id = submit(loop.engine, job_id)
    let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    run = loop.launch_one()
    launches.mark_launched(loop.engine, run_id, run.run_id)
    loop.instance.report_run_failed(run, "the broker is away")
    assert f"run {run_id} returned to the outbox" in loop.reconcile()
    let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    (request,) = loop.launches()
    assert loop.execute(request).success
    assert row(loop.engine, run_id).status == "succeeded"


def test_a_dagster_run_that_was_created_and_never_submitted_is_replaced(
    loop: Loop, job_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = submit(loop.engine, job_id)
    let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    abandoned = loop.launch_one()  # its process dies before it submits the run
    let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    assert loop.launches() == []
    assert "no action needed" in loop.reconcile_for_long()
    monkeypatch.setattr(reconcile, "UNSUBMITTED_SECONDS", 0.0)
    assert f"run {run_id} returned to the outbox" in loop.reconcile()
    ended = loop.instance.get_run_by_id(abandoned.run_id)
    assert ended is not None
    assert ended.status is dg.DagsterRunStatus.FAILURE, "no worker starts it and the outbox does not find it again"
    let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    (request,) = loop.launches()
    assert loop.execute(request).success
    assert row(loop.engine, run_id).status == "succeeded"
    assert row(loop.engine, run_id).retries == 0


def test_a_run_that_dagster_never_starts_fails_in_the_end(loop: Loop, job_id: str) -> None:
    run_id = submit(loop.engine, job_id)
    let_time_pass(loop.engine, run_id, 901)
    loop.reconcile_for_long()
    assert "within 900 s" in str(error(loop.engine, run_id))


@pytest.mark.parametrize("claimed", [False, True])
@pytest.mark.parametrize("ended", [False, True])
def test_a_run_canceled_in_the_ui_fails_at_the_next_tick(loop: Loop, job_id: str, claimed: bool, ended: bool) -> None:
    run_id = submit(loop.engine, job_id)
    let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    run = loop.launch_one()
    launches.mark_launched(loop.engine, run_id, run.run_id)
    if claimed:
        loop.started(run)
        claims.claim_run(loop.engine, run_id, run.run_id)
    loop.instance.report_run_canceling(run)
    if ended:
        loop.instance.report_run_canceled(run)
    assert f"run {run_id} failed" in loop.reconcile()
    assert error(loop.engine, run_id) == f"Dagster run {run.run_id} was canceled"
    assert loop.launches() == []


def test_a_lost_worker_costs_one_retry_and_a_second_loss_fails_the_run(loop: Loop, job_id: str) -> None:
    run_id = submit(loop.engine, job_id)
    for attempt in range(2):
        let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
        run = loop.launch_one()
        loop.started(run)
        assert isinstance(claims.claim_run(loop.engine, run_id, run.run_id), claims.Claim)
        assert "no action needed" in loop.reconcile()
        let_time_pass(loop.engine, run_id, 40)  # killed: no heartbeat for so long
        said = loop.reconcile_for_long()
        ended = loop.instance.get_run_by_id(run.run_id)
        assert ended is not None
        assert ended.status == dg.DagsterRunStatus.FAILURE
        assert ("requeued" if attempt == 0 else "failed") in said
    message = error(loop.engine, run_id)
    assert "no heartbeat" in message
    assert "retry was already used" in message


def test_a_run_is_retried_at_once_if_dagster_noticed_the_lost_worker_first(loop: Loop, job_id: str) -> None:
    run_id = submit(loop.engine, job_id)
    let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    run = loop.launch_one()
    loop.started(run)
    claims.claim_run(loop.engine, run_id, run.run_id)
    loop.instance.report_run_failed(run, "run worker is gone")
    assert "requeued" in loop.reconcile()
    (request,) = loop.launches()  # the ended Dagster run of the same row does not count as launched
    assert loop.execute(request).success
    assert row(loop.engine, run_id).status == "succeeded"


def test_a_run_that_failed_by_its_own_error_is_not_started_again(loop: Loop, job_id: str) -> None:
    loop.platform.__dict__["embedder"] = None  # an error inside the pipeline
    run_id = submit(loop.engine, job_id)
    let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    (request,) = loop.launches()
    assert not loop.execute(request).success
    assert "AttributeError" in error(loop.engine, run_id)
    assert "Unfinished genre runs: 0" in loop.reconcile()
    assert loop.launches() == []


def test_a_run_stuck_past_its_time_fails_as_timed_out(loop: Loop, job_id: str) -> None:
    run_id = submit(loop.engine, job_id)
    let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    run = loop.launch_one()
    loop.started(run)
    claim = claims.claim_run(loop.engine, run_id, run.run_id)
    assert isinstance(claim, claims.Claim)
    claims.renew_claim(loop.engine, claim, 920)  # its heartbeat goes on, its computation hangs
    loop.reconcile()
    assert error(loop.engine, run_id) == "pipeline timed out after 900s"


def test_a_run_deleted_from_dagster_while_it_works_is_left_to_finish(loop: Loop, job_id: str) -> None:
    run_id = submit(loop.engine, job_id)
    claims.claim_run(loop.engine, run_id, "deleted meanwhile")
    assert "no action needed" in loop.reconcile()
    let_time_pass(loop.engine, run_id, 40)
    assert "requeued" in loop.reconcile_for_long()


def test_manually_launched_runs_are_reconciled_too(loop: Loop, job_id: str) -> None:
    run_asset(loop.platform, loop.instance, run_id=submit(loop.engine, job_id))
    rebuilt = submissions.resubmit_newest(loop.engine, "tech")
    assert rebuilt is not None
    claims.claim_run(loop.engine, rebuilt, "by hand")
    let_time_pass(loop.engine, rebuilt, 40)
    assert f"run {rebuilt} requeued" in loop.reconcile_for_long()
    (request,) = loop.launches()
    assert loop.execute(request).success
    assert row(loop.engine, rebuilt).status == "succeeded"


def test_thirty_genres_at_once_are_launched_in_one_tick_oldest_first(loop: Loop, job_id: str) -> None:
    runs = [submit(loop.engine, job_id, f"genre {n}", make_request(3, 1)) for n in range(30)]
    for run_id in runs:
        let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    assert [int(request.tags[RUN_TAG]) for request in loop.launches()] == runs


def test_rows_an_earlier_service_left_running_are_ended(loop: Loop, job_id: str) -> None:
    from sqlalchemy import text

    with loop.engine.begin() as connection:
        statement = "INSERT INTO recap_subworker_runs (job_id, genre, status) VALUES (:job, 'tech', 'running')"
        connection.execute(text(statement), {"job": job_id})
    assert "no action needed" in loop.reconcile()
    let_time_pass(loop.engine, 1, 4000)
    loop.reconcile()
    assert "earlier service" in error(loop.engine, 1)


def test_both_sensors_run_without_being_switched_on() -> None:
    for sensor in make_defs(Settings()).sensors or ():
        assert sensor.default_status is dg.DefaultSensorStatus.RUNNING
        assert (sensor.minimum_interval_seconds or 0) <= 10
