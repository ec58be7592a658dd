"""Waits that stay bounded when the wall clock is set back, and ages that stay true when it is set forward.

A time that was stored before the clock was set back lies in the future. A comparison such as `now - stored < wait`
would then hold until the clock reaches that time again: for hours, or permanently after a clock that was years ahead.
With the distance, the wait lasts at most twice as long as intended.

Use the monotonic clock for everything that one process measures by itself. Times in tables are corrected where the
table is (`tagging.store.clock_jumps`, `recap.store.clock_jumps`), and Dagster's own in `runtime.daemon_clock`.
"""

import time
from collections.abc import Callable


def apart(now: float, stored: float) -> float:
    """Return the seconds between a stored time and now, whichever is later; both are seconds since the epoch."""
    return abs(now - stored)


class ForwardJumps:
    """Detects that another machine's clock was set forward, by comparing it with this process's monotonic clock."""

    LEAST_SECONDS = 20.0  # smaller jumps end no wait that matters, and a slow answer looks like one

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._ahead: float | None = None

    def observe(self, now: float) -> float:
        """Return by how many seconds the other clock was set forward since the last call; 0 if it was not.

        Args:
            now: the other clock's time, read just before.
        """
        ahead = now - self._monotonic()
        before, self._ahead = self._ahead, ahead
        jump = 0.0 if before is None else ahead - before
        return jump if jump > self.LEAST_SECONDS else 0.0
