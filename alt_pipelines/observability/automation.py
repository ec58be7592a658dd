"""The sensors that report failures.

    report_failed_runs   one ERROR line per failed Dagster run
    count_failed_runs    every minute: the runs that failed, in `dagster_runs_failed_total`
    post_alerts          every minute: repeated failures, stale assets and failing checks to ALERT_WEBHOOK_URL

The cursor of `count_failed_runs` is the id of the last counted failure. It moves after the count is committed, so runs
that fail while recap-db is away are counted when it is back, and those of a daemon that dies in between twice. Failures
are counted once they are `SETTLED_SECONDS` old: one with a smaller id may be committed later. The cursor of
`post_alerts` records the posted messages, so a restart neither repeats nor loses a message. If the webhook does not
accept a message, the next tick repeats it.
"""

import time
from collections.abc import Iterable
from itertools import takewhile

import dagster as dg
import structlog
from sqlalchemy.engine import Engine

from alt_pipelines.clock import apart
from alt_pipelines.dagster_names import JOB_ID_TAG, PARTITION_TAG, RUN_TAG
from alt_pipelines.observability import alerts
from alt_pipelines.observability.metrics import MetricBatch
from alt_pipelines.observability.store import add_metrics
from alt_pipelines.settings import AlertSettings

log = structlog.get_logger(__name__)

_GENRE_RUN = {RUN_TAG: "run_id", JOB_ID_TAG: "job_id"}
"""Tags of a genre run's Dagster run, and their fields in its other log lines."""

_REMEDIES = {
    "for a non-partitioned run": "The run was started without a partition, and its asset has partitions. Choose one "
    "under Materialize on the asset's page, or send the tag dagster/partition.",
    "onexistent partition keys": "The run's partition does not exist. A genre becomes a partition with its first "
    "request (POST /v1/runs); days begin with the day of the first article (TAG_PARTITIONS_START).",
}
"""Sentences for failures inside Dagster, before a step's own code runs, by a part of Dagster's message."""

_FINISHED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE]
_CHECKED_EVERY_SECONDS = 60
_COUNTED_AT_ONCE = 1000
SETTLED_SECONDS = 10.0


@dg.run_failure_sensor(
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Logs one ERROR line for every failed run and adds to the run's events the cause, if the step named "
    "one, and the remedy for failures within Dagster.",
)
def report_failed_runs(context: dg.RunFailureSensorContext) -> None:
    """Log one failed run, and add its cause or a remedy to its events, whose own message has neither."""
    run = context.dagster_run
    failures = [event.step_failure_data for event in context.get_step_failure_events()]
    said = " ".join(failure.error.to_string() for failure in failures if failure.error is not None)
    causes = [failure.user_failure_data.description for failure in failures if failure.user_failure_data is not None]
    for cause in filter(None, causes):
        context.instance.report_engine_event(cause, run)
    for part, remedy in _REMEDIES.items():
        if part in said:
            context.instance.report_engine_event(remedy, run)
    log.error(
        "dagster_run_failed",
        job=run.job_name,
        dagster_run_id=run.run_id,
        partition=run.tags.get(PARTITION_TAG),
        error=" ".join([context.failure_event.message or "", *filter(None, causes)]),
        **{field: run.tags[tag] for tag, field in _GENRE_RUN.items() if tag in run.tags},
    )


@dg.sensor(
    minimum_interval_seconds=_CHECKED_EVERY_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Counts failed runs by job (dagster_runs_failed_total). A tick fails while recap-db is away; the next "
    "one that succeeds counts all runs that failed in the meantime.",
)
def count_failed_runs(context: dg.SensorEvaluationContext, recap_db: dg.ResourceParam[Engine]) -> dg.SkipReason:
    """Count the runs that failed since the last counted one. The first tick only begins after the newest failure."""
    if not (context.cursor or "").isdecimal():
        newest = context.instance.fetch_run_status_changes(dg.DagsterEventType.RUN_FAILURE, limit=1).records
        context.update_cursor(str(newest[0].storage_id if newest else 0))
        return dg.SkipReason("Runs that fail from now on are counted.")
    failures = context.instance.fetch_run_status_changes(
        dg.RunStatusChangeRecordsFilter(dg.DagsterEventType.RUN_FAILURE, after_storage_id=int(context.cursor or 0)),
        limit=_COUNTED_AT_ONCE,
        ascending=True,
    ).records
    failures = list(takewhile(_is_settled, failures))
    if failures:
        batch = MetricBatch()
        for failure in failures:
            batch.count("dagster_runs_failed_total", labels={"job": failure.event_log_entry.job_name or ""})
        with recap_db.begin() as connection:
            add_metrics(connection, batch)
        context.update_cursor(str(failures[-1].storage_id))
    return dg.SkipReason(f"Failed runs counted: {len(failures)}.")


