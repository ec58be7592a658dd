"""Execute a pipeline's job through an ordinary Dagster run: launch it, wait for its end and return its state.

The work then has a run page, asset checks and a place in the asset's history, like scheduled work. If Dagster is
unreachable, or no worker starts the run in time, the run is canceled and the caller does the work in its own process.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from api.dagster_client import PROCESS_PER_RUN, DagsterClient, DagsterError, RunState

log = structlog.get_logger(__name__)

API_TAGS = {"alt/started_by": "api"}

START_SECONDS = 30.0
"""Time for a warm worker to start the run while a client waits for the answer. All recap workers may be busy."""

PROCESS_START_SECONDS = 60.0
"""Time for a new process to import everything, if Dagster's launcher starts one process per run."""

JOB_START_SECONDS = 300.0
"""Time for the run of a background job to start; the client polls and does not wait."""

RUN_SECONDS = 120.0
"""Time for a run to end, from its start. The wait for a worker is not part of it."""

CANCEL_SECONDS = 10.0
POLL_SECONDS = 0.25


class RunStillInProgress(Exception):  # noqa: N818 - a state, worded for the client
    """The Dagster run has not ended in time and continues; the message names it."""


@dataclass(frozen=True)
class EndedRun:
    """A Dagster run that has ended, and its final state."""

    dagster_run_id: str
    state: RunState

    @property
    def succeeded(self) -> bool:
        """Whether every step succeeded."""
        return self.state.status == "SUCCESS"

    @property
    def end(self) -> str:
        """How an unsuccessful run ended, as the second half of a sentence for the client."""
        how = "was canceled in Dagster" if self.state.status == "CANCELED" else "failed"
        return f"{how}; see Dagster run {self.dagster_run_id}"


async def run_to_end(dagster: DagsterClient, job: str, tags: dict[str, str], *, polled: bool) -> EndedRun | None:
    """Execute a job in a Dagster run and return the ended run, or None if no run could start.

    `polled`: the client polls for the result, so the run may wait longer for a worker.

    Raises:
        RunStillInProgress: the run started and did not end within `RUN_SECONDS`.
    """
    try:
        status = await dagster.status()
        if status.stale_daemons:
            log.info("pipeline_run_not_launched", job=job, reason=f"no heartbeat of {', '.join(status.stale_daemons)}")
            return None
        dagster_run_id = await dagster.launch_job(job, {**tags, **API_TAGS})
    except DagsterError as error:
        log.info("pipeline_run_not_launched", job=job, reason=str(error))
        return None
    log_fields = {"job": job, "dagster_run_id": dagster_run_id}
    log.info("pipeline_run_launched", **log_fields)
    start_seconds = PROCESS_START_SECONDS if status.launcher == PROCESS_PER_RUN else START_SECONDS
    if polled:
        start_seconds = max(start_seconds, JOB_START_SECONDS)
    state = await _wait(dagster, dagster_run_id, start_seconds)
    if state is None or state.is_waiting:
        log.warning("pipeline_run_abandoned", **log_fields, seconds=start_seconds)
        try:
            await dagster.cancel_run(dagster_run_id)
        except DagsterError as error:
            log.warning("pipeline_run_cancel_failed", **log_fields, reason=str(error))
        # A worker may have taken the run just before it was canceled.
        state = await _wait(dagster, dagster_run_id, CANCEL_SECONDS)
        if state is None or state.is_waiting or state.status == "CANCELED":
            return None
    log.info("pipeline_run_ended", **log_fields, status=state.status)
    if not state.has_ended:
        raise RunStillInProgress(f"Dagster run {dagster_run_id} is still in progress; see its page in Dagster's UI")
    return EndedRun(dagster_run_id, state)


async def _wait(dagster: DagsterClient, dagster_run_id: str, start_seconds: float) -> RunState | None:
    """Wait for the run to start, then for its end, and return its last known state; None if it was never read."""
    state = await _poll(dagster, dagster_run_id, start_seconds, lambda state: not state.is_waiting)
    if state is None or state.is_waiting or state.has_ended:
        return state
    return await _poll(dagster, dagster_run_id, RUN_SECONDS, lambda state: state.has_ended) or state


async def _poll(
    dagster: DagsterClient, dagster_run_id: str, seconds: float, until: Callable[[RunState], bool]
) -> RunState | None:
    """Poll the state until `until` accepts it or the time is up; return the last one that was read."""
    deadline = time.monotonic() + seconds
    state = None
    while True:
        try:
            state = await dagster.run_state(dagster_run_id)
        except DagsterError as error:
            log.info("pipeline_run_poll_failed", dagster_run_id=dagster_run_id, reason=str(error))
        if (state is not None and until(state)) or time.monotonic() > deadline:
            return state
        await asyncio.sleep(POLL_SECONDS)
