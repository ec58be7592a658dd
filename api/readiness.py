"""Readiness: probe every component that a run or an article needs, in parallel, each with a time limit.

A probe that hangs is reported as such and never started twice (`single_flight`), so a stuck library does not block the
answer. Answers are cached for `KEPT_SECONDS`, so more clients do not cause more probes.
"""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Mapping

import anyio.to_thread
import structlog
from sqlalchemy.engine import Engine

from alt_pipelines.database import embedded
from alt_pipelines.database.engines import dagster_url, make_engine, ping
from alt_pipelines.embedding.factory import verify_models
from alt_pipelines.runtime import store as workers_store
from alt_pipelines.runtime.heartbeats import silence
from alt_pipelines.runtime.queues import QUEUES, Queue
from alt_pipelines.runtime.switches import WORK
from alt_pipelines.settings import PoolSettings, Settings
from alt_pipelines.tagging.extraction.checksums import comparisons, problems_of
from api.dagster_client import PROCESS_PER_RUN, DagsterClient, DagsterError, DagsterStatus
from api.database import Database
from api.gauges import Gauges
from api.inference import LOADING, UNAVAILABLE
from api.rehearsal_store import rehearse
from api.schemas import Component, Readiness
from api.single_flight import SingleFlight

log = structlog.get_logger(__name__)

PROBE_SECONDS = 3.0
KEPT_SECONDS = 2.0
REHEARSAL_SECONDS = 60.0
"""Interval between two rehearsals of a database's writes, and of two readings of the models (0.1 s of CPU time)."""
AUTOMATION_SECONDS = 15.0
"""Interval between two questions for the states of the sensors, which cost Dagster a query for each."""
_PROBLEM_KEPT_SECONDS = 2.0
"""Interval after a problem; short, so that a repair is visible soon."""
_SHARED_SECONDS = 1.0
"""Maximum age of an answer of Dagster that several components share."""
_ONE_CONNECTION = PoolSettings(size=1, overflow=1)

Probe = Callable[[], Awaitable[str]]
"""Returns the detail of a healthy component; raises `NotReady` or another exception for an unhealthy one."""


class NotReady(Exception):  # noqa: N818 - a state, worded for the answer
    """A component is not ready; the message is safe to show."""


class Probes:
    """Runs the probes of an installation and caches the answer."""

    def __init__(self, probes: Mapping[str, Probe], seconds: float = PROBE_SECONDS) -> None:
        self._probes = probes
        self._seconds = seconds
        self._single_flight = SingleFlight()
        self._kept: tuple[float, Readiness] | None = None
        self._asking = asyncio.Lock()

    async def readiness(self) -> Readiness:
        """Return the state of every component, at most `KEPT_SECONDS` old."""
        async with self._asking:
            if self._kept is not None and time.monotonic() - self._kept[0] < KEPT_SECONDS:
                return self._kept[1]
            names = list(self._probes)
            components = dict(zip(names, await asyncio.gather(*map(self._component, names)), strict=True))
            ready = all(component.ok for component in components.values())
            answer = Readiness(status="ready" if ready else "not_ready", components=components)
            self._kept = time.monotonic(), answer
            return answer

    def stop(self) -> None:
        """Abandon probes that hang."""
        self._single_flight.stop()

    async def _component(self, name: str) -> Component:
        try:
            return Component(ok=True, detail=await self._single_flight.ask(name, self._probes[name], self._seconds))
        except NotReady as error:
            return Component(ok=False, detail=str(error))
        except TimeoutError:
            return Component(ok=False, detail=f"no answer within {self._seconds:g} s")
        except Exception as error:
            log.warning("component_not_ready", component=name, error=type(error).__name__)
            return Component(ok=False, detail=f"does not answer ({type(error).__name__})")


class _Kept:
    """The answer of a costly check, which returns a problem or None. A problem is kept for `_PROBLEM_KEPT_SECONDS`."""

    def __init__(self, check: Callable[[], Awaitable[str | None]], seconds: float) -> None:
        self._check = check
        self._seconds = seconds
        self._until = -math.inf
        self._problem: str | None = None

    async def problem(self) -> str | None:
        """Return a sentence that says what is wrong, or None."""
        if time.monotonic() >= self._until:
            self._problem = await self._check()
            self._until = time.monotonic() + (_PROBLEM_KEPT_SECONDS if self._problem else self._seconds)
        return self._problem


