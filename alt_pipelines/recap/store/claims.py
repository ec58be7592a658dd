"""Who works on a genre run, and how a run ends that yields no result: claims, heartbeats, failures, the one retry.

A claim is what makes launching twice harmless: of any number of Dagster runs that a row was launched as, one gets it.
The claimer renews its heartbeat while it works; a claim whose heartbeat stopped has lost its worker. Every end is
written only while the row is `running` and still belongs to whom the caller says, so a worker that was given up for
dead cannot overwrite what its successor did.

Here: rows of `recap_subworker_runs` between launch and end. Not here: submission and launch (`submissions`), results
(`results`), or deciding that a worker is lost (`reconcile`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Float, and_, cast, func, null, select, true, update
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.recap_tables import runs
from alt_pipelines.observability.metrics import MetricBatch
from alt_pipelines.observability.store import add_metrics
from alt_pipelines.recap.jsonable import plain_text

MAX_RETRIES = 1
"""How often a run that lost its worker starts again. A run that failed by its own error never does."""

HEARTBEAT_SECONDS = 5.0
"""How often a claimer says that it lives."""

LIVE_SECONDS = 20.0
"""A claim counts against the limit of runs at once while its heartbeat is younger than this."""

_CLAIM_LOCK = 0x67656E7265  # one claim is counted at a time
_MESSAGE_CHARACTERS = 1000


class UnknownRunError(LookupError):
    """No row has this run id; the message names it."""


@dataclass(frozen=True)
class Claim:
    """The right to work on a run, and what it asks for."""

    run_id: int
    job_id: str
    genre: str
    dagster_run_id: str
    request_payload: dict[str, Any]


@dataclass(frozen=True)
class UnfinishedRun:
    """A row that is `running`; ages in seconds by the database's clock, None where it never happened."""

    run_id: int
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
    """Take a run for a Dagster run: at most one gets it.

    Args:
        limit: runs that may be claimed at once, over all workers; None for no limit.
        successor_of: a Dagster run that is known to have ended, whose claim the caller may take over as the one retry.

    Returns:
        The claim; "taken" when the run has ended or another Dagster run has it; "full" when `limit` runs are at work.

    Raises:
        UnknownRunError: there is no such run.
    """
    with engine.begin() as connection:
        if limit is not None:
            connection.execute(select(func.pg_advisory_xact_lock(_CLAIM_LOCK)))
        row = connection.execute(select(runs).where(runs.c.id == run_id).with_for_update()).first()
        if row is None:
            raise UnknownRunError(f"run {run_id} is not in recap-db; submit the request again")
        is_retry = row.claimed_at is not None
        if row.status != "running" or (is_retry and not _may_retry(row, dagster_run_id, successor_of)):
            return "taken"
        now = func.clock_timestamp()
        if limit is not None and _live_claims(connection, run_id) >= limit:
            connection.execute(update(runs).where(runs.c.id == run_id).values(heartbeat_at=now))  # it waits, alive
            return "full"
        values: dict[Any, Any] = {"dagster_run_id": dagster_run_id, "claimed_at": now, "heartbeat_at": now}
        values |= {"launched_at": func.coalesce(runs.c.launched_at, now), "retries": row.retries + int(is_retry)}
        connection.execute(update(runs).where(runs.c.id == run_id).values(values))
    return Claim(row.id, row.job_id, row.genre, dagster_run_id, row.request_payload)


def renew_claim(engine: Engine, claim: Claim) -> bool:
    """Say that the claimer lives. False when the run is no longer its own: it was ended or given to another."""
    with engine.begin() as connection:
        renewed = connection.execute(
            update(runs).where(owned_by(claim.run_id, claim.dagster_run_id)).values(heartbeat_at=func.clock_timestamp())
        )
    return renewed.rowcount == 1


def fail_run(engine: Engine, run_id: int, message: str, dagster_run_id: str | None = None) -> bool:
    """End a run as failed, with a sentence that says why.

    With `dagster_run_id`, only while that Dagster run has it. False when nothing was changed: the run had ended, or is
    another's.
    """
    mine = true() if dagster_run_id is None else runs.c.dagster_run_id == dagster_run_id
    return _fail(engine, and_(runs.c.id == run_id, runs.c.status == "running", mine), message)


def fail_unfinished(engine: Engine, run: UnfinishedRun, message: str) -> bool:
    """End a run as failed, unless it ended, was claimed or changed hands since it was read."""
    return _fail(engine, _unchanged(run), message)


