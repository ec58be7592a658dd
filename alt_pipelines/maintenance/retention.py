"""Deleting what is old from Dagster's database, batch by batch, until there is no more or time is up.

Pure of Dagster: engines in, counts out. The job that calls it is in `jobs`.
"""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.engine import Engine

from alt_pipelines.maintenance import genre_store, orphan_store, store

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


class CleanedGenres(NamedTuple):
    """Requests whose documents were removed, and series of metrics deleted."""

    requests: int
    metrics: int


def clean_genres(
    recap: Engine, payload_days: int, genre_days: int, seconds: float = 60.0, now: datetime | None = None
) -> CleanedGenres:
    """Trim old requests and delete series of genres that no longer come; at most `seconds` long."""
    moment, deadline = now or datetime.now(UTC), time.monotonic() + seconds
    payloads, genres = moment - timedelta(days=payload_days), moment - timedelta(days=genre_days)
    requests, _ = _repeat(lambda: genre_store.trim_requests(recap, payloads), deadline)
    metrics, _ = _repeat(lambda: genre_store.delete_stale_metrics(recap, genres), deadline)
    return CleanedGenres(requests, metrics)


def stale_genres(recap: Engine, known: Iterable[str], genre_days: int, now: datetime | None = None) -> list[str]:
    """Of the known genres those without a run for so long."""
    active = genre_store.active_genres(recap, (now or datetime.now(UTC)) - timedelta(days=genre_days))
    return sorted(set(known) - active)


class CleanedOrphans(NamedTuple):
    """Rows of ours that were deleted because their article or genre run is gone."""

    outcomes: int
    runs: int


def clean_orphans(alt: Engine, recap: Engine, seconds: float = 60.0) -> CleanedOrphans:
    """Delete rows of ours that belong to nothing any more; at most `seconds` long, the next time goes on."""
    deadline, outcomes, through = time.monotonic() + seconds, 0, False
    while not through and time.monotonic() < deadline:
        deleted, through = orphan_store.delete_outcomes(alt)
        outcomes += deleted
        time.sleep(_PAUSE_SECONDS)
    runs, _ = _repeat(lambda: orphan_store.delete_runs(recap), deadline)
    return CleanedOrphans(outcomes, runs)


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
