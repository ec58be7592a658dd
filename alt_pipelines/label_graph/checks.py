"""Checks of the stored graph: no edge is older than its window, and no build lost most of the edges.

Both checks run in one step with a few queries. They read the tables and not a run's report, so builds by the schedule,
the API and the script are checked alike. They run after every build of the asset and can be run by hand. The maximum
age of a window is the asset's freshness policy, which also applies when no build runs at all.
"""

from collections.abc import Iterator

import dagster as dg
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.label_graph.assets import TAG_LABEL_GRAPH, TTLS_ALLOWED, WINDOWS
from alt_pipelines.label_graph.store import state
from alt_pipelines.settings import GraphSettings

SMALLEST_SHARE = 0.5
"""Minimum share of the previous build's edges. The tags of one genre may come and go; half of the graph does not."""
ENOUGH_EDGES = 20
"""The collapse check applies from this many previous edges on; in a smaller graph, large changes are normal."""


def make_tag_label_graph_checks(settings: GraphSettings) -> dg.AssetChecksDefinition:
    """Define the checks, for builds with `settings`."""

    @dg.multi_asset_check(
        name="tag_label_graph_checks",
        specs=[
            dg.AssetCheckSpec(
                "edges_observed_within_window",
                asset=TAG_LABEL_GRAPH,
                description="Every edge was last observed within its window, so no edge is outdated.",
            ),
            dg.AssetCheckSpec(
                "edges_have_not_collapsed",
                asset=TAG_LABEL_GRAPH,
                description="The last build of each window has at least half as many edges as the previous build.",
            ),
        ],
        can_subset=True,
    )
    def tag_label_graph_checks(
        context: dg.AssetCheckExecutionContext, recap_db: dg.ResourceParam[Engine]
    ) -> Iterator[dg.AssetCheckResult]:
        """Evaluate the selected checks on recap-db."""
        wanted = {key.name for key in context.selected_asset_check_keys}
        with recap_db.connect() as connection:
            results = (_outdated(connection, settings.ttl_seconds), _collapse(connection))
        yield from (result for result in results if result.check_name in wanted)

    return tag_label_graph_checks


def _outdated(connection: Connection, ttl_seconds: int) -> dg.AssetCheckResult:
    slack = TTLS_ALLOWED * ttl_seconds
    states = {name: state.window_state(connection, name, days, slack) for name, days in WINDOWS.items()}
    wrong = [f"{found.outdated} of {found.edges} edges of {name}" for name, found in states.items() if found.outdated]
    return dg.AssetCheckResult(
        passed=not wrong,
        check_name="edges_observed_within_window",
        asset_key=TAG_LABEL_GRAPH,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"Edges last observed before the window began: {'; '.join(wrong)}. Builds fail or find no edges. "
        "Check the last runs and recap_genre_learning_results."
        if wrong
        else None,
        metadata={
            **{f"edges_{window}": found.edges for window, found in states.items()},
            **{f"outdated_{window}": found.outdated for window, found in states.items()},
        },
    )


def _collapse(connection: Connection) -> dg.AssetCheckResult:
    lost, shares = [], {}
    for window in WINDOWS:
        newest = state.last_builds(connection, window, 1)
        if not newest or newest[0].edges_before == 0:
            continue
        build = newest[0]
        shares[f"share_{window}"] = round(build.edges / build.edges_before, 3)
        if build.edges_before >= ENOUGH_EDGES and build.edges < SMALLEST_SHARE * build.edges_before:
            kept = " (the previous graph was kept)" if build.kept_previous else ""
            lost.append(f"{window} fell from {build.edges_before} to {build.edges} edges{kept}")
    return dg.AssetCheckResult(
        passed=not lost,
        check_name="edges_have_not_collapsed",
        asset_key=TAG_LABEL_GRAPH,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{'; '.join(lost)}. Check the tag confidences and recap_genre_learning_results of the window."
        if lost
        else None,
        metadata=shares,
    )
