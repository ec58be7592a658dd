"""The tag label graph as an asset with one partition per window.

    recap_genre_learning_results  ->  tag_label_graph[7d], tag_label_graph[30d]
    (external asset)                  aggregate in Postgres, all windows at once;
                                      then upsert and delete, one transaction per window

One run builds both partitions. It calls `run.build_graph`, as the API and the script do.
"""

from datetime import timedelta
from functools import partial
from typing import Any

import dagster as dg
from sqlalchemy.engine import Engine

from alt_pipelines.dagster_names import GRAPH_JOB
from alt_pipelines.label_graph import metadata
from alt_pipelines.label_graph.report import Edge, WindowReport
from alt_pipelines.label_graph.run import BuildInProgress, GraphDisabled, build_graph
from alt_pipelines.label_graph.store import state
from alt_pipelines.observability.tables import reasons_table
from alt_pipelines.runtime.metadata import PRODUCT, SOURCE, Metadata, drawn, tables, was_requested
from alt_pipelines.runtime.partitions import partition_keys
from alt_pipelines.runtime.queues import IN_PROGRESS, RECAP, REFUSED_TAG, run_tags
from alt_pipelines.settings import Settings

TAG_LABEL_GRAPH = dg.AssetKey("tag_label_graph")
GROUP = "label_graph"
OWNERS = ["team:recap"]
JOB_TAGS = run_tags(RECAP, max_runtime_seconds=900)
TTLS_ALLOWED = 2
"""Maximum age of a graph, in periods of TAG_LABEL_GRAPH_TTL_SECONDS; consumers cache it for one period."""

SHORTEST_FRESHNESS_SECONDS = 120
WAIT_SECONDS = 60.0  # for a build of the same window that the API or the script has started
STRONGEST_SHOWN = 6  # tags per genre

WINDOWS = {"7d": 7, "30d": 30}
windows = dg.StaticPartitionsDefinition(list(WINDOWS))

learning_rows = dg.AssetSpec(
    "recap_genre_learning_results",
    deps=["article_tags"],
    description="Genre decisions of the recap worker, with the tags of each article. The recap worker writes these "
    "rows; the graph is built and the thresholds are learned from them.",
    group_name=GROUP,
    kinds={"postgres"},
    owners=OWNERS,
    tags=SOURCE,
)


def make_tag_label_graph(settings: Settings) -> dg.AssetsDefinition:
    """Define the asset `tag_label_graph`, whose builds use `settings`."""
    fresh = timedelta(seconds=max(TTLS_ALLOWED * settings.graph.ttl_seconds, SHORTEST_FRESHNESS_SECONDS))

    @dg.asset(
        name=TAG_LABEL_GRAPH.path[-1],
        deps=[learning_rows],
        partitions_def=windows,
        backfill_policy=dg.BackfillPolicy.single_run(),
        op_tags=JOB_TAGS,
        group_name=GROUP,
        kinds={"postgres"},
        owners=OWNERS,
        tags=PRODUCT,
        freshness_policy=dg.FreshnessPolicy.time_window(fail_window=fresh),
        description="Association of tags with genres: the mean confidence of a tag over the genre's articles in the "
        "window, for pairs with at least three observations. Rows of `tag_label_graph` in recap-db, read by genre "
        "refinement.",
    )
    def tag_label_graph(context: dg.AssetExecutionContext, recap_db: dg.ResourceParam[Engine]) -> None:
        """Build the run's windows and report each as metadata."""
        days = [WINDOWS[key] for key in partition_keys(context, "window")]
        try:
            report = build_graph(recap_db, settings.graph, days, wait_seconds=WAIT_SECONDS, pool=settings.pool)
        except (BuildInProgress, GraphDisabled) as error:
            if isinstance(error, BuildInProgress):
                context.instance.add_run_tags(context.run.run_id, {REFUSED_TAG: IN_PROGRESS})
            raise dg.Failure(str(error), allow_retries=False) from error
        for warning in report.warnings:
            context.log.warning(warning)
        for window in report.windows:
            if window.kept_previous:
                context.log.warning(metadata.summary(window))
            with recap_db.connect() as connection:
                strongest = state.read_edges(connection, window.window_label, STRONGEST_SHOWN)
            pictures = _pictures(context, strongest, window.window_label)
            context.add_asset_metadata(_metadata(window, strongest, pictures), partition_key=window.window_label)

    return tag_label_graph


tag_label_graph_job = dg.define_asset_job(
    GRAPH_JOB,
    selection=dg.AssetSelection.assets(TAG_LABEL_GRAPH),
    partitions_def=windows,
    description="Builds both windows of the tag label graph, then checks them.",
    tags=JOB_TAGS,
)


def _metadata(window: WindowReport, strongest: list[Edge], pictures: Metadata) -> dict[str, Any]:
    """Return the metadata: the summary first, then tables and pictures, then counters."""
    return {
        "summary": metadata.summary(window),
        **tables(strongest_tags=metadata.strongest_rows(strongest), changes=metadata.changed_rows(window.changed_most)),
        **pictures,
        **window.figures,
        "skipped_rows_by_reason": dg.MetadataValue.md(reasons_table(window.rows_skipped)),
        "skipped_tags_by_reason": dg.MetadataValue.md(reasons_table(window.tags_skipped)),
        "refreshed_at": dg.MetadataValue.timestamp(window.refreshed_at),
    }


def _pictures(context: dg.AssetExecutionContext, strongest: list[Edge], window: str) -> Metadata:
    drawings = {"picture": partial(metadata.picture, strongest, window)}
    if was_requested(context.run):
        drawings["graph"] = partial(metadata.graph_plot, strongest, window)
    return drawn(context, drawings)
