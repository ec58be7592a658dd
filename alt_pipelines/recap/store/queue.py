"""Queries about genre runs that wait for a worker: their number, and what the queue shares workers by."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Engine

from alt_pipelines.database.recap_tables import genre_runs, runs


def is_any_unfinished(engine: Engine) -> bool:
    """Whether any run has not ended."""
    with engine.connect() as connection:
        return bool(connection.execute(select(select(runs.c.id).where(runs.c.status == "running").exists())).scalar())


def queue_depth(engine: Engine) -> int:
    """Count the runs that wait for a worker: neither claimed nor ended."""
    statement = (
        select(func.count())
        .select_from(runs.outerjoin(genre_runs, genre_runs.c.run_id == runs.c.id))
        .where(runs.c.status == "running", genre_runs.c.claimed_at.is_(None))
    )
    with engine.connect() as connection:
        return connection.execute(statement).scalar_one()


def jobs_and_suspects(engine: Engine, run_ids: Sequence[int]) -> dict[int, tuple[str, bool]]:
    """Read each run's job, and whether the run lost its worker or an earlier run of its job and genre failed."""
    mine, earlier = genre_runs.c, genre_runs.alias("earlier")
    failed_before = (
        select(earlier.c.run_id)
        .where(earlier.c.job_id == mine.job_id, earlier.c.genre == mine.genre)
        .where(earlier.c.run_id < mine.run_id, earlier.c.failed)
        .exists()
    )
    statement = select(mine.run_id, mine.job_id, or_(mine.retries > 0, failed_before))
    with engine.connect() as connection:
        rows = connection.execute(statement.where(mine.run_id.in_(list(run_ids))))
        return {run_id: (job_id, suspect) for run_id, job_id, suspect in rows}
