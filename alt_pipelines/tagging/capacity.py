"""How many runs of the tagging job may start now. Pure decisions: `automation` reads the runs and the claims.

runs in progress  --> gone beyond their time limit: ignored
                  --> lingering: room for one more run beside them
pending articles  --> one run, or several for a backlog
ended runs        --> the last attempts failed: none for a while, exponentially longer
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from alt_pipelines.clock import apart
from alt_pipelines.settings import TaggingSettings

SETTLED_SECONDS = 10.0  # a younger run may not have claimed its first page yet
GONE_AFTER_SECONDS = 120.0  # a run this far beyond its own time limit is ignored
ARTICLES_PER_RUN = 1000  # articles; about ten seconds of processing
FIRST_WAIT_AFTER_FAILURE = 10.0
LONGEST_WAIT_AFTER_FAILURE = 300.0
FAILURES_EXAMINED = 6


class Capacity(NamedTuple):
    """The number of runs that may start now, the reason if it is 0, and whether a run in progress is lingering."""

    runs: int
    blocked_by: str | None = None
    beside_a_lingering_run: bool = False


class RunInProgress(NamedTuple):
    """A Dagster run that has not ended.

    Attributes:
        status: as Dagster spells it, such as STARTED.
        age: seconds since its start, or since its creation if it has not started.
        time_limit: seconds that it may take.
    """

    run_id: str
    status: str
    age: float
    time_limit: float

    @property
    def is_gone(self) -> bool:
        """Whether its process must have ended unseen. A queued run may wait for a worker for any length of time."""
        return self.status != "QUEUED" and self.age >= self.time_limit + GONE_AFTER_SECONDS

    @property
    def is_settled(self) -> bool:
        """Whether it has had the time to claim the articles that it works on."""
        return self.status == "STARTED" and self.age > SETTLED_SECONDS

    def __str__(self) -> str:
        return f"Run {self.run_id[:8]} has been in status {self.status.lower()} for {self.age:.0f} s"


class EndedRun(NamedTuple):
    """A Dagster run that has ended, at `at` in seconds since the epoch. The runs of one tick are one attempt."""

    attempt: str
    failed: bool
    at: float


class Backoff(NamedTuple):
    """The pause after failed attempts: their number, and the seconds left."""

    failures: int
    seconds: float

    def __str__(self) -> str:
        return f"Consecutive failed attempts: {self.failures}; next attempt in {self.seconds:.0f} s."


def lingering(runs: Sequence[RunInProgress], claimants: Callable[[], int]) -> int:
    """Return how many of the runs only wait for new articles: they are settled and hold no claims.

    Args:
        claimants: counts the runs that hold claims on articles; asked only if a run is settled.
    """
    settled = sum(run.is_settled for run in runs)
    return max(0, settled - claimants()) if settled else 0


def room(in_progress: int, lingering: int, pending: int, settings: TaggingSettings) -> int:
    """Return how many runs may start: one if none is in progress, several for a backlog; 0 or less for none.

    A lingering run does not count as in progress: it does not see the articles that it has not claimed within seconds,
    and it ends as soon as another run waits for its worker. At most one run starts beside as many as may run.

    Args:
        in_progress: number of runs in progress, with those that are lingering.
        pending: pending articles that the bounded probes found; `probe_rows` or more mean a backlog of unknown size.
    """
    backlog = settings.parallel_runs if pending >= settings.probe_rows else pending // ARTICLES_PER_RUN
    runs = min(settings.parallel_runs, max(1, backlog)) - (in_progress - lingering)
    return min(runs, settings.parallel_runs + 1 - in_progress)


def backoff(ended: Sequence[EndedRun], now: float) -> Backoff | None:
    """Return the pause after the attempts that failed last; None if the last one did not fail or the pause is over.

    Args:
        ended: the last runs, newest first.
        now: seconds since the epoch.
    """
    failed: set[str] = set()
    for run in ended:
        if not run.failed:
            break
        failed.add(run.attempt)
    if not failed:
        return None
    wait = min(FIRST_WAIT_AFTER_FAILURE * 2 ** (len(failed) - 1), LONGEST_WAIT_AFTER_FAILURE)
    left = wait - apart(now, ended[0].at)
    return Backoff(len(failed), left) if left > 0 else None
