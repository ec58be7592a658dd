"""The two run queues, and the tags that put a run on one of them.

Tagging has a queue of its own, so that nothing delays new articles, even on one process. Genre runs share the other
queue, which has at least two processes, with what may take minutes: graph builds, learning, checks, cleanup.

Every job carries `run_tags(...)`. Every asset carries the same tags as its `op_tags`, for runs started on the asset's
page. A run without these tags goes to `DEFAULT_QUEUE`.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

Queue = Literal["tagging", "recap"]

TAGGING: Queue = "tagging"
RECAP: Queue = "recap"
QUEUES: tuple[Queue, ...] = (RECAP, TAGGING)
DEFAULT_QUEUE: Queue = RECAP

QUEUE_TAG = "dagster-celery/queue"
MAX_RUNTIME_TAG = "dagster/max_runtime"
MAX_RETRIES_TAG = "dagster/max_retries"
RETRY_STRATEGY_TAG = "dagster/retry_strategy"
REFUSED_TAG = "alt/refused"
RESULTS_TAG = "dagster/alt_first_results"
"""On a run in progress or ended: when it first stored results. A run that lingers succeeds only long after its work."""
IN_PROGRESS = "in_progress"
"""Value of `REFUSED_TAG` on a run that failed because another process is doing the same work."""


def run_tags(queue: Queue, max_runtime_seconds: int | None = None, max_retries: int | None = None) -> dict[str, str]:
    """Return the tags for a job or for an asset's op.

    Args:
        queue: the queue whose workers execute the runs.
        max_runtime_seconds: time limit of a run; None for the instance's limit.
        max_retries: how often a run that lost its worker is retried; None for the instance's number.
    """
    tags = {QUEUE_TAG: queue, RETRY_STRATEGY_TAG: "ALL_STEPS"}
    if max_runtime_seconds is not None:
        tags[MAX_RUNTIME_TAG] = str(max_runtime_seconds)
    if max_retries is not None:
        tags[MAX_RETRIES_TAG] = str(max_retries)
    return tags


def combined_tags(of_steps: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Combine the tags of a run's steps, as made by `run_tags`, into the tags of the run. Untagged steps are ignored.

    The run takes the queue of its first step, the sum of the time limits if every step has one, and the smallest number
    of retries.
    """
    tagged = [tags for tags in of_steps if QUEUE_TAG in tags]
    if not tagged:
        return {}
    found = {QUEUE_TAG: tagged[0][QUEUE_TAG], RETRY_STRATEGY_TAG: "ALL_STEPS"}
    if all(MAX_RUNTIME_TAG in tags for tags in tagged):
        found[MAX_RUNTIME_TAG] = str(sum(int(tags[MAX_RUNTIME_TAG]) for tags in tagged))
    retries = [int(tags[MAX_RETRIES_TAG]) for tags in tagged if MAX_RETRIES_TAG in tags]
    if retries:
        found[MAX_RETRIES_TAG] = str(min(retries))
    return found
