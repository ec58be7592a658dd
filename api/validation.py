"""Validate request bodies by their models, in a child process if validation could block the interpreter.

A body is JSON of up to 10 MB. Validating a hostile one, such as a list of a million invalid items, can hold the
interpreter lock for seconds. So bodies over `INLINE_BYTES` are validated in a child process, which is killed when it
misses its deadline. FastAPI's own body parameters are not used because FastAPI parses on the event loop.

    async def handler(body: Annotated[ExtractTagsRequest, body_of("ExtractTagsRequest")])
    @router.post(..., openapi_extra=documented_body("ExtractTagsRequest"))
"""

import json
from typing import Any

from fastapi import Depends, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter, ValidationError

from alt_pipelines.recap.corpus.request import GenreRunRequest, request_of
from api import schemas
from api.errors import MAX_PROBLEMS
from api.frames import Deadline
from api.limits import RETRY_SECONDS
from api.pool import ChildLost, Pool, PoolBusy, TaskTimeout

INLINE_BYTES = 32 * 1024
"""Validating a body of this size takes at most about 50 ms, whatever its content."""

_INLINE_BYTES = {"TagsBatchRequest": 256 * 1024}
"""Larger inline limits of models that are faster to validate: lists that fail fast. A full batch has 40 kB."""

DEADLINE = Deadline(wall=30.0, cpu=10.0)
TOO_LONG = "the body takes too long to parse; send less data per request"
BUSY = "too many large requests at once, try again later"

_MAY_BE_EMPTY = {"WarmupRequest"}
_MODELS: dict[str, TypeAdapter[Any]] = {model.__name__: TypeAdapter(model) for model in schemas.REQUESTS}
_MOST_DESCRIBED = 1000


class InvalidBody(Exception):  # noqa: N818 - answered with 422
    """A body is invalid; `problems` has the form of FastAPI's list."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        super().__init__(problems)
        self.problems = problems


def parse(model: str, body: bytes) -> Any:
    """Validate a body and return its model. A genre run's request is returned in its storable form.

    Raises:
        InvalidBody: the body is invalid.
    """
    if model in _MAY_BE_EMPTY and body.strip() in (b"", b"null"):
        return None
    if not body.strip():
        raise InvalidBody([{"type": "missing", "loc": ("body",), "msg": "Field required", "input": None}])
    try:
        value = _validated(model, body)
    except ValidationError as error:
        if error.error_count() > _MOST_DESCRIBED:  # describing a million of them costs seconds and a gigabyte
            message = f"the body has {error.error_count()} invalid or unknown values"
            raise InvalidBody([{"type": "too_many_errors", "loc": ("body",), "msg": message}]) from None
        problems = error.errors(include_url=False, include_context=False)[:MAX_PROBLEMS]
        raise InvalidBody([{**problem, "loc": ("body", *problem["loc"])} for problem in problems]) from None
    return value.storable() if isinstance(value, GenreRunRequest) else value


def _validated(model: str, body: bytes) -> Any:
    """Validate JSON. A text may contain an escaped lone surrogate, which only Python's own parser accepts.

    A genre run's request has a repair of its own (`request_of`).
    """
    if model == "GenreRunRequest":
        return request_of(body)
    try:
        return _MODELS[model].validate_json(body)
    except ValidationError as error:
        if b"\\u" not in body or error.errors()[0]["type"] != "json_invalid":
            raise
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            raise error from None
        return _MODELS[model].validate_python(value)


class Bodies:
    """Validates bodies in this process or in a child."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def read(self, model: str, body: bytes) -> Any:
        """Validate a body as the model.

        Raises:
            RequestValidationError: the body is invalid.
            HTTPException: 422 if validation takes too long, 503 if no child is free.
        """
        try:
            if len(body) <= _INLINE_BYTES.get(model, INLINE_BYTES):
                return parse(model, body)
            return await self._pool.run("parse", model, body, deadline=DEADLINE)
        except InvalidBody as error:
            raise RequestValidationError(error.problems) from None
        except TaskTimeout:
            raise HTTPException(422, TOO_LONG) from None
        except (PoolBusy, ChildLost):
            raise HTTPException(503, BUSY, headers={"Retry-After": str(RETRY_SECONDS)}) from None


def body_of(model: str) -> Any:
    """Return the dependency that passes the validated body to a handler."""

    async def read(request: Request) -> Any:
        return await request.app.state.services.bodies.read(model, await request.body())

    return Depends(read)


def documented_body(model: str, example: Any = None) -> dict[str, Any]:
    """Return the request body of an operation, for `openapi_extra`."""
    content: dict[str, Any] = {"schema": {"$ref": f"#/components/schemas/{model}"}}
    if example is not None:
        content["example"] = example
    required = model not in _MAY_BE_EMPTY
    return {"requestBody": {"required": required, "content": {"application/json": content}}}
