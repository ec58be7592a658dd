"""Requests and responses of the administration routes."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, FailFast, Field

from api.schemas.text import Text


class WarmupRequest(BaseModel):
    """Sentences to embed during warm-up. Without any, a few built-in sentences are used."""

    sentences: Annotated[list[Text], FailFast()] = Field(
        default_factory=list,
        max_length=1000,
        description="At most 1000 sentences; the first 1000 characters of each are embedded",
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"sentences": ["The ministry tightened export rules for advanced chips on Monday."]}]
        }
    )


class WarmupResponse(BaseModel):
    """`warmed`: whether every worker process has embedded the sentences. `batches`: the total over all processes."""

    warmed: bool = Field(description="Whether every worker process has embedded the sentences")
    batches: int = Field(description="Number of batches embedded, over all processes")
    backend: str = Field(description="Embedding backend: `onnx`, `sentence-transformers` or `hash`")


class BuildGraphResponse(BaseModel):
    """Number of refreshed edges per window."""

    status: Literal["success"] = Field(default="success", description="Always `success`")
    edge_counts: dict[str, int] = Field(
        description="Number of refreshed edges by window", examples=[{"7d": 412, "30d": 1630}]
    )
    total_edges: int = Field(description="Sum over the windows")


class LearningResponse(BaseModel):
    """`sent`: the recap worker's status and answer. `kept`: nothing was sent, because nothing better was learned."""

    status: Literal["sent", "kept"] = Field(
        description="`sent`, or `kept` if the current thresholds have a higher accuracy on the same rows"
    )
    recap_worker_status: int | None = Field(
        default=None, description="HTTP status of the recap worker's response; absent with `kept`"
    )
    recap_worker_response: dict[str, Any] | None = Field(
        default=None, description="Body of that response; absent if it is not a JSON object"
    )
    reason: str | None = Field(default=None, description="Reason why nothing was sent; absent with `sent`")


class JobAccepted(BaseModel):
    """The id of the job to poll."""

    job_id: str = Field(description="UUID of the job, for `GET` on the same path")


class Job(BaseModel):
    """A background graph build or learning run."""

    job_id: str = Field(description="UUID of the job")
    kind: Literal["graph", "learning"] = Field(description="A graph build or a learning run")
    status: Literal["running", "succeeded", "failed"] = Field(
        description="`failed` includes jobs whose process ended before they did"
    )
    started_at: str = Field(description="Time of the start; RFC 3339, UTC")
    finished_at: str | None = Field(description="Time of the end; RFC 3339, UTC; null while running")
    result: dict[str, Any] | None = Field(description="Body that the synchronous endpoint would return; null if failed")
    error: str | None = Field(description="Reason of the failure; null if the job did not fail")
