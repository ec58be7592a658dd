"""The schedules of the sites' assets: hourly, so that few articles of a new feed are tagged before it is known."""

import dagster as dg

from alt_pipelines.sites.assets import learn_site_boilerplate, learn_site_names

site_boilerplate_schedule = dg.ScheduleDefinition(
    name="learn_site_boilerplate_hourly",
    job=learn_site_boilerplate,
    cron_schedule="41 * * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Learns the boilerplate lines of sites every hour.",
)

site_names_schedule = dg.ScheduleDefinition(
    name="learn_site_names_hourly",
    job=learn_site_names,
    cron_schedule="43 * * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Learns the names of sites every hour.",
)
