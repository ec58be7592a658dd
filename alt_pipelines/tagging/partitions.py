"""The daily partitions of `articles` and `article_tags`, in UTC by articles.created_at.

The partitions run from the day of the first article (`database.first_day`, or TAG_PARTITIONS_START) to the current day
inclusive, because a new article's partition must already exist when the article arrives. Older articles belong to the
first day, and articles dated in the future to the newest day (`windows.Calendar`). The UI handles about ten thousand
partitions, which is 27 years.
"""

from datetime import datetime

import dagster as dg

from alt_pipelines.tagging.windows import KEY_FORMAT


def daily_from(first: datetime) -> dg.DailyPartitionsDefinition:
    """Return the partitions from the day `first` (UTC) to the current day."""
    return dg.DailyPartitionsDefinition(
        start_date=first.strftime(KEY_FORMAT), fmt=KEY_FORMAT, timezone="UTC", end_offset=1
    )