def requeue_run(engine: Engine, run: UnfinishedRun) -> bool:
    """Give a run whose worker is lost back to the outbox, once.

    False when it has had its retry, has ended, or changed hands since it was read.
    """
    cleared: dict[str, Any] = {"dagster_run_id": null(), "claimed_at": null(), "launched_at": null()}
    cleared |= {"launch_attempts": 0, "heartbeat_at": func.clock_timestamp()}  # its wait begins anew
    statement = (
        update(runs).where(_unchanged(run), runs.c.retries < MAX_RETRIES).values(**cleared, retries=runs.c.retries + 1)
    )
    with engine.begin() as connection:
        return connection.execute(statement).rowcount == 1


def release_launch(engine: Engine, run: UnfinishedRun) -> bool:
    """Forget a Dagster run that ended without ever beginning, so that the outbox launches the run again.

    Costs no retry: nothing was tried. False when the run was claimed, has ended or changed hands since it was read.
    """
    statement = (
        update(runs)
        .where(_unchanged(run), runs.c.claimed_at.is_(None))
        .values(dagster_run_id=null(), launch_attempts=func.greatest(runs.c.launch_attempts, 1))
    )
    with engine.begin() as connection:
        return connection.execute(statement).rowcount == 1


def unfinished_runs(engine: Engine) -> Sequence[UnfinishedRun]:
    """Every row that is `running`, oldest first."""
    statement = select(
        runs.c.id,
        runs.c.genre,
        runs.c.request_hash.is_not(None),
        runs.c.dagster_run_id,
        runs.c.retries,
        *(_seconds_since(runs.c[name]) for name in ("started_at", "launched_at", "claimed_at", "heartbeat_at")),
    )
    with engine.connect() as connection:
        rows = connection.execute(statement.where(runs.c.status == "running").order_by(runs.c.id))
        return [UnfinishedRun(*row) for row in rows]


def run_of(engine: Engine, dagster_run_id: str) -> int | None:
    """The run that a Dagster run claimed or was launched for, or None."""
    statement = select(runs.c.id).where(runs.c.dagster_run_id == dagster_run_id).order_by(runs.c.id.desc()).limit(1)
    with engine.connect() as connection:
        return connection.execute(statement).scalar_one_or_none()


def owned_by(run_id: int, dagster_run_id: str) -> ColumnElement[bool]:
    """The condition that a run is unfinished and claimed by this Dagster run."""
    return and_(
        runs.c.id == run_id,
        runs.c.status == "running",
        runs.c.claimed_at.is_not(None),
        runs.c.dagster_run_id == dagster_run_id,
    )


def _fail(engine: Engine, condition: ColumnElement[bool], message: str) -> bool:
    values = {"status": "failed", "error_message": plain_text(message)[:_MESSAGE_CHARACTERS]}
    statement = update(runs).where(condition).values(**values, finished_at=func.clock_timestamp())
    with engine.begin() as connection:
        genre = connection.execute(statement.returning(runs.c.genre)).scalar_one_or_none()
        if genre is None:
            return False
        metrics = MetricBatch()
        metrics.count("recap_runs_total", labels={"status": "failed", "genre": genre})
        add_metrics(connection, metrics)
    return True


def _unchanged(run: UnfinishedRun) -> ColumnElement[bool]:
    owner = runs.c.dagster_run_id
    same_owner = owner.is_(None) if run.dagster_run_id is None else owner == run.dagster_run_id
    claim = runs.c.claimed_at
    same_claim = claim.is_(None) if run.since_claim is None else claim.is_not(None)
    return and_(runs.c.id == run.run_id, runs.c.status == "running", same_owner, same_claim)


def _may_retry(row: Any, dagster_run_id: str, successor_of: str | None) -> bool:
    # Its own id: Dagster resumed the run after its worker was lost.
    return row.retries < MAX_RETRIES and row.dagster_run_id in (dagster_run_id, successor_of)


def _live_claims(connection: Connection, except_run: int) -> int:
    oldest = func.clock_timestamp() - func.make_interval(0, 0, 0, 0, 0, 0, LIVE_SECONDS)
    live = select(func.count()).where(
        runs.c.status == "running", runs.c.claimed_at.is_not(None), runs.c.heartbeat_at > oldest
    )
    return connection.execute(live.where(runs.c.id != except_run)).scalar_one()


def _seconds_since(moment: Any) -> ColumnElement[float | None]:
    return cast(func.extract("epoch", func.clock_timestamp() - moment), Float)
