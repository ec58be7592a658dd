"""Tags of stored articles, for services, and tags of a submitted text, for a service or a signed-in user.

The order of checks is part of the contract: first the shape of the body, then authentication, then everything else.
"""

from datetime import UTC, datetime
from typing import Annotated, Final

import anyio.to_thread
import structlog
from fastapi import APIRouter, Depends, HTTPException
from fastapi.responses import Response
from fastapi.security import APIKeyHeader, HTTPBearer
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request

from alt_pipelines.observability.metrics import MetricBatch
from alt_pipelines.observability.store import add_metrics
from alt_pipelines.sites.names import Names
from alt_pipelines.sites.repeated import site_of
from alt_pipelines.tagging.extraction.article import Extraction, RawArticle
from api.errors import documented
from api.limits import RETRY_SECONDS
from api.pool import ChildLost, PoolBusy, TaskTimeout
from api.schemas import (
    ExtractTagsRequest,
    ExtractTagsResponse,
    GeneratedTag,
    GenerateTagsRequest,
    GenerateTagsResponse,
    TagsBatchRequest,
    TagsBatchResponse,
)
from api.security import authorize_service
from api.services import Needs, Services
from api.site_store import site_knowledge
from api.tags_store import tags_as_json
from api.validation import body_of, documented_body

log = structlog.get_logger(__name__)

router = APIRouter(prefix="/api/v1", tags=["tags"])

MAX_ARTICLE_IDS = 1000
MIN_CHARACTERS = 10
"""Minimum length of title and content together; a shorter text gets no language and no tags."""
SOURCE: Final = "ml_model"
CATEGORY = "auto"
BUSY = "too many texts are being tagged, try again later"

# Both only read and document their header. The handlers check it, at its place in the order of checks.
ServiceToken = Annotated[
    str | None, Depends(APIKeyHeader(name="X-Service-Token", scheme_name="ServiceToken", auto_error=False))
]
_bearer = HTTPBearer(scheme_name="UserToken", bearerFormat="JWT", auto_error=False)


@router.post(
    "/tags/batch",
    response_model=TagsBatchResponse,
    summary="Tags of up to 1000 stored articles",
    responses=documented(400, 401, 403, 408, 413, 422, 500, 503, e500="Failed to fetch tags"),
    openapi_extra=documented_body("TagsBatchRequest"),
)
async def batch(
    services: Needs, body: Annotated[TagsBatchRequest, body_of("TagsBatchRequest")], token: ServiceToken
) -> Response:
    """Returns tags by article id, sorted by confidence (descending), then tag. Articles without tags are absent."""
    authorize_service(services.settings.server, token)
    if not body.article_ids:
        raise HTTPException(400, "article_ids must be a non-empty list")
    if len(body.article_ids) > MAX_ARTICLE_IDS:
        raise HTTPException(400, f"Too many article_ids (max {MAX_ARTICLE_IDS})")
    try:
        content = await services.batches.run(services.turns.taking(tags_as_json), body.article_ids)
    except SQLAlchemyError as error:
        log.error("tags_fetch_failed", articles=len(body.article_ids), error=type(error).__name__)
        raise HTTPException(500, "Failed to fetch tags") from None
    return Response(content, media_type="application/json")


@router.post(
    "/generate-tags",
    response_model=GenerateTagsResponse,
    summary="Tag an article for a signed-in user",
    dependencies=[Depends(_bearer)],
    responses=documented(401, 408, 413, 422, 500, 503, e500="Failed to generate tags", e503=BUSY),
    openapi_extra=documented_body("GenerateTagsRequest"),
)
async def generate(
    request: Request, services: Needs, body: Annotated[GenerateTagsRequest, body_of("GenerateTagsRequest")]
) -> GenerateTagsResponse:
    """Returns tags of the text for the user named by the token. Nothing is stored."""
    user = await anyio.to_thread.run_sync(services.user_tokens.verify, request.headers.get("authorization"))
    article = body.request
    extraction = await _extract(
        services, RawArticle(article.article_id, article.title, article.content), "Failed to generate tags"
    )
    log.info(
        "tags_generated",
        user_id=user.user_id,
        tenant_id=user.tenant_id,
        article_id=article.article_id,
        outcome=extraction.status,
        tags=[tag.tag for tag in extraction.tags],
        inference_ms=round(extraction.inference_ms, 2),
        cascade=extraction.cascade.reason if extraction.cascade else None,
    )
    return GenerateTagsResponse(
        tags=[
            GeneratedTag(tag=tag.tag, confidence=tag.confidence, category=CATEGORY, source=SOURCE)
            for tag in extraction.tags
        ],
        user_id=user.user_id,
        tenant_id=user.tenant_id,
        article_id=article.article_id,
        timestamp=datetime.now(UTC),
    )


