"""The definitions of sites, made from settings: the assets, their jobs, schedules and sensor."""

import dagster as dg

from alt_pipelines.settings import Settings
from alt_pipelines.sites import assets, automation


def make_defs(settings: Settings) -> dg.Definitions:
    """Return the definitions of this room. Its resource is `alt_db`."""
    return dg.Definitions(
        assets=[assets.make_site_boilerplate(settings.pool), assets.make_site_names(settings.pool)],
        jobs=[assets.learn_site_boilerplate, assets.learn_site_names],
        sensors=[automation.first_site_boilerplate],
        schedules=[automation.site_boilerplate_schedule, automation.site_names_schedule],
    )
