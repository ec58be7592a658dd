"""Health at three levels: the process is running, its model is loaded, and accepted work will be done."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from api.schemas import Health, Live, Readiness
from api.services import Needs

router = APIRouter(tags=["health"])


@router.get("/health", summary="Report the process and its model")
async def health(services: Needs) -> Health:
    """Answers from memory, without a database, a model or a lock."""
    return Health(model_id=services.models.state.model_id, backend=services.models.state.backend)


@router.get("/health/live", summary="Liveness: the process is running")
async def live(services: Needs) -> Live:
    """Uses no component, so only a dead process fails this check."""
    return Live(installation=services.settings.installation)


@router.get(
    "/health/ready",
    summary="Readiness: new work can be processed",
    response_model=Readiness,
    responses={
        503: {
            "model": Readiness,
            "description": "At least one component is not ready; the body holds the state of each",
        }
    },
)
async def ready(services: Needs) -> JSONResponse:
    """Probes the databases, the models, Dagster, its daemon, the workers and tagging, each with a time limit.

    The models are those of the process that answers. The answer is cached for 2 s.
    """
    readiness = await services.probes.readiness()
    return JSONResponse(readiness.model_dump(), status_code=200 if readiness.status == "ready" else 503)
