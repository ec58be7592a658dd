"""The thresholds of genre refinement as an asset: learned from a week's rows and sent to the recap worker.

    recap_genre_learning_results, tag_label_graph  ->  genre_thresholds  ->  recap worker, POST /admin/genre-learning

A materialization means that the recap worker accepted the new thresholds, or that the current ones are better. If the
thresholds cannot be delivered, the run fails and the attempt is stored. The next tick tries again with newer rows;
nothing is sent twice within a run.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

import dagster as dg
from sqlalchemy.engine import Engine

from alt_pipelines.dagster_names import LEARNING_JOB
from alt_pipelines.learning import metadata
from alt_pipelines.learning.report import LearningReport
from alt_pipelines.learning.run import LearningInProgress, SendFailed, run_learning
from alt_pipelines.observability.tables import folded_json, reasons_table
from alt_pipelines.runtime.metadata import PRODUCT, drawn, tables
from alt_pipelines.runtime.queues import IN_PROGRESS, RECAP, REFUSED_TAG, run_tags
from alt_pipelines.settings import Settings

GENRE_THRESHOLDS = dg.AssetKey("genre_thresholds")
GROUP = "learning"
OWNERS = ["team:recap"]
JOB_TAGS = run_tags(RECAP, max_runtime_seconds=600, max_retries=0)


class ReportCheck(NamedTuple):
    """The check that the step evaluates: its spec, and the function that evaluates it on the report."""

    spec: dg.AssetCheckSpec
    evaluate: Callable[[LearningReport], dg.AssetCheckResult]


def make_genre_thresholds(settings: Settings, check: ReportCheck) -> dg.AssetsDefinition:
    """Define the asset `genre_thresholds`, with the settings of its runs and the check of their reports."""
    fresh = timedelta(hours=2 * settings.learning.interval_hours, minutes=10)  # two intervals and the longest run

    @dg.asset(
        key=GENRE_THRESHOLDS,
        deps=["recap_genre_learning_results", "tag_label_graph"],
        check_specs=[check.spec],
        freshness_policy=dg.FreshnessPolicy.time_window(fail_window=fresh),
        op_tags=JOB_TAGS,
        group_name=GROUP,
        kinds={"python", "http"},
        owners=OWNERS,
        tags=PRODUCT,
        description="Three thresholds that decide when the recap worker uses the tag label graph to choose an "
        "article's genre. They are learned by Bayesian optimization from the last week's decisions and human "
        "feedback, and sent to the recap worker.",
    )
    def genre_thresholds(context: dg.AssetExecutionContext, recap_db: dg.ResourceParam[Engine]) -> dg.MaterializeResult:  # type: ignore[type-arg]  # Dagster reads the annotation and knows only the bare class
        """Learn the thresholds, send them, and report the result and the recap worker's answer as metadata."""
        try:
            report = run_learning(recap_db, settings.learning, pool=settings.pool, dagster_run_id=context.run.run_id)
        except SendFailed as error:
            raise dg.Failure(str(error), metadata={"attempt": error.attempt_id}, allow_retries=False) from error
        except LearningInProgress as error:
            context.instance.add_run_tags(context.run.run_id, {REFUSED_TAG: IN_PROGRESS})
            raise dg.Failure(str(error), allow_retries=False) from error
        if report.withheld or report.reason:
            context.log.warning(metadata.summary(report))
        return dg.MaterializeResult(metadata=_metadata(context, report), check_results=[check.evaluate(report)])

    return genre_thresholds


genre_thresholds_job = dg.define_asset_job(
    LEARNING_JOB,
    selection=dg.AssetSelection.assets(GENRE_THRESHOLDS),
    description="Learns the genre thresholds and sends them to the recap worker.",
    tags=JOB_TAGS,
)


def _metadata(context: dg.AssetExecutionContext, report: LearningReport) -> dict[str, Any]:
    """The summary first, then the table and pictures, then counters, objects last."""
    objects = {name: value for name, value in report.figures.items() if isinstance(value, dict)}
    slices = {shown: partial(metadata.slice_picture, report, name) for shown, name in metadata.SLICES.items()}
    return {
        "summary": metadata.summary(report),
        **tables(thresholds=metadata.threshold_rows(report)),
        **drawn(context, slices),
        **{name: value for name, value in report.figures.items() if name not in objects},
        "skipped_rows_by_reason": dg.MetadataValue.md(reasons_table(report.rows_skipped)),
        **{
            name: dg.MetadataValue.md(folded_json(value))
            for name, value in objects.items()
            if name != "skipped_rows_by_reason"
        },
    }
