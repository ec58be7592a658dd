"""The schedule of the vocabularies: daily, since the counts of thousands of articles change slowly."""

import dagster as dg

from alt_pipelines.vocabulary.assets import build_vocabularies

vocabularies_schedule = dg.ScheduleDefinition(
    name="build_vocabularies_daily",
    job=build_vocabularies,
    cron_schedule="23 3 * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Builds the vocabularies of all languages every day.",
)
