"""Articles and their tags as assets, hourly.

    articles[hour]  ->  article_tags[hour]
    (the platform's)    select -> claim -> extract -> write, page by page

The sensor materialises what is pending, many hours in one run; by hand, or by a backfill, every article of the chosen
hours is tagged again, a range of hours in one run too. A run may touch an hour that it was not started for (an article
arrived meanwhile): every hour touched gets its materialisation.

Here: which hours a run works on, and what the UI shows of it. Not here: the work itself (`work`), or when (`sensors`).
"""

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import dagster as dg
from pydantic import Field

from alt_pipelines.execution.queues import TAGGING, run_tags
from alt_pipelines.platform import Platform
from alt_pipelines.tagging import metadata
from alt_pipelines.tagging.article import EXTRACTOR_VERSION
from alt_pipelines.tagging.cursor import Cursor
from alt_pipelines.tagging.hours import hour_from, key_of, spans
from alt_pipelines.tagging.partitions import SETTINGS, hourly
from alt_pipelines.tagging.report import HourReport, RunReport
from alt_pipelines.tagging.store import OutcomeCounts, counts_by_hour
from alt_pipelines.tagging.watch import look
from alt_pipelines.tagging.work import LINGER_AT_MOST_SECONDS, Assignment, TaggingRun

GROUP = "tagging"
OWNERS = ["team:tagging"]
PLOTS_PER_RUN = 12  # a plot takes 0.2 s and 20 kB of the event log
PROGRESS_SECONDS = 10.0
_MARGIN_SECONDS = 240  # on top of a run's own limits: start-up, the page at hand, a database that is away for a while

articles = dg.AssetSpec(
    "articles",
    description="Articles of the RSS platform by the hour they arrived in (UTC): rows of `articles` in alt-db, written "
    "by the platform's own services. Each event tells how many articles the hour held when it was looked at.",
    group_name=GROUP,
    kinds={"postgres"},
    owners=OWNERS,
    partitions_def=hourly,
)


class TaggingConfig(dg.Config):
    """What a run does with its hours."""

    only_pending: bool = Field(
        default=False,
        description="Tag only articles without a final outcome of this extractor version, fresh ones first, within the "
        "limits of a run. Off: tag every article of the hours again.",
    )
    hours: list[str] = Field(
        default=[],
        description="Partition keys to work on when the run has no partition of its own. With only_pending and none "
        "given: whatever is pending.",
    )
    linger_seconds: float = Field(
        default=0.0,
        description="With only_pending: stay for new articles until none has arrived for so long.",
    )


@dg.asset(
    partitions_def=hourly,
    deps=[articles],
    backfill_policy=dg.BackfillPolicy.single_run(),
    group_name=GROUP,
    kinds={"postgres", "python"},
    owners=OWNERS,
    code_version=EXTRACTOR_VERSION,
    output_required=False,  # a run of the sensor reports the hours it touched by itself
)
def article_tags(
    context: dg.AssetExecutionContext, config: TaggingConfig, platform: dg.ResourceParam[Platform]
) -> Iterator[Any]:
    """Tags of each article, with a confidence in 0..1: rows of `feed_tags` and `article_tags` in alt-db.

    Every article has exactly one outcome: `tagged`, `empty` (readable, but no phrase worth a tag), `rejected` (nothing
    readable), `no_feed` (its tags would have no place; looked at again later) or `failed` (tried again, then given up).
    Materialising an hour tags all of its articles again; that is safe to repeat and changes nothing that is the same.
    """
    own = _own_partitions(context)
    hours = _hours(config, own, platform)
    context.log.info(f"{'pending' if config.only_pending else 'all'} articles of {spans(hours)}")
    run = TaggingRun(
        platform.alt_engine,
        platform.tag_extractor,
        platform.settings.tagging,
        platform.settings.pool,
        Assignment(tuple(hours), config.only_pending, config.linger_seconds),
        _Progress(context),
    )
    report = run.carry_out()
    total = report.total
    summary = ", ".join(f"{count} {status}" for status, count in sorted(total.outcomes.items())) or "nothing to do"
    context.log.info(f"{report.selected} articles in {report.seconds:.1f} s: {summary}; {total.skipped} skipped")
    if report.stopped:
        context.log.info(f"stopped: {report.stopped}")
    _report(context, platform, report, own)
    if own:
        yield dg.MaterializeResult()


