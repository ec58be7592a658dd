"""Claims of genre runs: heartbeats, failures and the one retry.

The claim makes duplicate launches harmless: of all Dagster runs launched for a row, one gets the claim. The claimer
renews its heartbeat while it computes; a claim whose heartbeat has stopped has lost its worker. A run is ended only
while its row is `running` and still has the Dagster run that the caller names. A worker that was declared lost
therefore cannot overwrite its successor's result.

The platform's row of a run is in `recap_subworker_runs`. Launch, claim and heartbeat are in this project's own table
`genre_runs`. Every change locks the platform's row first, so the two rows never contradict each other.

Scope: runs between launch and end. Out of scope: submission and launch (`submissions`), results (`results`), and the
decision that a worker is lost (`reconcile`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import ColumnElement, Float, cast, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.locks import Single
from alt_pipelines.database.recap_tables import genre_runs, runs
from alt_pipelines.observability.metrics import MetricBatch
from alt_pipelines.observability.store import add_metrics
from alt_pipelines.text.normal import storable

MAX_RETRIES = 1
"""How often a run that lost its worker is restarted. A run that failed with an error is never restarted."""

HEARTBEAT_SECONDS = 5.0
"""Interval of a claim's heartbeats."""

LIVE_SECONDS = 20.0
"""A claim counts against the limit of concurrent runs while its heartbeat is younger than this."""

_MESSAGE_CHARACTERS = 1000

RunRow: TypeAlias = Any
"""A SQLAlchemy row with the columns that `lock_run` names."""


class UnknownRunError(LookupError):
    """No row has this run id; the message names it."""


@dataclass(frozen=True)
class Claim:
    """The exclusive right of one Dagster run to process a genre run, and the stored request."""

    run_id: int
    job_id: str
    genre: str
    dagster_run_id: str
    request_payload: dict[str, Any]

    @property
    def story(self) -> dict[str, Any]:
        """The fields of every log line about the run; one search for any of them finds them all."""
        return {
            "job_id": self.job_id,
            "genre": self.genre,
            "run_id": self.run_id,
            "dagster_run_id": self.dagster_run_id,
        }


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
    since_launch: float | None
    since_claim: float | None
    since_heartbeat: float | None


def claim_run(
    engine: Engine, run_id: int, dagster_run_id: str, *, limit: int | None = None, successor_of: str | None = None
) -> Claim | Literal["taken", "full"]:
    """Claim a genre run for a Dagster run. At most one Dagster run gets it.

    Args:
        limit: maximum number of runs claimed at once, over all workers; None for no limit.
        successor_of: a Dagster run that is known to have ended, whose claim the caller may take over as the one retry.

    Returns:
        The claim; "taken" if the run has ended or another Dagster run has it; "full" if `limit` runs are in progress.

    Raises:
        UnknownRunError: there is no such run.
    """
    with engine.begin() as connection:
        if limit is not None:
            connection.execute(select(func.pg_advisory_xact_lock(int(Single.RUN_CLAIM))))
        row = lock_run(connection, run_id)
        if row is None:
            raise UnknownRunError(f"genre run {run_id} does not exist in recap-db; submit the request again")
        is_retry = row.claimed_at is not None
        if row.status != "running" or (is_retry and not _may_retry(row, dagster_run_id, successor_of)):
            return "taken"
        now = func.clock_timestamp()
        if limit is not None and _live_claims(connection, run_id) >= limit:
            _note(connection, row, heartbeat_at=now)  # shows that its Dagster run is alive and waiting
            return "full"
        _note(
            connection,
            row,
            dagster_run_id=dagster_run_id,
            claimed_at=now,
            heartbeat_at=now,
            **({} if row.launched_at is not None else {"launched_at": now}),
            retries=row.retries + int(is_retry),
        )
        payload = connection.execute(select(runs.c.request_payload).where(runs.c.id == run_id)).scalar_one()
    return Claim(row.id, row.job_id, row.genre, dagster_run_id, payload)


def renew_claim(engine: Engine, claim: Claim, elapsed: float) -> bool:
    """Renew the heartbeat. Return False if the claim is lost: the run was ended or claimed by another Dagster run.

    Args:
        elapsed: seconds since the claim by the clock of the process that has it. The database's clock may have been set
            since, so the time of the claim is corrected by this.
    """
    still_running = select(runs.c.id).where(runs.c.id == claim.run_id, runs.c.status == "running").exists()
    with engine.begin() as connection:
        renewed = connection.execute(
            update(genre_runs)
            .where(
                genre_runs.c.run_id == claim.run_id,
                genre_runs.c.dagster_run_id == claim.dagster_run_id,
                genre_runs.c.claimed_at.is_not(None),
                still_running,
            )
            .values(
                heartbeat_at=func.clock_timestamp(),
                claimed_at=func.clock_timestamp() - func.make_interval(0, 0, 0, 0, 0, 0, elapsed),
            )
        )
    return renewed.rowcount == 1


