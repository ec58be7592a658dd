"""How failures reach a client: a status, a sentence that is safe to show, nothing from inside.

Here: the handlers, and the texts of the validation list. Not here: which failure is which status; routes say that.
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
from alt_pipelines.text.normal import storable
from api.schemas import ErrorBody, ValidationErrorBody

log = structlog.get_logger(__name__)

INTERNAL = "Internal server error"
DATABASE_AWAY = "database is unavailable, try again later"

# A body of 5000 documents can be wrong 5000 times; beyond these nobody reads, and the answer would outgrow the request.
MAX_PROBLEMS = 50
MAX_ECHO = 200

# States of a database that serves nobody now and will later: read only (a standby, a full disk's guard), out of disk,
# memory or connections, a lock that was not to be had, a statement that ran out of time.
_CANNOT_NOW = ("25006", "53", "55P03", "57014")

_MEANINGS = {
    400: "The request cannot be served as it is",
    401: "No valid credentials",
    403: "Wrong credentials",
    404: "Not found",
    408: "The body took too long to arrive",
    409: "Something of the kind is in progress",
    413: "The body is over the limit",
    415: "The body is of another type than JSON",
    422: "The request breaks a rule",
    429: "As much is accepted and unfinished as may be; `Retry-After` says when to try again",
    500: "Not configured, or it failed inside; the log has the reason",
    502: "The receiver did not take it",
    503: "Something needed is away for the moment",
}


def documented(*statuses: int, **examples: str) -> dict[int | str, dict[str, Any]]:
    """Entries for a route's `responses`: every status with its body, and `e409="text"` as the example of a 409."""
    entries: dict[int | str, dict[str, Any]] = {}
    for status in statuses:
        entry: dict[str, Any] = {
            "model": ValidationErrorBody if status == 422 else ErrorBody,
            "description": _MEANINGS[status],
        }
        if example := examples.get(f"e{status}"):
            entry["content"] = {"application/json": {"example": {"detail": example}}}
        entries[status] = entry
    return entries


def install_error_handlers(app: FastAPI) -> None:
    """Answer validation problems, a lost database and failures of our own with clean bodies."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ResponseValidationError, _broken_answer)
    app.add_exception_handler(SQLAlchemyError, _database)


def validation_detail(errors: Sequence[Any]) -> list[dict[str, Any]]:
    """FastAPI's list, made safe: no exceptions, nothing that JSON cannot say, inputs only where they are short."""
    return [_problem(error) for error in errors[:MAX_PROBLEMS]]


def _problem(error: dict[str, Any]) -> dict[str, Any]:
    problem = {
        "type": error["type"],
        "loc": [part if isinstance(part, int) else _text(str(part)) for part in error["loc"]],
        "msg": _text(error["msg"]),
    }
    value = error.get("input")
    if isinstance(value, str):
        problem["input"] = _text(value)
    elif isinstance(value, int | float) and abs(value) < 2**63:  # neither NaN nor Infinity is
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
    log.error("answer_breaks_its_schema", problems=validation_detail(error.errors()))
    return JSONResponse({"detail": INTERNAL}, status_code=500)


async def _database(_request: Request, error: Exception) -> JSONResponse:
    """A lost or overloaded database is 503 and may be tried again; anything else is a fault of ours."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    state = str(getattr(cause, "pgcode", None) or "")
    away = isinstance(error, PoolTimeout) or is_transient(error) or state.startswith(_CANNOT_NOW)
    log.error(
        "database_error",
        error=type(cause).__name__,
        sqlstate=state or None,
        message=str(cause).strip()[:500],  # the driver's words; SQLAlchemy's would add the statement and its values
        transient=away,
    )
    return JSONResponse({"detail": DATABASE_AWAY if away else INTERNAL}, status_code=503 if away else 500)
