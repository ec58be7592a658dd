"""Responses that describe genre runs: the run with its clusters, its summary, and a page of summaries."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.examples import RUN


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
        description="`avg_sim`: mean pairwise cosine similarity of the sentences, -1..1, absent if there is only one; "
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
    cluster_count: int = Field(description="Number of stories, at most 100; 0 until the run has ended")
    clusters: list[Cluster] = Field(
        description="Stories, largest first, then noise if there is any; at most 100; empty until the run has ended"
    )
    diagnostics: dict[str, Any] = Field(description='`{}` while running, `{"error_message": …}` when failed')

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
