"""The definitions of observability, made from settings: the sensors that report failures."""

import dagster as dg

from alt_pipelines.observability import automation
from alt_pipelines.settings import Settings


def make_defs(settings: Settings) -> dg.Definitions:
    """Return the definitions of this room. Its resource is `recap_db`."""
    return dg.Definitions(
        sensors=[
            automation.report_failed_runs,
            automation.count_failed_runs,
            automation.make_post_alerts(settings.alerts),
        ]
    )
