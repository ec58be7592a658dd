"""How long this process has seen a genre run's row without a change, by this process's own clock.

The age of a heartbeat alone cannot tell a lost worker from a database that nobody could reach: after an outage, the
heartbeats of all workers are as old as the outage. A worker counts as lost only if its row did not change either while
the database answered this process.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from alt_pipelines.recap.store.reconciliation import UnfinishedRun

LONGEST_SECONDS = 15.0
"""Two observations count as at most this far apart: the database may have been away in between.

The sensor's ticks are ten seconds apart, and a little more on a loaded machine.
"""

CONFIRMED_SECONDS = 30.0
"""A worker whose row is seen unchanged for this long is not waiting for the database.

It takes three observations at least, of which the first may be the last one before an outage. From the second one, the
first after the outage, a worker has about ten seconds for a connect time-out (5 s) and its next heartbeat (5 s).
"""

_Row = tuple[str | None, datetime | None]


class Stillness:
    """Observes the unfinished runs tick by tick."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._observed_at = monotonic()
        self._seconds: dict[int, tuple[_Row, float]] = {}

    def observe(self, runs: Sequence[UnfinishedRun]) -> dict[int, float]:
        """Return for how many seconds each run's Dagster run and heartbeat have been seen unchanged, by run id."""
        now = self._monotonic()
        passed, self._observed_at = min(now - self._observed_at, LONGEST_SECONDS), now
        before, self._seconds = self._seconds, {}
        for run in runs:
            row = (run.dagster_run_id, run.heartbeat_at)
            known, seconds = before.get(run.run_id, (None, 0.0))
            self._seconds[run.run_id] = (row, seconds + passed if known == row else 0.0)
        return {run_id: seconds for run_id, (_, seconds) in self._seconds.items()}

    def forget(self) -> None:
        """Begin again after the database did not answer: no heartbeat could be stored meanwhile."""
        self._seconds = {}
