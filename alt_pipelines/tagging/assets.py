"""The assets `articles` and `article_tags`, with one partition per day.

    articles[day]  ->  article_tags[day]
    (external asset)    select -> claim -> extract -> write, page by page

A manual run or a backfill tags every article of the chosen days again; one run covers a range of days. A sensor run
tags pending articles only. Its days need not be adjacent: the run is started for the newest day and lists all days in
its configuration, because a partition range would include every day in between. A run materializes every day whose
articles it processes.

This module decides which days a run works on and what the UI shows. `run` does the work; `automation` decides when.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import dagster as dg
from pydantic import Field
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines.observability.tracing import span
from alt_pipelines.runtime.dagster_internals import AssetJob
from alt_pipelines.runtime.metadata import PRODUCT, SOURCE, Shown, drawn
from alt_pipelines.runtime.partitions import partition_keys
from alt_pipelines.runtime.queues import QUEUE_TAG, RESULTS_TAG, TAGGING, TAGGING_JOB, run_tags
from alt_pipelines.runtime.stopping import worker_is_stopping
from alt_pipelines.settings import Settings, TaggingSettings
from alt_pipelines.tagging import metadata
from alt_pipelines.tagging.extraction.article import EXTRACTOR_VERSION, FIRST_PASS_ONLY
from alt_pipelines.tagging.extraction.isolated import IsolatedExtractor
from alt_pipelines.tagging.partitions import daily_from, days_of
from alt_pipelines.tagging.report import DayReport, RunReport
from alt_pipelines.tagging.run import Assignment, TaggingRun
from alt_pipelines.tagging.store import OutcomeCounts, counts_by_day, once_per
from alt_pipelines.tagging.windows import Calendar, day_from, key_of, spans, utc_now

ARTICLES = dg.AssetKey("articles")
ARTICLE_TAGS = dg.AssetKey("article_tags")
JOB_NAME = TAGGING_JOB
GROUP = "tagging"
OWNERS = ["team:tagging"]
PROGRESS_SECONDS = 60.0
PROGRESS_ARTICLES = 500
REPORT_SECONDS = 600.0
PLOTS_SECONDS = 3600.0
BY_HAND_SECONDS = 24 * 3600
"""A backfill is terminated after 24 hours; everything it has written by then stays."""
_MARGIN_SECONDS = 240  # on top of a run's own limits: start-up, the current page, a short database outage


def make_articles(first: datetime) -> dg.AssetSpec:
    """Define the external asset `articles`, with partitions from the day `first`."""
    return dg.AssetSpec(
        ARTICLES,
        description="Articles of the RSS platform by day of arrival (UTC): rows of `articles` in alt-db, written by "
        "the platform's own services. Each event records the number of articles of its day at that time.",
        group_name=GROUP,
        kinds={"postgres"},
        owners=OWNERS,
        tags=SOURCE,
        partitions_def=daily_from(first),
    )


class TaggingConfig(dg.Config):
    """Configuration of a run: which articles of its days it tags."""

    only_pending: bool = Field(
        default=False,
        description="Tag only articles without a final outcome, newest first, up to the run limits. "
        "If false, tag every article of the days again.",
    )
    retag: bool = Field(
        default=False,
        description="Requires only_pending. Tag the articles marked by `alt-pipelines retag`; new articles go first.",
    )
    days: list[str] = Field(
        default=[],
        description="Days to tag, as partition keys. Empty: the partitions that the run was started for.",
    )
    linger_seconds: float = Field(
        default=0.0,
        description="Requires only_pending. After the work, wait for new articles, and end when none has arrived for "
        "this many seconds.",
    )


Evaluate = Callable[[Engine, TaggingSettings], Iterable[dg.AssetCheckEvaluation]]  # `checks` imports this module


def make_article_tags(settings: Settings, first: datetime, evaluate: Evaluate) -> dg.AssetsDefinition:
    """Define the asset `article_tags`, whose runs use `settings` and whose first partition is `first`."""
    made_from = settings, first, evaluate

    @dg.asset(
        name=ARTICLE_TAGS.path[-1],
        partitions_def=daily_from(first),
        deps=[ARTICLES, "site_boilerplate"],
        backfill_policy=dg.BackfillPolicy.single_run(),
        group_name=GROUP,
        kinds={"postgres", "python"},
        owners=OWNERS,
        tags=PRODUCT,
        code_version=EXTRACTOR_VERSION,
        freshness_policy=dg.FreshnessPolicy.time_window(warn_window=timedelta(hours=6), fail_window=timedelta(days=1)),
        op_tags=run_tags(TAGGING, BY_HAND_SECONDS),
    )
    def article_tags(
        context: dg.AssetExecutionContext,
        config: TaggingConfig,
        alt_db: dg.ResourceParam[Engine],
        tag_extractor: dg.ResourceParam[IsolatedExtractor],
    ) -> dg.MaterializeResult[Any]:
        """Tags of each article, with a confidence in 0..1: rows of `feed_tags` and `article_tags` in alt-db.

        Every article gets exactly one outcome: `tagged`, `empty` (readable, but no phrase worth a tag), `rejected` (no
        readable text), `no_feed` (its tags cannot be stored without a feed; checked again later) or `failed` (retried a
        limited number of times). Materializing a day tags all of its articles again. Repeating this is safe: rows
        with unchanged values are not rewritten.
        """
        _tag(context, config, alt_db, tag_extractor, made_from)
        return dg.MaterializeResult()

    return article_tags


def _tag(
    context: dg.AssetExecutionContext,
    config: TaggingConfig,
    engine: Engine,
    extractor: IsolatedExtractor,
    made_from: tuple[Settings, datetime, Evaluate],
) -> None:
    """Carry out a run of `article_tags` and report it to Dagster."""
    settings, first, evaluate = made_from
    own = partition_keys(context, "day")
    days = days_of(config.days or own, first)
    context.log.info(f"Tagging {'pending' if config.only_pending else 'all'} articles of {spans(days)}")
    assignment = Assignment(tuple(days), config.only_pending, config.linger_seconds, config.retag, first)
    checks = partial(evaluate, engine, settings.tagging)
    reporter = _Reporter(context, engine, extractor.model_id, own, assignment, checks)
    chosen = extractor if config.only_pending else extractor.with_own_budget()  # by hand: deterministic
    run = TaggingRun(engine, chosen, settings.tagging, settings.pool, assignment, reporter)
    with span("article_tags", days=len(days), only_pending=config.only_pending):
        report = run.carry_out()
    if extractor.model_id == "none":
        context.log.warning(f"{FIRST_PASS_ONLY.capitalize()}. `alt-pipelines doctor` explains the remedy.")
    context.log.info(metadata.last_line(report, lingered=assignment.linger_seconds > 0))
    if report.stopped:
        context.log.info(f"Stopped early: {report.stopped}")
    reporter.finish(report)


def make_tag_pending_articles(settings: TaggingSettings, first: datetime) -> AssetJob:
    """Define the job that the sensor starts."""
    limit = int(settings.run_seconds + settings.linger_limit_seconds + _MARGIN_SECONDS)
    return dg.define_asset_job(
        JOB_NAME,
        selection=dg.AssetSelection.assets(ARTICLE_TAGS).without_checks(),
        description="Tags pending articles. The sensor `pending_articles` starts it. After its work, a run lingers: it "
        f"waits until no article has arrived for {settings.linger_seconds:g} s (TAG_LINGER_SECONDS), at most "
        f"{settings.linger_limit_seconds:g} s, and tags at once what arrives. A run therefore takes longer than its "
        "work; its log and `seconds_of_work` show the work alone.",
        # The sensor finds the articles of a lost run, so a retry by Dagster would be redundant.
        tags=run_tags(TAGGING, limit, max_retries=0),
        partitions_def=daily_from(first),
    )


class _Reporter:
    """Reports a run's progress to Dagster without filling the event log.

    A busy run logs at most one line per minute. It materializes each day that has changed every ten minutes and, if it
    tagged several days, once when it first waits for new articles. A lingering run therefore shows its results early,
    and a killed run has already reported most of them. The large plot is drawn at most once per hour across all runs; a
    manual run always draws it.
    """

    def __init__(
        self,
        context: dg.AssetExecutionContext,
        engine: Engine,
        model_id: str,
        own: Sequence[str],
        assignment: Assignment,
        checks: Callable[[], Iterable[dg.AssetCheckEvaluation]],
    ) -> None:
        self._checks = checks
        self._context = context
        self._engine = engine
        self._calendar = Calendar.at(assignment.first)
        self._model = model_id
        self._own = own
        self._by_hand = not assignment.only_pending
        self._started = self._logged = self._reported = time.monotonic()
        self._logged_articles = 0
        self._selected: dict[datetime, int] = {}
        self._latest = RunReport()
        self._waited = False
        self._has_results = False

    def __call__(self, report: RunReport | None) -> bool:
        """Report progress after a batch or, with None, from an idle run. Returns False if the run should end."""
        now = time.monotonic()
        if report is None:
            if not self._waited and len(self._latest.days) > 1:
                self._report_changed(self._latest)
            self._waited = True
            return not worker_is_stopping() and not self._another_run_waits()
        self._latest = report
        if not self._has_results and report.has_results:
            self._has_results = True
            self._context.instance.add_run_tags(self._context.run_id, {RESULTS_TAG: utc_now().isoformat()})
        report.seconds = now - self._started
        if now - self._logged >= PROGRESS_SECONDS and report.selected - self._logged_articles >= PROGRESS_ARTICLES:
            self._logged, self._logged_articles = now, report.selected
            self._context.log.info(f"Articles so far: {report.selected} ({report.selected / report.worked:.1f}/s)")
        if now - self._reported >= REPORT_SECONDS:
            self._reported = now
            self._report_changed(report)
        return not worker_is_stopping()

    def finish(self, report: RunReport) -> None:
        """Report, at the end of the run, all unreported days and every partition that the run was started for."""
        keys = self._changed(report)
        self._materialize(report, [key for key in keys if key not in self._own])
        touched = {key_of(day): day_report for day, day_report in report.days.items()}
        totals, pictures = self._totals(self._own), self._pictures(report, self._own)
        for key in self._own:
            day = touched.get(key, DayReport())
            shown = metadata.of_day(day, report, totals.get(key), pictures.get(key, {}), self._model)
            self._context.add_asset_metadata(shown, partition_key=key)
        self._evaluate_checks()

    def _another_run_waits(self) -> bool:
        """Whether another run on the same queue is waiting to start, for which this idle run should free its worker."""
        waiting = dg.RunsFilter(
            tags={QUEUE_TAG: TAGGING},
            statuses=[dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING],
        )
        return bool(self._context.instance.get_runs_count(waiting))

    def _report_changed(self, report: RunReport) -> None:
        """Materialize the days that gained articles since their last report, if any, and evaluate the checks."""
        if keys := self._changed(report):
            self._materialize(report, keys)
            self._evaluate_checks()

    def _changed(self, report: RunReport) -> list[str]:
        """Return the keys of the days that gained articles since their last report, and mark them as reported."""
        changed = [day for day in sorted(report.days) if report.days[day].selected != self._selected.get(day)]
        self._selected.update((day, report.days[day].selected) for day in changed)
        return [key_of(day) for day in changed]

    def _materialize(self, report: RunReport, keys: Sequence[str]) -> None:
        if not keys:
            return
        totals, pictures = self._totals(keys), self._pictures(report, keys)
        for key in keys:
            day = report.days[day_from(key)]
            shown = metadata.of_day(day, report, totals.get(key), pictures.get(key, {}), self._model)
            self._context.log_event(dg.AssetMaterialization(self._context.asset_key, partition=key, metadata=shown))

    def _evaluate_checks(self) -> None:
        """Report the checks, as `runtime.unplanned` says."""
        try:
            for evaluation in self._checks():
                self._context.log_event(evaluation)
        except DBAPIError as error:  # the tags are written, so the run has done its work
            self._context.log.warning(f"The checks were not evaluated: {error.orig}")

    def _totals(self, keys: Sequence[str]) -> dict[str, OutcomeCounts]:
        """Count these days' articles by outcome, and report the counts for the source asset too."""
        with self._engine.connect() as connection:
            by_day = counts_by_day(connection, self._calendar, [day_from(key) for key in keys])
        totals = {key_of(day): by_day[day] for day in sorted(by_day)}
        for key, counts in totals.items():
            self._context.instance.report_runless_asset_event(
                dg.AssetMaterialization(ARTICLES, partition=key, metadata={"articles": counts.articles})
            )
        return totals

    def _pictures(self, report: RunReport, keys: Sequence[str]) -> dict[str, Shown]:
        """Return the plots by partition key: each day's confidences and, for the newest day, the outcomes by day."""
        reports = {key_of(day): day_report for day, day_report in report.days.items()}
        found = {
            key: drawn(self._context, {"confidences": partial(metadata.confidence_picture, reports[key])})
            for key in keys
            if key in reports
        }
        newest = max(reports, default="")
        if newest in found and self._plots_are_due():
            found[newest] |= drawn(self._context, {"outcomes_by_day": partial(metadata.outcomes_plot, report)})
        return found

    def _plots_are_due(self) -> bool:
        if self._by_hand:
            return True
        with self._engine.begin() as connection:
            return once_per(connection, "plots_of_article_tags", PLOTS_SECONDS)