def _is_settled(failure: dg.EventLogRecord) -> bool:
    return apart(time.time(), failure.timestamp) >= SETTLED_SECONDS


def make_post_alerts(settings: AlertSettings) -> dg.SensorDefinition:
    """Define the sensor that posts to the webhook of `settings`."""

    @dg.sensor(
        minimum_interval_seconds=_CHECKED_EVERY_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Posts to ALERT_WEBHOOK_URL when a job fails repeatedly, an asset exceeds its freshness window or "
        "a check fails: one message at the start, one per day while the condition lasts, and one at the end.",
    )
    def post_alerts(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        """Post the messages that are due for the current conditions."""
        if settings.webhook_url is None:
            return dg.SkipReason(
                "ALERT_WEBHOOK_URL is not set, so no alerts are sent. Failed runs are logged and counted."
            )
        repository = context.repository_def
        if repository is None:
            return dg.SkipReason("No code location is loaded.")
        active = {
            **_failing_jobs(context.instance, [job.name for job in repository.get_all_jobs()], settings.after_failures),
            **_stale_assets(context.instance, repository.asset_graph.get_all_asset_keys()),
            **_failing_checks(context.instance, repository.asset_graph.asset_check_keys),
        }
        posted = alerts.parse(context.cursor)
        due = alerts.messages(active, posted, time.time(), settings.quiet_seconds)
        for message in due:
            try:
                alerts.post(settings.webhook_url.get_secret_value(), message)
            except alerts.AlertNotSent as error:
                log.error("alert_send_failed", key=message.key, error=str(error))
                context.update_cursor(alerts.dump(posted))
                return dg.SkipReason(f"{error}. The message about {message.key} is retried at the next tick.")
            posted = alerts.after(message, posted, time.time())
            log.warning("alert_sent", key=message.key, change=message.event)
        context.update_cursor(alerts.dump(posted))
        return dg.SkipReason(f"Active conditions: {len(active)}; messages sent: {len(due)}.")

    return post_alerts


def _failing_jobs(instance: dg.DagsterInstance, jobs: Iterable[str], after_failures: int) -> dict[str, str]:
    """Return the jobs whose last `after_failures` finished runs all failed, with a sentence each."""
    failing = {}
    for job in jobs:
        runs = instance.get_runs(dg.RunsFilter(job_name=job, statuses=_FINISHED), limit=after_failures)
        if len(runs) == after_failures and all(run.status == dg.DagsterRunStatus.FAILURE for run in runs):
            failing[f"job {job}"] = (
                f"Job {job}: {after_failures} consecutive failed runs; the last one is {runs[0].run_id}."
            )
    return failing


def _stale_assets(instance: dg.DagsterInstance, keys: Iterable[dg.AssetKey]) -> dict[str, str]:
    """Return the assets that Dagster's freshness daemon reports as past their window, with a sentence each."""
    records = instance.get_freshness_state_records(list(keys))
    names = sorted(
        key.to_user_string() for key, record in records.items() if record.freshness_state.value.upper() == "FAIL"
    )
    return {
        f"freshness of {name}": f"Asset {name} has not been materialized within its freshness window." for name in names
    }


def _failing_checks(instance: dg.DagsterInstance, keys: Iterable[dg.AssetCheckKey]) -> dict[str, str]:
    """Return the checks whose newest evaluation failed, with a sentence each."""
    failing = {}
    for key in keys:
        record = instance.get_latest_asset_check_evaluation_record(key)
        event = record.event.dagster_event if record is not None and record.event is not None else None
        if event is None or event.event_type != dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            continue  # planned, but not evaluated yet
        evaluation = event.asset_check_evaluation_data
        if not evaluation.passed:
            name = f"{key.asset_key.to_user_string()}: {key.name}"
            failing[f"check {name}"] = f"Check {name} failed: {evaluation.description or 'see the asset in the UI'}"
    return failing
