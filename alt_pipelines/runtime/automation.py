"""The sensor that makes the broker's memory unimportant: runs that wait and whose message is nowhere are sent again.

A message is lost when the broker restarts, is emptied, or was away at the launch, and when a worker dies between taking
it and starting the run. Sending one too many is harmless: the lease lets one worker have the run.

Its ticks are seen in the UI; in `dagster dev`, which has no broker, it has nothing to do.
"""

import time

import dagster as dg
import structlog

from alt_pipelines.runtime import broker, store
from alt_pipelines.runtime.launcher import WarmRunLauncher
from alt_pipelines.runtime.storage import storage_url

log = structlog.get_logger(__name__)

WAITING_SECONDS = 15.0  # a message is in a queue or in work well before that
_BATCH = 500


@dg.sensor(
    minimum_interval_seconds=10,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Sends runs to the workers again whose message the broker has lost.",
)
def resend_lost_runs(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Compare the runs that wait with the messages in the broker and the leases, and send what is missing."""
    launcher = context.instance.run_launcher
    if not isinstance(launcher, WarmRunLauncher):
        return dg.SkipReason("Runs are processes of their own here; there is no broker that could lose one.")
    sent, waiting = resend(context.instance, launcher)
    return dg.SkipReason(f"{waiting} runs wait; {sent} of them were not in the broker and were sent again.")


def resend(instance: dg.DagsterInstance, launcher: WarmRunLauncher) -> tuple[int, int]:
    """Send every run again that waits, is in no queue and in nobody's hands. Returns (sent, waiting).

    Raises:
        broker.BrokerError: the broker does not answer; the next tick tries again.
    """
    waiting = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING]
    before = time.time() - WAITING_SECONDS
    records = instance.get_run_records(dg.RunsFilter(statuses=waiting), limit=_BATCH, ascending=True)
    overdue = {
        record.dagster_run.run_id: record.dagster_run
        for record in records
        if record.update_timestamp.timestamp() < before
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
        log.warning("run_sent_again", run_id=run_id, job=overdue[run_id].job_name)
    return len(missing), len(records)
