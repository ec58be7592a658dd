"""The definitions of recap, made from settings: assets with their checks, the job and its two sensors."""

import dagster as dg

from alt_pipelines.recap import assets, automation, checks
from alt_pipelines.runtime.stopping import stop_watch
from alt_pipelines.runtime.ticks import IdleTick
from alt_pipelines.settings import Settings


def make_defs(settings: Settings) -> dg.Definitions:
    """Return the definitions of this room. Its resources are `recap_db` and `encoder`."""
    cluster_genre = assets.make_cluster_genre(settings.recap)
    idle = IdleTick(settings.tagging.tick_wait_seconds, stopping=stop_watch(settings.execution.home))
    result_checks = assets.ResultChecks(checks.check_specs, checks.evaluate)
    return dg.Definitions(
        assets=[assets.genre_run_requests, assets.make_genre_run(settings, result_checks)],
        jobs=[cluster_genre],
        sensors=[
            automation.make_genre_run_outbox(settings.recap, cluster_genre, idle),
            automation.make_genre_run_reconciliation(settings.recap, idle),
        ],
    )
