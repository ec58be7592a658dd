"""Delete old rows in batches until none are left or the time is up.

This module does not use Dagster: it takes engines and returns counts. `automation` has the job that calls it.
"""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.engine import Engine

from alt_pipelines.maintenance import dagster_store, genre_store, orphan_store

_PAUSE_SECONDS = 0.02  # between batches, so that runs can write in between


class Cleaned(NamedTuple):
    """The number of deleted rows by kind, and whether the cleanup finished before the time was up."""

    events: int
    superseded: int
    event_tags: int
    checks: int
    runs: int
    finished: bool


def clean(engine: Engine, days: int, seconds: float = 300.0, now: datetime | None = None) -> Cleaned:
    """Delete rows older than `days` that partition status does not need, for at most `seconds`.

    The next call deletes what is left. Every batch is a separate transaction, and no batch depends on another.
    """
    before = ((now or datetime.now(UTC)) - timedelta(days=days)).replace(tzinfo=None)  # Dagster's columns are naive UTC
    deadline = time.monotonic() + seconds
    events, events_done = _walk(lambda after: dagster_store.delete_transitory_events(engine, before, after), deadline)
    superseded, superseded_done = _walk(
        lambda after: dagster_store.delete_superseded_events(engine, before, after), deadline
    )
    tags, tags_done = _repeat(lambda: dagster_store.delete_event_tags(engine, before), deadline)
    checks, checks_done = _repeat(lambda: dagster_store.delete_check_executions(engine, before), deadline)
    runs, runs_done = _repeat(lambda: dagster_store.delete_runs(engine, before), deadline)
    finished = events_done and superseded_done and tags_done and checks_done and runs_done
    return Cleaned(events, superseded, tags, checks, runs, finished)


def clean_partitions(
    engine: Engine,
    days: int,
    assets: dagster_store.PartitionedAssets,
    seconds: float = 60.0,
    now: datetime | None = None,
) -> int:
    """Delete events older than `days` of partitions that no longer exist, for at most `seconds`. Returns their number.

    Without this, every genre name that was ever sent would keep its last events permanently.
    """
    before = ((now or datetime.now(UTC)) - timedelta(days=days)).replace(tzinfo=None)
    deadline = time.monotonic() + seconds
    deleted, _ = _walk(
        lambda after: dagster_store.delete_events_without_partition(engine, before, assets, after), deadline
    )
    return deleted


class CleanedGenres(NamedTuple):
    """The number of requests whose documents were removed, and of deleted metric series."""

    requests: int
    metrics: int


def clean_genres(
    recap: Engine, payload_days: int, genre_days: int, seconds: float = 60.0, now: datetime | None = None
) -> CleanedGenres:
    """Remove the documents of old requests and the metric series of inactive genres, for at most `seconds`."""
    moment, deadline = now or datetime.now(UTC), time.monotonic() + seconds
    payloads, genres = moment - timedelta(days=payload_days), moment - timedelta(days=genre_days)
    requests, _ = _repeat(lambda: genre_store.trim_requests(recap, payloads), deadline)
    metrics, _ = _repeat(lambda: genre_store.delete_stale_metrics(recap, genres), deadline)
    return CleanedGenres(requests, metrics)


def stale_genres(recap: Engine, known: Iterable[str], genre_days: int, now: datetime | None = None) -> list[str]:
    """Return the genres in `known` without a run in the last `genre_days` days, sorted."""
    active = genre_store.active_genres(recap, (now or datetime.now(UTC)) - timedelta(days=genre_days))
    return sorted(set(known) - active)


class CleanedOrphans(NamedTuple):
    """The number of our rows that were deleted because their article or genre run was deleted."""

    outcomes: int
    runs: int


def clean_orphans(alt: Engine, recap: Engine, seconds: float = 60.0) -> CleanedOrphans:
    """Delete our orphaned rows for at most `seconds`; the next call continues."""
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
