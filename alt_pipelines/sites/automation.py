"""The schedule of site_boilerplate: hourly, so that a new feed's boilerplate affects the tags of few articles."""

import dagster as dg

from alt_pipelines.sites.assets import learn_site_boilerplate

site_boilerplate_schedule = dg.ScheduleDefinition(
    name="learn_site_boilerplate_hourly",
    job=learn_site_boilerplate,
    cron_schedule="41 * * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Learns the boilerplate lines of sites every hour.",
)
