"""The definitions of the tag label graph, made from settings: assets, checks, job and schedule."""

import dagster as dg

from alt_pipelines.label_graph import assets, automation, checks
from alt_pipelines.settings import Settings


def make_defs(settings: Settings) -> dg.Definitions:
    """Return the definitions of this room. Its resource is `recap_db`."""
    return dg.Definitions(
        assets=[assets.learning_rows, assets.make_tag_label_graph(settings)],
        asset_checks=[checks.make_tag_label_graph_checks(settings.graph)],
        jobs=[assets.tag_label_graph_job],
        schedules=[automation.make_tag_label_graph_schedule(settings.graph)],
    )
