"""The assets `articles` and `article_tags`: their keys, and their daily partitions in UTC by articles.created_at.

The partitions run from the day of the first article (`database.first_day`, or TAG_PARTITIONS_START) to the current day
inclusive, because a new article's partition must already exist when the article arrives. Older articles belong to the
first day, and articles dated in the future to the newest day (`windows.Calendar`). The UI handles about ten thousand
partitions, which is 27 years.
"""

from collections.abc import Sequence
from datetime import datetime

import dagster as dg

from alt_pipelines.tagging.windows import KEY_FORMAT, Calendar, day_from, key_of

ARTICLES = dg.AssetKey("articles")
ARTICLE_TAGS = dg.AssetKey("article_tags")


def daily_from(first: datetime) -> dg.DailyPartitionsDefinition:
    """Return the partitions from the day `first` (UTC) to the current day."""
    return dg.DailyPartitionsDefinition(
        start_date=first.strftime(KEY_FORMAT), fmt=KEY_FORMAT, timezone="UTC", end_offset=1
    )


def days_of(keys: Sequence[str], first: datetime) -> list[datetime]:
    """Return the days of partition keys, sorted.

    Raises:
        dg.Failure: a key is not a valid day or has no partition; the message gives the remedy.
    """
    try:
        days = sorted({day_from(key) for key in keys})
    except ValueError as error:
        raise dg.Failure(f"days: {error}", allow_retries=False) from None
    calendar = Calendar.at(first)
    if days[0] < calendar.first:
        raise dg.Failure(
            f"{key_of(days[0])} is before the first partition, {key_of(calendar.first)}. All older articles belong to "
            "that partition; materialize it, or set TAG_PARTITIONS_START to begin earlier.",
            allow_retries=False,
        )
    if days[-1] > calendar.newest:
        raise dg.Failure(
            f"{key_of(days[-1])} has not begun; the newest day is {key_of(calendar.newest)} (UTC). Articles dated in "
            "the future belong to that day; materialize it.",
            allow_retries=False,
        )
    return days
