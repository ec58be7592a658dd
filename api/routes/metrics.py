"""`GET /metrics`, in Prometheus' text format."""

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST

from api.services import Needs

router = APIRouter(tags=["health"])


@router.get(
    "/metrics",
    summary="Metrics for Prometheus",
    response_class=PlainTextResponse,
    response_description="HTTP metrics of all server processes, and metrics of the pipelines from every process",
)
async def metrics(services: Needs) -> Response:
    """If a database does not answer, only its metrics are missing and its `pipeline_metrics_up` is 0."""
    return Response(await services.exposition.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})
