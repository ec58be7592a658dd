"""The definitions of learning, made from settings: the asset with its check, the job and its schedule."""

import dagster as dg

from alt_pipelines.learning import assets, automation, checks
from alt_pipelines.settings import Settings


def make_defs(settings: Settings) -> dg.Definitions:
    """Return the definitions of this room. Its resource is `recap_db`."""
    check = assets.ReportCheck(checks.not_worse_on_test, checks.evaluate)
    return dg.Definitions(
        assets=[assets.make_genre_thresholds(settings, check)],
        jobs=[assets.genre_thresholds_job],
        schedules=[automation.make_genre_thresholds_schedule(settings.learning)],
    )
