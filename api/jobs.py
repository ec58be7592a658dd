"""Graph builds and learning runs requested by a client: synchronous, or as a background job that the client polls.

Both are Dagster runs (`pipeline_runs`) whose results are read when they have ended. If no Dagster run can start, the
same functions that the assets call run in threads here, because the answer must contain their results even without
Dagster. The results are then reported to Dagster as materializations, so that its UI shows them.
"""

import asyncio
import contextlib
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

import anyio.to_thread
import structlog
from anyio import CapacityLimiter
from sqlalchemy.exc import SQLAlchemyError

from alt_pipelines.dagster_names import GRAPH_JOB, LEARNING_JOB, RANGE_END_TAG, RANGE_START_TAG
from alt_pipelines.database.engines import ping, with_retries
from alt_pipelines.label_graph.report import GraphBuildReport
from alt_pipelines.label_graph.run import BuildInProgress, GraphDisabled, build_graph
from alt_pipelines.learning import store as learning_store
from alt_pipelines.learning.report import Answer, LearningReport
from alt_pipelines.learning.run import LearningInProgress, SendFailed, run_learning
from alt_pipelines.runtime.queues import IN_PROGRESS, REFUSED_TAG
from alt_pipelines.settings import Settings
from alt_pipelines.stillness import Stillness
from api import admin_jobs_store
from api.dagster_client import DagsterClient, DagsterError
from api.database import Database
from api.pipeline_runs import EndedRun, RunStillInProgress, run_to_end

log = structlog.get_logger(__name__)

_T = TypeVar("_T")

# How long to wait for a build that another process has begun; a build takes seconds.
BUILD_WAIT_SECONDS = 30.0
BOTH_WINDOWS = {RANGE_START_TAG: "7d", RANGE_END_TAG: "30d"}
NOT_SENT = "failed to send learning payload"
_WITHOUT_RUN = "in the adapter, because no Dagster run could start"
STOP_SECONDS = 10.0


class JobInProgress(Exception):  # noqa: N818 - a state, answered with 409
    """A job of this kind is already running."""


