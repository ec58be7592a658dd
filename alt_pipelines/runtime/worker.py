"""The warm worker: a prefork Celery worker whose processes execute whole Dagster runs.

What authors of jobs need to know:

* Give every job `tags=run_tags(TAGGING)` or `run_tags(RECAP, max_runtime_seconds=...)` (`runtime.queues`). Give every
  asset the same tags as `op_tags`, for runs started on its page. A run without the tag goes to the recap queue.
* A run whose worker is lost is marked as failed within a minute. Dagster then retries it once as a new run with the
  same config and tags, plus `dagster/parent_run_id`, `dagster/root_run_id` and `dagster/retry_number`. The lost run
  carries `dagster/will_retry: "true"`; a sensor that handles failed runs must skip such runs. A run that failed with
  its own error, was canceled or reached its time limit is not retried. Set `max_retries=0` on jobs whose sensor
  requests the work again anyway (tagging does).
* "In flight" means QUEUED, NOT_STARTED, STARTING, STARTED or CANCELING. A run is QUEUED until a worker takes it.
* A run can execute while an earlier run with the same config is still being killed. Claim rows by the Dagster run id,
  and have the final transaction require that the claim still belongs to this run.
* Canceling a run raises `dagster._core.errors.DagsterExecutionInterruptedError`, a BaseException, in its step. A step
  that is still running 15 s later, or 6 s after the run was ended elsewhere, is killed with its process. No `finally`
  block runs then, and open transactions roll back. Mark rows from outside (a sensor), not only in `except`.
* A run that may take longer than a worker's grace period checks `stopping.worker_is_stopping` between two pieces of
  work and ends if it returns True.
* A process executes many runs, one after another, in its main thread. Module state survives between runs; use
  `Platform` for expensive objects. Never fork or start a process pool inside a run; the run already executes in a pool
  process.

Preloading is in `preload`, run ownership in `lease`.
"""

import os
import random
import signal
import threading
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import dagster as dg
import structlog
from celery import Celery, signals
from celery.exceptions import SecurityWarning
from sqlalchemy.exc import SQLAlchemyError

from alt_pipelines.database.error_messages import message_of
from alt_pipelines.memory import give_back_memory
from alt_pipelines.observability import tracing
from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.processes import die_with_parent
from alt_pipelines.runtime import fairness, preload, store, warmup
from alt_pipelines.runtime.dagster_internals import (
    TASK_EXECUTE_JOB_NAME,
    DagsterEvent,
    DagsterEventType,
    ExecuteRunArgs,
    capture_interrupts,
    execute_run_body,
    unpack_value,
)
from alt_pipelines.runtime.launcher import WarmRunLauncher, celery_app
from alt_pipelines.runtime.lease import WorkerLease
from alt_pipelines.runtime.preload import Preloading
from alt_pipelines.runtime.queues import Queue
from alt_pipelines.runtime.quiet_events import store_less
from alt_pipelines.runtime.retirement import Retirement
from alt_pipelines.runtime.stopping import share_worker_stop
from alt_pipelines.runtime.storage import engine_of_process
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.runtime.worker_watch import watch_consumer, watch_processes
from alt_pipelines.settings import Settings

log = structlog.get_logger(__name__)

# Recap takes precedence when both queues need the cores: a client waits for recap, and tagging is delayed by seconds.
_NICENESS: dict[Queue, int] = {"recap": 0, "tagging": 5}
_RECYCLE_JITTER = 0.12  # fraction of the runs per process, so that processes started together do not recycle together
_START_PAUSE_SECONDS = 5.0  # before a process that could not start is replaced
_CANDIDATES = 20  # the most runs that one message tries; the earlier ones may be leased already
_WAITING_STATUSES = (dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.NOT_STARTED)


