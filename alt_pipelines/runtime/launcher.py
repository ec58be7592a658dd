"""The run launcher of the stack: it sends each run as a Celery message, and a warm worker executes the run.

`WarmRunLauncher` is a `CeleryRunLauncher` (dagster_celery) that finds a run's worker by the lease in Postgres (`store`)
instead of a result backend. A lost worker is therefore detected within a minute, a restarted or emptied broker changes
no run's status, and canceling works without the broker.

Runs are executed in `worker`; `automation` resends the messages that the broker has lost.
"""

import time
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Self

import dagster as dg
import structlog
from celery import Celery
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines.runtime import broker, store
from alt_pipelines.runtime.dagster_internals import (
    TASK_EXECUTE_JOB_NAME,
    CeleryRunLauncher,
    CheckRunHealthResult,
    ConfigurableClassData,
    ExecuteRunArgs,
    LaunchRunContext,
    WorkerStatus,
    pack_value,
)
from alt_pipelines.runtime.queues import DEFAULT_QUEUE, MAX_RETRIES_TAG, MAX_RUNTIME_TAG, QUEUE_TAG, QUEUES, Queue
from alt_pipelines.runtime.storage import settings_of_process
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.settings import Settings

log = structlog.get_logger(__name__)

# A worker that lost its session takes the lease again within seconds (`lease.BEAT_SECONDS` plus a connect), and a
# heartbeat that looks old because the clock was set forward is renewed as fast. The worker counts as gone only once
# this process has seen the lease free or silent for this long.
LOST_AFTER_SECONDS = 15.0
HARD_LIMIT_MARGIN_SECONDS = 60  # the parent process kills a run this long after its dagster/max_runtime


class WarmRunLauncher(CeleryRunLauncher):
    """Launch runs as Celery tasks on warm workers; the settings name the broker and the databases."""

    def __init__(self, settings: Settings, inst_data: ConfigurableClassData | None = None) -> None:
        self.settings = settings
        self._lost_since: dict[str, float] = {}
        super().__init__(
            default_queue=DEFAULT_QUEUE,
            broker=broker.broker_url(settings.execution),
            backend=None,
            config_source=broker.celery_configuration(),
            inst_data=inst_data,
        )

    @classmethod
    def config_type(cls) -> Any:
        """No configuration: the settings decide."""
        return {}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData, config_value: Mapping[str, Any]) -> Self:
        """Build the launcher from the environment."""
        return cls(settings_of_process(), inst_data)

    @cached_property
    def _engine(self) -> Engine:
        return store.lease_engine(storage_url(self.settings), "alt-launcher")

    def launch_run(self, context: LaunchRunContext) -> None:
        """Send a run to the workers of its queue. If the broker does not answer, the run stays queued until it does."""
        run = context.dagster_run
        queue = queue_of(run)
        try:
            self.send(run)
        except broker.BrokerError as error:
            log.warning("broker_unavailable", run_id=run.run_id, queue=queue, error=str(error))
            self._instance.report_engine_event(
                f"The broker does not answer ({type(error).__name__}). The run is sent when the broker is back.", run
            )
        else:
            log.info("run_sent", run_id=run.run_id, queue=queue, job=run.job_name)

    def send(self, run: dg.DagsterRun) -> None:
        """Send the message of a waiting run. A duplicate of an earlier message is harmless.

        Raises:
            broker.BrokerError: the broker does not answer.
        """
        assert run.job_code_origin is not None, f"run {run.run_id} has no code origin"
        arguments = ExecuteRunArgs(run.job_code_origin, run.run_id, self._instance.get_ref())
        runtime = run.tags.get(MAX_RUNTIME_TAG, "")
        queue = queue_of(run)
        self.celery.send_task(
            TASK_EXECUTE_JOB_NAME,
            kwargs={"execute_job_args_packed": pack_value(arguments)},
            task_id=run.run_id,
            queue=queue,
            routing_key=queue,
            time_limit=int(runtime) + HARD_LIMIT_MARGIN_SECONDS if runtime.isdigit() else None,
        )

    def terminate(self, run_id: str) -> bool:
        """End a run: cancel it at once if no worker has it, else have its worker interrupt it."""
        run = self._instance.get_run_by_id(run_id)
        if run is None or run.is_finished:
            return False
        # A run that is ended from outside must not be retried.
        self._instance.add_run_tags(run_id, {MAX_RETRIES_TAG: "0"})
        if run.status != dg.DagsterRunStatus.CANCELING:
            self._instance.report_run_canceling(run)
        with self._engine.connect() as session:
            if store.try_lease(session, run_id):  # no worker has the run, and none can start it while we hold the lease
                latest = self._instance.get_run_by_id(run_id)
                if latest is not None and not latest.is_finished:
                    self._instance.report_run_canceled(latest, "The run was canceled before a worker started it.")
                store.release(session, run_id)
        return True

    def check_run_worker_health(self, run: dg.DagsterRun) -> CheckRunHealthResult:
        """Report whether a worker holds the run's lease. Run monitoring calls this for STARTED runs."""
        try:
            with self._engine.connect() as connection:
                holder = store.holder(connection, run.run_id)
        except DBAPIError:
            self._lost_since.clear()  # no lease can be held while the database is down
            raise
        if holder is None:
            problem = "The worker that executed the run has died."
        elif holder.silent_seconds > store.SILENT_SECONDS:
            problem = f"No heartbeat from {holder.application} for {holder.silent_seconds:.0f} s."
        else:
            self._lost_since.pop(run.run_id, None)
            return CheckRunHealthResult(WorkerStatus.RUNNING)
        since = self._lost_since.setdefault(run.run_id, time.monotonic())
        if time.monotonic() - since < LOST_AFTER_SECONDS:
            return CheckRunHealthResult(WorkerStatus.RUNNING, f"{problem} Checking again.")
        del self._lost_since[run.run_id]
        return CheckRunHealthResult(WorkerStatus.FAILED, problem)

    def get_run_worker_debug_info(self, run: dg.DagsterRun, include_container_logs: bool | None = True) -> str | None:
        """Describe where the run executes, for run monitoring's messages."""
        with self._engine.connect() as connection:
            holder = store.holder(connection, run.run_id)
        where = f"executed by {holder.application}" if holder else "not held by any worker"
        return f"Run {run.run_id} on queue {queue_of(run)}, {where}."

    @property
    def supports_resume_run(self) -> bool:
        """False: a run commits each result in one transaction, so it is retried from the start and never resumed."""
        return False


def queue_of(run: dg.DagsterRun) -> Queue:
    """Return the queue named by a run's tags, else the default queue."""
    named = run.tags.get(QUEUE_TAG, DEFAULT_QUEUE)
    return next((queue for queue in QUEUES if queue == named), DEFAULT_QUEUE)


def celery_app(launcher: WarmRunLauncher) -> Celery:
    """Return the launcher's Celery application, which workers serve too, so that both share one configuration."""
    app = launcher.celery
    assert isinstance(app, Celery)
    return app
