"""Each assumption about what is not Dagster's public API: where one of these fails, a new release broke it."""

import inspect
import logging
import os
import re
import signal
import time
from collections.abc import Iterator
from types import SimpleNamespace

import dagster as dg
import pytest

from alt_pipelines.runtime import dagster_internals as internals
from alt_pipelines.runtime.quiet_events import store_less
from alt_pipelines.settings import PROJECT_ROOT


@dg.op
def _fails() -> None:
    raise ValueError("on purpose")


@dg.op
def _works() -> None:
    """Nothing."""


@dg.job(executor_def=dg.in_process_executor)
def failing_job() -> None:
    _fails()


@dg.job(executor_def=dg.in_process_executor)
def working_job() -> None:
    _works()


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as made:
        yield made


def _run(instance: dg.DagsterInstance, job: dg.JobDefinition) -> dg.DagsterRun:
    origin = dg.reconstructable(job).get_python_origin()
    return instance.create_run_for_job(job, job_code_origin=origin)


def _kinds(instance: dg.DagsterInstance, run_id: str) -> list[str]:
    return [entry.dagster_event.event_type_value for entry in instance.all_logs(run_id) if entry.dagster_event]


def test_a_run_that_fails_is_marked_and_raises_nothing(instance: dg.DagsterInstance) -> None:
    run = _run(instance, failing_job)
    internals.execute_run_body(run.run_id, instance, lambda _: None, set_exit_code_on_failure=False)
    stored = instance.get_run_by_id(run.run_id)
    assert stored is not None
    assert stored.status == dg.DagsterRunStatus.FAILURE


def test_events_that_are_reported_set_the_status(instance: dg.DagsterInstance) -> None:
    run = _run(instance, working_job)
    starting = internals.DagsterEvent(internals.DagsterEventType.RUN_STARTING.value, run.job_name)
    instance.report_dagster_event(starting, run_id=run.run_id)
    assert instance.get_run_by_id(run.run_id).status == dg.DagsterRunStatus.STARTING  # type: ignore[union-attr]


def test_what_a_run_is_sent_as_survives_the_way(instance: dg.DagsterInstance) -> None:
    run = _run(instance, working_job)
    assert run.job_code_origin is not None
    arguments = internals.ExecuteRunArgs(run.job_code_origin, run.run_id, None)
    packed = internals.pack_value(arguments)
    assert internals.unpack_value(packed, as_type=internals.ExecuteRunArgs).run_id == run.run_id


def test_an_interrupt_is_delayed_while_interrupts_are_captured() -> None:
    with internals.capture_interrupts():
        os.kill(os.getpid(), signal.SIGINT)
        passed = True
    assert passed


def test_contexts_are_named_tuples_of_run_and_workspace() -> None:
    assert internals.LaunchRunContext._fields == ("dagster_run", "workspace")
    assert internals.SubmitRunContext._fields == ("dagster_run", "workspace")


def test_storages_keep_their_engine_where_it_is_replaced() -> None:
    from dagster_postgres import PostgresEventLogStorage, PostgresRunStorage, PostgresScheduleStorage

    for storage in (PostgresRunStorage, PostgresEventLogStorage, PostgresScheduleStorage):
        assert "self._engine = create_pg_engine" in inspect.getsource(storage)
    parameters = inspect.signature(internals.create_pg_engine).parameters.values()
    assert any(parameter.kind is inspect.Parameter.VAR_KEYWORD for parameter in parameters)


def test_storages_ask_what_exists_by_the_methods_that_remember_it() -> None:
    from dagster._core.storage.event_log import SqlEventLogStorage
    from dagster._core.storage.runs import SqlRunStorage

    events = inspect.getsource(SqlEventLogStorage) + inspect.getsource(internals.PostgresEventLogStorage)
    asked = ("has_table", "has_secondary_index", "_has_asset_key_col_on_connection", "has_asset_key_col")
    assert all(f"self.{name}(" in events for name in asked)
    runs = inspect.getsource(SqlRunStorage)
    assert all(f"self.{name}(" in runs for name in ("has_run_stats_index_cols", "has_built_index"))
    assert issubclass(internals.PostgresRunStorage, SqlRunStorage)
    assert hasattr(SqlRunStorage, "has_backfill_id_column")


def test_the_launcher_sends_the_task_that_workers_serve() -> None:
    source = inspect.getsource(internals.CeleryRunLauncher)
    assert "TASK_EXECUTE_JOB_NAME" in source
    assert internals.TASK_EXECUTE_JOB_NAME == "execute_job"


def test_a_job_of_assets_is_of_the_class_that_annotations_name() -> None:
    assert isinstance(dg.define_asset_job("job"), internals.AssetJob)


def test_run_monitoring_asks_the_launcher_for_health() -> None:
    result = internals.CheckRunHealthResult(internals.WorkerStatus.FAILED, "gone")
    assert (result.status, result.msg) == (internals.WorkerStatus.FAILED, "gone")
    assert internals.RETRY_NUMBER_TAG == "dagster/retry_number"


