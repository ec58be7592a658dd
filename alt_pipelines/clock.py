"""The distance between a stored time and now, for waits that stay bounded when the wall clock is set back.

A time that was stored before the clock was set back lies in the future. A comparison such as `now - stored < wait`
would then hold until the clock reaches that time again: for hours, or permanently after a clock that was years ahead.
With the distance, the wait lasts at most twice as long as intended.

Use the monotonic clock for everything that one process measures by itself. Times in tables are corrected where the
table is (`tagging.store.future`, `recap.store.future`), and Dagster's own in `runtime.daemon_clock`.
"""


def apart(now: float, stored: float) -> float:
    """Return the seconds between a stored time and now, whichever is later; both are seconds since the epoch."""
    return abs(now - stored)
