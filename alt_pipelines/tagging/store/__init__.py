"""All SQL of the tagging room, one module a concern; callers import from here.

`reads` answers clients and checks, `selection` hands out the articles to tag, `claims` marks what is being worked on,
`writes` records outcomes, `probes` finds what the sensor should start a run for. Nothing here knows Dagster or tags a
text; nothing outside knows these tables.
"""

from alt_pipelines.tagging.store.reads import OutcomeCounts, TagRow, counts_by_hour, outcome_counts, tags_of_articles

__all__ = ["OutcomeCounts", "TagRow", "counts_by_hour", "outcome_counts", "tags_of_articles"]
