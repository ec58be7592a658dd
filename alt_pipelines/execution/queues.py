"""The two queues of runs, and the tags that put a run on one of them.

Tagging and recap runs wait apart from each other, so that a backlog of articles never delays a genre and the other way
round. Every job here carries `run_tags(...)`; a run without them (a backfill of something else, started by hand)
goes to `DEFAULT_QUEUE`.

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


def run_tags(queue: Queue, max_runtime_seconds: int | None = None) -> dict[str, str]:
    """Tags for a job: its queue, and after how many seconds its runs are ended."""
    tags = {QUEUE_TAG: queue, RETRY_STRATEGY_TAG: "ALL_STEPS"}
    if max_runtime_seconds is not None:
        tags[MAX_RUNTIME_TAG] = str(max_runtime_seconds)
    return tags