class RunProcess:
    """One forked pool process with its Dagster instance, lease and models."""

    def __init__(self, queue: Queue, settings: Settings, preloading: Preloading, retirement: Retirement) -> None:
        self._queue = queue
        self._retirement = retirement
        self._engine = engine_of_process(storage_url(settings))
        self.instance = dg.DagsterInstance.get()
        store_less(self.instance)
        self.lease = WorkerLease(storage_url(settings), queue, self._report_canceled)
        if preloading.models:
            warmup.listen_in_background(storage_url(settings), self._embed)
            if not retirement.starts_cold():
                with retirement.use():
                    preload.warm_child(queue)
            retirement.watch()
        self.lease.start()  # from here on the process counts as a live worker

    def execute(self, run_id: str) -> str:
        """Execute the next run of the queue that no other process has leased. Returns the outcome of the message.

        A message permits the execution of one run. A message that finds no run is simply consumed: the sensor
        `resend_lost_runs` sends another for every run that keeps waiting.
        """
        with self._retirement.use():
            for candidate, suspect in self._candidates(run_id):
                outcome = self._execute(candidate, suspect)
                if outcome is not None:
                    return outcome if candidate == run_id else f"{outcome}: {candidate}"
        return "no run can start now"

    def _embed(self, sentences: Sequence[str]) -> int:
        with self._retirement.use():
            return preload.embed(self._queue, sentences)

    def _candidates(self, run_id: str) -> list[tuple[str, bool]]:
        """Return the runs to try, in this order, and whether each is a suspect (`fairness`)."""
        try:
            with self._engine.connect() as connection:
                runs = store.runs_of_queue(connection, self._queue)
                processes = store.live_workers(connection)[self._queue]
            traits = fairness.traits_of(self._queue, runs)
            return [(one, traits[one].suspect) for one in fairness.order(runs, traits, processes)[:_CANDIDATES]]
        except SQLAlchemyError as error:  # fall back to the order of the messages
            log.warning("queue_read_failed", error=message_of(error)[:200])
            return [(run_id, True)]

    def _execute(self, run_id: str, suspect: bool) -> str | None:
        """Execute one run. Returns None if another process has leased it or it is no longer waiting."""
        with self.lease.hold(run_id) as held:
            run = self.instance.get_run_by_id(run_id) if held else None
            if run is None or run.status not in _WAITING_STATUSES or (suspect and not self._may_start(run_id)):
                return None
            starting = DagsterEvent(DagsterEventType.RUN_STARTING.value, run.job_name)
            self.instance.report_dagster_event(starting, run_id=run_id)
            with _signals_kept(), capture_interrupts():
                execute_run_body(run_id, self.instance, lambda _: None, set_exit_code_on_failure=False)
        self._delete_plans(run_id)
        give_back_memory()
        return "executed"

    def _delete_plans(self, run_id: str) -> None:
        try:
            with self._engine.connect() as connection:
                store.delete_plans(connection, run_id)
        except SQLAlchemyError as error:  # retention deletes them later
            log.warning("plans_not_deleted", run_id=run_id, error=message_of(error)[:200])

    def _may_start(self, run_id: str) -> bool:
        """Repeat the suspect check while holding the lease: two processes can choose two suspects concurrently."""
        with self._engine.connect() as connection:
            runs = store.runs_of_queue(connection, self._queue)
            traits = fairness.traits_of(self._queue, runs)
            if run_id not in traits or not traits[run_id].suspect:
                return True
            suspects = [other for other, trait in traits.items() if trait.suspect]
            held = store.holders(connection, suspects)
            return len(held) <= fairness.suspects_at_once(store.live_workers(connection)[self._queue])

    def _report_canceled(self, run_id: str) -> None:
        run = self.instance.get_run_by_id(run_id)
        if run is not None and not run.is_finished:
            self.instance.report_run_canceled(run, "The run did not end when interrupted, so its process was killed.")


