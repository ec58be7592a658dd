"""What must work so that accepted work gets done: the components that `/health/ready` names."""

import asyncio
import time

import anyio.to_thread
from sqlalchemy.engine import Engine

from alt_pipelines.database.engines import dagster_url, make_engine
from alt_pipelines.execution import store as workers_store
from alt_pipelines.execution.queues import QUEUES, Queue
from alt_pipelines.settings import PoolSettings, Settings
from api.dagster_client import DagsterClient, DagsterError, DagsterStatus
from api.database import Database
from api.probes import NotReady, Probe
from api.store import ping

PROCESS_PER_RUN = "DefaultRunLauncher"
_SHARED_SECONDS = 1.0


class Components:
    """The probes of an installation."""

    def __init__(self, settings: Settings, alt: Database, recap: Database, dagster: DagsterClient) -> None:
        self._settings = settings
        self._databases = {"alt_db": alt, "recap_db": recap}
        self._dagster = dagster
        self._dagster_db: Database | None = None
        self._status: asyncio.Task[DagsterStatus] | None = None
        self._asked = 0.0

    def probes(self) -> dict[str, Probe]:
        """A probe for each component."""
        return {
            "alt_db": lambda: self._database("alt_db"),
            "recap_db": lambda: self._database("recap_db"),
            "dagster": self._accepts_runs,
            "daemon": self._daemon,
            "workers": self._workers,
        }

    def close(self) -> None:
        """Close the connections that only the probes use."""
        if self._dagster_db is not None:
            self._dagster_db.engine.dispose()

    async def _database(self, name: str) -> str:
        started = time.perf_counter()
        await self._databases[name].run(ping)
        return f"answers in {(time.perf_counter() - started) * 1000:.0f} ms"

    async def _accepts_runs(self) -> str:
        status = await self._dagster_status()
        if not status.code_loaded:
            raise NotReady("the webserver answers, but no loaded code location has the genre job")
        return f"accepts runs, {status.launcher}"

    async def _daemon(self) -> str:
        stale = (await self._dagster_status()).stale_daemons
        if stale:
            raise NotReady(f"no fresh heartbeat of {', '.join(stale)}")
        return "heartbeats are fresh"

    async def _workers(self) -> str:
        if (await self._dagster_status()).launcher == PROCESS_PER_RUN:
            return "none needed: every run is a process of its own"
        if self._dagster_db is None:
            engine = await anyio.to_thread.run_sync(_dagster_engine, self._settings)
            self._dagster_db = Database(engine, _ONE_CONNECTION)
        counts = await self._dagster_db.run(_live_workers)
        said = ", ".join(f"{queue} {counts[queue]}" for queue in QUEUES)
        if not all(counts[queue] for queue in QUEUES):
            raise NotReady(f"a queue has no live worker process: {said}")
        return f"live worker processes: {said}"

    async def _dagster_status(self) -> DagsterStatus:
        """One question for the three components that need its answer."""
        if self._status is None or time.monotonic() - self._asked > _SHARED_SECONDS:
            self._asked = time.monotonic()
            self._status = asyncio.ensure_future(self._dagster.status())
        try:
            return await asyncio.shield(self._status)
        except DagsterError as error:
            raise NotReady(str(error)) from error


_ONE_CONNECTION = PoolSettings(size=1, overflow=1)


def _dagster_engine(settings: Settings) -> Engine:
    return make_engine(dagster_url(settings), _ONE_CONNECTION, application="alt-pipelines-api")


def _live_workers(engine: Engine) -> dict[Queue, int]:
    with engine.connect() as connection:
        return workers_store.live_workers(connection)