def fail_run(engine: Engine, run_id: int, message: str, dagster_run_id: str | None = None) -> bool:
    """End a run as failed; `message` says why.

    With `dagster_run_id`, the run is ended only while that Dagster run has it. Return False if nothing was changed: the
    run had ended, or another Dagster run has it.
    """
    with engine.begin() as connection:
        row = lock_run(connection, run_id)
        if row is None or row.status != "running" or dagster_run_id not in (None, row.dagster_run_id):
            return False
        _fail(connection, row, message)
    return True


def fail_unfinished(engine: Engine, run: UnfinishedRun, message: str) -> bool:
    """End a run as failed, unless it ended, was claimed or got another Dagster run since it was read."""
    with engine.begin() as connection:
        row = _lock_unchanged(connection, run)
        if row is None:
            return False
        _fail(connection, row, message)
    return True


def requeue_run(engine: Engine, run: UnfinishedRun) -> bool:
    """Return a run whose worker is lost to the outbox, as its one retry.

    Return False if the retry has been used, or if the run ended or got another Dagster run since it was read.
    """
    with engine.begin() as connection:
        row = _lock_unchanged(connection, run)
        if row is None or row.retries >= MAX_RETRIES:
            return False
        _note(
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
    """Remove a Dagster run that ended before it started from its row, so that the outbox launches the genre run again.

    The retry is not used. Return False if the run was claimed, ended or got another Dagster run since it was read.
    """
    with engine.begin() as connection:
        row = _lock_unchanged(connection, run)
        if row is None or row.claimed_at is not None:
            return False
        _note(connection, row, dagster_run_id=None, launch_attempts=max(row.launch_attempts, 1))
    return True


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
            *(_seconds_since(genre_runs.c[name]) for name in ("launched_at", "claimed_at", "heartbeat_at")),
        )
        .select_from(runs.outerjoin(genre_runs, genre_runs.c.run_id == runs.c.id))
        .where(runs.c.status == "running")
        .order_by(runs.c.id)
    )
    with engine.connect() as connection:
        return [UnfinishedRun(*row) for row in connection.execute(statement)]


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


def _note(connection: Connection, row: RunRow, **values: Any) -> None:
    """Write `genre_runs` columns of a locked run."""
    statement = insert(genre_runs).values(run_id=row.id, job_id=row.job_id, genre=row.genre, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=[genre_runs.c.run_id], set_=values))


def _fail(connection: Connection, row: RunRow, message: str) -> None:
    """End a locked run as failed, which frees its idempotency key."""
    values = {"status": "failed", "error_message": storable(message)[:_MESSAGE_CHARACTERS]}
    connection.execute(update(runs).where(runs.c.id == row.id).values(**values, finished_at=func.clock_timestamp()))
    connection.execute(update(genre_runs).where(genre_runs.c.run_id == row.id).values(failed=True))
    metrics = MetricBatch()
    metrics.count("recap_runs_total", labels={"status": "failed", "genre": row.genre})
    add_metrics(connection, metrics)


def _lock_unchanged(connection: Connection, run: UnfinishedRun) -> RunRow | None:
    """Lock the run. Return None if it ended, was claimed or got another Dagster run since it was read."""
    row = lock_run(connection, run.run_id)
    if row is None or row.status != "running" or row.dagster_run_id != run.dagster_run_id:
        return None
    return row if (row.claimed_at is None) == (run.since_claim is None) else None


def _may_retry(row: Any, dagster_run_id: str, successor_of: str | None) -> bool:
    # The id may be its own: Dagster resumed the run after its worker was lost.
    return row.retries < MAX_RETRIES and row.dagster_run_id in (dagster_run_id, successor_of)


def _live_claims(connection: Connection, except_run: int) -> int:
    oldest = func.clock_timestamp() - func.make_interval(0, 0, 0, 0, 0, 0, LIVE_SECONDS)
    live = (
        select(func.count())
        .select_from(genre_runs.join(runs, runs.c.id == genre_runs.c.run_id))
        .where(
            runs.c.status == "running",
            genre_runs.c.claimed_at.is_not(None),
            genre_runs.c.heartbeat_at > oldest,
            genre_runs.c.run_id != except_run,
        )
    )
    return connection.execute(live).scalar_one()


def _seconds_since(moment: Any) -> ColumnElement[float | None]:
    return cast(func.extract("epoch", func.clock_timestamp() - moment), Float)
