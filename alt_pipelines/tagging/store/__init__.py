"""All SQL of tagging, one module per concern.

`reads` serves clients and checks, `selection` selects the articles to tag, `claims` marks articles in progress,
`writes` records outcomes (its statements are in `upserts`, its values in `results`), and `probes` finds the days that
the sensor starts runs for.

Scope: every statement on the tagging tables. Out of scope: Dagster, and the extraction of tags.
"""

from alt_pipelines.tagging.store.reads import OutcomeCounts, counts_by_day, outcome_counts
from alt_pipelines.tagging.store.results import ArticleResult
from alt_pipelines.tagging.store.writes import WriteReport, write_batch, write_batch_in

__all__ = [
    "ArticleResult",
    "OutcomeCounts",
    "WriteReport",
    "counts_by_day",
    "outcome_counts",
    "write_batch",
    "write_batch_in",
]
