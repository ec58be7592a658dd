"""The objects that live as long as a worker process of the adapter, and the dependencies that pass them to handlers."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import anyio.to_thread
from fastapi import Depends, HTTPException, Request
from prometheus_client import CollectorRegistry

from alt_pipelines.database.startup import prepare_databases
from alt_pipelines.platform import Platform
from alt_pipelines.settings import PoolSettings, Settings
from api.dagster_client import DagsterClient
from api.database import Database
from api.inference import Models
from api.jobs import AdminJobs
from api.metrics import Exposition
from api.outbox import Launcher
from api.pool import Pool, PoolLimits
from api.readiness import Components, Probes
from api.security import UserTokens, authorize_token
from api.turns import Turns
from api.validation import Bodies

BATCHES_AT_ONCE = 2
"""Concurrent tag batches of all processes, or one per process if there are more processes. More would only share the
database's CPUs, and the last would wait for all."""

BATCHES_IN_LINE = 32
"""Threads per process in which tag batches wait for their turn. Further batches wait for a thread."""

NOT_JSON = "send Content-Type: application/json, or the admin token"


@dataclass(frozen=True)
class Services:
    """Everything a handler may call. Created by `running_services`, never by handlers.

    `stopping` is set when this process stops; a handler that waits then answers at once.
    """

    settings: Settings
    alt: Database
    recap: Database
    batches: Database
    turns: Turns
    models: Models
    bodies: Bodies
    launcher: Launcher
    jobs: AdminJobs
    probes: Probes
    user_tokens: UserTokens
    exposition: Exposition
    stopping: asyncio.Event


@asynccontextmanager
async def running_services(platform: Platform, http: CollectorRegistry) -> AsyncIterator[Services]:
    """Start the services, yield them and stop them at the end. `http` is the registry that counts requests.

    The databases are prepared first: embedded ones are migrated, configured ones are checked. An unreachable database
    does not prevent the start.

    Raises:
        PendingMigrationsError, MissingKeyError, EmbeddedServerError: a database is not usable.
    """
    settings = platform.settings
    own = tempfile.TemporaryDirectory(prefix="alt-pipelines-turns-")
    shared = settings.server.metrics_dir or Path(own.name)  # a single process has no folder that it shares
    await anyio.to_thread.run_sync(prepare_databases, settings)
    alt = Database(await anyio.to_thread.run_sync(lambda: platform.alt_engine), settings.pool)
    recap = Database(await anyio.to_thread.run_sync(lambda: platform.recap_engine), settings.pool)
    dagster = DagsterClient(settings.execution.webserver_url)
    models = Models(settings)
    parsers = Pool(settings, PoolLimits(idle_seconds=3600.0), first="load_schemas")
    components = Components(settings, alt, recap, dagster, lambda: models.state.model_id)
    services = Services(
        settings=settings,
        alt=alt,
        recap=recap,
        batches=Database(alt.engine, PoolSettings(size=BATCHES_IN_LINE, overflow=0)),
        turns=Turns(shared, max(BATCHES_AT_ONCE, settings.server.worker_processes)),
        models=models,
        bodies=Bodies(parsers),
        launcher=Launcher(recap, dagster, settings.recap),
        jobs=AdminJobs(settings, recap, dagster),
        probes=Probes(components.probes()),
        user_tokens=UserTokens(settings.server),
        exposition=Exposition(http, settings.server, alt, recap, components.gauges),
        stopping=asyncio.Event(),
    )
    services.models.start_loading()
    services.launcher.start()
    try:
        yield services
    finally:
        await services.launcher.stop()
        await services.jobs.stop()
        services.probes.stop()
        await services.models.stop()
        await parsers.stop()
        components.close()
        await dagster.close()
        platform.close()
        own.cleanup()


def _services(request: Request) -> Services:
    services = request.app.state.services
    assert isinstance(services, Services)
    return services


Needs = Annotated[Services, Depends(_services)]
"""The type of a handler's `services` parameter."""


def runs_token(request: Request, services: Needs) -> None:
    """Dependency of the paths that RUNS_TOKEN protects."""
    authorize_token(services.settings.edge.runs_token, request.headers.get("authorization"))


def admin_token(request: Request, services: Needs) -> None:
    """Dependency of /admin: demand the token if one is set, and refuse requests that a web page could have made (CSRF).

    A page of another site can make a browser send a POST without a preflight request if the body has a form's content
    type or is empty. The browser then always sends an Origin header. The platform's recap worker sends no body, no
    content type and no origin.

    Raises:
        HTTPException: 401 or 403 for the token, 415 for a POST that a web page could have made.
    """
    if authorize_token(services.settings.edge.admin_token, request.headers.get("authorization")):
        return
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_json = kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
    from_browser = "origin" in request.headers or "sec-fetch-site" in request.headers
    if request.method == "POST" and not is_json and (kind or from_browser):
        raise HTTPException(415, NOT_JSON)
