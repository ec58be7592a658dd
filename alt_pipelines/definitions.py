"""The one list of everything Dagster runs here: assets, checks, jobs, sensors, schedules, resources.

Add a definition: import it here and put it into the list it belongs to. Nothing is discovered by itself.
Tests call `build_definitions` with resources of their own instead of patching.
"""

from collections.abc import Mapping

import dagster as dg

from alt_pipelines.execution.run_log import run_log
from alt_pipelines.execution.sensors import resend_lost_runs
from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.platform import get_platform
from alt_pipelines.recap.assets import genre_run, genre_runs_job
from alt_pipelines.recap.sensors import genre_run_outbox, genre_run_reconciliation


def build_definitions(overrides: Mapping[str, object] | None = None) -> dg.Definitions:
    """All definitions, with resources replaced by those in `overrides`."""
    platform = get_platform()
    configure_logging(platform.settings.logging)
    return dg.Definitions(
        assets=[genre_run],
        asset_checks=[],
        jobs=[genre_runs_job],
        sensors=[genre_run_outbox, genre_run_reconciliation, resend_lost_runs],
        schedules=[],
        resources={"platform": platform, **(overrides or {})},
        executor=dg.in_process_executor,
        loggers={"console": run_log},
    )


defs = build_definitions()
