"""Take turns across the adapter's worker processes: first come, first served, and so many at once in all of them.

Each worker process accepts what connections it happens to get: of eight clients, one process often has seven. With a
limit per process, those seven share half of the database and wait seven times as long as the eighth.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from itertools import count
from pathlib import Path
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Turns:
    """At most `at_once` holders in all processes that use the same folder; the others wait in as many lines.

    Each line is the lock of a file. The kernel wakes its waiters in their order, and releases the locks of a process
    when it ends, however it ends. A process joins the lines in rotation.
    """

    def __init__(self, folder: Path, at_once: int) -> None:
        """Use files in an existing folder, which the processes share."""
        self._lines = [folder / f"line-{number}.lock" for number in range(at_once)]
        self._next = count()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait in this thread for a turn, and end it on leaving the block."""
        with self._lines[next(self._next) % len(self._lines)].open("ab") as line:
            fcntl.flock(line, fcntl.LOCK_EX)
            yield

    def taking(self, function: Callable[_P, _T]) -> Callable[_P, _T]:
        """Return the function that does the same in a turn."""

        @wraps(function)
        def in_turn(*args: _P.args, **kwargs: _P.kwargs) -> _T:
            with self.turn():
                return function(*args, **kwargs)

        return in_turn