class Components:
    """Defines the probes of an installation and holds the clients that they use."""

    def __init__(
        self,
        settings: Settings,
        alt: Database,
        recap: Database,
        dagster: DagsterClient,
        model_id: Callable[[], str],
    ) -> None:
        """Prepare the probes; `model_id` returns that of this process, `LOADING` or `UNAVAILABLE`."""
        self._model_id = model_id
        self._settings = settings
        self._databases: dict[str, Database] = {"alt_db": alt, "recap_db": recap}
        self._rehearsals = {
            "alt_db": _Kept(lambda: alt.run(rehearse, "alt"), REHEARSAL_SECONDS),
            "recap_db": _Kept(lambda: recap.run(rehearse, "recap"), REHEARSAL_SECONDS),
        }
        self._files = _Kept(lambda: anyio.to_thread.run_sync(_damaged_files, settings), REHEARSAL_SECONDS)
        self._automation = _Kept(self._stopped_work, AUTOMATION_SECONDS)
        self.gauges = Gauges(alt, recap, self.dagster_database)
        self._dagster = dagster
        self._dagster_db: Database | None = None
        self._status: asyncio.Task[DagsterStatus] | None = None
        self._asked = 0.0

    def probes(self) -> dict[str, Probe]:
        """Return a probe for each component, by name."""
        return {
            "alt_db": lambda: self._database("alt_db"),
            "recap_db": lambda: self._database("recap_db"),
            "models": self._models,
            "dagster": self._accepts_runs,
            "daemon": self._daemon,
            "automation": self._sensors,
            "workers": self._workers,
            "tagging": self._tagging,
        }

    def close(self) -> None:
        """Close the connections that only the probes use."""
        if self._dagster_db is not None:
            self._dagster_db.engine.dispose()

    async def _database(self, name: str) -> str:
        started = time.perf_counter()
        await self._databases[name].run(ping)
        milliseconds = (time.perf_counter() - started) * 1000
        if problem := await self._rehearsals[name].problem():
            raise NotReady(problem)
        return f"answers in {milliseconds:.0f} ms and accepts writes"

    async def _models(self) -> str:
        if problem := await self._files.problem():
            raise NotReady(problem)
        model_id = self._model_id()
        if model_id == LOADING:
            raise NotReady("the models are being loaded")
        if model_id == UNAVAILABLE:
            raise NotReady("the models could not be loaded; the log event models_not_loaded has the reason")
        return "model files and word lists are complete"

    async def _tagging(self) -> str:
        state = await self.gauges.pipeline("tagging")
        if state is None:
            return "no run has finished yet"
        if not state.consecutive_failures:
            return "the last run succeeded or has stored results"
        failed = f"last failed run: {self._settings.dagster_ui_url}/runs/{state.last_failed_run}"
        if not state.fails(work_waits=await self.gauges.article_waits()):
            return f"no article waits for tags; {failed}"
        raise NotReady(f"failed runs since the last success: {state.consecutive_failures}; {failed}")

    async def _accepts_runs(self) -> str:
        status = await self._dagster_status()
        if not status.code_loaded:
            raise NotReady(
                "the webserver answers, but no loaded code location has the genre job; check the code server's log"
            )
        return f"accepts runs ({status.launcher})"

    async def _daemon(self) -> str:
        beats = await (await self.dagster_database()).run(_heartbeats)
        if said := silence(beats, time.time()):
            raise NotReady(f"{said}; restart the daemon")
        return "heartbeats are recent"

    async def _sensors(self) -> str:
        try:
            problem = await self._automation.problem()
        except DagsterError as error:
            raise NotReady(str(error)) from error
        if problem:
            raise NotReady(problem)
        return f"sensors that work needs are on and work: {len(WORK)}"

    async def _stopped_work(self) -> str | None:
        return "; ".join(fault.sentence for fault in await self._dagster.automation_faults() if fault.stops_work)

    async def _workers(self) -> str:
        if (await self._dagster_status()).launcher == PROCESS_PER_RUN:
            return "not needed: every run has its own process"
        counts = await (await self.dagster_database()).run(_live_workers)
        if missing := [queue for queue in QUEUES if not counts[queue]]:
            raise NotReady(f"queues without a live worker process: {', '.join(missing)}; start `alt-pipelines worker`")
        return "live worker processes: " + ", ".join(f"{queue} {counts[queue]}" for queue in QUEUES)

    async def dagster_database(self) -> Database:
        """Return Dagster's database, on an engine with one connection and one overflow connection."""
        if self._dagster_db is None:
            engine = await anyio.to_thread.run_sync(_dagster_engine, self._settings)
            self._dagster_db = self._dagster_db or Database(engine, _ONE_CONNECTION)
        return self._dagster_db

    async def _dagster_status(self) -> DagsterStatus:
        """Return Dagster's status; the two components that need it share one request."""
        if self._status is None or time.monotonic() - self._asked > _SHARED_SECONDS:
            self._asked = time.monotonic()
            self._status = asyncio.ensure_future(self._dagster.status())
        try:
            return await asyncio.shield(self._status)
        except DagsterError as error:
            raise NotReady(str(error)) from error


def _dagster_engine(settings: Settings) -> Engine:
    """Return an engine for Dagster's database. A probe never starts the embedded server."""
    if settings.execution.dagster_storage_url is None and not embedded.is_running(settings.execution.home / "postgres"):
        raise NotReady("the embedded Postgres is not running; start the stack with `alt-pipelines up`")
    return make_engine(dagster_url(settings), _ONE_CONNECTION, application="alt-pipelines-api")


def _damaged_files(settings: Settings) -> str:
    """Return the problems of the files that tagging and genre runs read: the models and the tagger's own."""
    models = verify_models(settings.embedding) if settings.embedding.backend == "onnx" else []
    return " ".join([*models, *problems_of(comparisons())])


def _heartbeats(engine: Engine) -> dict[str, float]:
    with engine.connect() as connection:
        return workers_store.daemon_heartbeats(connection)


def _live_workers(engine: Engine) -> dict[Queue, int]:
    with engine.connect() as connection:
        return workers_store.live_workers(connection)
