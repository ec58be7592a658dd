"""Claims of genre runs: heartbeats, failures and the one retry.

The claim makes duplicate launches harmless: of all Dagster runs launched for a row, one gets the claim. The claimer
renews its heartbeat while it computes; a claim whose heartbeat has stopped has lost its worker. A run is ended only
while its row is `running` and still has the Dagster run that the caller names. A worker that was declared lost
therefore cannot overwrite its successor's result.

Scope: what a worker does to its run. Out of scope: submission and launch (`submissions`), results (`results`), and what
becomes of a run whose worker is lost (`reconciliation`).
"""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.locks import Single
from alt_pipelines.database.recap_tables import genre_runs, runs
from alt_pipelines.recap.store.run_rows import RunRow, end_failed, lock_run, record

MAX_RETRIES = 1
"""How often a run that lost its worker is restarted. A run that failed with an error is never restarted."""

HEARTBEAT_SECONDS = 5.0
"""Interval of a claim's heartbeats."""

LIVE_SECONDS = 20.0
"""A claim counts against the limit of concurrent runs while its heartbeat is younger than this."""


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
    def log_fields(self) -> dict[str, Any]:
        """The fields of every log line about the run; one search for any of them finds them all."""
        return {
            "job_id": self.job_id,
            "genre": self.genre,
            "run_id": self.run_id,
            "dagster_run_id": self.dagster_run_id,
        }


def claim_run(
    engine: Engine, run_id: int, dagster_run_id: str, *, limit: int | None = None, successor_of: str | None = None
) -> Claim | Literal["taken", "full"]:
    """Claim a genre run for a Dagster run. At most one Dagster run gets it.

    Safe to repeat after a lost connection: a Dagster run that has the claim gets it again, and nothing is changed.

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
        is_own = row.claimed_at is not None and row.dagster_run_id == dagster_run_id
        if row.status != "running" or not (is_own or _is_free(row, successor_of)):
            return "taken"
        if not is_own:
            if limit is not None and _live_claims(connection, run_id) >= limit:
                record(connection, row, heartbeat_at=func.clock_timestamp())  # its Dagster run is alive and waiting
                return "full"
            _take(connection, row, dagster_run_id)
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
        end_failed(connection, row, message)
    return True


def _is_free(row: RunRow, successor_of: str | None) -> bool:
    """Whether nobody has claimed the run, or its one retry is left for the successor of the Dagster run that did."""
    return row.claimed_at is None or (row.retries < MAX_RETRIES and row.dagster_run_id == successor_of)


def _take(connection: Connection, row: RunRow, dagster_run_id: str) -> None:
    now = func.clock_timestamp()
    record(
        connection,
        row,
        dagster_run_id=dagster_run_id,
        claimed_at=now,
        heartbeat_at=now,
        **({} if row.launched_at is not None else {"launched_at": now}),
        retries=row.retries + int(row.claimed_at is not None),
    )


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
