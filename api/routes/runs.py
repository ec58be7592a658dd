"""Genre runs: submit one, read one, wait for one.

A submission is one transaction; the answer does not wait for Dagster. The body is parsed in a thread, not by FastAPI,
because one of 10 MB takes a third of a second during which the event loop would answer nobody, /health included.
"""

import asyncio
import time
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.params import Header
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BeforeValidator, StringConstraints, ValidationError
from sqlalchemy.engine import Engine

from alt_pipelines.recap.corpus.request import DOCUMENT_LIMIT_EXCEEDED, GenreRunRequest
from alt_pipelines.recap.store import submissions
from api.errors import DATABASE_AWAY, documented
from api.examples import RUN_REQUEST
from api.schemas import Run
from api.services import Needs

router = APIRouter(tags=["runs"])

BAD_JOB_ID = "X-Alt-Job-Id must be a valid UUID"
IN_PROGRESS = "run already in progress for job/genre"
PAYLOAD_DIFFERS = "request payload differs for idempotency key"
NOT_FOUND = "run not found"

# Its bytes stand in a B-tree entry, of which Postgres takes 2704.
MAX_KEY_CHARACTERS = 512

WAIT_FIRST_SECONDS, WAIT_LONGEST_SECONDS, WAIT_GROWTH = 0.1, 1.0, 1.5


def _utf8(value: Any) -> Any:
    """Headers arrive decoded as latin-1; clients send UTF-8 (a genre may be Japanese)."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _printable(value: str) -> str:
    if not all(character.isprintable() for character in value):
        raise ValueError("control characters are not allowed")
    return value


GenreHeader = Annotated[
    str,
    Header(alias="X-Alt-Genre", description="The genre; blank or over 32 characters is refused", examples=["tech"]),
    StringConstraints(strip_whitespace=True, min_length=1, max_length=32),
    AfterValidator(_printable),
    BeforeValidator(_utf8),
]
JobIdHeader = Annotated[
    str, Header(alias="X-Alt-Job-Id", description="The recap job, a UUID", json_schema_extra={"format": "uuid"})
]
KeyHeader = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        description="`{job_id}::{genre}` or `{job_id}::{genre}::{digest of the corpus}`: the same key and payload give "
        "the same run, unless it failed",
    ),
    StringConstraints(strip_whitespace=True, max_length=MAX_KEY_CHARACTERS),
    AfterValidator(_printable),
    BeforeValidator(_utf8),
]


@router.post(
    "/v1/runs",
    status_code=202,
    response_model=Run,
    summary="Submit one genre of one recap job",
    responses=documented(
        400, 409, 413, 422, 500, 503, e400=BAD_JOB_ID, e409=IN_PROGRESS, e422=PAYLOAD_DIFFERS, e503=DATABASE_AWAY
    ),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {"$ref": "#/components/schemas/GenreRunRequest"},
                    "example": RUN_REQUEST,
                }
            },
        }
    },
)
async def submit(
    request: Request, services: Needs, job_id: JobIdHeader, genre: GenreHeader, key: KeyHeader = ""
) -> JSONResponse:
    """Answers at once; the work happens in a Dagster run. Poll `GET /v1/runs/{run_id}`, or let it wait for the end.

    A replay of the same request with the same `Idempotency-Key` gets the run that is there. Without a key, or with
    another one, a job's genre can have only one unfinished run.
    """
    body = await request.body()
    parsed = await asyncio.to_thread(_parse, body)
    if len(parsed.documents) > services.settings.recap.max_docs_per_genre:
        raise HTTPException(422, DOCUMENT_LIMIT_EXCEEDED)
    try:
        job = str(UUID(job_id.strip()))
    except ValueError:
        raise HTTPException(400, BAD_JOB_ID) from None
    try:
        run, created = await services.recap.run(_submit_and_read, job, genre, key or None, parsed)
    except submissions.RunInProgress:
        raise HTTPException(409, IN_PROGRESS) from None
    except submissions.PayloadDiffers:
        raise HTTPException(422, PAYLOAD_DIFFERS) from None
    if created:
        services.launcher.submit(run["run_id"], run["genre"])
    return JSONResponse(run, status_code=202)


@router.get(
    "/v1/runs/{run_id}",
    response_model=Run,
    summary="Read a run, or wait for its end",
    responses=documented(404, 422, 500, 503, e404=NOT_FOUND, e503=DATABASE_AWAY),
)
async def read(
    request: Request,
    services: Needs,
    run_id: int,
    wait: Annotated[float, Query(ge=0, le=60, description="Seconds to wait for the run's end")] = 0,
) -> JSONResponse:
    """The run as it is, or, with `wait`, as soon as it has ended and at the latest after that many seconds."""
    deadline = time.monotonic() + wait
    pause = WAIT_FIRST_SECONDS
    run = await services.recap.run(submissions.read_run, run_id)
    while run is not None and run["status"] == "running":
        left = deadline - time.monotonic()
        if left <= 0 or await request.is_disconnected():
            break
        await asyncio.sleep(min(pause, left))  # no connection is held meanwhile
        pause = min(pause * WAIT_GROWTH, WAIT_LONGEST_SECONDS)
        run = await services.recap.run(submissions.read_run, run_id)
    if run is None:
        raise HTTPException(404, NOT_FOUND)
    return JSONResponse(run)


def _parse(body: bytes) -> GenreRunRequest:
    try:
        return GenreRunRequest.model_validate_json(body)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False)
        raise RequestValidationError([{**problem, "loc": ("body", *problem["loc"])} for problem in problems]) from None


def _submit_and_read(
    engine: Engine, job_id: str, genre: str, key: str | None, parsed: GenreRunRequest
) -> tuple[dict[str, Any], bool]:
    submission = submissions.submit_run(engine, job_id=job_id, genre=genre, idempotency_key=key, request=parsed)
    run = submissions.read_run(engine, submission.run_id)
    assert run is not None, "a committed run has a row"
    return run, submission.created
