"""The watchdog of a running genre run: it renews the heartbeat, enforces the time limit and detects a lost claim.

A thread renews the claim in a short transaction every few seconds and holds no connection in between, until the end of
the run is stored. When the time is up or the claim is lost, a signal interrupts the computation between two bytecode
instructions. The signal does not reach code that hangs inside a native library. In that case the kernel ends the
process after half a minute of CPU time (`runtime.lease`), and the reconciliation sensor ends the genre run.

Storing is not interrupted: its transaction checks the claim itself, and its retries have their own limit.
"""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import structlog
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from alt_pipelines.recap.store import claims
from alt_pipelines.recap.store.claims import Claim

log = structlog.get_logger(__name__)


class RunStopped(BaseException):
    """The computation must end now.

    Derived from `BaseException`, so that no stage catches it as its own failure and falls back.
    """


class TimeIsUp(RunStopped):
    """The run's time limit has passed."""


class ClaimLost(RunStopped):
    """The row was ended or claimed by another Dagster run while this process was computing."""


class Watchdog:
    """Watches one claim. Outside the main thread, which alone gets signals, `check` between stages stops the run."""

    def __init__(self, engine: Engine, claim: Claim, time_limit: float) -> None:
        self._engine, self._claim = engine, claim
        self._begun = time.monotonic()
        self._end = self._begun + time_limit
        self._computed: float | None = None
        self._lost = False
        self._over = threading.Event()
        self._watched = threading.get_ident()
        self._by_signal = threading.current_thread() is threading.main_thread()

    def check(self) -> None:
        """Raise if the computation must end now.

        Raises:
            TimeIsUp: the run's time limit has passed.
            ClaimLost: the row was ended or claimed by another Dagster run.
        """
        if self._computed is not None:
            return
        if self._lost:
            raise ClaimLost
        if time.monotonic() >= self._end:
            raise TimeIsUp

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Renew the claim inside the `with` block, which ends when the end of the run is stored."""
        thread = threading.Thread(target=self._beat, name=f"watchdog-{self._claim.run_id}", daemon=True)
        previous = signal.signal(signal.SIGALRM, self._on_alarm) if self._by_signal else None
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()
            if self._by_signal:  # not earlier: without a handler, the thread's last alarm would end the process
                signal.signal(signal.SIGALRM, previous or signal.SIG_DFL)

    @contextmanager
    def limit(self) -> Iterator[None]:
        """Inside the `with` block, which computes, interrupt the main thread if the computation must end."""
        try:
            yield
        finally:
            try:  # an alarm may still arrive during cleanup; the limit ends regardless
                self._computed = time.monotonic()
            finally:
                self._computed = time.monotonic()

    def _on_alarm(self, _number: int, _frame: FrameType | None) -> None:
        self.check()

    def _beat(self) -> None:
        while True:
            pause = claims.HEARTBEAT_SECONDS
            if self._computed is None:
                remaining = self._end - time.monotonic()
                if remaining <= 0 or self._lost:
                    self._interrupt()
                    remaining = 1.0  # repeat the signal in case a library swallowed the first one
                pause = min(pause, remaining)
            if self._over.wait(pause):
                return
            try:
                self._lost = self._lost or not claims.renew_claim(self._engine, self._claim, self._elapsed())
            except SQLAlchemyError as error:  # the database may be back before the claim counts as lost
                log.warning("heartbeat_failed", **self._claim.log_fields, error=type(error).__name__)

    def _elapsed(self) -> float:
        """Seconds since the claim, without the time that storing takes: the limit is one of the computation."""
        computed = self._computed
        return (time.monotonic() if computed is None else computed) - self._begun

    def _interrupt(self) -> None:
        if self._by_signal and self._computed is None:
            signal.pthread_kill(self._watched, signal.SIGALRM)
