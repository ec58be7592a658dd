"""The days that articles and their tags are partitioned by, as Dagster knows them.

Daily in UTC by articles.created_at, from the day of the first article (`database.first_day`, or TAG_PARTITIONS_START)
to the day that is running now: a new article's partition must exist while it is new. Articles from before the first day
belong to it, those that claim to be of the future to the newest (`windows.Calendar`). The UI is good to some ten
thousand partitions, which are twenty-seven years.
"""

import dagster as dg

from alt_pipelines.database import first_day
from alt_pipelines.settings import Settings
from alt_pipelines.tagging.windows import KEY_FORMAT

_SETTINGS = Settings.from_environment()
SETTINGS = _SETTINGS.tagging

daily = dg.DailyPartitionsDefinition(
    start_date=first_day.known(_SETTINGS).strftime(KEY_FORMAT), fmt=KEY_FORMAT, timezone="UTC", end_offset=1
)
