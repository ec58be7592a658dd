"""The definitions of maintenance, made from settings: the cleanup job and its schedule."""

import dagster as dg

from alt_pipelines.maintenance import automation
from alt_pipelines.settings import Settings


def make_defs(settings: Settings) -> dg.Definitions:
    """Return the definitions of this room. Its resources are `alt_db` and `recap_db`."""
    prune_dagster_storage = automation.make_prune_dagster_storage(settings)
    return dg.Definitions(
        jobs=[prune_dagster_storage], schedules=[automation.make_retention_schedule(prune_dagster_storage)]
    )
