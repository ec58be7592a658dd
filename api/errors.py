"""Error answers: a status and a sentence that is safe to show, without internal details.

This module has the exception handlers and formats the list of validation problems. Routes decide which failure gets
which status.
"""

from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError, ResponseValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from alt_pipelines.database.engines import is_transient
from alt_pipelines.database.refusals import answer_of, sqlstate_of
from alt_pipelines.text.normal import storable
from api.schemas import ErrorBody, ValidationErrorBody

log = structlog.get_logger(__name__)

INTERNAL = "Internal server error"
DATABASE_AWAY = "database is unavailable, try again later"

# A body of 5000 documents can have 5000 problems. More than 50 help no client, and the answer would exceed the request.
MAX_PROBLEMS = 50
MAX_ECHO = 200

# SQLSTATEs of an inability that is not the request's fault: read only (a standby, or protection against a full disk);
# out of disk, memory or connections; lock not available; statement timeout; a refused login, until the settings are
# corrected.
_CANNOT_NOW = ("25006", "53", "55P03", "57014", "28")

_DESCRIPTIONS = {
    400: "Bad request",
    401: "Credentials are missing or invalid",
    403: "The service token is wrong",
    404: "Not found",
    408: "The body took too long to arrive",
    409: "An operation of this kind is already in progress",
    413: "The body exceeds the size limit",
    415: "The body is not JSON",
    422: "The request is invalid; `detail` lists the problems",
    429: "Too many unfinished requests; retry after `Retry-After` seconds",
    500: "Internal error or missing configuration; the log has the cause",
    502: "The recap worker did not accept the payload",
    503: "A dependency is temporarily unavailable; try again later",
}


def documented(*statuses: int, **examples: str) -> dict[int | str, dict[str, Any]]:
    """Return a route's `responses`: an entry per status with its body; `e409="text"` sets the example of 409."""
    entries: dict[int | str, dict[str, Any]] = {}
    for status in statuses:
        entry: dict[str, Any] = {
            "model": ValidationErrorBody if status == 422 else ErrorBody,
            "description": _DESCRIPTIONS[status],
        }
        if example := examples.get(f"e{status}"):
            entry["content"] = {"application/json": {"example": {"detail": example}}}
        entries[status] = entry
    return entries


def install_error_handlers(app: FastAPI) -> None:
    """Install handlers that answer validation problems, database errors and invalid responses with clean bodies."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ResponseValidationError, _broken_answer)
    app.add_exception_handler(SQLAlchemyError, _database)


def validation_detail(errors: Sequence[Any]) -> list[dict[str, Any]]:
    """Return FastAPI's list in a safe form: no exceptions, only values that JSON can hold, long inputs cut.

    The input of a missing value, and one that is an object or a list, is null.
    """
    return [_problem(error) for error in errors[:MAX_PROBLEMS]]


def _problem(error: dict[str, Any]) -> dict[str, Any]:
    problem = {
        "type": error["type"],
        "loc": [part if isinstance(part, int) else _text(str(part)) for part in error["loc"]],
        "msg": _text(error["msg"]),
        "input": None,
    }
    value = error.get("input")
    if isinstance(value, str):
        problem["input"] = _text(value)
    elif isinstance(value, int | float) and abs(value) < 2**63:  # false for NaN and Infinity
        problem["input"] = value
    return problem


def _text(value: str) -> str:
    cut = value if len(value) <= MAX_ECHO else value[:MAX_ECHO] + "…"
    return storable(cut)  # a lone surrogate would break the answer's encoding


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return JSONResponse({"detail": validation_detail(error.errors())}, status_code=422)


async def _broken_answer(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ResponseValidationError)
    log.error("response_invalid", problems=validation_detail(error.errors()))
    return JSONResponse({"detail": INTERNAL}, status_code=500)


async def _database(_request: Request, error: Exception) -> JSONResponse:
    """Answer 503 for an unreachable or overloaded database, which clients may retry, and 500 for any other error."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    state = sqlstate_of(cause) or ""
    refused = answer_of(cause) is not None
    away = isinstance(error, PoolTimeout) or is_transient(error) or refused or state.startswith(_CANNOT_NOW)
    log.error(
        "database_error",
        error=type(cause).__name__,
        sqlstate=state or None,
        message=str(cause).strip()[:500],  # the driver's message; SQLAlchemy's would add the statement and its values
        transient=away,
    )
    return JSONResponse({"detail": DATABASE_AWAY if away else INTERNAL}, status_code=503 if away else 500)
