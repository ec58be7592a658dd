"""Asset checks of article_tags: links, unique keys, tagged share, lag and confidences.

All five run in one step, because each needs only one or two queries. `automation` starts the step every 15 minutes, and
each run that materializes evaluates them too (`runtime.unplanned` says why).
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import dagster as dg
from sqlalchemy.engine import Engine

from alt_pipelines.database.unique_keys import MissingKeyError, check_keys
from alt_pipelines.runtime.queues import RECAP, run_tags
from alt_pipelines.runtime.unplanned import evaluation_of
from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.partitions import ARTICLE_TAGS
from alt_pipelines.tagging.store import health

_BACKLOG_SECONDS_IN_RUN = 0.5  # of a run of a minute; reached at about a million articles
_ENOUGH_ARTICLES = 50
_ENOUGH_TAGS = 200
_MIN_DEVIATION = 0.02  # a constant has none; a constant 0.5 once kept every tag below the gates


def _spec(name: str, description: str) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(name, asset=ARTICLE_TAGS, description=description)


def make_article_tags_checks(settings: TaggingSettings) -> dg.AssetChecksDefinition:
    """Define the checks, with the thresholds of `settings`."""

    @dg.multi_asset_check(
        name="article_tags_checks",
        specs=[
            _spec("tags_are_still_linked", "The newest tagged articles are still linked to all of the tags written."),
            _spec("unique_keys_exist", "feed_tags and article_tags have the unique keys that prevent duplicates."),
            _spec(
                "most_articles_get_tags",
                "The share of the newest articles that got tags is at least TAG_HEALTH_MIN_TAGGED_SHARE.",
            ),
            _spec("lag_within_limit", "No pending article has waited longer than TAG_HEALTH_LAG_SECONDS."),
            _spec("confidences_discriminate", "Confidences lie in 0..1, vary, and some pass the consumers' gates."),
        ],
        can_subset=True,
    )
    def article_tags_checks(
        context: dg.AssetCheckExecutionContext, alt_db: dg.ResourceParam[Engine]
    ) -> Iterator[dg.AssetCheckResult]:
        """Check the tags in alt-db and yield the results of the selected checks."""
        wanted = {key.name for key in context.selected_asset_check_keys}
        yield from (result for result in _results(alt_db, settings) if result.check_name in wanted)

    return article_tags_checks


article_tags_checks_job = dg.define_asset_job(
    "check_article_tags",
    selection=dg.AssetSelection.checks_for_assets(ARTICLE_TAGS),
    description="Runs the asset checks of article_tags.",
    tags=run_tags(RECAP, 300),
)


def evaluate(engine: Engine, settings: TaggingSettings) -> Iterator[dg.AssetCheckEvaluation]:
    """Evaluate the checks for a run that has materialized; only the cheap ones where the backlog takes too long."""
    for result in _results(engine, settings, _BACKLOG_SECONDS_IN_RUN):
        yield evaluation_of(result, ARTICLE_TAGS)


def _results(
    engine: Engine, settings: TaggingSettings, backlog_seconds: float | None = None
) -> list[dg.AssetCheckResult]:
    """Evaluate the checks, and hold no connection while the caller stores the results one by one."""
    backlog = health.backlog_within(engine, backlog_seconds)
    with engine.begin() as connection:
        links = health.links(connection)
        recent = health.recent_articles(connection, datetime.now(UTC).replace(tzinfo=None))
        confidences = health.confidences(connection)
    results = [_linked(links), _keys(engine), _tagged_share(recent, settings), _confidences(confidences)]
    return results if backlog is None else [_lag(backlog, settings), *results]


def _linked(found: health.Links) -> dg.AssetCheckResult:
    lacking = found.articles_with_too_few
    return dg.AssetCheckResult(
        check_name="tags_are_still_linked",
        passed=not lacking,
        severity=dg.AssetCheckSeverity.ERROR,
        description=f"Articles with fewer linked tags than were written: {len(lacking)}, such as "
        f"{', '.join(lacking[:3])}. Another program removed the links. To restore them, run `alt-pipelines retag` or "
        "backfill the days of these articles."
        if lacking
        else None,
        metadata={"tagged": found.outcomes, "with_too_few_tags": len(lacking)},
    )


def _keys(engine: Engine) -> dg.AssetCheckResult:
    try:
        check_keys(engine)
    except MissingKeyError as error:
        return dg.AssetCheckResult(check_name="unique_keys_exist", passed=False, description=str(error))
    return dg.AssetCheckResult(check_name="unique_keys_exist", passed=True)


def _tagged_share(recent: health.RecentArticles, settings: TaggingSettings) -> dg.AssetCheckResult:
    share = recent.tagged_share
    enough = recent.articles - recent.pending - recent.no_feed >= _ENOUGH_ARTICLES
    return dg.AssetCheckResult(
        check_name="most_articles_get_tags",
        passed=not enough or share is None or share >= settings.min_tagged_share,
        severity=dg.AssetCheckSeverity.WARN,
        description=None if enough else f"Too few articles to evaluate; at least {_ENOUGH_ARTICLES} are needed.",
        metadata={
            "tagged_share": "none yet" if share is None else round(share, 4),
            "minimum_share": settings.min_tagged_share,
            "tagged": recent.tagged,
            "empty": recent.empty,
            "rejected": recent.rejected,
            "failed": recent.failed,
            "no_feed": recent.no_feed,
        },
    )


def _lag(backlog: health.Backlog, settings: TaggingSettings) -> dg.AssetCheckResult:
    waiting = backlog.oldest_seconds
    return dg.AssetCheckResult(
        check_name="lag_within_limit",
        passed=waiting is None or waiting <= settings.lag_warning_seconds,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "pending": backlog.articles,
            "oldest_pending_seconds": round(waiting or 0.0, 1),
            "limit_seconds": settings.lag_warning_seconds,
        },
    )


def _confidences(found: health.Confidences) -> dg.AssetCheckResult:
    enough = found.tags >= _ENOUGH_TAGS
    varied = (found.deviation or 0.0) >= _MIN_DEVIATION and found.above_genre_gate > 0
    return dg.AssetCheckResult(
        check_name="confidences_discriminate",
        passed=found.out_of_range == 0 and (varied or not enough),
        severity=dg.AssetCheckSeverity.WARN,
        description=None if enough else f"Too few tags to evaluate; at least {_ENOUGH_TAGS} are needed.",
        metadata={
            "tags": found.tags,
            "mean": round(found.mean or 0.0, 4),
            "standard_deviation": round(found.deviation or 0.0, 4),
            "distinct_values": found.distinct,
            "at_least_0.55": found.above_graph_gate,
            "at_least_0.60": found.above_genre_gate,
            "out_of_range": found.out_of_range,
        },
    )
