"""Articles and their tags as assets, hourly.

    articles[hour]  ->  article_tags[hour]
    (the platform's)    select -> claim -> extract -> write, page by page

By hand, or by a backfill, every article of the chosen hours is tagged again, a range of hours in one run. The sensor's
runs tag what is pending, in hours that lie anywhere: such a run is started for the newest of them and has them all in
its configuration, since a range would take in every hour between. Every hour that a run touches gets a materialisation.

Here: which hours a run works on, and what the UI shows of it. Elsewhere: the work itself (`run`), when (`automation`).
"""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import dagster as dg
from pydantic import Field

from alt_pipelines.observability.tracing import span
from alt_pipelines.platform import Platform
from alt_pipelines.runtime.queues import TAGGING, run_tags
from alt_pipelines.tagging import metadata
from alt_pipelines.tagging.extraction.article import EXTRACTOR_VERSION
from alt_pipelines.tagging.partitions import SETTINGS, hourly
from alt_pipelines.tagging.report import HourReport, RunReport
from alt_pipelines.tagging.run import LINGER_AT_MOST_SECONDS, Assignment, TaggingRun
from alt_pipelines.tagging.store import OutcomeCounts, counts_by_hour
from alt_pipelines.tagging.windows import hour_from, key_of, spans

GROUP = "tagging"
OWNERS = ["team:tagging"]
PLOTS_PER_RUN = 12  # a plot takes 0.2 s and 20 kB of the event log
PROGRESS_SECONDS = 10.0
REPORT_SECONDS = 60.0
BY_HAND_SECONDS = 24 * 3600
"""A backfill of many hours is ended after a day; what it wrote until then stays."""
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
        description="Partition keys to work on, when they are not those that the run was started for.",
    )
    linger_seconds: float = Field(
        default=0.0,
        description="With only_pending: stay for new articles until none has arrived for so long.",
    )


@dg.asset(
    partitions_def=hourly,
    deps=[articles, "site_boilerplate"],
    backfill_policy=dg.BackfillPolicy.single_run(),
    group_name=GROUP,
    kinds={"postgres", "python"},
    owners=OWNERS,
    code_version=EXTRACTOR_VERSION,
    op_tags=run_tags(TAGGING, BY_HAND_SECONDS),
)
def article_tags(
    context: dg.AssetExecutionContext, config: TaggingConfig, platform: dg.ResourceParam[Platform]
) -> dg.MaterializeResult[Any]:
    """Tags of each article, with a confidence in 0..1: rows of `feed_tags` and `article_tags` in alt-db.

    Every article has exactly one outcome: `tagged`, `empty` (readable, but no phrase worth a tag), `rejected` (nothing
    readable), `no_feed` (its tags would have no place; looked at again later) or `failed` (tried again, then given up).
    Materialising an hour tags all of its articles again; that is safe to repeat and changes nothing that is the same.
    """
    own = _own_partitions(context)
    hours = _hours(config, own)
    context.log.info(f"{'pending' if config.only_pending else 'all'} articles of {spans(hours)}")
    reporter = _Reporter(context, platform, own)
    extractor = platform.isolated_extractor
    run = TaggingRun(
        platform.alt_engine,
        extractor if config.only_pending else extractor.with_own_budget(),  # by hand: the same again, every time
        platform.settings.tagging,
        platform.settings.pool,
        Assignment(tuple(hours), config.only_pending, config.linger_seconds),
        reporter,
    )
    with span("article_tags", hours=len(hours), only_pending=config.only_pending):
        report = run.carry_out()
    total = report.total
    summary = ", ".join(f"{count} {status}" for status, count in sorted(total.outcomes.items())) or "nothing to do"
    context.log.info(f"{report.selected} articles in {report.seconds:.1f} s: {summary}; {total.skipped} skipped")
    if report.stopped:
        context.log.info(f"stopped: {report.stopped}")
    reporter.finish(report)
    return dg.MaterializeResult()


tag_pending_articles = dg.define_asset_job(
    "tag_pending_articles",
    selection=dg.AssetSelection.assets(article_tags).without_checks(),
    description="Tags what is pending; started by the sensor.",
    # A lost run's articles are found by the sensor; Dagster's own retry would be a second layer.
    tags=run_tags(TAGGING, int(SETTINGS.run_seconds + LINGER_AT_MOST_SECONDS + _MARGIN_SECONDS), max_retries=0),
    partitions_def=hourly,
)


