"""A file that says that the stack is stopping, so that a sensor's tick does not wait for new work meanwhile.

`up` writes it before it ends the daemon, which waits for its ticks. Other deployments have no such file; there a tick
ends by itself.
"""

from collections.abc import Callable
from pathlib import Path


def _file(home: Path) -> Path:
    return home / "stopping"


def announce_stop(home: Path) -> None:
    """Say that the stack in `home` is stopping."""
    _file(home).touch()


def withdraw_stop(home: Path) -> None:
    """Say that the stack in `home` is not stopping. Call it before the first part starts and after the last ends."""
    _file(home).unlink(missing_ok=True)


def stop_watch(home: Path) -> Callable[[], bool]:
    """Return a cheap function that says whether the stack in `home` is stopping."""
    return _file(home).exists
