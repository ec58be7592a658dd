"""The assets `articles` and `article_tags`, with one partition per day.

    articles[day]  ->  article_tags[day]
    (external asset)    select -> claim -> extract -> write, page by page

A manual run or a backfill tags every article of the chosen days again; one run covers a range of days. A sensor run
tags pending articles only. Its days need not be adjacent: the run is started for the newest day and lists all days in
its configuration, because a partition range would include every day in between. A run materializes every day whose
articles it processes.

This module decides which days a run works on. `run` does the work, `reporting` shows it in the UI and `automation`
decides when a run starts.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import dagster as dg
from pydantic import Field
from sqlalchemy.engine import Engine

from alt_pipelines.dagster_names import TAGGING_JOB
from alt_pipelines.observability.tracing import span
from alt_pipelines.runtime.dagster_internals import AssetJob
from alt_pipelines.runtime.metadata import PRODUCT, SOURCE
from alt_pipelines.runtime.partitions import partition_keys
from alt_pipelines.runtime.queues import TAGGING, run_tags
from alt_pipelines.settings import Settings, TaggingSettings
from alt_pipelines.tagging import metadata
from alt_pipelines.tagging.assignment import Assignment
from alt_pipelines.tagging.extraction.article import EXTRACTOR_VERSION, FIRST_PASS_ONLY, NO_ENCODER
from alt_pipelines.tagging.partitions import ARTICLE_TAGS, ARTICLES, daily_from, days_of
from alt_pipelines.tagging.processes.isolated import IsolatedExtractor
from alt_pipelines.tagging.reporting import Reporter
from alt_pipelines.tagging.run import TaggingRun
from alt_pipelines.tagging.windows import spans

GROUP = "tagging"
OWNERS = ["team:tagging"]
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
    runs = _Runs(settings, first, evaluate)

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
        output_required=False,  # a run that finds nothing to tag materializes nothing
    )
    def article_tags(
        context: dg.AssetExecutionContext,
        config: TaggingConfig,
        alt_db: dg.ResourceParam[Engine],
        tag_extractor: dg.ResourceParam[IsolatedExtractor],
    ) -> Iterator[dg.MaterializeResult[Any]]:
        """Tags of each article, with a confidence in 0..1: rows of `feed_tags` and `article_tags` in alt-db.

        Every article gets exactly one outcome: `tagged`, `empty` (readable, but no phrase worth a tag), `rejected` (no
        readable text), `no_feed` (its tags cannot be stored without a feed; checked again later) or `failed` (retried a
        limited number of times). Materializing a day tags all of its articles again. Repeating this is safe: rows
        with unchanged values are not rewritten.
        """
        if runs.carry_out(context, config, alt_db, tag_extractor):
            yield dg.MaterializeResult()

    return article_tags


@dataclass(frozen=True)
class _Runs:
    """Carries out the runs of `article_tags`, with what the asset was made from."""

    settings: Settings
    first: datetime
    evaluate: Evaluate

    def carry_out(
        self, context: dg.AssetExecutionContext, config: TaggingConfig, engine: Engine, extractor: IsolatedExtractor
    ) -> bool:
        """Carry out a run and report it to Dagster. Returns whether it materializes its partitions."""
        settings, first = self.settings, self.first
        own = partition_keys(context, "day")
        days = days_of(config.days or own, first)
        context.log.info(f"Tagging {'pending' if config.only_pending else 'all'} articles of {spans(days)}")
        assignment = Assignment(tuple(days), config.only_pending, config.linger_seconds, config.retag, first)
        checks = partial(self.evaluate, engine, settings.tagging)
        reporter = Reporter(context, engine, extractor.model_id, own, assignment, checks)
        chosen = extractor if config.only_pending else extractor.with_own_budget()  # by hand: deterministic
        run = TaggingRun(engine, chosen, settings.tagging, settings.pool, assignment, reporter)
        with span("article_tags", days=len(days), only_pending=config.only_pending):
            report = run.carry_out()
        if extractor.model_id == NO_ENCODER:
            context.log.warning(f"{FIRST_PASS_ONLY.capitalize()}. `alt-pipelines doctor` explains the remedy.")
        context.log.info(metadata.last_line(report, lingered=assignment.linger_seconds > 0))
        if report.stopped:
            context.log.info(f"Stopped early: {report.stopped}")
        return reporter.finish(report)


def make_tag_pending_articles(settings: TaggingSettings, first: datetime) -> AssetJob:
    """Define the job that the sensor starts."""
    limit = int(settings.run_seconds + settings.linger_limit_seconds + _MARGIN_SECONDS)
    return dg.define_asset_job(
        TAGGING_JOB,
        selection=dg.AssetSelection.assets(ARTICLE_TAGS).without_checks(),
        description="Tags pending articles. The sensor `pending_articles` starts it. After its work, a run lingers: it "
        f"waits until no article has arrived for {settings.linger_seconds:g} s (TAG_LINGER_SECONDS), at most "
        f"{settings.linger_limit_seconds:g} s, and tags at once what arrives. A run therefore takes longer than its "
        "work; its log and `seconds_of_work` show the work alone.",
        # The sensor finds the articles of a lost run, so a retry by Dagster would be redundant.
        tags=run_tags(TAGGING, limit, max_retries=0),
        partitions_def=daily_from(first),
    )
