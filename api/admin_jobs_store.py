"""SQL of the background jobs of the administration routes.

Inserting its row claims a job; a unique index allows one running job per kind. The process that runs the job renews
`heartbeat_at`. Any process that reads a running row whose heartbeat has stopped ends it as failed. After an outage of
the database, every heartbeat is old, so one look at its age is not enough.
"""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.recap_tables import admin_jobs
from alt_pipelines.stillness import CONFIRMED_SECONDS, Stillness

Kind = Literal["graph", "learning"]

HEARTBEAT_SECONDS = 5.0
ORPHANED_AFTER_SECONDS = 30.0
"""A job whose heartbeat is older is an orphan, if this process has seen no newer one for `CONFIRMED_SECONDS`."""

SURELY_ORPHANED_AFTER_SECONDS = 120.0
"""A job whose heartbeat is older is an orphan at the first look: its own transactions are retried for a minute only."""

_A_MINUTE = text("interval '1 minute'")

ORPHANED = "the outcome of this job was not stored: its process ended or lost the database; ask again"


def begin_job(engine: Engine, job_id: str, kind: Kind, stillness: Stillness[str]) -> bool:
    """Insert the row of a new running job. Returns False if a job of that kind is running."""
    with engine.begin() as connection:
        _end_orphans(connection, stillness)
        statement = insert(admin_jobs).values(job_id=job_id, kind=kind, status="running").on_conflict_do_nothing()
        return connection.execute(statement).rowcount == 1


def keep_alive(engine: Engine, job_id: str) -> None:
    """Renew the heartbeat of a running job."""
    with engine.begin() as connection:
        connection.execute(
            update(admin_jobs)
            .where(admin_jobs.c.job_id == job_id, admin_jobs.c.status == "running")
            .values(heartbeat_at=func.clock_timestamp())
        )


def end_job(engine: Engine, job_id: str, *, result: dict[str, Any] | None = None, error: str | None = None) -> None:
    """End a running job, as failed if there is an `error`. A job that has ended is left unchanged."""
    with engine.begin() as connection:
        connection.execute(
            update(admin_jobs)
            .where(admin_jobs.c.job_id == job_id, admin_jobs.c.status == "running")
            .values(
                status="succeeded" if error is None else "failed",
                result=result,
                error=error,
                finished_at=func.clock_timestamp(),
            )
        )


def read_job(engine: Engine, job_id: str, kind: Kind, stillness: Stillness[str]) -> dict[str, Any] | None:
    """Return a job as the API's JSON object, or None."""
    with engine.begin() as connection:
        _end_orphans(connection, stillness)
        row = connection.execute(
            select(admin_jobs).where(admin_jobs.c.job_id == job_id, admin_jobs.c.kind == kind)
        ).first()
    return None if row is None else _job(row)


def newest_jobs(engine: Engine, kind: Kind, stillness: Stillness[str], limit: int = 50) -> list[dict[str, Any]]:
    """Return the newest jobs of a kind, newest first."""
    statement = (
        select(admin_jobs).where(admin_jobs.c.kind == kind).order_by(admin_jobs.c.started_at.desc()).limit(limit)
    )
    with engine.begin() as connection:
        _end_orphans(connection, stillness)
        return [_job(row) for row in connection.execute(statement)]


def _end_orphans(connection: Connection, stillness: Stillness[str]) -> None:
    silent = func.clock_timestamp() - func.make_interval(0, 0, 0, 0, 0, 0, ORPHANED_AFTER_SECONDS)
    # A heartbeat in the future was stored before the clock was set back. A living job renews it within seconds.
    connection.execute(
        update(admin_jobs)
        .where(admin_jobs.c.status == "running", admin_jobs.c.heartbeat_at > func.clock_timestamp() + _A_MINUTE)
        .values(heartbeat_at=func.clock_timestamp())
    )
    old = connection.execute(
        select(
            admin_jobs.c.job_id, admin_jobs.c.heartbeat_at, func.clock_timestamp() - admin_jobs.c.heartbeat_at
        ).where(admin_jobs.c.status == "running", admin_jobs.c.heartbeat_at < silent)
    ).all()
    seen = stillness.observe({str(job_id): heartbeat_at for job_id, heartbeat_at, _ in old})
    orphans = [
        job_id
        for job_id, _, age in old
        if age.total_seconds() > SURELY_ORPHANED_AFTER_SECONDS or seen[str(job_id)] >= CONFIRMED_SECONDS
    ]
    if orphans:
        connection.execute(
            update(admin_jobs)
            .where(admin_jobs.c.status == "running", admin_jobs.c.heartbeat_at < silent)
            .where(admin_jobs.c.job_id.in_(orphans))
            .values(status="failed", error=ORPHANED, finished_at=func.clock_timestamp())
        )


def _job(row: Row[Any]) -> dict[str, Any]:
    return {
        "job_id": row.job_id,
        "kind": row.kind,
        "status": row.status,
        "started_at": _rfc3339(row.started_at),
        "finished_at": None if row.finished_at is None else _rfc3339(row.finished_at),
        "result": row.result,
        "error": row.error,
    }


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")  # connections are in UTC
