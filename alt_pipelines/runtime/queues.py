"""The two queues of runs, and the tags that put a run on one of them.

Tagging and recap runs wait apart from each other, so that a backlog of articles never delays a genre and the other way
round. Every job here carries `run_tags(...)`, and so does every asset, as its `op_tags`, for the runs that a person
starts on the asset's own page. A run without them goes to `DEFAULT_QUEUE`.

Here: names. Not here: who works on a queue (`worker`), or how a run gets there (`launcher`).
"""

from collections.abc import Mapping, Sequence
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


def combined_tags(of_steps: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The tags of a run of several steps, from those of its steps that have any (made by `run_tags`).

    It goes where its first step would, has all their time together, and starts again as often as the most careful of
    them allows.
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
