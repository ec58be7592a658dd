"""The lease of a worker process on the run it executes, and the watchdog that ends the process with its run.

Each process has one lease thread and one database session. Every few seconds the thread renews the heartbeat, takes its
locks again if the session was lost (a restarted Postgres), and reads the status of the current run. A canceled run is
interrupted, then killed. If the run was ended elsewhere, the process is killed, because nothing that it would still
write is valid. The pool then forks a preloaded replacement within one or two seconds.

The lease thread needs the interpreter lock, so two further mechanisms cover native code that never releases it. If the
code uses CPU, the kernel ends the process: a second thread, which never waits for the database, keeps resetting a CPU
timer whose signal has no handler, and after HELD_CPU_SECONDS of CPU time without a reset the signal ends the process.
If the code uses no CPU, the session becomes silent, and the worker's parent kills the process (`silent_processes`).
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines.runtime import store
from alt_pipelines.runtime.process_names import local_pid, process_name
from alt_pipelines.runtime.queues import Queue

log = structlog.get_logger(__name__)

BEAT_SECONDS = 2.0
SESSION_WAIT_SECONDS = 30.0  # wait for the database before the message is dropped (the sensor resends it)
INTERRUPT_GRACE_SECONDS = 15.0  # from the interrupt to the kill
ENDED_GRACE_SECONDS = 6.0  # from the final status to the kill; a run writes its own last events within this time

HELD_CPU_SECONDS = 30.0  # CPU time during which no other thread gets the interpreter lock; by then the claim is lost

_ENDED = ("SUCCESS", "FAILURE", "CANCELED", None)


def silent_processes(engine: Engine) -> list[int]:
    """Return the ids of this host's worker processes whose session has been silent for over SILENT_SECONDS."""
    with engine.connect() as connection:
        silent = [worker for worker in store.workers(connection) if worker.silent_seconds > store.SILENT_SECONDS]
    return [pid for worker in silent if (pid := local_pid(worker.application)) is not None]


class WorkerLease:
    """The session, the threads and the lease of one worker process. Create it after the fork."""

    def __init__(self, url: str, queue: Queue, report_canceled: Callable[[str], None]) -> None:
        """`report_canceled` marks a run as canceled if it did not end after its interrupt."""
        self._queue = queue
        self._report_canceled = report_canceled
        self._engine = store.lease_engine(url, f"{store.APPLICATION}/{queue}/{process_name()}")
        self._session: Connection | None = None
        self._run_id: str | None = None
        self._seen_at: dict[str, float] = {}
        self._lock = threading.RLock()
        self._timer_lock = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="lease", daemon=True)
        self._pulse = threading.Thread(target=self._set_timer, name="lease-timer", daemon=True)

    def start(self) -> None:
        """Start the threads, which announce the process and watch its run."""
        self._thread.start()
        self._pulse.start()

    def close(self) -> None:
        """Stop watching and close the session, which releases its locks."""
        self._over.set()
        for thread in (self._thread, self._pulse):
            if thread.is_alive():
                thread.join()
        with self._lock:
            if self._session is not None:
                self._session.close()
                self._session = None

    @contextmanager
    def hold(self, run_id: str) -> Iterator[bool]:
        """Hold the lease of a run; yields False if another process has it or the database does not answer."""
        held = self._take(run_id)
        try:
            yield held
        finally:
            if held:
                self._give_back(run_id)

    def _take(self, run_id: str) -> bool:
        deadline = time.monotonic() + SESSION_WAIT_SECONDS
        while True:
            with self._lock:
                try:
                    self._ensure_session()
                    assert self._session is not None
                    held = store.try_lease(self._session, run_id)
                    if held:
                        self._run_id, self._seen_at = run_id, {}
                        self._reset_timer()
                    return held
                except DBAPIError as error:
                    self._drop_session(error)
            if time.monotonic() > deadline:
                log.error("lease_failed", run_id=run_id, reason="the database does not answer")
                return False
            time.sleep(1)

    def _give_back(self, run_id: str) -> None:
        with self._lock:
            self._run_id = None
            self._reset_timer()
            try:
                if self._session is not None:
                    store.release(self._session, run_id)
            except DBAPIError as error:  # the session is gone, and the lease with it
                self._drop_session(error)

    def _beat(self) -> None:
        while not self._over.wait(BEAT_SECONDS):
            with self._lock:
                try:
                    self._ensure_session()
                    assert self._session is not None
                    run_id = self._run_id
                    status = store.run_status(self._session, run_id or "")
                except DBAPIError as error:
                    self._drop_session(error)
                    continue
            if run_id is not None:
                self._watch(run_id, status)

    def _set_timer(self) -> None:
        while not self._over.wait(BEAT_SECONDS):
            self._reset_timer()

    def _reset_timer(self) -> None:
        """Start the CPU timer again, or stop it if no run is held. Never waits for the database."""
        with self._timer_lock:  # a thread that has read the last run's id sets no timer after that run
            signal.setitimer(signal.ITIMER_PROF, 0 if self._run_id is None else HELD_CPU_SECONDS)

    def _ensure_session(self) -> None:
        if self._session is not None:
            return
        session = store.open_session(self._engine)
        self._session = session
        store.announce(session, self._queue)
        if self._run_id is not None and not store.try_lease(session, self._run_id):
            self._end_process("another process executes the run")

    def _drop_session(self, error: DBAPIError) -> None:
        log.warning("lease_session_lost", run_id=self._run_id, error=str(error.orig).strip()[:200])
        session, self._session = self._session, None
        if session is not None:
            session.invalidate()
            session.close()

    def _watch(self, run_id: str, status: str | None) -> None:
        if status == "CANCELING":
            first = "canceling" not in self._seen_at
            since = self._since("canceling")
            if first:
                log.info("run_interrupted", run_id=run_id)
                os.kill(os.getpid(), signal.SIGINT)
            elif since > INTERRUPT_GRACE_SECONDS:
                try:
                    self._report_canceled(run_id)
                finally:
                    self._end_process("the run did not end after it was interrupted")
        elif status in _ENDED and self._since("ended") > ENDED_GRACE_SECONDS:
            self._end_process(f"the run has ended elsewhere (status {status})")

    def _since(self, what: str) -> float:
        now = time.monotonic()
        return now - self._seen_at.setdefault(what, now)

    def _end_process(self, reason: str) -> None:
        log.warning("worker_process_ended", run_id=self._run_id, reason=reason)
        logging.shutdown()
        os.kill(os.getpid(), signal.SIGKILL)
