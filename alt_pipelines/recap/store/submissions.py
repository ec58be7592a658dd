"""Submission and reading of genre runs, as the API uses them.

A genre run is a row of the platform's table `recap_subworker_runs` and one of this project's `genre_runs`. Its states,
with the columns that record them (`status` and `finished_at` are the platform's, the others are in `genre_runs`):

    submitted --> reserved ----------> launched ----------> claimed ------------------> finished
    (the row)     launched_at,         dagster_run_id       claimed_at, heartbeat_at,   status, finished_at
                  launch_attempts                           dagster_run_id

Launching (`launches`) is a second step after the 202 answer and may happen twice; the claim (`claims`) is exclusive. A
row without a request_hash was written by an earlier service and is never launched.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, Text, cast, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.locks import Paired
from alt_pipelines.database.recap_tables import genre_runs, runs
from alt_pipelines.recap.corpus.request import GenreRunRequest, StorableRequest
from alt_pipelines.recap.jsonable import to_json
from alt_pipelines.text.normal import storable


class RunInProgress(Exception):  # noqa: N818 - a state of affairs that the caller answers with 409, not a fault
    """Another run of the same job and genre has not ended."""


class TooManyRuns(Exception):  # noqa: N818 - as above, 429
    """The maximum number of unfinished runs is reached."""


class PayloadDiffers(Exception):  # noqa: N818 - as above, 422
    """The idempotency key belongs to a run with a different payload."""


@dataclass(frozen=True)
class Submission:
    """The run that serves a request, and whether it was created for it."""

    run_id: int
    created: bool


class StoredRun(NamedTuple):
    """A run as the HTTP contract's run object, and its latest Dagster run; None before launch."""

    run: dict[str, Any]
    dagster_run_id: str | None


def submit_run(
    engine: Engine,
    *,
    job_id: str,
    genre: str,
    idempotency_key: str | None,
    request: GenreRunRequest | StorableRequest,
    max_unfinished: int | None = None,
) -> Submission:
    """Commit a run for the request, or return the run that its idempotency key already has.

    The same key and payload always give the same run, unless that run failed: a failed run frees its key. Concurrent
    calls are safe. An advisory lock serializes the submissions of one (job, genre), and a unique index also guards
    submissions with a key.

    Raises:
        PayloadDiffers: the key's run has not failed and has a different payload.
        RunInProgress: a run of this job and genre is unfinished and does not have this key.
        TooManyRuns: `max_unfinished` runs are unfinished. Concurrent calls may exceed the limit by their number.
    """
    genre, key = storable(genre), None if idempotency_key is None else storable(idempotency_key)
    sent = request.storable() if isinstance(request, GenreRunRequest) else request
    request_hash = sent.canonical_hash
    with engine.begin() as connection:
        lock_genre(connection, job_id, genre)
        if key is not None:
            known = connection.execute(
                _same_job(job_id, genre).where(genre_runs.c.idempotency_key == key, runs.c.status != "failed")
            ).first()
            if known is not None:
                if known.request_hash != request_hash:
                    raise PayloadDiffers(f"idempotency key {key!r} belongs to run {known.id}, whose payload differs")
                return Submission(known.id, created=False)
        refuse_second_run(connection, job_id, genre)
        if max_unfinished is not None and _unfinished(connection, max_unfinished) >= max_unfinished:
            raise TooManyRuns(f"the limit of {max_unfinished} unfinished genre runs is reached")
        payload = cast(literal(sent.payload, Text), JSONB)
        created = _insert(connection, job_id, genre, payload, request_hash, key)
    return Submission(created, created=True)


def read_run(engine: Engine, run_id: int) -> dict[str, Any] | None:
    """Read a run as the HTTP contract's run object; None for an unknown id. A finished run never changes."""
    stored = read_stored_run(engine, run_id)
    return None if stored is None else stored.run


def read_stored_run(engine: Engine, run_id: int) -> StoredRun | None:
    """Read a run and the Dagster run that executes it; None for an unknown id."""
    if not -(2**63) <= run_id < 2**63:  # outside Postgres' BIGINT, so no run has this id
        return None
    columns = (runs.c.id, runs.c.job_id, runs.c.genre, runs.c.status, runs.c.cluster_count)
    statement = (
        select(
            *columns, runs.c.response_payload, runs.c.error_message, genre_runs.c.run_id, genre_runs.c.dagster_run_id
        )
        .select_from(runs.outerjoin(genre_runs, genre_runs.c.run_id == runs.c.id))
        .where(runs.c.id == run_id)
    )
    with engine.connect() as connection:
        row = connection.execute(statement).first()
    return None if row is None else StoredRun(_run_object(row), row.dagster_run_id)


