"""When the tags are checked: every quarter of an hour."""

import dagster as dg

from alt_pipelines.tagging.checks import article_tags_checks_job

article_tags_checks_schedule = dg.ScheduleDefinition(
    name="check_article_tags_quarterly",
    job=article_tags_checks_job,
    cron_schedule="*/15 * * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Runs the checks of article_tags.",
)
