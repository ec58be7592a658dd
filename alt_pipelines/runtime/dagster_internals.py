"""All imports of Dagster's private modules, with the assumption that this project makes about each name.

Dagster is pinned to the exact release that the assumptions were read from (pyproject.toml). After raising the pin, run
`alt_pipelines_tests/unit/runtime/test_dagster_internals.py`, which has one test per assumption.

| Name | Assumption |
|---|---|
| `execute_run_body` | executes a run in this process; failures go to the event log and are not raised |
| `capture_interrupts` | delays SIGINT and SIGTERM until a step can be interrupted |
| `DagsterEvent.job_enqueue`, `DagsterEventType.RUN_STARTING` | once reported, the run is QUEUED, STARTING |
| `LaunchRunContext`, `SubmitRunContext` | named tuples: the run, the workspace |
| `ConfigurableClassData` | the argument of `from_config_value` of a class in dagster.yaml |
| `ExecuteRunArgs`, `pack_value`, `unpack_value` | survive a round trip as JSON |
| `CheckRunHealthResult`, `WorkerStatus` | returned to run monitoring by a launcher that supports it |
| `create_pg_engine` | takes keywords of SQLAlchemy's `create_engine`; a storage keeps its engine in `_engine` |
| `DagsterPostgresStorage` | keeps its three storages in `_run_storage`, `_event_log_storage`, `_schedule_storage` |
| `PostgresScheduleStorage` | calls `has_built_index` and `_has_instigators_table` before most statements |
| `PostgresRunStorage` | calls `has_run_stats_index_cols`, `has_backfill_id_column` and `has_built_index` |
| `PostgresEventLogStorage` | calls `has_table`, `has_secondary_index` and `_has_asset_key_col_on_connection` |
| `InstigatorTick`, `TickStatus` | `update_tick` stores the end of a tick; of skipped ones only the last matters |
| `TASK_EXECUTE_JOB_NAME` | the task that `CeleryRunLauncher` sends |
| `RETRY_NUMBER_TAG` | a tag of runs started by Dagster's run retries |
| `using_dagster_dev` | whether this process is `dagster dev` or was started by it |
| `AssetJob` | the class of what `define_asset_job` returns, for annotations |
| `daemon_command` | the click command of `dagster-daemon run` |
| `ScheduleInstigatorData` | a schedule ticks only after its `start_timestamp` and `last_iteration_timestamp` |
| `run_monitoring.check_run_timeout` | ends a run whose wall-clock time since `start_time` exceeds its limit |
| `server_watcher.WATCH_INTERVAL` | seconds between two checks for a replaced code server; read at each start |
| `controller.RELOAD_WORKSPACE_INTERVAL` | seconds between two routine loads of the code location |
| `controller.DEFAULT_WORKSPACE_FRESHNESS_TOLERANCE` | seconds after which a failed load ends the daemon |
| `sensor.get_elapsed` | seconds since a sensor's last tick; None (no tick yet) makes the sensor due |
"""

import time
from typing import Any

from dagster._cli.api import _execute_run_command_body as execute_run_body
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition as AssetJob
from dagster._core.events import DagsterEvent, DagsterEventType, EngineEventData
from dagster._core.launcher import CheckRunHealthResult, LaunchRunContext, WorkerStatus
from dagster._core.run_coordinator import DefaultRunCoordinator, QueuedRunCoordinator, SubmitRunContext
from dagster._core.scheduler.instigation import InstigatorTick, InstigatorType, ScheduleInstigatorData, TickStatus
from dagster._core.storage.tags import RETRY_NUMBER_TAG
from dagster._grpc.types import ExecuteRunArgs
from dagster._serdes import ConfigurableClassData, pack_value, unpack_value
from dagster._utils.env import using_dagster_dev
from dagster._utils.error import serializable_error_info_from_exc_info
from dagster._utils.interrupts import capture_interrupts
from dagster_celery.config import TASK_EXECUTE_JOB_NAME
from dagster_celery.launcher import CeleryRunLauncher
from dagster_postgres import (
    DagsterPostgresStorage,
    PostgresEventLogStorage,
    PostgresRunStorage,
    PostgresScheduleStorage,
)
from dagster_postgres.utils import create_pg_engine

