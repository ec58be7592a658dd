"""What must hold of the stored graph: weights in range, no window too old, no sudden loss of edges.

The three are one step, a query or two each, and look at the tables and not at a run: whoever built the graph, the
schedule, the API or the script, is judged the same. They run after every build of the asset, and by hand.
"""

from collections.abc import Iterator

import dagster as dg
from sqlalchemy.engine import Connection

from alt_pipelines.label_graph.assets import WINDOWS, tag_label_graph
from alt_pipelines.label_graph.store import state
from alt_pipelines.platform import Platform

TTLS_ALLOWED = 2
SMALLEST_SHARE = 0.5
"""Of the edges of the build before; a genre's worth of tags comes and goes, half of the graph does not."""
ENOUGH_EDGES = 20
"""Below this many edges before, a large change is an ordinary one."""


@dg.multi_asset_check(
    name="tag_label_graph_checks",
    specs=[
        dg.AssetCheckSpec(
            "weights_are_in_range", asset=tag_label_graph, description="Every weight is a confidence, from 0 to 1."
        ),
        dg.AssetCheckSpec(
            "no_window_is_too_old",
            asset=tag_label_graph,
            description="No window was last refreshed longer ago than twice TAG_LABEL_GRAPH_TTL_SECONDS.",
        ),
        dg.AssetCheckSpec(
            "edges_have_not_collapsed",
            asset=tag_label_graph,
            description="The last build of each window has at least half of the edges of the build before.",
        ),
    ],
    can_subset=True,
)
def tag_label_graph_checks(
    context: dg.AssetCheckExecutionContext, platform: dg.ResourceParam[Platform]
) -> Iterator[dg.AssetCheckResult]:
    """Look at recap-db and judge what is asked for."""
    wanted = {key.name for key in context.selected_asset_check_keys}
    with platform.recap_engine.connect() as connection:
        results = (_weights(connection), _age(connection, platform.settings.graph.ttl_seconds), _collapse(connection))
    yield from (result for result in results if result.check_name in wanted)


def _weights(connection: Connection) -> dg.AssetCheckResult:
    states = {window: state.window_state(connection, window) for window in WINDOWS}
    # Written this way a NaN, which is less than nothing, is out of range too.
    wrong = [
        f"{window}: {state.lowest} to {state.highest}"
        for window, state in states.items()
        if state.lowest is not None and state.highest is not None and not 0 <= state.lowest <= state.highest <= 1
    ]
    return dg.AssetCheckResult(
        passed=not wrong,
        check_name="weights_are_in_range",
        asset_key=tag_label_graph.key,
        severity=dg.AssetCheckSeverity.ERROR,
        description=f"Weights out of 0..1: {'; '.join(wrong)}." if wrong else None,
        metadata={f"edges_{window}": state.edges for window, state in states.items()},
    )


def _age(connection: Connection, ttl_seconds: int) -> dg.AssetCheckResult:
    ages = {window: state.window_state(connection, window).age_seconds for window in WINDOWS}
    limit = TTLS_ALLOWED * ttl_seconds
    old = [f"{window} is {age:.0f} s old" for window, age in ages.items() if age is not None and age > limit]
    return dg.AssetCheckResult(
        passed=not old,
        check_name="no_window_is_too_old",
        asset_key=tag_label_graph.key,
        severity=dg.AssetCheckSeverity.ERROR,
        description=f"{'; '.join(old)}, more than {limit} s. Its builds fail or find no edges; see the last runs."
        if old
        else None,
        metadata={
            "limit_seconds": limit,
            **{f"age_seconds_{w}": round(age, 1) for w, age in ages.items() if age is not None},
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
            lost.append(f"{window} went from {build.edges_before} edges to {build.edges}{kept}")
    return dg.AssetCheckResult(
        passed=not lost,
        check_name="edges_have_not_collapsed",
        asset_key=tag_label_graph.key,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{'; '.join(lost)}. Look at the confidences and the learning rows of the window."
        if lost
        else None,
        metadata=shares,
    )