def test_a_worker_stores_no_noise_and_the_run_ends_all_the_same(instance: dg.DagsterInstance) -> None:
    loud, quiet = _run(instance, working_job), _run(instance, working_job)
    internals.execute_run_body(loud.run_id, instance, lambda _: None, set_exit_code_on_failure=False)
    store_less(instance)
    internals.execute_run_body(quiet.run_id, instance, lambda _: None, set_exit_code_on_failure=False)
    stored = instance.get_run_by_id(quiet.run_id)
    assert stored is not None
    assert stored.status == dg.DagsterRunStatus.SUCCESS
    assert len(_kinds(instance, quiet.run_id)) < 0.7 * len(_kinds(instance, loud.run_id))
    assert {"RUN_START", "STEP_START", "STEP_SUCCESS", "RUN_SUCCESS"} <= {
        kind.replace("PIPELINE", "RUN") for kind in _kinds(instance, quiet.run_id)
    }


def test_errors_are_stored_though_they_are_engine_events(instance: dg.DagsterInstance) -> None:
    store_less(instance)
    run = _run(instance, working_job)
    try:
        raise ValueError("worth keeping")
    except ValueError:
        import sys

        error = internals.serializable_error_info_from_exc_info(sys.exc_info())
    instance.report_engine_event("went wrong", run, internals.EngineEventData.engine_error(error))
    assert "ENGINE_EVENT" in _kinds(instance, run.run_id)


def test_a_sensor_is_due_after_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    from dagster._core.scheduler.instigation import SensorInstigatorData
    from dagster._daemon import sensor

    def waits(last_tick: float) -> bool:
        state = SimpleNamespace(instigator_data=SensorInstigatorData(last_tick_start_timestamp=last_tick))
        return sensor.is_under_min_interval(state, SimpleNamespace(min_interval_seconds=30))  # type: ignore[arg-type]

    monkeypatch.setattr(sensor, "get_elapsed", sensor.get_elapsed)
    assert waits(time.time() + 7200), "Dagster has mended this: remove the function"
    internals.tick_after_clock_is_set_back()
    assert not waits(time.time() + 7200)
    assert waits(time.time() - 5)
    assert not waits(time.time() - 60)


def test_a_clock_that_is_set_forward_ends_no_run_and_time_limits_still_hold(
    instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dagster._daemon.monitoring import run_monitoring

    shift = {"wall": 0.0, "passed": 0.0}
    wall, passed = time.time(), time.monotonic()
    clock = SimpleNamespace(
        time=lambda: wall + shift["wall"] + shift["passed"], monotonic=lambda: passed + shift["passed"]
    )
    monkeypatch.setattr(internals, "time", clock)
    monkeypatch.setattr(run_monitoring, "get_current_timestamp", clock.time)
    monkeypatch.setattr(run_monitoring, "check_run_timeout", run_monitoring.check_run_timeout)
    run = _run(instance, working_job)
    instance.report_dagster_event(dg.DagsterEvent(dg.DagsterEventType.RUN_START.value, run.job_name), run.run_id)

    def is_ended() -> bool:
        (record,) = instance.get_run_records(dg.RunsFilter(run_ids=[run.run_id]))
        run_monitoring.check_run_timeout(instance, record._replace(start_time=wall), logging.getLogger("test"), 900.0)
        (record,) = instance.get_run_records(dg.RunsFilter(run_ids=[run.run_id]))
        return record.dagster_run.is_finished

    internals.count_time_limits_without_the_wall_clock()
    assert not is_ended()
    shift["wall"] = 7200.0
    assert not is_ended(), "this process saw it start"
    shift["passed"] = 899.0
    assert not is_ended()
    shift["passed"] = 902.0
    assert is_ended()


def test_dagster_measures_time_limits_by_the_wall_clock() -> None:
    from dagster._daemon.monitoring import run_monitoring

    source = inspect.getsource(run_monitoring.check_run_timeout)
    assert "get_current_timestamp() - run_record.start_time > max_time" in source, "Dagster has mended this: remove it"


def test_daemons_pause_after_the_clock_is_set_back_until_they_are_restarted() -> None:
    from dagster._daemon.daemon import IntervalDaemon

    source = inspect.getsource(IntervalDaemon.core_loop)
    assert "while time.time() - start_time < interval" in source, "Dagster has mended this: remove `daemon_clock`"


def test_dagster_is_pinned_to_the_release_that_this_was_read_from() -> None:
    pinned = re.findall(r'"(dagster[a-z-]*)==([\d.]+)"', (PROJECT_ROOT / "pyproject.toml").read_text())
    assert dict(pinned)["dagster"] == dg.__version__
    assert len(pinned) == 4


def test_the_interval_of_looking_for_a_replaced_code_server_is_read_when_the_thread_starts() -> None:
    from dagster._grpc import server_watcher

    source = inspect.getsource(server_watcher.watch_grpc_server_thread)
    assert 'opt_numeric_param(watch_interval, "watch_interval", WATCH_INTERVAL)' in source


def test_the_daemon_loads_the_code_location_at_an_interval_that_is_shorter_than_its_tolerance(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dagster._daemon import controller

    source = inspect.getsource(controller.DagsterDaemonController.check_workspace_freshness)
    for name in ("RELOAD_WORKSPACE_INTERVAL", "DEFAULT_WORKSPACE_FRESHNESS_TOLERANCE"):
        assert name in source
        monkeypatch.setattr(controller, name, getattr(controller, name))
    failing = controller.DEFAULT_WORKSPACE_FRESHNESS_TOLERANCE - controller.RELOAD_WORKSPACE_INTERVAL
    internals.load_code_less()
    assert controller.DEFAULT_WORKSPACE_FRESHNESS_TOLERANCE - controller.RELOAD_WORKSPACE_INTERVAL == failing > 0