def _own_partitions(context: dg.AssetExecutionContext) -> list[str]:
    """The partitions that the run was started for."""
    if context.has_partition_key or context.has_partition_key_range:
        return list(context.partition_keys)
    # Dagster itself refuses such a run as soon as `articles` has an event; so it is refused always.
    raise dg.Failure("The run has no partition: choose one, or a range of them.", allow_retries=False)


def _hours(config: TaggingConfig, own: Sequence[str]) -> list[datetime]:
    try:
        return sorted({hour_from(key) for key in (config.hours or own)})
    except ValueError as error:
        raise dg.Failure(f"hours: {error}", allow_retries=False) from None


class _Reporter:
    """Tells Dagster what the run does: a log line every ten seconds, every minute the hours that changed.

    So a run that stays for what arrives does not keep its results to itself, and a killed one has told most of it.
    """

    def __init__(self, context: dg.AssetExecutionContext, platform: Platform, own: Sequence[str]) -> None:
        self._context = context
        self._engine = platform.alt_engine
        self._model = platform.isolated_extractor.model_id
        self._own = own
        self._started = self._told = self._reported = time.monotonic()
        self._selected: dict[datetime, int] = {}

    def __call__(self, report: RunReport) -> None:
        """Called after each batch of articles."""
        now = time.monotonic()
        report.seconds = now - self._started
        if now - self._told >= PROGRESS_SECONDS:
            self._told = now
            speed = report.selected / report.seconds
            self._context.log.info(f"{report.selected} articles so far, {speed:.1f} a second")
        if now - self._reported >= REPORT_SECONDS:
            self._reported = now
            self._tell(report, self._changed(report))

    def finish(self, report: RunReport) -> None:
        """Called at the end: what was not told yet, and all partitions that the run was started for."""
        keys = self._changed(report)
        self._tell(report, [key for key in keys if key not in self._own])
        touched = {key_of(hour): hour_report for hour, hour_report in report.hours.items()}
        standing, plots = self._standing(self._own), _plots(report)
        for key in self._own:
            shown = _metadata(
                touched.get(key, HourReport()), report, standing.get(key), plots.get(key, {}), self._model
            )
            self._context.add_asset_metadata(shown, partition_key=key)

    def _changed(self, report: RunReport) -> list[str]:
        """Hours with articles since they were told last."""
        changed = [hour for hour in sorted(report.hours) if report.hours[hour].selected != self._selected.get(hour)]
        self._selected.update((hour, report.hours[hour].selected) for hour in changed)
        return [key_of(hour) for hour in changed]

    def _tell(self, report: RunReport, keys: Sequence[str]) -> None:
        if not keys:
            return
        standing, plots = self._standing(keys), _plots(report)
        for key in keys:
            hour = report.hours[hour_from(key)]
            shown = _metadata(hour, report, standing.get(key), plots.get(key, {}), self._model)
            self._context.log_event(dg.AssetMaterialization(self._context.asset_key, partition=key, metadata=shown))

    def _standing(self, keys: Sequence[str]) -> dict[str, OutcomeCounts]:
        """State of these hours' articles, told of the source asset too."""
        with self._engine.connect() as connection:
            by_hour = counts_by_hour(connection, [hour_from(key) for key in keys])
        standing = {key_of(hour): by_hour[hour] for hour in sorted(by_hour)}
        for key, counts in standing.items():
            self._context.instance.report_runless_asset_event(
                dg.AssetMaterialization(articles.key, partition=key, metadata={"articles": counts.articles})
            )
        return standing


def _metadata(
    hour: HourReport, run: RunReport, counts: OutcomeCounts | None, plots: Mapping[str, str], model: str
) -> dict[str, Any]:
    shown: dict[str, Any] = {**metadata.figures(hour, run, EXTRACTOR_VERSION, model), **metadata.standing(counts)}
    for name, examples in (("examples", hour.examples), ("not_tagged", hour.problems)):
        if examples:
            records = [dg.TableRecord(row) for row in metadata.example_rows(examples)]
            shown[name] = dg.MetadataValue.table(records)
    shown |= {name: dg.MetadataValue.md(plot) for name, plot in plots.items()}
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
