"""Genre runs: submit one, read one, wait for one.

A submission is one transaction; the answer does not wait for Dagster.
"""

import asyncio
import contextlib
import re
import time
import unicodedata
from typing import Annotated, Any, Literal
from uuid import UUID

import structlog
from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request
from fastapi.params import Header
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError
from sqlalchemy.engine import Engine

from alt_pipelines.recap.corpus.request import DOCUMENT_LIMIT_EXCEEDED, StorableRequest
from alt_pipelines.recap.store import submissions
from alt_pipelines.settings import Settings
from alt_pipelines.text.normal import remove_unseen, storable
from api.errors import DATABASE_AWAY, documented
from api.examples import RUN_REQUEST
from api.reader_store import list_runs
from api.schemas import Run, RunPage, RunSummary
from api.services import Needs, runs_token
from api.validation import body_of, documented_body

log = structlog.get_logger(__name__)

router = APIRouter(tags=["runs"], dependencies=[Depends(runs_token)])

BAD_JOB_ID = "X-Alt-Job-Id must be a valid UUID"
IN_PROGRESS = "run already in progress for job/genre"
PAYLOAD_DIFFERS = "request payload differs for idempotency key"
NOT_FOUND = "run not found"
TOO_MANY = "too many unfinished runs, try again later"
RETRY_SECONDS = 30
"""A run takes seconds, so some of the unfinished runs have ended by then."""

# The key is stored in a B-tree entry, which Postgres limits to 2704 bytes.
MAX_KEY_CHARACTERS = 512
MAX_ID = 2**63 - 1
_INTEGER = re.compile("[+-]?[0-9]+")

_NAMED: dict[str, Any] = {
    "headers": {
        "X-Dagster-Run-Id": {
            "description": "Dagster run that executes this genre run; absent before launch",
            "schema": {"type": "string"},
        },
        "X-Dagster-Run-Url": {"description": "URL of that run in Dagster's UI", "schema": {"type": "string"}},
    }
}

WAIT_FIRST_SECONDS, WAIT_LONGEST_SECONDS, WAIT_GROWTH = 0.1, 1.0, 1.5


