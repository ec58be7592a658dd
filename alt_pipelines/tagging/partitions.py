"""The hours that articles and their tags are partitioned by, as Dagster knows them.

Hourly in UTC by articles.created_at, from TAG_PARTITIONS_START to the hour that is running now: a new article's
partition must exist while it is new. Articles from before the start belong to the first hour, those that claim to be of
the future to the newest (`hours.Calendar`). About 8 800 partitions a year; the UI is good to some ten thousand, so
after a year or more the start may be moved forward, and older articles then belong to the new first hour.
"""

import dagster as dg

from alt_pipelines.settings import Settings, TaggingSettings
from alt_pipelines.tagging.windows import KEY_FORMAT

SETTINGS = TaggingSettings.read(Settings.environment())

hourly = dg.HourlyPartitionsDefinition(
    start_date=SETTINGS.partitions_start.strftime(KEY_FORMAT), fmt=KEY_FORMAT, timezone="UTC", end_offset=1
)
