"""The thresholds of genre refinement as an asset: learned from a week's rows and sent to the recap worker.

    recap_genre_learning_results, tag_label_graph  ->  genre_thresholds  ->  recap worker, POST /admin/genre-learning

A materialization means that the recap worker accepted the new thresholds, or that the current ones are better. If the
thresholds cannot be delivered, the run fails and the attempt is stored. The next tick tries again with newer rows;
nothing is sent twice within a run.
"""

from datetime import timedelta
from typing import Any

import dagster as dg

from alt_pipelines.learning import checks, metadata
from alt_pipelines.learning.report import LearningReport
from alt_pipelines.learning.run import LearningInProgress, SendFailed, run_learning
from alt_pipelines.observability.tables import reasons_table
from alt_pipelines.platform import Platform
from alt_pipelines.runtime.queues import RECAP, run_tags
from alt_pipelines.settings import LearningSettings, Settings

GROUP = "learning"
OWNERS = ["team:recap"]
JOB_TAGS = run_tags(RECAP, max_runtime_seconds=600, max_retries=0)
# Two intervals plus the maximum duration of a run.
_FRESH = timedelta(hours=2 * LearningSettings.read(Settings.environment()).interval_hours, minutes=10)


@dg.asset(
    key=checks.ASSET,
    deps=["recap_genre_learning_results", "tag_label_graph"],
    check_specs=[checks.not_worse_on_test],
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=_FRESH),
    op_tags=JOB_TAGS,
    group_name=GROUP,
    kinds={"python", "http"},
    owners=OWNERS,
    description="When the recap worker trusts the tag label graph with an article's genre: three thresholds, learned "
    "by Bayesian optimisation from the last week's decisions and human feedback, as last accepted by the recap worker.",
)
def genre_thresholds(context: dg.AssetExecutionContext, platform: dg.ResourceParam[Platform]) -> dg.MaterializeResult:  # type: ignore[type-arg]  # Dagster reads the annotation and knows only the bare class
    """Learn the thresholds, send them, and report the result and the recap worker's answer as metadata."""
    try:
        report = run_learning(platform.recap_engine, platform.settings.learning, pool=platform.settings.pool)
    except SendFailed as error:
        raise dg.Failure(str(error), metadata={"attempt": error.attempt_id}, allow_retries=False) from error
    except LearningInProgress as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    if report.withheld:
        context.log.warning(f"nothing was sent: {report.withheld}")
    elif report.reason:
        context.log.warning(f"the references are sent unchanged: {report.reason}")
    return dg.MaterializeResult(metadata=_metadata(report), check_results=[checks.evaluate(report)])


genre_thresholds_job = dg.define_asset_job(
    "learn_genre_thresholds",
    selection=dg.AssetSelection.assets(genre_thresholds),
    description="Learns the genre thresholds and sends them to the recap worker.",
    tags=JOB_TAGS,
)


def _metadata(report: LearningReport) -> dict[str, Any]:
    shown: dict[str, Any] = {
        **report.figures,
        "rows_skipped_because": dg.MetadataValue.md(reasons_table(report.rows_skipped)),
        "thresholds_moved": dg.MetadataValue.md(metadata.moved_table(report)),
    }
    for name, plot in metadata.slice_plots(report).items():
        shown[name] = dg.MetadataValue.md(plot)
    return shown
