"""The list of everything Dagster runs: assets, checks, jobs, sensors, schedules and resources.

To add a definition, import it here and add it to its list. Nothing is discovered automatically. Tests call
`build_definitions` with their own resources instead of patching.
"""

from collections.abc import Mapping

import dagster as dg

from alt_pipelines.consumers.assets import consumers
from alt_pipelines.label_graph.assets import learning_rows, tag_label_graph, tag_label_graph_job
from alt_pipelines.label_graph.automation import tag_label_graph_schedule
from alt_pipelines.label_graph.checks import tag_label_graph_checks
from alt_pipelines.learning.assets import genre_thresholds, genre_thresholds_job
from alt_pipelines.learning.automation import genre_thresholds_schedule
from alt_pipelines.maintenance.automation import prune_dagster_storage, retention_schedule
from alt_pipelines.observability.automation import post_alerts, report_failed_runs
from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.platform import get_platform
from alt_pipelines.recap.assets import cluster_genre, genre_run, genre_run_requests
from alt_pipelines.recap.automation import genre_run_outbox, genre_run_reconciliation
from alt_pipelines.recap.fairness import genre_run_traits
from alt_pipelines.recap.warmup import WARM_UP as RECAP_WARM_UP
from alt_pipelines.runtime import fairness, preload
from alt_pipelines.runtime.automation import resend_lost_runs
from alt_pipelines.runtime.queues import RECAP
from alt_pipelines.sites.assets import learn_site_boilerplate, site_boilerplate
from alt_pipelines.sites.automation import site_boilerplate_schedule
from alt_pipelines.tagging.assets import article_tags, articles, tag_pending_articles
from alt_pipelines.tagging.automation import article_tags_checks_schedule, pending_articles
from alt_pipelines.tagging.checks import article_tags_checks, article_tags_checks_job
from alt_pipelines.tagging.warmup import WARM_UP as TAGGING_WARM_UP


def build_definitions(overrides: Mapping[str, object] | None = None) -> dg.Definitions:
    """Build all definitions. `overrides` replaces resources by name."""
    platform = get_platform()
    configure_logging(platform.settings.logging)
    for warm_up in (TAGGING_WARM_UP, RECAP_WARM_UP):
        preload.register(warm_up)
    fairness.register(RECAP, genre_run_traits)
    return dg.Definitions(
        assets=[
            articles,
            site_boilerplate,
            article_tags,
            genre_run_requests,
            genre_run,
            learning_rows,
            tag_label_graph,
            genre_thresholds,
            *consumers,
        ],
        asset_checks=[article_tags_checks, tag_label_graph_checks],
        jobs=[
            tag_pending_articles,
            learn_site_boilerplate,
            article_tags_checks_job,
            cluster_genre,
            tag_label_graph_job,
            genre_thresholds_job,
            prune_dagster_storage,
        ],
        sensors=[
            pending_articles,
            genre_run_outbox,
            genre_run_reconciliation,
            resend_lost_runs,
            report_failed_runs,
            post_alerts,
        ],
        schedules=[
            article_tags_checks_schedule,
            site_boilerplate_schedule,
            tag_label_graph_schedule,
            genre_thresholds_schedule,
            retention_schedule,
        ],
        resources={"platform": platform, **(overrides or {})},
        executor=dg.in_process_executor,
    )


defs = build_definitions()
