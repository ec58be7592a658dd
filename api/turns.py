"""Take turns across the adapter's worker processes: first come, first served, and so many at once in all of them.

Each worker process accepts what connections it happens to get: of eight clients, one process often has seven. With a
limit per process, those seven share half of the database and wait seven times as long as the eighth.
"""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import BinaryIO, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


POLL_SECONDS = 0.002
"""Between attempts of the first in line to find a free place. A turn takes 10 to 100 ms."""


class Turns:
    """At most `at_once` holders in all processes that use the same folder; the others wait in one line.

    A place is the lock of a file, and so is the head of the line: who has it takes the first place that becomes free.
    The kernel keeps the line, and releases the locks of a process when it ends, however it ends.
    """

    def __init__(self, folder: Path, at_once: int) -> None:
        """Use files in an existing folder, which the processes share."""
        self._head = folder / "head-of-line.lock"
        self._places = [folder / f"place-{number}.lock" for number in range(at_once)]

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait in this thread for a turn, and end it on leaving the block."""
        with self._head.open("ab") as head:
            fcntl.flock(head, fcntl.LOCK_EX)
            place = self._free_place()
        with place:
            yield

    def _free_place(self) -> BinaryIO:
        while True:
            for path in self._places:
                place = path.open("ab")
                try:
                    fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    place.close()
                else:
                    return place
            time.sleep(POLL_SECONDS)

    def taking(self, function: Callable[_P, _T]) -> Callable[_P, _T]:
        """Return the function that does the same in a turn."""

        @wraps(function)
        def in_turn(*args: _P.args, **kwargs: _P.kwargs) -> _T:
            with self.turn():
                return function(*args, **kwargs)

        return in_turn