def _utf8(value: Any) -> Any:
    """Decode a header as UTF-8: servers decode headers as latin-1, but clients send UTF-8 (a genre may be Japanese)."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _integer(value: Any) -> Any:
    """Refuse what pydantic reads as an integer although it is written as something else, such as `1.0`."""
    if isinstance(value, str) and not _INTEGER.fullmatch(value):
        raise PydanticCustomError("int_parsing", "Input should be a valid integer")
    return value


def _without_controls(value: str) -> str:
    if any(unicodedata.category(character) == "Cc" for character in value):
        raise ValueError("control characters are not allowed")
    return value


def _visible(value: str) -> str:
    if not remove_unseen(value).replace("\N{BRAILLE PATTERN BLANK}", "").strip():
        raise ValueError("at least one visible character is needed")
    return value


GenreHeader = Annotated[
    str,
    Header(alias="X-Alt-Genre", description="Genre, 1 to 32 characters, not blank", examples=["tech"]),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=32),
    AfterValidator(_without_controls),
    AfterValidator(_visible),
    BeforeValidator(_utf8),
]
JobIdHeader = Annotated[
    str, Header(alias="X-Alt-Job-Id", description="UUID of the recap job", json_schema_extra={"format": "uuid"})
]
KeyHeader = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        description="`{job_id}::{genre}` or `{job_id}::{genre}::{digest of the corpus}`. The same key and payload "
        "return the same run, unless that run failed.",
    ),
    StringConstraints(strip_whitespace=True, max_length=MAX_KEY_CHARACTERS),
    AfterValidator(_without_controls),
    BeforeValidator(_utf8),
]


@router.post(
    "/v1/runs",
    status_code=202,
    response_model=Run,
    summary="Submit one genre of one recap job",
    responses=documented(
        *(400, 401, 403, 408, 409, 413, 422, 429, 500, 503),
        e400=BAD_JOB_ID,
        e409=IN_PROGRESS,
        e422=PAYLOAD_DIFFERS,
        e429=TOO_MANY,
        e503=DATABASE_AWAY,
    )
    | {202: _NAMED},
    openapi_extra=documented_body("GenreRunRequest", RUN_REQUEST),
)
async def submit(
    services: Needs,
    job_id: JobIdHeader,
    genre: GenreHeader,
    parsed: Annotated[StorableRequest, body_of("GenreRunRequest")],
    key: KeyHeader = "",
) -> JSONResponse:
    """Accepts the run and responds at once; a Dagster run executes it.

    Poll `GET /v1/runs/{run_id}`, with `wait` to wait for the end. A replay of the same request with the same
    `Idempotency-Key` returns the existing run, unless that run failed. Without a key, or with another key, each genre
    of a job can have only one unfinished run. The answer to a request with too many documents has the maximum in the
    header `X-Document-Limit` and the number sent in `X-Document-Count`.
    """
    limit = services.settings.recap.max_docs_per_genre
    if parsed.documents > limit:
        log.warning("run_refused", job_id=job_id, genre=genre, documents=parsed.documents, max_docs_per_genre=limit)
        counts = {"X-Document-Limit": str(limit), "X-Document-Count": str(parsed.documents)}
        raise HTTPException(422, DOCUMENT_LIMIT_EXCEEDED, headers=counts)
    try:
        job = str(UUID(job_id.strip()))
    except ValueError:
        raise HTTPException(400, BAD_JOB_ID) from None
    most = services.settings.edge.max_unfinished_runs
    try:
        stored, created = await services.recap.run(_submit_and_read, job, genre, key or None, parsed, most)
    except submissions.RunInProgress:
        raise HTTPException(409, IN_PROGRESS) from None
    except submissions.PayloadDiffers:
        raise HTTPException(422, PAYLOAD_DIFFERS) from None
    except submissions.TooManyRuns:
        log.warning("run_refused", job_id=job, genre=genre, unfinished=most)
        raise HTTPException(429, TOO_MANY, headers={"Retry-After": str(RETRY_SECONDS)}) from None
    run = stored.run
    log.info("run_submitted", job_id=job, genre=run["genre"], run_id=run["run_id"], created=created)
    if created:
        services.launcher.submit(run["run_id"], job, run["genre"])
    return _answer(stored, services.settings, 202)


@router.get(
    "/v1/runs",
    response_model=RunPage,
    summary="List runs, newest first",
    responses=documented(401, 403, 422, 500, 503, e503=DATABASE_AWAY),
)
async def newest(
    services: Needs,
    job_id: Annotated[UUID | None, Query(description="Only runs of this recap job")] = None,
    genre: Annotated[str | None, Query(max_length=32, description="Only runs of this genre")] = None,
    status: Annotated[
        Literal["running", "succeeded", "partial", "failed"] | None, Query(description="Only runs with this status")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="Maximum number of runs per page")] = 50,
    before: Annotated[
        int, Query(ge=1, le=MAX_ID, description="Only runs with a smaller id; pass `next` of the previous page")
    ] = MAX_ID,
) -> RunPage:
    """Lists runs without their clusters. A full page has `next`, which is the `before` of the next page."""
    given = {"job_id": str(job_id) if job_id else None, "genre": storable(genre) if genre else None, "status": status}
    wanted = {name: value for name, value in given.items() if value is not None}
    found = await services.recap.run(list_runs, before, limit, wanted)
    rows = [
        RunSummary(**run, dagster_run_url=dagster_run_url(run["dagster_run_id"], services.settings)) for run in found
    ]
    return RunPage(runs=rows, next=rows[-1].run_id if len(rows) == limit else None)


@router.get(
    "/v1/runs/{run_id}",
    response_model=Run,
    summary="Read a run, optionally waiting for its end",
    responses=documented(401, 403, 404, 422, 500, 503, e404=NOT_FOUND, e503=DATABASE_AWAY) | {200: _NAMED},
)
async def read(
    request: Request,
    services: Needs,
    run_id: Annotated[int, Path(description="The id of the run"), BeforeValidator(_integer)],
    wait: Annotated[float, Query(ge=0, le=60, description="Seconds to wait for the run's end")] = 0,
) -> JSONResponse:
    """Returns the current state of the run. With `wait`, answers when the run ends, at most that many seconds later.

    If the server stops meanwhile, answers at once.
    """
    deadline = time.monotonic() + wait
    pause = WAIT_FIRST_SECONDS
    stored = await services.recap.run(submissions.read_stored_run, run_id)
    while stored is not None and stored.run["status"] == "running":
        left = deadline - time.monotonic()
        if left <= 0 or services.stopping.is_set() or await request.is_disconnected():
            break
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(services.stopping.wait(), min(pause, left))  # holds no database connection
        pause = min(pause * WAIT_GROWTH, WAIT_LONGEST_SECONDS)
        stored = await services.recap.run(submissions.read_stored_run, run_id)
    if stored is None:
        raise HTTPException(404, NOT_FOUND)
    return _answer(stored, services.settings, 200)


def dagster_run_url(dagster_run_id: str | None, settings: Settings) -> str | None:
    """Return the URL of a Dagster run in its UI; None for None."""
    return f"{settings.dagster_ui_url}/runs/{dagster_run_id}" if dagster_run_id else None


def _answer(stored: submissions.StoredRun, settings: Settings, status: int) -> JSONResponse:
    """Answer the run object. Its keys are fixed, so headers name its Dagster run."""
    named = {
        "X-Dagster-Run-Id": stored.dagster_run_id,
        "X-Dagster-Run-Url": dagster_run_url(stored.dagster_run_id, settings),
    }
    return JSONResponse(stored.run, status, {header: value for header, value in named.items() if value})


def _submit_and_read(
    engine: Engine, job_id: str, genre: str, key: str | None, parsed: StorableRequest, most: int
) -> tuple[submissions.StoredRun, bool]:
    submission = submissions.submit_run(
        engine, job_id=job_id, genre=genre, idempotency_key=key, request=parsed, max_unfinished=most
    )
    stored = submissions.read_stored_run(engine, submission.run_id)
    assert stored is not None, "a committed run has a row"
    return stored, submission.created
