"""The schedule of learning: every RECAP_LEARNING_INTERVAL_HOURS (default 4), at five minutes past the hour.

At five past, the graph's build of the full hour has finished. A failed run is not retried; the next tick is the retry.
"""

import dagster as dg

from alt_pipelines.learning.assets import genre_thresholds_job
from alt_pipelines.learning.run import NO_RECEIVER
from alt_pipelines.settings import LearningSettings


def cron_for(hours: int) -> str:
    """Return the cron line for every `hours` (1 to 24) from midnight; the last period of a day may be shorter."""
    return "5 0 * * *" if hours == 24 else f"5 */{hours} * * *"


def make_genre_thresholds_schedule(settings: LearningSettings) -> dg.ScheduleDefinition:
    """Define the schedule, with the interval of `settings`."""

    @dg.schedule(
        name="learn_genre_thresholds_at_interval",
        job=genre_thresholds_job,
        cron_schedule=cron_for(settings.interval_hours),
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Learns the genre thresholds every RECAP_LEARNING_INTERVAL_HOURS, and sends them.",
    )
    def genre_thresholds_schedule() -> dg.RunRequest | dg.SkipReason:
        """Request one run, unless no receiver is configured."""
        if not settings.recap_worker_url:
            return dg.SkipReason(NO_RECEIVER)
        return dg.RunRequest()

    return genre_thresholds_schedule
