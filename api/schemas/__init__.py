"""Request and response bodies of the API, as its OpenAPI document shows them.

The request of `POST /v1/runs` is `alt_pipelines.recap.corpus.request.GenreRunRequest`; every other body is defined
here. Field names are part of the contract and never change.
"""

from pydantic import BaseModel

from alt_pipelines.recap.corpus.request import GenreRunRequest
from api.schemas.admin import BuildGraphResponse, Job, JobAccepted, LearningResponse, WarmupRequest, WarmupResponse
from api.schemas.errors import ErrorBody, ValidationErrorBody, ValidationProblem
from api.schemas.health import Component, Health, Live, Readiness
from api.schemas.runs import Cluster, Representative, Run, RunPage, RunSummary
from api.schemas.tags import (
    ArticleInput,
    ExtractTagsRequest,
    ExtractTagsResponse,
    GeneratedTag,
    GenerateTagsRequest,
    GenerateTagsResponse,
    StoredTag,
    TagsBatchRequest,
    TagsBatchResponse,
)

__all__ = [
    "REQUESTS",
    "ArticleInput",
    "BuildGraphResponse",
    "Cluster",
    "Component",
    "ErrorBody",
    "ExtractTagsRequest",
    "ExtractTagsResponse",
    "GenerateTagsRequest",
    "GenerateTagsResponse",
    "GeneratedTag",
    "Health",
    "Job",
    "JobAccepted",
    "LearningResponse",
    "Live",
    "Readiness",
    "Representative",
    "Run",
    "RunPage",
    "RunSummary",
    "StoredTag",
    "TagsBatchRequest",
    "TagsBatchResponse",
    "ValidationErrorBody",
    "ValidationProblem",
    "WarmupRequest",
    "WarmupResponse",
]

REQUESTS: tuple[type[BaseModel], ...] = (
    GenreRunRequest,
    TagsBatchRequest,
    GenerateTagsRequest,
    ExtractTagsRequest,
    WarmupRequest,
)
"""The model of every request body."""
