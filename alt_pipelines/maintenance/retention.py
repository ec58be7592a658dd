"""Deleting what is old from Dagster's database, batch by batch, until there is no more or time is up.

Pure of Dagster: engines in, counts out. The job that calls it is in `jobs`.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.engine import Engine

from alt_pipelines.maintenance import store

_PAUSE_SECONDS = 0.02  # between batches, so that runs' own writes get in between


class Cleaned(NamedTuple):
    """Rows deleted, and whether anything was left when time was up."""

    events: int
    superseded: int
    event_tags: int
    checks: int
    runs: int
    finished: bool


def clean(engine: Engine, days: int, seconds: float = 300.0, now: datetime | None = None) -> Cleaned:
    """Delete what is older than `days` and not needed for the state of partitions; at most `seconds` long.

    What does not fit is left for the next time: every batch is a transaction of its own, and none depends on another.
    """
    before = ((now or datetime.now(UTC)) - timedelta(days=days)).replace(tzinfo=None)  # Dagster's columns are naive UTC
    deadline = time.monotonic() + seconds
    events, events_done = _walk(lambda after: store.delete_transitory_events(engine, before, after), deadline)
    superseded, superseded_done = _walk(lambda after: store.delete_superseded_events(engine, before, after), deadline)
    tags, tags_done = _repeat(lambda: store.delete_event_tags(engine, before), deadline)
    checks, checks_done = _repeat(lambda: store.delete_check_executions(engine, before), deadline)
    runs, runs_done = _repeat(lambda: store.delete_runs(engine, before), deadline)
    finished = events_done and superseded_done and tags_done and checks_done and runs_done
    return Cleaned(events, superseded, tags, checks, runs, finished)


def _walk(batch: Callable[[int], tuple[int, int]], deadline: float) -> tuple[int, bool]:
    total, after = 0, 0
    while time.monotonic() < deadline:
        deleted, after = batch(after)
        total += deleted
        if not deleted:
            return total, True
        time.sleep(_PAUSE_SECONDS)
    return total, False


def _repeat(batch: Callable[[], int], deadline: float) -> tuple[int, bool]:
    return _walk(lambda after: (batch(), after), deadline)
