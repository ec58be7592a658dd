"""The schedules of the sites' assets: hourly, so that few articles of a new feed are tagged before it is known.

A sensor materializes `site_boilerplate` at the first start. Without it, the asset would have no materialization for up
to an hour, and the UI would warn of a missing upstream asset to everyone who materializes `article_tags`.
"""

import dagster as dg

from alt_pipelines.sites.assets import SITE_BOILERPLATE, learn_site_boilerplate, learn_site_names


@dg.sensor(
    job=learn_site_boilerplate,
    minimum_interval_seconds=3600,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Learns the boilerplate lines of sites at the first start of an installation. After that, the hourly "
    "schedule does.",
)
def first_site_boilerplate(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Request a run if the asset has never been materialized."""
    if context.instance.get_latest_materialization_event(SITE_BOILERPLATE) is None:
        return dg.RunRequest()
    return dg.SkipReason("The asset has been materialized. The schedule learn_site_boilerplate_hourly refreshes it.")


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
