"""How long this process has seen rows with a heartbeat without a change, by this process's own clock.

The age of a heartbeat alone cannot tell a lost worker from a database that nobody could reach: after an outage, the
heartbeats of all workers are as old as the outage. A worker counts as lost only if its row did not change either while
the database answered this process.
"""

import time
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Generic, TypeVar

LONGEST_SECONDS = 15.0
"""Two observations count as at most this far apart: the database may have been away in between.

The sensor's ticks are ten seconds apart, and a little more on a loaded machine.
"""

CONFIRMED_SECONDS = 30.0
"""A worker whose row is seen unchanged for this long is not waiting for the database.

It takes three observations at least, of which the first may be the last one before an outage. From the second one, the
first after the outage, a worker has about ten seconds for a connect time-out (5 s) and its next heartbeat (5 s).
"""

_Key = TypeVar("_Key")


class Stillness(Generic[_Key]):
    """Observes rows, identified by keys, from time to time. Threads may share it."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._observed_at = monotonic()
        self._seconds: dict[_Key, tuple[object, float]] = {}
        self._lock = Lock()

    def observe(self, rows: Mapping[_Key, object]) -> dict[_Key, float]:
        """Return for how many seconds each row has been seen unchanged, and drop the rows that are absent."""
        with self._lock:
            now = self._monotonic()
            passed, self._observed_at = min(now - self._observed_at, LONGEST_SECONDS), now
            before, self._seconds = self._seconds, {}
            for key, row in rows.items():
                known, seconds = before.get(key, (None, 0.0))
                self._seconds[key] = (row, seconds + passed if known == row else 0.0)
            return {key: seconds for key, (_, seconds) in self._seconds.items()}

    def forget(self) -> None:
        """Begin again after the database did not answer: no heartbeat could be stored meanwhile."""
        with self._lock:
            self._seconds = {}