def resubmit_newest(engine: Engine, genre: str) -> int | None:
    """Create a run from the newest stored request of a genre and return its id; None if the genre has no request.

    Raises:
        RunInProgress: that request's job and genre have an unfinished run.
    """
    newest = _stored_request().where(runs.c.genre == genre, runs.c.request_payload.has_key("documents"))
    return _resubmit(engine, newest.order_by(runs.c.id.desc()).limit(1))


def resubmit(engine: Engine, run_id: int) -> int | None:
    """Create a run from the stored request of an ended run and return its id; None for an unknown id.

    Raises:
        RunInProgress: the same job and genre have an unfinished run.
    """
    return _resubmit(engine, _stored_request().where(runs.c.id == run_id))


def lock_genre(connection: Connection, job_id: str, genre: str) -> None:
    """Serialize the submissions of a (job, genre) by an advisory lock that lasts until the transaction ends."""
    key = func.hashtext(f"{job_id}:{genre}")
    connection.execute(select(func.pg_advisory_xact_lock(int(Paired.SUBMISSION), key)))


def refuse_second_run(connection: Connection, job_id: str, genre: str) -> None:
    """Raise RunInProgress if a run of the (job, genre) is unfinished. Call it under `lock_genre`."""
    unfinished = connection.execute(_same_job(job_id, genre).where(runs.c.status == "running")).first()
    if unfinished is not None:
        raise RunInProgress(f"run {unfinished.id} of job {job_id}, genre {genre!r}, is still in progress")


def _unfinished(connection: Connection, limit: int) -> int:
    """Count the unfinished runs, up to `limit`."""
    some = select(runs.c.id).where(runs.c.status == "running").limit(limit).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one()


def _resubmit(engine: Engine, source: Select[Any]) -> int | None:
    with engine.begin() as connection:
        row = connection.execute(source).first()
        if row is None:
            return None
        lock_genre(connection, row.job_id, row.genre)
        refuse_second_run(connection, row.job_id, row.genre)
        return _insert(connection, row.job_id, row.genre, row.request_payload, row.request_hash, None)


def _insert(
    connection: Connection, job_id: str, genre: str, payload: Any, request_hash: str | None, key: str | None
) -> int:
    """Insert both rows of a new run, under `lock_genre`. First free the key of a run that another service failed."""
    if key is not None:
        failed = select(runs.c.id).where(runs.c.id == genre_runs.c.run_id, runs.c.status != "failed").exists()
        connection.execute(
            update(genre_runs)
            .where(genre_runs.c.job_id == job_id, genre_runs.c.genre == genre, genre_runs.c.idempotency_key == key)
            .where(~genre_runs.c.failed, ~failed)
            .values(failed=True)
        )
    row = {"job_id": job_id, "genre": genre, "status": "running", "request_payload": payload}
    created: int = connection.execute(insert(runs).values(row).returning(runs.c.id)).scalar_one()
    connection.execute(
        insert(genre_runs).values(
            run_id=created, job_id=job_id, genre=genre, idempotency_key=key, request_hash=request_hash
        )
    )
    return created


def _stored_request() -> Select[Any]:
    """Select stored requests. A request of an earlier service has no hash, and neither has its rerun."""
    return select(
        runs.c.id, runs.c.job_id, runs.c.genre, runs.c.request_payload, genre_runs.c.request_hash
    ).select_from(runs.outerjoin(genre_runs, genre_runs.c.run_id == runs.c.id))


def _same_job(job_id: str, genre: str) -> Select[Any]:
    return (
        select(runs.c.id, genre_runs.c.request_hash)
        .select_from(runs.outerjoin(genre_runs, genre_runs.c.run_id == runs.c.id))
        .where(runs.c.job_id == job_id, runs.c.genre == genre)
    )


def _run_object(row: Any) -> dict[str, Any]:
    response = row.response_payload or {}
    if row.run_id is None:  # written by an earlier service; JSONB can hold numbers that are infinite for Python
        response = to_json(response)
    if row.status == "failed":
        diagnostics = {"error_message": row.error_message or "the run failed without an error message"}
    else:
        diagnostics = response.get("diagnostics", {})
    return {
        "run_id": row.id,
        "job_id": row.job_id,
        "genre": row.genre,
        "status": row.status,
        "cluster_count": row.cluster_count,
        "clusters": response.get("clusters", []),
        "diagnostics": diagnostics,
    }
