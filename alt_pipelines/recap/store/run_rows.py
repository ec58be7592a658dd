"""A genre run's two rows, which every change of a run locks first.

The platform's row is in `recap_subworker_runs`. Launch, claim and heartbeat are in this project's own table
`genre_runs`. The lock on the platform's row keeps the two from contradicting each other.
"""

from typing import Any, TypeAlias

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection

from alt_pipelines.database.recap_tables import genre_runs, runs
from alt_pipelines.observability.metrics import MetricBatch
from alt_pipelines.observability.store import add_metrics
from alt_pipelines.text.normal import storable

_MESSAGE_CHARACTERS = 1000

RunRow: TypeAlias = Any
"""A SQLAlchemy row with the columns that `lock_run` names."""


def lock_run(connection: Connection, run_id: int) -> RunRow | None:
    """Lock a run's row until the transaction ends and return it with its `genre_runs` columns; None for an unknown id.

    Columns: id, job_id, genre, status and those of `genre_runs`, which are None (or 0) for a run of an earlier service.
    Two statements are needed: `genre_runs` must be read after the lock is acquired, not when it was requested.
    """
    if connection.execute(select(runs.c.id).where(runs.c.id == run_id).with_for_update()).first() is None:
        return None
    ours = genre_runs.c
    found: RunRow = connection.execute(
        select(
            runs.c.id,
            runs.c.job_id,
            runs.c.genre,
            runs.c.status,
            ours.dagster_run_id,
            ours.launched_at,
            ours.claimed_at,
            func.coalesce(ours.launch_attempts, 0).label("launch_attempts"),
            func.coalesce(ours.retries, 0).label("retries"),
        )
        .select_from(runs.outerjoin(genre_runs, ours.run_id == runs.c.id))
        .where(runs.c.id == run_id)
    ).one()
    return found


def record(connection: Connection, row: RunRow, **values: Any) -> None:
    """Write `genre_runs` columns of a locked run."""
    statement = insert(genre_runs).values(run_id=row.id, job_id=row.job_id, genre=row.genre, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=[genre_runs.c.run_id], set_=values))


def end_failed(connection: Connection, row: RunRow, message: str) -> None:
    """End a locked run as failed, which frees its idempotency key."""
    values = {"status": "failed", "error_message": storable(message)[:_MESSAGE_CHARACTERS]}
    connection.execute(update(runs).where(runs.c.id == row.id).values(**values, finished_at=func.clock_timestamp()))
    connection.execute(update(genre_runs).where(genre_runs.c.run_id == row.id).values(failed=True))
    metrics = MetricBatch()
    metrics.count("recap_runs_total", labels={"status": "failed", "genre": row.genre})
    add_metrics(connection, metrics)
