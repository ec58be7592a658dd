"""Graph builds and learning runs requested by a client: synchronous, or as a background job that the client polls.

A graph build is a Dagster run (`graph_runs`) if Dagster is available. Otherwise, and for learning, the same functions
that the schedules call run in threads here, because the answer must contain their results even without Dagster. The
results are then reported to Dagster as materializations, so that its UI shows them.
"""

import asyncio
import contextlib
import uuid
from collections.abc import Callable
from typing import Any

import anyio.to_thread
import structlog
from anyio import CapacityLimiter

from alt_pipelines.database.engines import with_retries
from alt_pipelines.label_graph.report import GraphBuildReport
from alt_pipelines.label_graph.run import BuildInProgress, GraphDisabled, build_graph
from alt_pipelines.learning.report import LearningReport
from alt_pipelines.learning.run import LearningInProgress, SendFailed, run_learning
from alt_pipelines.settings import Settings
from api import store
from api.dagster_client import DagsterClient, DagsterError
from api.graph_runs import GraphRunFailed, build_by_run
from api.threads import Database

log = structlog.get_logger(__name__)

# How long to wait for a build that another process has begun; a build takes seconds.
BUILD_WAIT_SECONDS = 30.0
STOP_SECONDS = 10.0


class JobInProgress(Exception):  # noqa: N818 - a state, answered with 409
    """A job of the kind is running."""


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
        self._threads = CapacityLimiter(2)  # one per kind runs at a time, so the two kinds never block each other
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, kind: store.Kind) -> dict[str, Any]:
        """Run a job now and return the body that the synchronous path answers on success.

        Raises:
            JobFailed: with the status and detail of the synchronous path.
        """
        try:
            if kind == "graph":
                return await self._build_graph()
            return await self._learn()
        except GraphDisabled:
            raise JobFailed(400, "tag label graph is disabled") from None
        except BuildInProgress:
            raise JobFailed(409, "a graph build is in progress") from None
        except LearningInProgress:
            raise JobFailed(409, "learning is already in progress") from None
        except SendFailed as error:
            log.warning("learning_payload_not_sent", attempt_id=error.attempt_id, reason=str(error))
            raise JobFailed(502, "failed to send learning payload") from None

    async def start(self, kind: store.Kind) -> str:
        """Start a background job and return its id.

        Raises:
            JobInProgress: a job of that kind is running, here or in another process.
        """
        job_id = str(uuid.uuid4())
        if not await self._recap.run(store.begin_job, job_id, kind):
            raise JobInProgress(kind)
        self._spawn(self._work(job_id, kind), f"{kind}-job-{job_id}")
        return job_id

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

    async def _work(self, job_id: str, kind: store.Kind) -> None:
        heartbeat = asyncio.create_task(self._keep_alive(job_id))
        result: dict[str, Any] | None = None
        error: str | None = None
        try:
            result = await self.run(kind)
        except JobFailed as failure:
            error = failure.detail
        except Exception:
            log.exception("admin_job_failed", job_id=job_id, kind=kind)
            error = f"the {kind} job failed; the log of job {job_id} has the reason"
        finally:
            heartbeat.cancel()
        await self._recap.run(self._end, job_id, result, error)
        log.info("admin_job_ended", job_id=job_id, kind=kind, error=error)

    def _end(self, engine: Any, job_id: str, result: dict[str, Any] | None, error: str | None) -> None:
        with_retries(
            lambda: store.end_job(engine, job_id, result=result, error=error), self._settings.pool, "end of a job"
        )

    async def _keep_alive(self, job_id: str) -> None:
        while True:
            await asyncio.sleep(store.HEARTBEAT_SECONDS)
            with contextlib.suppress(Exception):  # the job itself reports an unreachable database
                await self._recap.run(store.keep_alive, job_id)

    async def _build_graph(self) -> dict[str, Any]:
        if not self._settings.graph.enabled:
            raise GraphDisabled
        try:
            counts = await build_by_run(self._dagster)
        except GraphRunFailed as error:
            raise JobFailed(500, str(error)) from None
        if counts is not None:
            return {"status": "success", "edge_counts": counts, "total_edges": sum(counts.values())}
        report: GraphBuildReport = await self._thread(
            lambda: build_graph(
                self._recap.engine, self._settings.graph, wait_seconds=BUILD_WAIT_SECONDS, pool=self._settings.pool
            )
        )
        for window in report.windows:
            if not window.kept_previous:
                told = self._report("tag_label_graph", window.figures, "Built through the API", window.window_label)
                self._spawn(told, f"report-graph-{window.window_label}")
        return {"status": "success", "edge_counts": report.edge_counts, "total_edges": report.total_edges}

    async def _learn(self) -> dict[str, Any]:
        report: LearningReport = await self._thread(
            lambda: run_learning(self._recap.engine, self._settings.learning, pool=self._settings.pool)
        )
        self._spawn(self._report("genre_thresholds", report.figures, "Learned through the API"), "report-thresholds")
        if report.answer is None:  # the thresholds in use score better, so nothing was sent
            return {"status": "kept", "reason": report.withheld}
        answer: dict[str, Any] = {"status": "sent", "recap_worker_status": report.answer.status_code}
        if report.answer.body is not None:
            answer["recap_worker_response"] = report.answer.body
        return answer

    async def _report(
        self, asset: str, figures: dict[str, Any], description: str, partition: str | None = None
    ) -> None:
        try:
            await self._dagster.report_materialization(asset, figures, description, partition)
        except DagsterError as error:
            log.warning("materialization_not_reported", asset=asset, reason=str(error))

    async def _thread(self, work: Callable[[], Any]) -> Any:
        return await anyio.to_thread.run_sync(work, limiter=self._threads)

    def _spawn(self, work: Any, name: str) -> None:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
