"""The run queue of `dagster dev`: as many genre runs at once as the settings allow, whatever else waits.

Used with the default launcher only, where every run is a process of its own. The stack has no such queue: there, a
queue's worker processes are the limit.
"""

from collections.abc import Mapping
from typing import Any, Self

from dagster import DagsterInstance
from dagster._core.run_coordinator import QueuedRunCoordinator
from dagster._serdes import ConfigurableClassData

from alt_pipelines.execution.queues import QUEUE_TAG, RECAP, TAGGING
from alt_pipelines.settings import RecapSettings, Settings


class LimitedRunCoordinator(QueuedRunCoordinator[DagsterInstance]):
    """Dagster's queue with limits from RECAP_SUBWORKER_MAX_BACKGROUND_RUNS."""

    @classmethod
    def config_type(cls) -> Any:
        """No configuration: the settings decide."""
        return {}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData, config_value: Mapping[str, Any]) -> Self:
        """Build the queue from the environment."""
        genre_runs = RecapSettings.read(Settings.environment()).max_background_runs
        return cls(
            inst_data=inst_data,
            max_concurrent_runs=genre_runs + 2,
            tag_concurrency_limits=[
                {"key": QUEUE_TAG, "value": RECAP, "limit": genre_runs},
                {"key": QUEUE_TAG, "value": TAGGING, "limit": 1},
            ],
            dequeue_interval_seconds=2,
            dequeue_use_threads=True,
            dequeue_num_workers=4,
        )