__all__ = [
    "RETRY_NUMBER_TAG",
    "TASK_EXECUTE_JOB_NAME",
    "AssetJob",
    "CeleryRunLauncher",
    "CheckRunHealthResult",
    "ConfigurableClassData",
    "DagsterEvent",
    "DagsterEventType",
    "DagsterPostgresStorage",
    "DefaultRunCoordinator",
    "EngineEventData",
    "ExecuteRunArgs",
    "InstigatorTick",
    "InstigatorType",
    "LaunchRunContext",
    "PostgresEventLogStorage",
    "PostgresRunStorage",
    "PostgresScheduleStorage",
    "QueuedRunCoordinator",
    "ScheduleInstigatorData",
    "SubmitRunContext",
    "TickStatus",
    "WorkerStatus",
    "capture_interrupts",
    "count_time_limits_without_the_wall_clock",
    "create_pg_engine",
    "daemon_main",
    "execute_run_body",
    "load_code_less",
    "pack_value",
    "poll_code_server_less",
    "serializable_error_info_from_exc_info",
    "tick_after_clock_is_set_back",
    "unpack_value",
    "using_dagster_dev",
]


def daemon_main(arguments: list[str]) -> None:
    """Run `dagster-daemon run` in this process until it is stopped."""
    from dagster._daemon.cli import run_command  # imports every daemon; only the daemon's own process pays for it

    tick_after_clock_is_set_back()
    count_time_limits_without_the_wall_clock()
    load_code_less()
    run_command.main(arguments, standalone_mode=True)


def poll_code_server_less() -> None:
    """Make the webserver and the daemon check for a replaced code server every five seconds instead of every second."""
    from dagster._grpc import server_watcher

    server_watcher.WATCH_INTERVAL = 5


def load_code_less() -> None:
    """Make the daemon load the whole code location every five minutes instead of every minute.

    It is loaded at once if the code server was replaced or could not be reached (`server_watcher`). The time for which
    loads may fail before the daemon ends is as long as before.
    """
    from dagster._daemon import controller

    failing = controller.DEFAULT_WORKSPACE_FRESHNESS_TOLERANCE - controller.RELOAD_WORKSPACE_INTERVAL
    controller.RELOAD_WORKSPACE_INTERVAL = 300
    controller.DEFAULT_WORKSPACE_FRESHNESS_TOLERANCE = 300 + failing


def tick_after_clock_is_set_back() -> None:
    """Make sensors due whose last tick lies in the future.

    Otherwise a sensor does not tick until the clock reaches the time of its last tick again, which can be hours after
    a wrong clock was corrected.
    """
    from dagster._daemon import sensor

    seconds_since = sensor.get_elapsed

    def elapsed(state: Any) -> float | None:
        seconds = seconds_since(state)
        return None if seconds is not None and seconds < 0 else seconds

    sensor.get_elapsed = elapsed


def count_time_limits_without_the_wall_clock() -> None:
    """Measure how long a run has been running by the monotonic clock, from when this process first sees it.

    Otherwise a clock that is set forward ends every run whose limit is shorter than the jump.
    """
    from dagster._daemon.monitoring import run_monitoring

    check = run_monitoring.check_run_timeout
    first_seen: dict[str, tuple[float, float]] = {}  # by run: this process's time, and the seconds since its start

    def check_run_timeout(instance: Any, run_record: Any, *arguments: Any) -> None:
        if run_record.start_time is not None:
            run_id, now = run_record.dagster_run.run_id, time.monotonic()
            seen, running = first_seen.setdefault(run_id, (now, max(0.0, time.time() - run_record.start_time)))
            run_record = run_record._replace(start_time=time.time() - (running + now - seen))
            if len(first_seen) > _RUNS_REMEMBERED:
                del first_seen[next(iter(first_seen))]
        check(instance, run_record, *arguments)

    run_monitoring.check_run_timeout = check_run_timeout  # type: ignore[assignment]


_RUNS_REMEMBERED = 1000  # more than run at once
