"""Administration: warm the models, build the graph, learn the thresholds; synchronously or as jobs to poll."""

from typing import Annotated, Any

import anyio.to_thread
import structlog
from fastapi import APIRouter, Depends, HTTPException, Path

from alt_pipelines.runtime.warmup import warm_installation
from alt_pipelines.tagging.store.reads import canonical_uuid
from api import admin_jobs_store
from api.errors import DATABASE_AWAY, documented
from api.jobs import JobFailed, JobInProgress
from api.schemas import BuildGraphResponse, Job, JobAccepted, LearningResponse, WarmupRequest, WarmupResponse
from api.services import NOT_JSON, Needs, Services, admin_token
from api.validation import body_of, documented_body

log = structlog.get_logger(__name__)

router = APIRouter(prefix="/admin", tags=["admin"], dependencies=[Depends(admin_token)])

_ACCESS = (401, 403)
_POST = (*_ACCESS, 415)

WARMING_SENTENCES = (
    "The ministry tightened export rules for advanced chips on Monday.",
    "政府は月曜日、先端半導体の輸出規制を強化した。",
)
"""Embedded if the body has no sentences."""

JOB_NOT_FOUND = "job not found"
JOB_IN_PROGRESS = "a job of this kind is in progress"


@router.post(
    "/warmup",
    summary="Warm up every worker process",
    responses=documented(*_POST, 408, 413, 422, 500, 503, e415=NOT_JSON),
    openapi_extra=documented_body("WarmupRequest"),
)
async def warmup(services: Needs, body: Annotated[WarmupRequest | None, body_of("WarmupRequest")]) -> WarmupResponse:
    """Embeds the sentences in the adapter and in every worker process, and answers when all have finished."""
    texts = [sentence for sentence in (body.sentences if body else ()) if sentence.strip()] or list(WARMING_SENTENCES)
    own = await services.models.embed(texts)
    workers = await anyio.to_thread.run_sync(warm_installation, services.settings, texts)
    log.info("warmed", own_batches=own, **({} if workers is None else workers._asdict()))
    return WarmupResponse(
        warmed=workers is not None and workers.answered >= workers.processes,
        batches=own + (workers.batches if workers else 0),
        backend=services.models.state.backend,
    )


@router.post(
    "/build-graph",
    summary="Build the tag label graph now",
    responses=documented(400, *_POST, 409, 500, 503, e400="tag label graph is disabled", e503=DATABASE_AWAY),
)
async def build_graph(services: Needs) -> BuildGraphResponse:
    """Builds both windows and returns the number of refreshed edges per window."""
    return BuildGraphResponse(**await _done(services, "graph"))


@router.post(
    "/learning",
    status_code=202,
    summary="Learn the genre thresholds and send them now",
    response_model_exclude_unset=True,
    responses=documented(
        *_POST, 409, 500, 502, 503, e409="learning is already in progress", e502="failed to send learning payload"
    ),
)
async def learning(services: Needs) -> LearningResponse:
    """Learns the genre thresholds and answers once the recap worker has accepted them, or if nothing is to be sent."""
    return LearningResponse(**await _done(services, "learning"))


def _add_job_routes(kind: admin_jobs_store.Kind, what: str) -> None:
    path = f"/{kind}-jobs"

    @router.post(
        path,
        status_code=202,
        name=f"start_{kind}_job",
        summary=f"Start {what} in the background",
        responses=documented(*_POST, 409, 500, 503, e409=JOB_IN_PROGRESS, e503=DATABASE_AWAY),
    )
    async def start(services: Needs) -> JobAccepted:
        try:
            return JobAccepted(job_id=await services.jobs.start(kind))
        except JobInProgress:
            raise HTTPException(409, JOB_IN_PROGRESS) from None

    @router.get(
        path,
        name=f"list_{kind}_jobs",
        summary="List the newest jobs",
        responses=documented(*_ACCESS, 500, 503, e503=DATABASE_AWAY),
    )
    async def newest(services: Needs) -> list[Job]:
        return [Job(**job) for job in await services.jobs.newest(kind)]

    @router.get(
        f"{path}/{{job_id}}",
        name=f"read_{kind}_job",
        summary="Read a job",
        responses=documented(*_ACCESS, 404, 422, 500, 503, e404=JOB_NOT_FOUND, e503=DATABASE_AWAY),
    )
    async def read(services: Needs, job_id: Annotated[str, Path(description="The id of the job")]) -> Job:
        known = canonical_uuid(job_id)
        job = await services.jobs.read(kind, known) if known else None
        if job is None:
            raise HTTPException(404, JOB_NOT_FOUND)
        return Job(**job)


_add_job_routes("graph", "a graph build")
_add_job_routes("learning", "a learning run")


async def _done(services: Services, kind: admin_jobs_store.Kind) -> dict[str, Any]:
    try:
        return await services.jobs.run(kind)
    except JobFailed as failure:
        raise HTTPException(failure.status, failure.detail) from None
