"""The FastAPI application: routes, middleware, error handlers, OpenAPI document and the lifespan of its services.

`create_app()` is the factory that uvicorn calls in every worker process. Tests pass their own platform.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi_offline import FastAPIOffline
from pydantic.json_schema import models_json_schema

from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.observability.tracing import tracer_provider
from alt_pipelines.platform import Platform
from alt_pipelines.settings import Settings
from api import schemas
from api.connections import STOPPING
from api.errors import install_error_handlers
from api.limits import BodyLimit, BodyLimits
from api.metrics import instrument
from api.middleware import RequestLog
from api.routes import admin, health, metrics, pages, runs, tags
from api.services import running_services

DESCRIPTION = """
Article tags, story clusters and the tag label graph of an RSS platform.

* **runs**: submit one genre of a recap and read its story clusters with evidence sentences
* **tags**: read the tags of stored articles, or tag a text in the request
* **admin**: warm up the models, build the graph, learn the thresholds
* **health**: liveness, readiness and metrics

Error bodies are `{"detail": "…"}`. An invalid request gets 422 with a list of problems.
"""

_SECTIONS = [
    {"name": "runs", "description": "Genre runs: submitted here, executed by Dagster"},
    {"name": "tags", "description": "Tags of articles and texts"},
    {"name": "admin", "description": "Administration"},
    {"name": "pages", "description": "HTML pages for readers"},
    {"name": "health", "description": "Health and metrics"},
]


def create_app(platform: Platform | None = None) -> FastAPI:
    """Create the application for a platform. The default is this process's platform, configured by its environment.

    Raises:
        SettingsError: the environment holds invalid values.
    """
    chosen = platform or Platform.for_process(Settings.from_environment())
    configure_logging(chosen.settings.logging)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        async with running_services(chosen, http) as services:
            app.state.services = services
            yield {STOPPING: services.stopping}

    # /docs and /redoc load their assets from a package, not a CDN: many installations have no internet access.
    app = FastAPIOffline(
        title="alt-pipelines",
        version=version("alt-pipelines"),
        description=DESCRIPTION,
        openapi_tags=_SECTIONS,
        lifespan=lifespan,
        swagger_ui_parameters={"defaultModelsExpandDepth": 0, "tryItOutEnabled": True},
    )
    for module in (runs, tags, admin, health, metrics, pages):
        app.include_router(module.router)
    install_error_handlers(app)
    # Each middleware wraps those added before it: `BodyLimit` refuses a body before any handler sees it, and the log
    # and the counters, added later, see that answer too.
    edge = chosen.settings.edge
    limits = BodyLimits(
        max_bytes=chosen.settings.server.max_body_bytes,
        memory_bytes=max(edge.max_body_memory_bytes, chosen.settings.server.max_body_bytes),
        seconds=edge.body_seconds,
        stall_seconds=edge.body_stall_seconds,
    )
    app.add_middleware(BodyLimit, limits=limits)
    http = instrument(app)
    app.add_middleware(RequestLog)
    app.openapi = lambda: _document(app)  # type: ignore[method-assign]
    if (provider := tracer_provider()) is not None:
        # The extra that installs the provider also installs this package.
        from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor

        FastAPIInstrumentor.instrument_app(app, tracer_provider=provider, excluded_urls="://[^/]*/(health|metrics)")
    return app


def _document(app: FastAPI) -> dict[str, Any]:
    """Return FastAPI's document plus the request models, which `api.validation` validates and FastAPI does not know."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
            tags=app.openapi_tags,
        )
        _, definitions = models_json_schema(
            [(model, "validation") for model in schemas.REQUESTS], ref_template="#/components/schemas/{model}"
        )
        document["components"]["schemas"].update(definitions["$defs"])
        app.openapi_schema = document
    return app.openapi_schema
