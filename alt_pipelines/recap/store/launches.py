"""Launching of submitted genre runs: which are to launch, who launches one, and what Dagster run it got."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.engine import Engine

from alt_pipelines.database.recap_tables import genre_runs, runs

MAX_RELAUNCH_SECONDS = 60.0
"""Longest time between two launches of a run that does not start."""


@dataclass(frozen=True)
class PendingRun:
    """A run to launch."""

    run_id: int
    job_id: str
    genre: str

    @property
    def log_fields(self) -> dict[str, Any]:
        """The fields of every log line about the run; one search for any of them finds them all."""
        return {"job_id": self.job_id, "genre": self.genre, "run_id": self.run_id}


def unlaunched_runs(engine: Engine, grace_seconds: float, limit: int | None = None) -> Sequence[PendingRun]:
    """Read the runs to launch, oldest first and at most `limit`: not launched, nor reserved within the grace period.

    The period doubles with every unsuccessful launch, up to a minute, so that an outage of the broker does not
    accumulate Dagster runs.
    """
    statement = (
        select(runs.c.id, runs.c.job_id, runs.c.genre)
        .select_from(runs.join(genre_runs, genre_runs.c.run_id == runs.c.id))
        .where(_unlaunched(grace_seconds))
        .order_by(runs.c.id)
        .limit(limit)
    )
    with engine.connect() as connection:
        return [PendingRun(*row) for row in connection.execute(statement)]


def reserve_launch(engine: Engine, run_id: int, grace_seconds: float = 0.0) -> bool:
    """Reserve the launch of a run, so that other processes do not launch it during the grace period.

    The reservation is optional: a duplicate launch is harmless and only occupies a worker for a moment. Return False if
    the run was launched or has ended, or if another process reserved it within the last `grace_seconds`.
    """
    ours = genre_runs.c
    fresh = or_(ours.launched_at.is_(None), _older_than(ours.launched_at, grace_seconds))
    statement = (
        update(genre_runs)
        .where(ours.run_id == run_id, _is_running(run_id), ours.dagster_run_id.is_(None), fresh)
        .values(launched_at=func.clock_timestamp(), launch_attempts=ours.launch_attempts + 1)
    )
    with engine.begin() as connection:
        return connection.execute(statement).rowcount == 1


def mark_launched(engine: Engine, run_id: int, dagster_run_id: str) -> None:
    """Record the Dagster run launched for a genre run. A claimed or ended run keeps the Dagster run that it has."""
    ours = genre_runs.c
    with engine.begin() as connection:
        connection.execute(
            update(genre_runs)
            .where(ours.run_id == run_id, _is_running(run_id), ours.claimed_at.is_(None))
            .values(dagster_run_id=dagster_run_id, launched_at=func.coalesce(ours.launched_at, func.clock_timestamp()))
        )


def _is_running(run_id: int) -> ColumnElement[bool]:
    return select(runs.c.id).where(runs.c.id == run_id, runs.c.status == "running").exists()


def _unlaunched(grace_seconds: float) -> Any:
    ours = genre_runs.c
    since = func.coalesce(ours.launched_at, runs.c.started_at)
    failures = func.least(func.greatest(ours.launch_attempts - 1, 0), 10)
    backoff = func.greatest(grace_seconds, func.least(MAX_RELAUNCH_SECONDS, grace_seconds * func.power(2, failures)))
    return and_(
        runs.c.status == "running",
        ours.claimed_at.is_(None),
        ours.dagster_run_id.is_(None),
        ours.request_hash.is_not(None),
        _older_than(since, backoff),
    )


def _older_than(moment: Any, seconds: Any) -> Any:
    return moment <= func.clock_timestamp() - func.make_interval(0, 0, 0, 0, 0, 0, seconds)
