"""A time limit that work looks at by itself, since nothing can stop numpy from outside."""

import time


class OutOfTimeError(Exception):
    """A stage went over its time limit; the message names both."""


class Deadline:
    """Counts from its making. `check` is cheap enough for inner loops."""

    def __init__(self, seconds: float, stage: str) -> None:
        self._seconds, self._stage = seconds, stage
        self._end = time.monotonic() + seconds

    def check(self) -> None:
        """Raises:
        OutOfTimeError: the limit has passed.
        """
        if time.monotonic() > self._end:
            raise OutOfTimeError(f"{self._stage} took longer than its limit of {self._seconds:g} s")
