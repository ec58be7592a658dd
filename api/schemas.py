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
    """Why a request was not served, in a sentence that is safe to show."""

    detail: str = Field(description="One sentence")


class ValidationProblem(BaseModel):
    """One problem of a request."""

    type: str = Field(description="The rule that is broken, for programs")
    loc: list[str | int] = Field(description="Where: `body`, `header`, `path` or `query`, then names and positions")
    msg: str = Field(description="The rule in words")
    input: str | int | float | bool | None = Field(default=None, description="The value, where it is short")


class ValidationErrorBody(BaseModel):
    """All problems of a request, or one sentence about the request as a whole."""

    detail: list[ValidationProblem] | str = Field(description="A list of at most 50 problems, or one sentence")


# ---- genre runs


class Representative(BaseModel):
    """A representative sentence of a cluster."""

    article_id: str = Field(description="As the request named the article")
    paragraph_idx: int | None = Field(description="The paragraph of the article, counted from 0")
    sentence_text: str = Field(description="The sentence as it was sent", min_length=20)
    lang: str = Field(description="ISO 639-1, `unknown` where it could not be told")
    score: float = Field(description="1 for the first, decreasing with rank")


class Cluster(BaseModel):
    """A story: articles about the same event."""

    cluster_id: int = Field(description="0..n-1 by size, largest first; -1 is noise and only ever last")
    size: int = Field(description="Sentences of the story, copies not counted")
    label: str | None = Field(description="The terms that name it, at most 128 characters", max_length=128)
    top_terms: list[str] = Field(description="At most five, the most telling first")
    stats: dict[str, Any] = Field(
        description="`avg_sim`: mean cosine to the centroid, -1..1, absent where unmeasurable; `token_count`: words"
    )
    representatives: list[Representative] = Field(description="Evidence sentences, best first")


class Run(BaseModel):
    """A genre run. It has no clusters while it is `running`; once it has ended, it never changes."""

    run_id: int = Field(description="Counts up; the id to poll")
    job_id: str = Field(description="The recap job, a UUID")
    genre: str = Field(description="As it was submitted")
    status: Literal["running", "succeeded", "partial", "failed"] = Field(
        description="`running` includes waiting for a worker; `partial` means that input was cut or a stage fell back"
    )
    cluster_count: int = Field(description="Number of clusters, at most 100; 0 until the run has ended")
    clusters: list[Cluster] = Field(description="Empty until the run has ended")
    diagnostics: dict[str, Any] = Field(description='`{}` while running, `{"error_message": …}` when failed')
    dagster_run_id: str | None = Field(description="The Dagster run that works or worked on it, null before its launch")
    dagster_run_url: str | None = Field(description="That run in Dagster's UI")

    model_config = ConfigDict(json_schema_extra={"examples": [RUN]})


class RunSummary(BaseModel):
    """A genre run without its clusters."""

    run_id: int = Field(description="The id of the run: `GET /v1/runs/{run_id}` has its clusters")
    job_id: str = Field(description="The recap job, a UUID")
    genre: str = Field(description="As it was submitted")
    status: Literal["running", "succeeded", "partial", "failed"] = Field(description="As in the run object")
    cluster_count: int = Field(description="Number of clusters, 0 until the run has ended")
    started_at: datetime = Field(description="When it was submitted")
    finished_at: datetime | None = Field(description="When it ended, null while it is running")
    error_message: str | None = Field(description="Why it failed, null when it did not")
    dagster_run_id: str | None = Field(description="The Dagster run that works or worked on it, null before its launch")
    dagster_run_url: str | None = Field(description="That run in Dagster's UI")


class RunPage(BaseModel):
    """Runs, newest first."""

    runs: list[RunSummary] = Field(description="At most `limit` runs")
    next: int | None = Field(description="The `before` of the next page, null on the last one")


# ---- tags


class TagsBatchRequest(BaseModel):
    """The articles whose tags are requested."""

    article_ids: Annotated[list[str], FailFast()] = Field(
        description="1 to 1000 ids; an id that is no UUID is simply unknown",
        json_schema_extra={"example": ["8b6f68c1-3c20-4c2c-b6b1-648a6f5104cd"]},
    )

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"article_ids": ["8b6f68c1-3c20-4c2c-b6b1-648a6f5104cd"]}]}
    )


class StoredTag(BaseModel):
    """A stored tag."""

    tag: str = Field(description="In its natural casing")
    confidence: float = Field(
        description="Estimated chance that the tag is right; consumers gate at 0.6 and 0.55", ge=0, le=1
    )
    source: Literal["ml_model"] = Field(description="Always `ml_model`")
    updated_at: str = Field(description="RFC 3339, UTC", examples=["2026-11-21T08:30:00.123456Z"])


class TagsBatchResponse(BaseModel):
    """Tags by article id, best first. Articles without tags are absent."""

    success: Literal[True] = Field(default=True, description="Always true")
    tags: dict[str, list[StoredTag]] = Field(description="By article id, spelled as it was given")


class ArticleInput(BaseModel):
    """An article of a signed-in user."""

    article_id: Text = Field(description="Returned as it is; 1 to 128 characters", min_length=1, max_length=128)
    title: Text = Field(description="Plain text; the first 1000 characters count")
    content: Text = Field(description="HTML or text; the first 100 000 characters count")
    metadata: dict[str, Any] | None = Field(default=None, description="Accepted and ignored")


