"""Bodies of the API, as its OpenAPI document shows them.

Requests of `POST /v1/runs` are `alt_pipelines.recap.corpus.request.GenreRunRequest`; every other body is here. Field
names are the contract's and never change.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, FailFast, Field

from alt_pipelines.recap.corpus.request import GenreRunRequest
from alt_pipelines.text.normal import storable
from api.examples import RUN

Text = Annotated[str, AfterValidator(storable)]
"""JSON can spell U+0000 and lone surrogates; nothing behind the API can hold them."""


class ErrorBody(BaseModel):
    """Why a request was not served, in words that are safe to show."""

    detail: str


class ValidationProblem(BaseModel):
    """One thing that is wrong with a request."""

    type: str
    loc: list[str | int]
    msg: str
    input: str | int | float | bool | None = None


class ValidationErrorBody(BaseModel):
    """Everything that is wrong with a request, or one sentence about it as a whole."""

    detail: list[ValidationProblem] | str


# ---- genre runs


class Representative(BaseModel):
    """A sentence that stands for its cluster."""

    article_id: str
    paragraph_idx: int | None
    sentence_text: str = Field(min_length=20)
    lang: str
    score: float = Field(description="1 for the first, decreasing with rank")


class Cluster(BaseModel):
    """A story: articles that tell of the same thing."""

    cluster_id: int = Field(description="0..n-1 by size, largest first; -1 is noise and only ever last")
    size: int
    label: str | None = Field(max_length=128)
    top_terms: list[str]
    stats: dict[str, Any]
    representatives: list[Representative]


class Run(BaseModel):
    """A genre run. While it is `running` it has no clusters; once it has ended it reads the same for ever."""

    run_id: int
    job_id: str
    genre: str
    status: Literal["running", "succeeded", "partial", "failed"] = Field(
        description="`running` includes waiting for a worker; `partial` means that input was cut or a stage fell back"
    )
    cluster_count: int
    clusters: list[Cluster]
    diagnostics: dict[str, Any] = Field(description='`{}` while running, `{"error_message": …}` when failed')
    dagster_run_id: str | None = Field(description="The Dagster run that works or worked on it, null before its launch")
    dagster_run_url: str | None = Field(description="That run in Dagster's UI")

    model_config = ConfigDict(json_schema_extra={"examples": [RUN]})


class RunSummary(BaseModel):
    """A genre run without its clusters."""

    run_id: int = Field(description="The id of the run: `GET /v1/runs/{run_id}` has its clusters")
    job_id: str = Field(description="The recap job, a UUID")
    genre: str
    status: Literal["running", "succeeded", "partial", "failed"]
    cluster_count: int = Field(description="Number of clusters, 0 until the run has ended")
    started_at: datetime = Field(description="When it was submitted")
    finished_at: datetime | None = Field(description="When it ended, null while it is running")
    error_message: str | None = Field(description="Why it failed, null when it did not")
    dagster_run_id: str | None = Field(description="The Dagster run that works or worked on it, null before its launch")
    dagster_run_url: str | None = Field(description="That run in Dagster's UI")


class RunPage(BaseModel):
    """Runs, newest first."""

    runs: list[RunSummary]
    next: int | None = Field(description="The `before` of the next page, null on the last one")


# ---- tags


class TagsBatchRequest(BaseModel):
    """The articles whose tags are asked for."""

    article_ids: Annotated[list[str], FailFast()] = Field(
        description="1 to 1000 ids; an id that is no UUID is simply unknown",
        json_schema_extra={"example": ["8b6f68c1-3c20-4c2c-b6b1-648a6f5104cd"]},
    )


class StoredTag(BaseModel):
    """A tag as it is stored."""

    tag: str
    confidence: float = Field(ge=0, le=1)
    source: Literal["ml_model"]
    updated_at: str = Field(description="RFC 3339, UTC", examples=["2026-11-21T08:30:00.123456Z"])


class TagsBatchResponse(BaseModel):
    """Tags by article id, best first. Articles without tags are absent."""

    success: Literal[True] = True
    tags: dict[str, list[StoredTag]]


class ArticleInput(BaseModel):
    """An article of a signed-in user."""

    article_id: Text = Field(min_length=1, max_length=128)
    title: Text
    content: Text
    metadata: dict[str, Any] | None = None


class GenerateTagsRequest(BaseModel):
    """An article to tag at once. `user_context` is accepted and not believed: the token says who is asking."""

    request: ArticleInput
    user_context: dict[str, Any] | None = None

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "request": {
                        "article_id": "8b6f68c1-3c20-4c2c-b6b1-648a6f5104cd",
                        "title": "Chip export rules tightened",
                        "content": "The ministry tightened export rules for advanced chips on Monday. Makers of "
                        "lithography machines expect delays of several months.",
                    }
                }
            ]
        }
    )


class GeneratedTag(BaseModel):
    """A tag of a text that was tagged for this request."""

    tag: str
    confidence: float = Field(ge=0, le=1)
    category: str = Field(description="How it came to be: `auto`, as in feed_tags.tag_type")
    source: Literal["ml_model"]


class GenerateTagsResponse(BaseModel):
    """Tags of one article and the identity they were made for."""

    success: Literal[True] = True
    tags: list[GeneratedTag]
    user_id: str
    tenant_id: str
    article_id: str
    timestamp: datetime


class ExtractTagsRequest(BaseModel):
    """A text to tag at once."""

    title: Text
    content: Text

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "Chip export rules tightened",
                    "content": "The ministry tightened export rules for advanced chips on Monday.",
                }
            ]
        }
    )


class ExtractTagsResponse(BaseModel):
    """Tags of a text; a rejected or too short text has language `und`, no tags, confidence 0 and inference_ms 0."""

    success: Literal[True] = True
    tags: list[str]
    confidence: float = Field(ge=0, le=1)
    inference_ms: float = Field(ge=0)
    language: str


# ---- administration


class WarmupRequest(BaseModel):
    """Sentences to embed while warming; without any, a few built-in ones are used."""

    sentences: Annotated[list[Text], FailFast()] = Field(
        default_factory=list,
        max_length=1000,
        description="At most 1000 sentences, of which an encoder reads the first 1000 characters",
        examples=[["The ministry tightened export rules for advanced chips on Monday."]],
    )


class WarmupResponse(BaseModel):
    """`warmed`: every worker process has embedded the sentences; `batches` counts them over all processes."""

    warmed: bool
    batches: int
    backend: str


class BuildGraphResponse(BaseModel):
    """Refreshed edges per window."""

    status: Literal["success"] = "success"
    edge_counts: dict[str, int] = Field(examples=[{"7d": 412, "30d": 1630}])
    total_edges: int


class LearningResponse(BaseModel):
    """The learning run has sent its payload; what the recap worker answered."""

    status: Literal["sent"] = "sent"
    recap_worker_status: int
    recap_worker_response: dict[str, Any] | None = None


class JobAccepted(BaseModel):
    """The id to poll."""

    job_id: str


class Job(BaseModel):
    """A graph build or learning run in the background."""

    job_id: str
    kind: Literal["graph", "learning"]
    status: Literal["running", "succeeded", "failed"]
    started_at: str
    finished_at: str | None
    result: dict[str, Any] | None = Field(description="What the synchronous path would have answered")
    error: str | None


# ---- health


class Health(BaseModel):
    """The process runs, and which model it tags with."""

    status: Literal["healthy"] = "healthy"
    service: Literal["tag-generator"] = "tag-generator"
    model_id: str = Field(description="`loading` while the model is being loaded, `unavailable` when it could not be")
    backend: str


class Live(BaseModel):
    """The process runs, and which installation it belongs to."""

    status: Literal["alive"] = "alive"
    installation: str = Field(description="ALT_PIPELINES_INSTALLATION, or a digest of host and home folder")


class Component(BaseModel):
    """One thing that the service needs."""

    ok: bool
    detail: str


class Readiness(BaseModel):
    """Whether work that is accepted now will be done, and what stands in the way where not."""

    status: Literal["ready", "not_ready"]
    components: dict[str, Component]


REQUESTS: tuple[type[BaseModel], ...] = (
    GenreRunRequest,
    TagsBatchRequest,
    GenerateTagsRequest,
    ExtractTagsRequest,
    WarmupRequest,
)
"""Every request body."""