class JobFailed(Exception):  # noqa: N818 - worded for the client
    """The job failed, for a reason that is safe to show. `status` is the HTTP status of the synchronous path."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


class AdminJobs:
    """Runs graph builds and learning runs."""

    def __init__(self, settings: Settings, recap: Database, dagster: DagsterClient) -> None:
        self._settings = settings
        self._recap = recap
        self._dagster = dagster
        self.stillness: Stillness[str] = Stillness()
        self._threads = CapacityLimiter(2)  # one per kind runs at a time, so the two kinds never block each other
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, kind: admin_jobs_store.Kind, *, polled: bool = False) -> dict[str, Any]:
        """Run a job now and return the body that the synchronous path answers on success.

        `polled`: it is a background job, so its Dagster run may wait longer for a worker.

        Raises:
            JobFailed: with the status and detail of the synchronous path.
        """
        try:
            if kind == "graph":
                return await self._build_graph(polled)
            return await self._learn(polled)
        except GraphDisabled:
            raise JobFailed(400, "tag label graph is disabled") from None
        except BuildInProgress:
            raise JobFailed(409, "a graph build is in progress") from None
        except LearningInProgress:
            raise JobFailed(409, "learning is already in progress") from None
        except SendFailed as error:
            log.warning("learning_payload_send_failed", attempt_id=error.attempt_id, reason=str(error))
            raise JobFailed(502, NOT_SENT) from None
        except RunStillInProgress as error:
            raise JobFailed(503, str(error)) from None

    async def start(self, kind: admin_jobs_store.Kind) -> str:
        """Start a background job and return its id.

        Raises:
            JobInProgress: a job of that kind is running, here or in another process.
        """
        job_id = str(uuid.uuid4())
        if not await self._seen(admin_jobs_store.begin_job, job_id, kind):
            raise JobInProgress(kind)
        self._spawn(self._work(job_id, kind), f"{kind}-job-{job_id}")
        return job_id

    async def read(self, kind: admin_jobs_store.Kind, job_id: str) -> dict[str, Any] | None:
        """Return a job as the API's JSON object, or None."""
        return await self._seen(admin_jobs_store.read_job, job_id, kind)

    async def newest(self, kind: admin_jobs_store.Kind) -> list[dict[str, Any]]:
        """Return the newest jobs of a kind, newest first."""
        return await self._seen(admin_jobs_store.newest_jobs, kind)

    @property
    def busy(self) -> bool:
        """Whether this process runs a background task."""
        return bool(self._tasks)

    async def stop(self) -> None:
        """Wait up to `STOP_SECONDS` for running jobs. Jobs still running become orphans, which another process ends."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
        for task in self._tasks:
            task.cancel()

    async def _seen(self, function: Callable[..., _T], *args: str) -> _T:
        """Run a function of the store that ends orphans, which it knows by what this process has seen."""
        try:
            return await self._recap.run(function, *args, stillness=self.stillness)
        except SQLAlchemyError:
            self.stillness.forget()
            raise

    async def _work(self, job_id: str, kind: admin_jobs_store.Kind) -> None:
        heartbeat = asyncio.create_task(self._keep_alive(job_id))
        result: dict[str, Any] | None = None
        error: str | None = None
        try:
            result = await self.run(kind, polled=True)
        except JobFailed as failure:
            error = failure.detail
        except Exception:
            log.exception("admin_job_failed", job_id=job_id, kind=kind)
            error = f"the {kind} job failed; search the log for job {job_id}"
        finally:
            heartbeat.cancel()
        try:
            await self._recap.run(self._end, job_id, result, error)
        except Exception:  # another process will end the job as an orphan, so only this line has its outcome
            log.exception("admin_job_end_failed", job_id=job_id, kind=kind, result=result, error=error)
        else:
            log.info("admin_job_ended", job_id=job_id, kind=kind, error=error)

    def _end(self, engine: Any, job_id: str, result: dict[str, Any] | None, error: str | None) -> None:
        with_retries(
            lambda: admin_jobs_store.end_job(engine, job_id, result=result, error=error),
            self._settings.pool,
            "end admin job",
        )

    async def _keep_alive(self, job_id: str) -> None:
        while True:
            await asyncio.sleep(admin_jobs_store.HEARTBEAT_SECONDS)
            with contextlib.suppress(Exception):  # the job itself reports an unreachable database
                await self._recap.run(admin_jobs_store.keep_alive, job_id)

    async def _build_graph(self, polled: bool) -> dict[str, Any]:
        if not self._settings.graph.enabled:
            raise GraphDisabled
        if not polled:  # a build retries for a minute if the database is unavailable, and a client waits
            await self._recap.run(ping)
        run = await run_to_end(self._dagster, GRAPH_JOB, BOTH_WINDOWS, polled=polled)
        if run is not None:
            if not run.succeeded:
                raise _without_result(run, BuildInProgress(), "the graph build")
            figures = run.state.figures.items()
            return _graph_answer({window: counts["edges"] for window, counts in figures if "edges" in counts})
        report: GraphBuildReport = await self._thread(
            lambda: build_graph(
                self._recap.engine, self._settings.graph, wait_seconds=BUILD_WAIT_SECONDS, pool=self._settings.pool
            )
        )
        for window in report.windows:
            if not window.kept_previous:
                reported = self._report("tag_label_graph", window.figures, f"Built {_WITHOUT_RUN}", window.window_label)
                self._spawn(reported, f"report-graph-{window.window_label}")
        return _graph_answer(report.edge_counts)

    async def _learn(self, polled: bool) -> dict[str, Any]:
        # Asked first, so that a refused request leaves no failed Dagster run.
        if await self._recap.run(learning_store.in_progress):
            raise LearningInProgress
        run = await run_to_end(self._dagster, LEARNING_JOB, {}, polled=polled)
        if run is not None:
            return await self._learned_by(run)
        report: LearningReport = await self._thread(
            lambda: run_learning(self._recap.engine, self._settings.learning, pool=self._settings.pool)
        )
        self._spawn(self._report("genre_thresholds", report.figures, f"Learned {_WITHOUT_RUN}"), "report-thresholds")
        return _learning_answer(report.withheld, report.answer)

    async def _learned_by(self, run: EndedRun) -> dict[str, Any]:
        """Answer from the attempt that the Dagster run stored, which holds the recap worker's answer."""
        attempt = await self._recap.run(learning_store.attempt_of, run.dagster_run_id)
        if attempt is None:
            raise _without_result(run, LearningInProgress(), "learning")
        if attempt.status in ("failed", "sending"):
            raise SendFailed(attempt.error or "the process ended before the answer was stored", attempt.attempt_id)
        return _learning_answer(attempt.withheld, attempt.answer)

    async def _report(
        self, asset: str, figures: dict[str, Any], description: str, partition: str | None = None
    ) -> None:
        try:
            await self._dagster.report_materialization(asset, figures, description, partition)
        except DagsterError as error:
            log.warning("materialization_report_failed", asset=asset, reason=str(error))

    async def _thread(self, work: Callable[[], Any]) -> Any:
        return await anyio.to_thread.run_sync(work, limiter=self._threads)

    def _spawn(self, work: Any, name: str) -> None:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _graph_answer(edge_counts: dict[str, int]) -> dict[str, Any]:
    return {"status": "success", "edge_counts": edge_counts, "total_edges": sum(edge_counts.values())}


def _learning_answer(withheld: str | None, answer: Answer | None) -> dict[str, Any]:
    if answer is None:  # the thresholds in use score better, so nothing was sent
        return {"status": "kept", "reason": withheld}
    body = {} if answer.body is None else {"recap_worker_response": answer.body}
    return {"status": "sent", "recap_worker_status": answer.status_code, **body}


def _without_result(run: EndedRun, in_progress: Exception, what: str) -> Exception:
    """Return the exception for a Dagster run that ended without a result."""
    if run.state.tags.get(REFUSED_TAG) == IN_PROGRESS:
        return in_progress
    return JobFailed(500, f"{what} {run.end}")
