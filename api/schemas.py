"""Request and response bodies of the API, as its OpenAPI document shows them.

The request of `POST /v1/runs` is `alt_pipelines.recap.corpus.request.GenreRunRequest`; every other body is defined
here. Field names are part of the contract and never change.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, FailFast, Field

from alt_pipelines.recap.corpus.request import GenreRunRequest
from alt_pipelines.text.normal import storable
from api.examples import RUN

Text = Annotated[str, AfterValidator(storable)]
"""Text without U+0000 and lone surrogates: JSON can encode both, but the storage behind the API cannot hold them."""


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


# ---- genre runs


class Representative(BaseModel):
    """A representative sentence of a cluster."""

    article_id: str = Field(description="Article id from the request")
    paragraph_idx: int | None = Field(description="Index of the paragraph in the article, from 0")
    sentence_text: str = Field(description="The sentence, as in the request", min_length=20)
    lang: str = Field(description="ISO 639-1 code, or `unknown`")
    score: float = Field(description="1 for the first, decreasing with rank")


class Cluster(BaseModel):
    """A story: articles about the same event."""

    cluster_id: int = Field(description="0..n-1 by size, largest first; -1 is noise and always last")
    size: int = Field(description="Number of sentences, without duplicates")
    label: str | None = Field(description="Short name of the story, made of its terms", max_length=128)
    top_terms: list[str] = Field(description="At most five terms, most distinctive first")
    stats: dict[str, Any] = Field(
        description="`avg_sim`: mean cosine similarity to the centroid, -1..1, absent if it cannot be measured; "
        "`token_count`: number of words"
    )
    representatives: list[Representative] = Field(description="Evidence sentences, best first")


class Run(BaseModel):
    """A genre run. It has no clusters while it is `running`. After it has ended, it never changes."""

    run_id: int = Field(description="Id to poll; newer runs have larger ids")
    job_id: str = Field(description="UUID of the recap job")
    genre: str = Field(description="Genre, as submitted")
    status: Literal["running", "succeeded", "partial", "failed"] = Field(
        description="`running` includes waiting for a worker; `partial`: input was cut by the installation's limit, "
        "or a stage used a fallback"
    )
    cluster_count: int = Field(description="Number of clusters, at most 100; 0 until the run has ended")
    clusters: list[Cluster] = Field(description="Stories, largest first; empty until the run has ended")
    diagnostics: dict[str, Any] = Field(description='`{}` while running, `{"error_message": …}` when failed')
    dagster_run_id: str | None = Field(description="Dagster run that executes this genre run; null before launch")
    dagster_run_url: str | None = Field(description="URL of that run in Dagster's UI")

    model_config = ConfigDict(json_schema_extra={"examples": [RUN]})


class RunSummary(BaseModel):
    """A genre run without its clusters."""

    run_id: int = Field(description="Id of the run; `GET /v1/runs/{run_id}` returns its clusters")
    job_id: str = Field(description="UUID of the recap job")
    genre: str = Field(description="Genre, as submitted")
    status: Literal["running", "succeeded", "partial", "failed"] = Field(description="Same as in the run object")
    cluster_count: int = Field(description="Number of clusters, 0 until the run has ended")
    started_at: datetime = Field(description="Time of submission")
    finished_at: datetime | None = Field(description="Time of the end; null while running")
    error_message: str | None = Field(description="Reason of the failure; null if the run did not fail")
    dagster_run_id: str | None = Field(description="Dagster run that executes this genre run; null before launch")
    dagster_run_url: str | None = Field(description="URL of that run in Dagster's UI")


class RunPage(BaseModel):
    """Runs, newest first."""

    runs: list[RunSummary] = Field(description="At most `limit` runs")
    next: int | None = Field(description="Value of `before` for the next page; null on the last page")


# ---- tags


class TagsBatchRequest(BaseModel):
    """The articles whose tags are requested."""

    article_ids: Annotated[list[str], FailFast()] = Field(
        description="1 to 1000 ids; an id that is not a UUID is treated as unknown",
        json_schema_extra={"example": ["8b6f68c1-3c20-4c2c-b6b1-648a6f5104cd"]},
    )

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"article_ids": ["8b6f68c1-3c20-4c2c-b6b1-648a6f5104cd"]}]}
    )


class StoredTag(BaseModel):
    """A stored tag."""

    tag: str = Field(description="The tag in its natural casing")
    confidence: float = Field(
        description="Estimated probability that the tag is correct; consumers use thresholds of 0.6 and 0.55",
        ge=0,
        le=1,
    )
    source: Literal["ml_model"] = Field(description="Always `ml_model`")
    updated_at: str = Field(
        description="Time of the last update; RFC 3339, UTC", examples=["2026-11-21T08:30:00.123456Z"]
    )


class TagsBatchResponse(BaseModel):
    """Tags by article id, best first. Articles without tags are absent."""

    success: Literal[True] = Field(default=True, description="Always true")
    tags: dict[str, list[StoredTag]] = Field(description="Tags by article id, spelled as in the request")


class ArticleInput(BaseModel):
    """An article of a signed-in user."""

    article_id: Text = Field(description="1 to 128 characters; returned unchanged", min_length=1, max_length=128)
    title: Text = Field(description="Plain text; the first 1000 characters are used")
    content: Text = Field(description="HTML or text; the first 100 000 characters are used")
    metadata: dict[str, Any] | None = Field(default=None, description="Accepted but ignored")


class GenerateTagsRequest(BaseModel):
    """An article to tag synchronously. `user_context` is accepted and ignored: the token identifies the user."""

    request: ArticleInput = Field(description="The article")
    user_context: dict[str, Any] | None = Field(
        default=None, description="Accepted but ignored; the token identifies the user"
    )

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
    """A tag extracted for this request."""

    tag: str = Field(description="The tag in its natural casing")
    confidence: float = Field(description="Estimated probability that the tag is correct", ge=0, le=1)
    category: str = Field(description="Origin of the tag: `auto`, as in feed_tags.tag_type")
    source: Literal["ml_model"] = Field(description="Always `ml_model`")


class GenerateTagsResponse(BaseModel):
    """Tags of one article, and the identity of the user who requested them."""

    success: Literal[True] = Field(default=True, description="Always true")
    tags: list[GeneratedTag] = Field(description="At most 10, best first")
    user_id: str = Field(description="`sub` of the token")
    tenant_id: str = Field(description="`tenant_id` of the token")
    article_id: str = Field(description="Article id from the request")
    timestamp: datetime = Field(description="Time of extraction, UTC")


class ExtractTagsRequest(BaseModel):
    """A text to tag synchronously."""

    title: Text = Field(description="Plain text; the first 1000 characters are used")
    content: Text = Field(description="HTML or text; the first 100 000 characters are used")

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

    success: Literal[True] = Field(default=True, description="Always true")
    tags: list[str] = Field(description="At most 10, best first")
    confidence: float = Field(description="Confidence of the article; above 0 if and only if it has tags", ge=0, le=1)
    inference_ms: float = Field(description="Extraction time in milliseconds", ge=0)
    language: str = Field(description="ISO 639-1 code, or `und`")


# ---- administration


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


# ---- health


class Health(BaseModel):
    """The process is running; `model_id` and `backend` identify the model that it tags with."""

    status: Literal["healthy"] = Field(default="healthy", description="Always `healthy`")
    service: Literal["tag-generator"] = Field(default="tag-generator", description="Always `tag-generator`")
    model_id: str = Field(description="Id of the model; `loading` while it loads, `unavailable` if it cannot be loaded")
    backend: str = Field(
        description="Embedding backend: `onnx`, `sentence-transformers` or `hash`; `loading` or `unavailable` like "
        "model_id"
    )


class Live(BaseModel):
    """The process is running; `installation` identifies the installation that it belongs to."""

    status: Literal["alive"] = Field(default="alive", description="Always `alive`")
    installation: str = Field(description="ALT_PIPELINES_INSTALLATION, or a digest of host name and home folder")


class Component(BaseModel):
    """The state of one component that the service needs."""

    ok: bool = Field(description="Whether the component works")
    detail: str = Field(description="State of the component, or the problem and its remedy")


class Readiness(BaseModel):
    """Whether the service can process new work, and the state of each component."""

    status: Literal["ready", "not_ready"] = Field(description="`ready` if every component works")
    components: dict[str, Component] = Field(
        description="Components by name: alt_db, recap_db, dagster, daemon, workers, tagging"
    )


REQUESTS: tuple[type[BaseModel], ...] = (
    GenreRunRequest,
    TagsBatchRequest,
    GenerateTagsRequest,
    ExtractTagsRequest,
    WarmupRequest,
)
"""The model of every request body."""
