"""Runs that have not ended, as the reconciliation sensor reads them, and the three changes that it makes.

A run may end, be claimed or be launched again between the read and the change. Every change therefore locks the run and
does nothing unless its claim and its Dagster run are still those that were read.

Out of scope: the decision itself (`reconcile`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Float, cast, func, select
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.recap_tables import genre_runs, runs
from alt_pipelines.recap.store.claims import MAX_RETRIES
from alt_pipelines.recap.store.run_rows import RunRow, end_failed, lock_run, record


@dataclass(frozen=True)
class UnfinishedRun:
    """A row that is `running`. Ages are in seconds by the database's clock; None if the event has not happened."""

    run_id: int
    job_id: str
    genre: str
    is_ours: bool
    dagster_run_id: str | None
    retries: int
    age: float
    since_claim: float | None
    since_heartbeat: float | None
    heartbeat_at: datetime | None


def unfinished_runs(engine: Engine) -> Sequence[UnfinishedRun]:
    """Read every row that is `running`, oldest first."""
    statement = (
        select(
            runs.c.id,
            runs.c.job_id,
            runs.c.genre,
            genre_runs.c.request_hash.is_not(None),
            genre_runs.c.dagster_run_id,
            func.coalesce(genre_runs.c.retries, 0),
            _seconds_since(runs.c.started_at),
            *(_seconds_since(genre_runs.c[name]) for name in ("claimed_at", "heartbeat_at")),
            genre_runs.c.heartbeat_at,
        )
        .select_from(runs.outerjoin(genre_runs, genre_runs.c.run_id == runs.c.id))
        .where(runs.c.status == "running")
        .order_by(runs.c.id)
    )
    with engine.connect() as connection:
        return [UnfinishedRun(*row) for row in connection.execute(statement)]


def fail_unfinished(engine: Engine, run: UnfinishedRun, message: str) -> bool:
    """End a run as failed, unless it ended, was claimed or got another Dagster run since it was read."""
    with engine.begin() as connection:
        row = _lock_unchanged(connection, run)
        if row is None:
            return False
        end_failed(connection, row, message)
    return True


def requeue_run(engine: Engine, run: UnfinishedRun) -> bool:
    """Return a run whose worker is lost to the outbox, as its one retry.

    Return False if the retry has been used, or if the run ended or got another Dagster run since it was read.
    """
    with engine.begin() as connection:
        row = _lock_unchanged(connection, run)
        if row is None or row.retries >= MAX_RETRIES:
            return False
        record(
            connection,
            row,
            dagster_run_id=None,
            claimed_at=None,
            launched_at=None,
            launch_attempts=0,
            heartbeat_at=func.clock_timestamp(),  # its waiting time restarts
            retries=row.retries + 1,
        )
    return True


def release_launch(engine: Engine, run: UnfinishedRun) -> bool:
    """Remove a Dagster run that never started from its row, so that the outbox launches the genre run again.

    The Dagster run ended before its start, or was created and never submitted. The retry is not used. Return False
    if the run was claimed, ended or got another Dagster run since it was read.
    """
    with engine.begin() as connection:
        row = _lock_unchanged(connection, run)
        if row is None or row.claimed_at is not None:
            return False
        record(connection, row, dagster_run_id=None, launch_attempts=max(row.launch_attempts, 1))
    return True


def _lock_unchanged(connection: Connection, run: UnfinishedRun) -> RunRow | None:
    """Lock the run. Return None if it ended, was claimed or got another Dagster run since it was read."""
    row = lock_run(connection, run.run_id)
    if row is None or row.status != "running" or row.dagster_run_id != run.dagster_run_id:
        return None
    return row if (row.claimed_at is None) == (run.since_claim is None) else None


def _seconds_since(moment: Any) -> ColumnElement[float | None]:
    return cast(func.extract("epoch", func.clock_timestamp() - moment), Float)