def run_worker(queue: Queue, processes: int, settings: Settings, preloading: Preloading) -> None:
    """Serve a queue until SIGTERM (finish the running runs first) or SIGQUIT (stop at once)."""
    counts = settings.execution.process_counts(os.cpu_count() or 1, settings.recap.max_background_runs)
    others = sum(count for name, count in counts.items() if name != queue)
    preload.set_threads(max(1, (os.cpu_count() or 1) // (processes + others)))
    os.nice(_NICENESS[queue])
    configure_logging(settings.logging)
    preload.warm_parent(queue, preloading)
    app = make_worker_app(queue, settings, preloading)
    quiet_superuser_warning()
    threading.Thread(target=watch_consumer, args=(app, queue, processes), name="consumer-watch", daemon=True).start()
    threading.Thread(target=watch_processes, args=(settings,), name="process-watch", daemon=True).start()
    app.worker_main(_arguments(queue, processes, settings))


def quiet_superuser_warning() -> None:
    """Silence Celery's warning against root, whose reason is pickled messages: these workers accept JSON only.

    With pickle, Celery raises an error instead, which stays.
    """
    warnings.filterwarnings("ignore", "You're running the worker with superuser privileges", SecurityWarning)


_CONFIGURATION = {
    "worker_prefetch_multiplier": 1,
    "worker_disable_prefetch": True,  # a message stays in the broker, available to any worker, until a process is free
    "worker_proc_alive_timeout": 120,  # loading models takes longer than the default 4 s
    "worker_enable_remote_control": False,
    "worker_send_task_events": False,
    "worker_hijack_root_logger": False,
    "worker_redirect_stdouts": False,
    "worker_cancel_long_running_tasks_on_connection_loss": False,
    # A message is acknowledged when a process takes it. The lease tracks the run from then on, and a redelivered
    # message would only find the lease taken.
    "task_acks_late": False,
}


def make_worker_app(queue: Queue, settings: Settings, preloading: Preloading) -> Celery:
    """Return the Celery application of a worker, with the one task that executes runs."""
    app = celery_app(WarmRunLauncher(settings))
    app.conf.update(_CONFIGURATION)
    process: dict[str, RunProcess] = {}
    parent = os.getpid()
    retirement = Retirement(settings.execution.recap_idle_seconds if queue == "recap" else 0)

    announce_stop = share_worker_stop()

    @signals.worker_shutting_down.connect(weak=False)
    def _announce_stop(**_: Any) -> None:
        announce_stop()

    @signals.worker_process_init.connect(weak=False)
    def _start_process(**_: Any) -> None:
        die_with_parent(parent)
        if preloading.models:
            preload.begin_child(queue)
        try:
            process["it"] = RunProcess(queue, settings, preloading, retirement)
        except Exception:  # Celery would keep a process that can execute nothing
            log.exception("worker_process_not_started", action="the pool starts another one")
            time.sleep(_START_PAUSE_SECONDS)
            os._exit(1)

    @signals.worker_process_shutdown.connect(weak=False)
    def _end_process(**_: Any) -> None:
        tracing.flush()  # the pool ends its processes without running their exit handlers

    @app.task(name=TASK_EXECUTE_JOB_NAME)
    def execute_job(execute_job_args_packed: Any) -> None:
        run_id = unpack_value(execute_job_args_packed, as_type=ExecuteRunArgs).run_id
        started = time.perf_counter()
        outcome = process["it"].execute(run_id)
        log.info("run_message", run_id=run_id, outcome=outcome, seconds=round(time.perf_counter() - started, 3))

    return app


def _arguments(queue: Queue, processes: int, settings: Settings) -> list[str]:
    runs = settings.execution.runs_per_process
    runs = max(1, round(runs * random.uniform(1 - _RECYCLE_JITTER, 1 + _RECYCLE_JITTER)))  # noqa: S311 - jitter
    return [
        "--quiet",
        "worker",
        f"--queues={queue}",
        f"--concurrency={processes}",
        f"--hostname={queue}-{os.getpid()}@%h",
        "--pool=prefork",
        f"--max-tasks-per-child={runs}",
        f"--max-memory-per-child={settings.execution.memory_per_process_mb * 1024}",
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
        f"--loglevel={settings.logging.level}",
    ]


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Restore the signal handlers that Dagster's interrupt handling changes; it would leave SIGTERM ignored."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
