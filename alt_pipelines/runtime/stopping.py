"""Two flags of a stop: a file that ends the ticks of a stack's sensors, and shared memory that ends a worker's runs.

`up` writes the file before it ends the daemon, because the daemon waits for its ticks. Other deployments have no such
file; there a tick ends after its usual time.

A worker that gets SIGTERM sets a flag in memory that it shares with its processes. A tagging run, which may wait for
new articles for a quarter of an hour, then ends between two pages of articles. Without the flag, the worker would be
killed at the end of its grace period, and an orderly stop would be reported as a failed run.
"""

import mmap
from collections.abc import Callable
from pathlib import Path


def _file(home: Path) -> Path:
    return home / "stopping"


class _Worker:
    """The flag that this process shares with its forks; each worker has its own."""

    flag: mmap.mmap | None = None


def share_worker_stop() -> Callable[[], None]:
    """Create the flag of this worker and return the function that sets it. Call it before the worker forks."""
    flag = _Worker.flag = mmap.mmap(-1, 1)

    def announce() -> None:
        flag[0] = 1

    return announce


def worker_is_stopping() -> bool:
    """Whether the worker that executes this process's run is stopping; False outside a worker."""
    return _Worker.flag is not None and bool(_Worker.flag[0])


def announce_stop(home: Path) -> None:
    """Record that the stack in `home` is stopping."""
    _file(home).touch()


def withdraw_stop(home: Path) -> None:
    """Record that the stack in `home` is not stopping. Call it before the first part starts and after the last ends."""
    _file(home).unlink(missing_ok=True)


def stop_watch(home: Path) -> Callable[[], bool]:
    """Return a cheap function that returns whether the stack in `home` is stopping."""
    return _file(home).exists
