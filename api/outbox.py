"""Launching of accepted runs, after their 202: a bounded queue and a few tasks, beside the requests.

The row is the truth. Whatever is not launched here, because Dagster is away, the queue is full or this process ends, is
launched from the row by the outbox sensor; so nothing here is retried and nothing waits for long.
"""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

import structlog

from alt_pipelines.recap.genre_key import partition_key
from alt_pipelines.recap.store import submissions
from alt_pipelines.runtime.queues import QUEUE_TAG, RECAP
from alt_pipelines.settings import RecapSettings
from api.dagster_client import DagsterClient, DagsterError
from api.threads import Database

log = structlog.get_logger(__name__)

QUEUE_LIMIT = 1000
TASKS = 4  # a launch is about 0.1 s of Dagster's webserver; more at once only queue up there


class _LeftToSensorError(Exception):
    """The sensor is about to launch the run; the message says why."""


@dataclass(frozen=True)
class _Launch:
    """A run to launch; `submitted` in seconds of the monotonic clock."""

    run_id: int
    job_id: str
    genre: str
    submitted: float

    @property
    def story(self) -> dict[str, Any]:
        """What every log line about the run carries."""
        return {"job_id": self.job_id, "genre": self.genre, "run_id": self.run_id}


class Launcher:
    """Launches runs in the background."""

    def __init__(self, recap: Database, dagster: DagsterClient, settings: RecapSettings) -> None:
        self._recap = recap
        self._dagster = dagster
        self._settings = settings
        self._queue: asyncio.Queue[_Launch] = asyncio.Queue(QUEUE_LIMIT)
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to launch what is submitted."""
        self._tasks = [asyncio.create_task(self._work(), name=f"launch-{number}") for number in range(TASKS)]

    async def stop(self) -> None:
        """Stop at once; what is still queued is the sensor's."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def submit(self, run_id: int, job_id: str, genre: str) -> None:
        """Launch a run soon. Never waits and never fails."""
        launch = _Launch(run_id, job_id, genre, time.monotonic())
        try:
            self._queue.put_nowait(launch)
        except asyncio.QueueFull:
            log.warning("launch_left_to_sensor", **launch.story, reason=f"{QUEUE_LIMIT} launches are waiting")

    async def _work(self) -> None:
        while True:
            launch = await self._queue.get()
            try:
                await self._launch(launch)
            except (DagsterError, _LeftToSensorError) as error:
                log.warning("launch_left_to_sensor", **launch.story, reason=str(error))
            except Exception as error:
                log.exception("launch_left_to_sensor", **launch.story, reason=type(error).__name__)

    async def _launch(self, launch: _Launch) -> None:
        grace, run_id = self._settings.outbox_grace_seconds, launch.run_id
        if time.monotonic() - launch.submitted > grace:
            raise _LeftToSensorError("it waited longer than the outbox's grace")
        if not await self._recap.run(submissions.reserve_launch, run_id, grace):
            return  # somebody launches it already
        dagster_run_id = await self._dagster.launch_genre_run(run_id, partition_key(launch.genre), {QUEUE_TAG: RECAP})
        await self._recap.run(submissions.mark_launched, run_id, dagster_run_id)
        log.info("run_launched", **launch.story, dagster_run_id=dagster_run_id)
        await self._warn_of_depth()

    async def _warn_of_depth(self) -> None:
        depth = await self._recap.run(submissions.queue_depth)
        if depth >= self._settings.queue_warning_threshold:
            log.warning("run_queue_deep", depth=depth, threshold=self._settings.queue_warning_threshold)