@router.post(
    "/extract-tags",
    response_model=ExtractTagsResponse,
    summary="Tag a text for a service",
    responses=documented(401, 403, 408, 413, 422, 500, 503, e500="Failed to extract tags", e503=BUSY),
    openapi_extra=documented_body("ExtractTagsRequest"),
)
async def extract(
    services: Needs, body: Annotated[ExtractTagsRequest, body_of("ExtractTagsRequest")], token: ServiceToken
) -> ExtractTagsResponse:
    """Returns tags of the text, best first. With `EXTRACT_TAGS_AUTH=none` no token is required.

    `url` is optional and names the site, whose boilerplate is left out.
    """
    if services.settings.edge.extract_tags_auth == "service":
        authorize_service(services.settings.server, token)
    if len(body.title.strip()) + len(body.content.strip()) < MIN_CHARACTERS:
        return _NOTHING
    lines, names = await _site_knowledge(services, body.url)
    article = RawArticle("", body.title, body.content, site_lines=lines, site_names=names)
    extraction = await _extract(services, article, "Failed to extract tags")
    if extraction.status != "tagged":
        return _NOTHING
    return ExtractTagsResponse(
        tags=[tag.tag for tag in extraction.tags],
        confidence=extraction.confidence,
        inference_ms=extraction.inference_ms,
        language=extraction.language,
    )


async def _site_knowledge(services: Services, url: str | None) -> tuple[frozenset[int], Names]:
    """Return what is learned of the URL's site. A failure to read it is only logged: the tags need no database."""
    site = site_of(url)
    if not site:
        return frozenset(), ()
    try:
        return await services.alt.run(site_knowledge, site)
    except SQLAlchemyError as error:
        log.warning("site_knowledge_unavailable", site=site, error=type(error).__name__)
        return frozenset(), ()


_NOTHING = ExtractTagsResponse(tags=[], confidence=0, inference_ms=0, language="und")


def _too_long(services: Services) -> str:
    return f"tagging this text takes longer than {services.settings.edge.text_seconds:g} s; send a shorter text"


async def _extract(services: Services, article: RawArticle, failure: str) -> Extraction:
    """Extract tags and add the cascade's decision to the tagging metrics. A failure to count is only logged."""
    try:
        extraction = await services.models.extract(article)
    except TaskTimeout:
        raise HTTPException(422, _too_long(services)) from None
    except (PoolBusy, ChildLost):
        raise HTTPException(503, BUSY, headers={"Retry-After": str(RETRY_SECONDS)}) from None
    except Exception:
        log.exception("extraction_failed", article_id=article.id)
        raise HTTPException(500, failure) from None
    if extraction.status == "failed":
        log.error("extraction_failed", article_id=article.id, reason=extraction.reason)
        raise HTTPException(500, failure)
    try:
        await services.alt.run(_count, extraction)
    except SQLAlchemyError as error:
        log.warning("extraction_metrics_failed", error=type(error).__name__)
    return extraction


def _count(engine: Engine, extraction: Extraction) -> None:
    batch = MetricBatch()
    batch.observe("tagging_inference_seconds", extraction.inference_ms / 1000)
    if extraction.cascade is not None:
        batch.count("tagging_cascade_decisions_total", labels={"reason": extraction.cascade.reason})
    with engine.begin() as connection:
        add_metrics(connection, batch)
