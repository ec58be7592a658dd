"""Replace worker processes that hold models but have executed no run for a while by new ones without models.

    warm process --idle for IDLE seconds--> exits --the pool forks--> cold process --first run--> warm process

A recap runs once a week, and its models take 200 MB per process. Memory that an inference session has used cannot be
returned completely, so the process is replaced. A new process shares nearly everything with its parent until its first
run, which loads the models in about a second.

A message that the pool writes to a process at the moment it exits is lost. The sensor `resend_lost_runs` sends such a
run again.
"""

import mmap
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

log = structlog.get_logger(__name__)

_EX_RECYCLE = 0x9B  # the exit status after which billiard's pool replaces a process without reporting an error


class Retirement:
    """The idle time of one process. Create it in the parent before the fork; 0 `idle_seconds` means never.

    The flag records that a process retired, so that the next one does not load models at its start. It is in memory
    that all forked processes share.

    Args:
        idle_seconds: the time without use after which a process that has been used retires.
        clock: a monotonic clock, in seconds.
        sleep: waits for some seconds.
        leave: ends the process with an exit status.
    """

    def __init__(
        self,
        idle_seconds: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        leave: Callable[[int], object] = os._exit,
    ) -> None:
        self._idle_seconds = idle_seconds
        self._clock, self._sleep, self._leave = clock, sleep, leave
        self._flag = mmap.mmap(-1, 1)
        self._lock = threading.Lock()
        self._users = 0
        self._used: float | None = None

    def starts_cold(self) -> bool:
        """Whether this new process replaces a retired one. Call it once, at its start."""
        cold, self._flag[0] = bool(self._flag[0]), 0
        return cold

    def watch(self) -> None:
        """Start the thread that ends this process. Call it in the forked process."""
        if self._idle_seconds:
            threading.Thread(target=self.wait_and_exit, name="retirement", daemon=True).start()

    @contextmanager
    def use(self) -> Iterator[None]:
        """The process does not retire during the block, and its idle time starts at the end. Blocks may overlap."""
        with self._lock:
            self._users += 1
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                self._used = self._clock()

    def wait_and_exit(self) -> None:
        """Wait until this process is to retire, then end it."""
        while True:
            # At different times in each process, so that they do not all retire together.
            self._sleep(self._idle_seconds * random.uniform(0.08, 0.12))  # noqa: S311 - jitter
            with self._lock:
                idle = 0.0 if self._used is None else self._clock() - self._used
                # If the flag is set, the successor of another process has not started yet.
                if not self._users and idle > self._idle_seconds and not self._flag[0]:
                    log.info("worker_process_retired", idle_seconds=round(idle))
                    self._flag[0] = 1
                    self._leave(_EX_RECYCLE)
