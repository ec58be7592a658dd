"""The sensor that sends waiting runs that have no message in the broker, so that broker data loss is harmless.

A message is lost when the broker restarts, is emptied or was unreachable at launch, or when a worker dies between
taking the message and starting the run. A run was never sent if the process that created it died before it submitted
it; such a run is queued first. A duplicate message is harmless: the lease lets one worker execute the run.

The UI shows the sensor's ticks. Under `dagster dev`, which has no broker, the sensor does nothing.
"""

import time
from collections.abc import Sequence

import dagster as dg
import structlog
from sqlalchemy.engine import Engine

from alt_pipelines.clock import apart
from alt_pipelines.runtime import broker, store
from alt_pipelines.runtime.coordinator import enqueue
from alt_pipelines.runtime.launcher import WarmRunLauncher
from alt_pipelines.runtime.storage_url import storage_url

log = structlog.get_logger(__name__)

WAITING_SECONDS = 15.0  # by then a message is normally in a queue or taken by a worker

UNSUBMITTED_SECONDS = 60.0
"""A run is submitted by the process that creates it, within a second or, while the broker hangs, a few."""

_BATCH = 500


@dg.sensor(
    minimum_interval_seconds=20,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Sends waiting runs to the workers if the broker has lost their message or they were never sent.",
)
def resend_lost_runs(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Compare the waiting runs with the broker's messages and the leases, and resend the runs found in neither."""
    launcher = context.instance.run_launcher
    if not isinstance(launcher, WarmRunLauncher):
        return dg.SkipReason("Every run has its own process, so there is no broker that could lose a run.")
    sent, waiting = resend(context.instance, launcher)
    return dg.SkipReason(f"Waiting runs: {waiting}. Sent again because the broker had no message of them: {sent}.")


def resend(instance: dg.DagsterInstance, launcher: WarmRunLauncher) -> tuple[int, int]:
    """Send every waiting run that has neither a message in a queue nor a lease. Returns (sent, waiting).

    Raises:
        broker.BrokerError: the broker does not answer; the next tick tries again.
    """
    submitted = _records(instance, dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING)
    overdue = _older(submitted, WAITING_SECONDS)
    # A run without an origin is executed by the process that creates it, and no worker could load it.
    created = _older(_records(instance, dg.DagsterRunStatus.NOT_STARTED), UNSUBMITTED_SECONDS)
    unsubmitted = [run_id for run_id, run in created.items() if run.job_code_origin and run.remote_job_origin]
    waiting = len(submitted) + len(unsubmitted)
    engine = store.lease_engine(storage_url(launcher.settings), "alt-sensor")
    for run_id in unsubmitted:
        if (run := _enqueue(instance, engine, run_id)) is not None:
            overdue[run_id] = run
    if not overdue:
        return 0, waiting
    with broker.client(broker.broker_url(launcher.settings.execution)) as client:
        queued = broker.waiting_runs(client)
    missing = overdue.keys() - queued
    if missing:
        with engine.connect() as connection:
            missing -= store.holders(connection, missing).keys()
    for run_id in missing:
        launcher.send(overdue[run_id])
        log.warning("run_resent", run_id=run_id, job=overdue[run_id].job_name)
    return len(missing), waiting


def _records(instance: dg.DagsterInstance, *statuses: dg.DagsterRunStatus) -> Sequence[dg.RunRecord]:
    return instance.get_run_records(dg.RunsFilter(statuses=list(statuses)), limit=_BATCH, ascending=True)


def _older(records: Sequence[dg.RunRecord], seconds: float) -> dict[str, dg.DagsterRun]:
    now = time.time()
    return {
        record.dagster_run.run_id: record.dagster_run
        for record in records
        if apart(now, record.update_timestamp.timestamp()) > seconds
    }


def _enqueue(instance: dg.DagsterInstance, engine: Engine, run_id: str) -> dg.DagsterRun | None:
    """Queue a run that was never submitted, with the lease that keeps workers away. Return None if one has it."""
    with engine.connect() as session:
        if not store.try_lease(session, run_id):
            return None
        run = instance.get_run_by_id(run_id)
        queued = None
        if run is not None and run.status is dg.DagsterRunStatus.NOT_STARTED:
            queued = enqueue(instance, run)
        store.release(session, run_id)  # the lease would end with the session too, but a moment later
    return queued
