"""A worker process's hold on the run it executes, and the run's hold on the worker process.

One thread and one database session per process. Every few seconds the thread shows that the process lives, takes its
locks again if the session was lost (a restarted Postgres), and looks at the status of the run in work: a run that was
cancelled is interrupted, then ended by force; a run that somebody else has ended takes its process with it, since what
that process would still write is no longer wanted. The pool then forks another process, preloaded, in a second or two.

The thread needs the interpreter. Native code that keeps it is ended by the kernel: a second thread, which waits for no
database, sets a timer of the process's CPU time whose signal has no handler, again and again, and after
HELD_CPU_SECONDS without that the process ends wherever it is. Native code that keeps the interpreter without using CPU
falls silent in the database, and the worker's parent ends the process (`silent_processes`).
"""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines.runtime import store
from alt_pipelines.runtime.queues import Queue

log = structlog.get_logger(__name__)

BEAT_SECONDS = 2.0
SESSION_WAIT_SECONDS = 30.0  # how long a run waits for the database before its message is given up (it is sent again)
INTERRUPT_GRACE_SECONDS = 15.0  # from the interrupt to the end by force
ENDED_GRACE_SECONDS = 6.0  # from the final status to the end by force; a run's own last events come within this

HELD_CPU_SECONDS = 30.0  # of a process whose interpreter no other thread gets; its claim counts as lost by then

_ENDED = ("SUCCESS", "FAILURE", "CANCELED", None)


def silent_processes(engine: Engine) -> list[int]:
    """Ids of this machine's worker processes whose session has been silent for too long though they run."""
    with engine.connect() as connection:
        found = [worker for worker in store.workers(connection) if worker.silent_seconds > store.SILENT_SECONDS]
    host = socket.gethostname()[:24]
    return [
        int(pid)
        for where, _, pid in (worker.application.rsplit("/", 1)[-1].rpartition(":") for worker in found)
        if where == host and pid.isdigit()
    ]


class WorkerLease:
    """The session, the thread and the lease of one worker process. Make it after the fork."""

    def __init__(self, url: str, queue: Queue, report_canceled: Callable[[str], None]) -> None:
        """`report_canceled` marks a run as canceled that did not end by itself after its interrupt."""
        self._queue = queue
        self._report_canceled = report_canceled
        self._engine = store.lease_engine(url, f"{store.APPLICATION}/{queue}/{socket.gethostname()[:24]}:{os.getpid()}")
        self._session: Connection | None = None
        self._run_id: str | None = None
        self._seen_at: dict[str, float] = {}
        self._lock = threading.RLock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="lease", daemon=True)
        self._pulse = threading.Thread(target=self._set_timer, name="lease-timer", daemon=True)

    def start(self) -> None:
        """Announce the process and start watching."""
        self._thread.start()
        self._pulse.start()

    def close(self) -> None:
        """Stop watching and give everything back."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()
        with self._lock:
            if self._session is not None:
                self._session.close()
                self._session = None

    @contextmanager
    def hold(self, run_id: str) -> Iterator[bool]:
        """Hold the lease of a run; False when another process has it or the database does not answer."""
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
                        signal.setitimer(signal.ITIMER_PROF, HELD_CPU_SECONDS)
                    return held
                except DBAPIError as error:
                    self._drop_session(error)
            if time.monotonic() > deadline:
                log.error("lease_not_taken", run_id=run_id, reason="the database does not answer")
                return False
            time.sleep(1)

    def _give_back(self, run_id: str) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        with self._lock:
            self._run_id = None
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
                    self._end_process("the run did not end after its interrupt")
        elif status in _ENDED and self._since("ended") > ENDED_GRACE_SECONDS:
            self._end_process(f"the run has ended elsewhere (status {status})")

    def _since(self, what: str) -> float:
        now = time.monotonic()
        return now - self._seen_at.setdefault(what, now)

    def _end_process(self, reason: str) -> None:
        log.warning("worker_process_ended", run_id=self._run_id, reason=reason)
        logging.shutdown()
        os.kill(os.getpid(), signal.SIGKILL)
