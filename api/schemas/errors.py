"""Bodies of refused requests."""

from pydantic import BaseModel, Field


class ErrorBody(BaseModel):
    """The reason why a request failed, without internal details."""

    detail: str = Field(description="The reason, in one sentence")


class ValidationProblem(BaseModel):
    """One problem of a request."""

    type: str = Field(description="Machine-readable identifier of the violated rule")
    loc: list[str | int] = Field(description="Location: `body`, `header`, `path` or `query`, then names and positions")
    msg: str = Field(description="Human-readable description of the violated rule")
    input: str | int | float | bool | None = Field(default=None, description="The invalid value, if short")


class ValidationErrorBody(BaseModel):
    """The problems of a request, or one sentence about the request as a whole."""

    detail: list[ValidationProblem] | str = Field(description="A list of at most 50 problems, or one sentence")
