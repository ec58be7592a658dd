"""A time limit that computations check themselves, because numpy cannot be interrupted from outside."""

import time


class OutOfTimeError(Exception):
    """A stage exceeded its time limit; the message names both."""


class Deadline:
    """A deadline `seconds` after its creation. `check` is cheap enough for inner loops."""

    def __init__(self, seconds: float, stage: str) -> None:
        self._seconds, self._stage = seconds, stage
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raise if the limit has passed.

        Raises:
            OutOfTimeError: the limit has passed.
        """
        if time.monotonic() > self._end:
            raise OutOfTimeError(f"{self._stage} exceeded its time limit of {self._seconds:g} s")
