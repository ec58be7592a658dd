"""The definitions of tagging, made from settings: assets, checks, jobs, sensor and schedule."""

import dagster as dg

from alt_pipelines.database import first_day
from alt_pipelines.runtime.stopping import stop_watch
from alt_pipelines.settings import Settings
from alt_pipelines.tagging import assets, automation, checks


def make_defs(settings: Settings) -> dg.Definitions:
    """Return the definitions of this room. Its resources are `alt_db` and `tag_extractor`."""
    first = first_day.known(settings)
    stopping = stop_watch(settings.execution.home)
    tag_pending_articles = assets.make_tag_pending_articles(settings.tagging, first)
    return dg.Definitions(
        assets=[assets.make_articles(first), assets.make_article_tags(settings, first, checks.evaluate)],
        asset_checks=[checks.make_article_tags_checks(settings.tagging)],
        jobs=[tag_pending_articles, checks.article_tags_checks_job],
        sensors=[automation.make_pending_articles(settings.tagging, first, tag_pending_articles, stopping)],
        schedules=[automation.article_tags_checks_schedule],
    )