tag_pending_articles = dg.define_asset_job(
    "tag_pending_articles",
    selection=dg.AssetSelection.assets(article_tags).without_checks(),
    description="Tags what is pending. Started by the sensor; by hand it works off whatever waits.",
    tags=run_tags(TAGGING, int(SETTINGS.run_seconds + LINGER_AT_MOST_SECONDS + _MARGIN_SECONDS)),
    config={"ops": {"article_tags": {"config": {"only_pending": True}}}},
    partitions_def=hourly,
)


def _own_partitions(context: dg.AssetExecutionContext) -> list[str]:
    """The partitions that the run was started for, if it was."""
    has_some = context.has_partition_key or context.has_partition_key_range
    return list(context.partition_keys) if has_some else []


def _hours(config: TaggingConfig, own: Sequence[str], platform: Platform) -> list[datetime]:
    try:
        hours = sorted({hour_from(key) for key in (config.hours or own)})
    except ValueError as error:
        raise dg.Failure(f"hours: {error}", allow_retries=False) from None
    if hours:
        return hours
    if not config.only_pending:
        raise dg.Failure(
            "No hours to tag again: choose partitions, list them under `hours`, or set `only_pending` to work off what "
            "is pending.",
            allow_retries=False,
        )
    now = datetime.now(UTC).replace(tzinfo=None)
    return list(look(platform.alt_engine, Cursor(), platform.settings.tagging, EXTRACTOR_VERSION, now).hours)


class _Progress:
    """A line in the run's log every ten seconds; each is a row in Dagster's event log."""

    def __init__(self, context: dg.AssetExecutionContext) -> None:
        self._log = context.log
        self._started = self._told = time.monotonic()

    def __call__(self, report: RunReport) -> None:
        now = time.monotonic()
        if now - self._told >= PROGRESS_SECONDS:
            self._told = now
            speed = report.selected / (now - self._started)
            self._log.info(f"{report.selected} articles so far, {speed:.1f} a second")


def _report(context: dg.AssetExecutionContext, platform: Platform, report: RunReport, own: Sequence[str]) -> None:
    """Tell Dagster about every hour that the run was started for or touched."""
    touched = {key_of(hour): hour_report for hour, hour_report in report.hours.items()}
    with platform.alt_engine.connect() as connection:
        by_hour = counts_by_hour(connection, [hour_from(key) for key in {*touched, *own}])
    standing = {key_of(hour): counts for hour, counts in by_hour.items()}
    for key in sorted(standing):
        context.instance.report_runless_asset_event(
            dg.AssetMaterialization(articles.key, partition=key, metadata={"articles": standing[key].articles})
        )
    plots = _plots(report)
    for key in sorted({*touched, *own}):
        shown = _metadata(touched.get(key, HourReport()), report, standing.get(key))
        shown |= {name: dg.MetadataValue.md(plot) for name, plot in plots.get(key, {}).items()}
        if key in own:
            context.add_asset_metadata(shown, partition_key=key)
        else:
            context.log_event(dg.AssetMaterialization(context.asset_key, partition=key, metadata=shown))


def _metadata(hour: HourReport, run: RunReport, counts: OutcomeCounts | None) -> dict[str, Any]:
    shown: dict[str, Any] = {**metadata.figures(hour, run, EXTRACTOR_VERSION), **metadata.standing(counts)}
    for name, examples in (("examples", hour.examples), ("not_tagged", hour.problems)):
        if examples:
            records = [dg.TableRecord(row) for row in metadata.example_rows(examples)]
            shown[name] = dg.MetadataValue.table(records)
    if run.stopped:
        shown["stopped"] = run.stopped
    return shown


def _plots(report: RunReport) -> dict[str, dict[str, str]]:
    """Plots by partition key: of the fullest hours, and the run's outcomes with its newest hour."""
    plots: dict[str, dict[str, str]] = {}
    fullest = sorted(report.hours, key=lambda hour: -report.hours[hour].outcomes["tagged"])[:PLOTS_PER_RUN]
    for hour in fullest:
        plot = metadata.confidence_plot(report.hours[hour])
        if plot is not None:
            plots.setdefault(key_of(hour), {})["confidences"] = plot
    if report.selected >= metadata.WORTH_A_PLOT:
        overview = metadata.outcomes_plot(report)
        if overview is not None:
            plots.setdefault(key_of(max(report.hours)), {})["outcomes_by_hour"] = overview
    return plots
