"""All SQL of the tagging room, one module a concern; callers import from here.

`reads` answers clients and checks, `selection` hands out the articles to tag, `claims` marks what is being worked on,
`writes` records outcomes (with the statements in `upserts`, the values in `results`), `probes` finds what the sensor
should start a run for. Nothing here knows Dagster or tags a text; nothing outside knows these tables.
"""

from alt_pipelines.tagging.store.occasions import once_per
from alt_pipelines.tagging.store.reads import OutcomeCounts, TagRow, counts_by_day, outcome_counts, tags_of_articles
from alt_pipelines.tagging.store.results import ArticleResult
from alt_pipelines.tagging.store.writes import WriteReport, write_batch, write_batch_in

__all__ = [
    "ArticleResult",
    "OutcomeCounts",
    "TagRow",
    "WriteReport",
    "counts_by_day",
    "once_per",
    "outcome_counts",
    "tags_of_articles",
    "write_batch",
    "write_batch_in",
]
