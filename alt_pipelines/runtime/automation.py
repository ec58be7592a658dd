"""The sensor that resends queued runs whose message the broker has lost, so that broker data loss is harmless.

A message is lost when the broker restarts, is emptied or was unreachable at launch, or when a worker dies between
taking the message and starting the run. A duplicate message is harmless: the lease lets one worker execute the run.

The UI shows the sensor's ticks. Under `dagster dev`, which has no broker, the sensor does nothing.
"""

import time

import dagster as dg
import structlog

from alt_pipelines.clock import apart
from alt_pipelines.runtime import broker, store
from alt_pipelines.runtime.launcher import WarmRunLauncher
from alt_pipelines.runtime.storage_url import storage_url

log = structlog.get_logger(__name__)

WAITING_SECONDS = 15.0  # by then a message is normally in a queue or taken by a worker
_BATCH = 500


@dg.sensor(
    minimum_interval_seconds=20,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Resends waiting runs to the workers if the broker has lost their message.",
)
def resend_lost_runs(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Compare the waiting runs with the broker's messages and the leases, and resend the runs found in neither."""
    launcher = context.instance.run_launcher
    if not isinstance(launcher, WarmRunLauncher):
        return dg.SkipReason("Every run has its own process, so there is no broker that could lose a run.")
    sent, waiting = resend(context.instance, launcher)
    return dg.SkipReason(f"Waiting runs: {waiting}. Resent because the broker had lost them: {sent}.")


def resend(instance: dg.DagsterInstance, launcher: WarmRunLauncher) -> tuple[int, int]:
    """Resend every waiting run that has neither a message in a queue nor a lease. Returns (sent, waiting).

    Raises:
        broker.BrokerError: the broker does not answer; the next tick tries again.
    """
    waiting = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING]
    now = time.time()
    records = instance.get_run_records(dg.RunsFilter(statuses=waiting), limit=_BATCH, ascending=True)
    overdue = {
        record.dagster_run.run_id: record.dagster_run
        for record in records
        if apart(now, record.update_timestamp.timestamp()) > WAITING_SECONDS
    }
    if not overdue:
        return 0, len(records)
    queued = broker.waiting_runs(broker.client(broker.broker_url(launcher.settings.execution)))
    missing = overdue.keys() - queued
    if missing:
        engine = store.lease_engine(storage_url(launcher.settings), "alt-sensor")
        with engine.connect() as connection:
            missing -= store.holders(connection, missing).keys()
    for run_id in missing:
        launcher.send(overdue[run_id])
        log.warning("run_resent", run_id=run_id, job=overdue[run_id].job_name)
    return len(missing), len(records)
