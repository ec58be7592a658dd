"""The fast path of the outbox: launch accepted genre runs after their 202, with a bounded queue and a few tasks.

The database row is the source of truth. If a run is not launched here, because Dagster is unreachable, the queue is
full or this process ends, the outbox sensor launches it from its row. Therefore nothing is retried here.
"""

import asyncio
import time
from dataclasses import dataclass

import structlog

from alt_pipelines.dagster_names import JOB_ID_TAG
from alt_pipelines.recap.genre_key import partition_key
from alt_pipelines.recap.store import launches
from alt_pipelines.recap.store.queue import queue_depth
from alt_pipelines.runtime.queues import QUEUE_TAG, RECAP
from alt_pipelines.settings import RecapSettings
from api.dagster_client import DagsterClient, DagsterError
from api.database import Database

log = structlog.get_logger(__name__)

QUEUE_LIMIT = 1000
TASKS = 4  # a launch takes Dagster's webserver about 0.1 s; more concurrent launches would only queue there


class _LeftToSensorError(Exception):
    """The outbox sensor will launch the run; the message says why."""


@dataclass(frozen=True)
class _Launch(launches.PendingRun):
    """A genre run to launch; `submitted` is the time of submission on the monotonic clock, in seconds."""

    submitted: float


class Launcher:
    """Launches genre runs in the background."""

    def __init__(self, recap: Database, dagster: DagsterClient, settings: RecapSettings) -> None:
        self._recap = recap
        self._dagster = dagster
        self._settings = settings
        self._queue: asyncio.Queue[_Launch] = asyncio.Queue(QUEUE_LIMIT)
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Start the tasks that launch submitted runs."""
        self._tasks = [asyncio.create_task(self._work(), name=f"launch-{number}") for number in range(TASKS)]

    async def stop(self) -> None:
        """Stop at once. The outbox sensor launches the runs that are still queued."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def submit(self, run_id: int, job_id: str, genre: str) -> None:
        """Queue a run for launch. Never waits and never fails."""
        launch = _Launch(run_id, job_id, genre, time.monotonic())
        try:
            self._queue.put_nowait(launch)
        except asyncio.QueueFull:
            log.warning("launch_left_to_sensor", **launch.log_fields, reason=f"{QUEUE_LIMIT} launches are waiting")

    async def _work(self) -> None:
        while True:
            launch = await self._queue.get()
            try:
                await self._launch(launch)
            except (DagsterError, _LeftToSensorError) as error:
                log.warning("launch_left_to_sensor", **launch.log_fields, reason=str(error))
            except Exception as error:
                log.exception("launch_left_to_sensor", **launch.log_fields, reason=type(error).__name__)

    async def _launch(self, launch: _Launch) -> None:
        grace, run_id = self._settings.outbox_grace_seconds, launch.run_id
        if time.monotonic() - launch.submitted > grace:
            raise _LeftToSensorError(f"it waited longer than RECAP_OUTBOX_GRACE_SECONDS ({grace:g} s)")
        if not await self._recap.run(launches.reserve_launch, run_id, grace):
            return  # the sensor or another process is already launching it
        tags = {QUEUE_TAG: RECAP, JOB_ID_TAG: launch.job_id}
        dagster_run_id = await self._dagster.launch_genre_run(run_id, partition_key(launch.genre), tags)
        await self._recap.run(launches.mark_launched, run_id, dagster_run_id)
        log.info("run_launched", **launch.log_fields, dagster_run_id=dagster_run_id)
        await self._warn_of_depth()

    async def _warn_of_depth(self) -> None:
        depth = await self._recap.run(queue_depth)
        if depth >= self._settings.queue_warning_threshold:
            log.warning("genre_run_queue", depth=depth, threshold=self._settings.queue_warning_threshold)
