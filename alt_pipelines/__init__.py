"""Article tags, story clusters and a tag label graph for an RSS platform, as Dagster assets."""
