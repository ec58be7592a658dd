"""The run coordinators: `LimitedRunCoordinator` for `dagster dev`, `DirectRunCoordinator` for the stack.

With Dagster's default launcher every run is a separate process, so the daemon limits how many start:
`LimitedRunCoordinator`. In the stack the number of worker processes is the limit, and a run is sent to them at once.
The run stays QUEUED until a worker takes it; the UI shows this status and can cancel the run: `DirectRunCoordinator`.

A run of one of our jobs carries the job's tags (`queues.run_tags`). A run started with "Materialize" on an asset
belongs to none of our jobs; it takes the tags of its steps (`op_tags`) before it is submitted.
"""

import sys
from collections.abc import Mapping
from typing import Any, Self

from dagster import DagsterInstance, DagsterRun, DagsterRunStatus

from alt_pipelines.runtime.dagster_internals import (
    ConfigurableClassData,
    DagsterEvent,
    DefaultRunCoordinator,
    EngineEventData,
    LaunchRunContext,
    QueuedRunCoordinator,
    SubmitRunContext,
    serializable_error_info_from_exc_info,
)
from alt_pipelines.runtime.queues import QUEUE_TAG, RECAP, TAGGING, combined_tags
from alt_pipelines.settings import RecapSettings, Settings, TaggingSettings


class LimitedRunCoordinator(QueuedRunCoordinator[DagsterInstance]):
    """Dagster's queue with limits from RECAP_SUBWORKER_MAX_BACKGROUND_RUNS and TAG_PARALLEL_RUNS."""

    @classmethod
    def config_type(cls) -> Any:
        """No configuration: the settings decide."""
        return {}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData, config_value: Mapping[str, Any]) -> Self:
        """Build the queue from the environment."""
        genre_runs = RecapSettings.read(Settings.environment()).max_background_runs
        # One more than the sensor starts: a manual backfill can take hours and must not delay new articles.
        tagging_runs = TaggingSettings.read(Settings.environment()).parallel_runs + 1
        return cls(
            inst_data=inst_data,
            max_concurrent_runs=genre_runs + tagging_runs + 1,
            tag_concurrency_limits=[
                {"key": QUEUE_TAG, "value": RECAP, "limit": genre_runs},
                {"key": QUEUE_TAG, "value": TAGGING, "limit": tagging_runs},
            ],
            dequeue_interval_seconds=2,
            dequeue_use_threads=True,
            dequeue_num_workers=4,
        )

    def submit_run(self, context: SubmitRunContext) -> DagsterRun:
        """Queue a run with the tags of its steps."""
        run = _with_tags_of_its_steps(self._instance, context.dagster_run)
        return super().submit_run(context._replace(dagster_run=run))


class DirectRunCoordinator(DefaultRunCoordinator):
    """Launch a run at once and report it as QUEUED until a worker takes it.

    Dagster's own `DefaultRunCoordinator` would report STARTING. The UI cannot cancel a STARTING run, and the start
    time-out would include the time in the queue.
    """

    def submit_run(self, context: SubmitRunContext) -> DagsterRun:
        """Report the run as QUEUED and send it to the workers. A run that was submitted before is returned as is."""
        run = context.dagster_run
        if run.status != DagsterRunStatus.NOT_STARTED:
            return run
        queued = enqueue(self._instance, run)
        try:
            self._instance.run_launcher.launch_run(LaunchRunContext(queued, context.workspace))
        except Exception:
            error = serializable_error_info_from_exc_info(sys.exc_info())
            self._instance.report_engine_event(error.message, queued, EngineEventData.engine_error(error))
            self._instance.report_run_failed(queued)
            raise
        return queued

    def cancel_run(self, run_id: str) -> bool:
        """Cancel a waiting or running run."""
        return self._instance.run_launcher.terminate(run_id)


def enqueue(instance: DagsterInstance, run: DagsterRun) -> DagsterRun:
    """Report a created run as QUEUED, with the tags of its steps. Returns the stored run; nothing is sent."""
    run = _with_tags_of_its_steps(instance, run)
    instance.report_dagster_event(DagsterEvent.job_enqueue(run), run_id=run.run_id)
    queued = instance.get_run_by_id(run.run_id)
    assert queued is not None, f"run {run.run_id} was deleted while it was being submitted"
    return queued


def _with_tags_of_its_steps(instance: DagsterInstance, run: DagsterRun) -> DagsterRun:
    if QUEUE_TAG in run.tags or run.execution_plan_snapshot_id is None:
        return run
    steps = instance.get_execution_plan_snapshot(run.execution_plan_snapshot_id).steps
    of_steps = combined_tags([step.tags or {} for step in steps])
    instance.add_run_tags(run.run_id, {tag: value for tag, value in of_steps.items() if tag not in run.tags})
    return instance.get_run_by_id(run.run_id) or run
