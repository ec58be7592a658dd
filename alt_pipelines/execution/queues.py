"""The two queues of runs, and the tags that put a run on one of them.

Tagging and recap runs wait apart from each other, so that a backlog of articles never delays a genre and the other way
round. Every job here carries `run_tags(...)`, and so does every asset, as its `op_tags`, for the runs that a person
starts on the asset's own page. A run without them goes to `DEFAULT_QUEUE`.

Here: names. Not here: who works on a queue (`worker`), or how a run gets there (`launcher`).
"""

from typing import Literal

Queue = Literal["tagging", "recap"]

TAGGING: Queue = "tagging"
RECAP: Queue = "recap"
QUEUES: tuple[Queue, ...] = (RECAP, TAGGING)
DEFAULT_QUEUE: Queue = TAGGING

QUEUE_TAG = "dagster-celery/queue"
MAX_RUNTIME_TAG = "dagster/max_runtime"
MAX_RETRIES_TAG = "dagster/max_retries"
RETRY_STRATEGY_TAG = "dagster/retry_strategy"
CARRIED_TAGS = (QUEUE_TAG, MAX_RUNTIME_TAG, MAX_RETRIES_TAG, RETRY_STRATEGY_TAG)


def run_tags(queue: Queue, max_runtime_seconds: int | None = None, max_retries: int | None = None) -> dict[str, str]:
    """Tags for a job or an asset's op.

    Args:
        queue: whose workers execute its runs.
        max_runtime_seconds: when its runs are ended; None for the instance's own limit.
        max_retries: how often a run that lost its worker starts again; None for the instance's own number.
    """
    tags = {QUEUE_TAG: queue, RETRY_STRATEGY_TAG: "ALL_STEPS"}
    if max_runtime_seconds is not None:
        tags[MAX_RUNTIME_TAG] = str(max_runtime_seconds)
    if max_retries is not None:
        tags[MAX_RETRIES_TAG] = str(max_retries)
    return tags
