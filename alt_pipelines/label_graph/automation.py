"""The schedule of the graph: every TAG_LABEL_GRAPH_TTL_SECONDS, both windows in one run.

Consumers cache the graph for the same time, so they would not see more frequent builds. A cron schedule can only
express periods that divide an hour or a day. Any other TTL is rounded down to the next such period (1000 s: every 15
minutes; 5 hours: every 4 hours), so the graph is built slightly more often than asked and never less often.
"""

import dagster as dg

from alt_pipelines.dagster_names import RANGE_END_TAG, RANGE_START_TAG
from alt_pipelines.label_graph.assets import WINDOWS, tag_label_graph_job
from alt_pipelines.settings import GraphSettings

_MINUTES = [count for count in range(1, 31) if 60 % count == 0]
_HOURS = [count for count in range(1, 25) if 24 % count == 0]


def cron_for(ttl_seconds: int) -> str:
    """Return the cron line of the longest period up to the TTL (at least 60 s) that divides an hour or a day."""
    hours = [count for count in _HOURS if count * 3600 <= ttl_seconds]
    if hours:
        return f"0 */{hours[-1]} * * *" if hours[-1] < 24 else "0 0 * * *"
    return f"*/{max(count for count in _MINUTES if count * 60 <= ttl_seconds)} * * * *"


def make_tag_label_graph_schedule(settings: GraphSettings) -> dg.ScheduleDefinition:
    """Define the schedule, with the period of `settings`."""

    @dg.schedule(
        name="build_tag_label_graph_every_ttl",
        job=tag_label_graph_job,
        cron_schedule=cron_for(settings.ttl_seconds),
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Builds the tag label graph once per TAG_LABEL_GRAPH_TTL_SECONDS, the time its consumers cache it.",
    )
    def tag_label_graph_schedule() -> dg.RunRequest | dg.SkipReason:
        """Request one run for both windows."""
        if not settings.enabled:
            return dg.SkipReason("The graph is disabled (TAG_LABEL_GRAPH_ENABLED=false).")
        first, *_, last = WINDOWS
        return dg.RunRequest(tags={RANGE_START_TAG: first, RANGE_END_TAG: last})

    return tag_label_graph_schedule
