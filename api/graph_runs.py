"""Build the graph through an ordinary Dagster run: launch it, wait for its end and read its counts.

The build then has a run page, asset checks and a place in the asset's history, like a scheduled build. If Dagster is
unreachable, or the run waits longer than a client would, the run is canceled and the caller builds in its own process.
"""

import asyncio
import time

import structlog

from api.dagster_client import PROCESS_PER_RUN, DagsterClient, DagsterError, RunState

log = structlog.get_logger(__name__)

JOB = "build_tag_label_graph"
FIRST_WINDOW, LAST_WINDOW = "7d", "30d"
TAGS = {
    "dagster/asset_partition_range_start": FIRST_WINDOW,
    "dagster/asset_partition_range_end": LAST_WINDOW,
    "alt/started_by": "api",
}

START_SECONDS = 15.0
"""Time for a warm worker to start the run; all recap workers may be busy."""

PROCESS_START_SECONDS = 60.0
"""Time for a new process to import everything, if Dagster's launcher starts one process per run."""

RUN_SECONDS = 120.0
POLL_SECONDS = 0.25


class GraphRunFailed(Exception):  # noqa: N818 - worded for the client
    """The Dagster run ended without success; the message names the run."""


async def build_by_run(dagster: DagsterClient) -> dict[str, int] | None:
    """Build both windows in a Dagster run and return the refreshed edges per window, or None if no run could build.

    Raises:
        GraphRunFailed: the run failed.
    """
    try:
        status = await dagster.status()
        if status.stale_daemons:
            return None
        dagster_run_id = await dagster.launch_job(JOB, TAGS)
    except DagsterError as error:
        log.info("graph_run_not_launched", reason=str(error))
        return None
    start_seconds = PROCESS_START_SECONDS if status.launcher == PROCESS_PER_RUN else START_SECONDS
    state = await _wait(dagster, dagster_run_id, start_seconds)
    if state is None or state.is_waiting:
        log.warning("graph_run_given_up", dagster_run_id=dagster_run_id, seconds=start_seconds)
        try:
            await dagster.cancel_run(dagster_run_id)
        except DagsterError as error:
            log.warning("graph_run_not_canceled", dagster_run_id=dagster_run_id, reason=str(error))
        return None
    if state.status != "SUCCESS":
        raise GraphRunFailed(f"the graph build failed; Dagster run {dagster_run_id} has the reason")
    return {window: figures["edges"] for window, figures in state.figures.items() if "edges" in figures}


async def _wait(dagster: DagsterClient, dagster_run_id: str, start_seconds: float) -> RunState | None:
    """Poll until the run ends or its time is up and return its last known state; None if the state was never read."""
    began = time.monotonic()
    state = None
    while True:
        try:
            state = await dagster.run_state(dagster_run_id)
        except DagsterError as error:
            log.info("graph_run_not_read", dagster_run_id=dagster_run_id, reason=str(error))
        waited = time.monotonic() - began
        waiting = state is None or state.is_waiting
        if (state is not None and state.has_ended) or waited > (start_seconds if waiting else RUN_SECONDS):
            return state
        await asyncio.sleep(POLL_SECONDS)
