"""The one list of everything Dagster runs here: assets, checks, jobs, sensors, schedules, resources.

Add a definition: import it here and put it into the list it belongs to. Nothing is discovered by itself.
Tests call `build_definitions` with resources of their own instead of patching.
"""

from collections.abc import Mapping

import dagster as dg

from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.platform import get_platform


def build_definitions(overrides: Mapping[str, object] | None = None) -> dg.Definitions:
    """All definitions, with resources replaced by those in `overrides`."""
    platform = get_platform()
    configure_logging(platform.settings.logging)
    return dg.Definitions(
        assets=[],
        asset_checks=[],
        jobs=[],
        sensors=[],
        schedules=[],
        resources={"platform": platform, **(overrides or {})},
        executor=dg.in_process_executor,
    )


defs = build_definitions()