class GenerateTagsRequest(BaseModel):
    """An article to tag synchronously. `user_context` is accepted and ignored: the token identifies the user."""

    request: ArticleInput = Field(description="The article")
    user_context: dict[str, Any] | None = Field(default=None, description="Accepted and not believed")

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

    tag: str = Field(description="In its natural casing")
    confidence: float = Field(description="Estimated chance that the tag is right", ge=0, le=1)
    category: str = Field(description="How it came to be: `auto`, as in feed_tags.tag_type")
    source: Literal["ml_model"] = Field(description="Always `ml_model`")


class GenerateTagsResponse(BaseModel):
    """Tags of one article, and the identity of the user who requested them."""

    success: Literal[True] = Field(default=True, description="Always true")
    tags: list[GeneratedTag] = Field(description="At most 10, best first")
    user_id: str = Field(description="`sub` of the token")
    tenant_id: str = Field(description="`tenant_id` of the token")
    article_id: str = Field(description="As in the request")
    timestamp: datetime = Field(description="When the tags were made, UTC")


class ExtractTagsRequest(BaseModel):
    """A text to tag synchronously."""

    title: Text = Field(description="Plain text; the first 1000 characters count")
    content: Text = Field(description="HTML or text; the first 100 000 characters count")

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
    confidence: float = Field(description="Of the article, above 0 exactly when there are tags", ge=0, le=1)
    inference_ms: float = Field(description="Milliseconds of extraction", ge=0)
    language: str = Field(description="ISO 639-1, or `und`")


# ---- administration


class WarmupRequest(BaseModel):
    """Sentences to embed during warm-up. Without any, a few built-in sentences are used."""

    sentences: Annotated[list[Text], FailFast()] = Field(
        default_factory=list,
        max_length=1000,
        description="At most 1000 sentences, of which an encoder reads the first 1000 characters",
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"sentences": ["The ministry tightened export rules for advanced chips on Monday."]}]
        }
    )


class WarmupResponse(BaseModel):
    """`warmed`: whether every worker process has embedded the sentences. `batches`: the total over all processes."""

    warmed: bool = Field(description="Every worker process answered")
    batches: int = Field(description="Batches embedded, over all processes")
    backend: str = Field(description="What embeds here: `onnx`, `sentence-transformers` or `hash`")


class BuildGraphResponse(BaseModel):
    """Number of refreshed edges per window."""

    status: Literal["success"] = Field(default="success", description="Always `success`")
    edge_counts: dict[str, int] = Field(description="Edges refreshed, by window", examples=[{"7d": 412, "30d": 1630}])
    total_edges: int = Field(description="Their sum")


class LearningResponse(BaseModel):
    """`sent`: the recap worker's status and answer. `kept`: nothing was sent, because nothing better was learned."""

    status: Literal["sent", "kept"] = Field(
        description="`sent`, or `kept` if the thresholds in use score better on the same rows than the learned ones"
    )
    recap_worker_status: int | None = Field(default=None, description="HTTP status of its answer; absent with `kept`")
    recap_worker_response: dict[str, Any] | None = Field(
        default=None, description="Its answer; absent if it is not a JSON object"
    )
    reason: str | None = Field(default=None, description="Why nothing was sent; absent with `sent`")


class JobAccepted(BaseModel):
    """The id of the job to poll."""

    job_id: str = Field(description="A UUID, for `GET` on the same path")


class Job(BaseModel):
    """A background graph build or learning run."""

    job_id: str = Field(description="A UUID")
    kind: Literal["graph", "learning"] = Field(description="What it does")
    status: Literal["running", "succeeded", "failed"] = Field(
        description="`failed` also when its process ended before it did"
    )
    started_at: str = Field(description="RFC 3339, UTC")
    finished_at: str | None = Field(description="RFC 3339, UTC; null while it is running")
    result: dict[str, Any] | None = Field(description="What the synchronous path would have answered")
    error: str | None = Field(description="Why it failed, null when it did not")


# ---- health


class Health(BaseModel):
    """The process is running; `model_id` and `backend` identify the model that it tags with."""

    status: Literal["healthy"] = Field(default="healthy", description="Always `healthy`")
    service: Literal["tag-generator"] = Field(default="tag-generator", description="Always `tag-generator`")
    model_id: str = Field(description="`loading` while the model is being loaded, `unavailable` when it could not be")
    backend: str = Field(
        description="What embeds: `onnx`, `sentence-transformers` or `hash`; `loading` or `unavailable` like the model"
    )


class Live(BaseModel):
    """The process is running; `installation` identifies the installation that it belongs to."""

    status: Literal["alive"] = Field(default="alive", description="Always `alive`")
    installation: str = Field(description="ALT_PIPELINES_INSTALLATION, or a digest of host and home folder")


class Component(BaseModel):
    """The state of one component that the service needs."""

    ok: bool = Field(description="Whether it works")
    detail: str = Field(description="Its state, or what is wrong and what to do")


class Readiness(BaseModel):
    """Whether work accepted now will be done, and the state of each component."""

    status: Literal["ready", "not_ready"] = Field(description="`ready` when every component works")
    components: dict[str, Component] = Field(description="By name: alt_db, recap_db, dagster, daemon, workers, tagging")


REQUESTS: tuple[type[BaseModel], ...] = (
    GenreRunRequest,
    TagsBatchRequest,
    GenerateTagsRequest,
    ExtractTagsRequest,
    WarmupRequest,
)
"""The model of every request body."""
