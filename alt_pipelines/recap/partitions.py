"""The partitions of clusters and evidence: one per genre, added when a genre is first submitted.

A dynamic partition costs one row, and there are a few dozen genres. Keys are genres escaped by `genre_key`.
"""

import dagster as dg

from alt_pipelines.dagster_names import GENRE_PARTITIONS

genres = dg.DynamicPartitionsDefinition(name=GENRE_PARTITIONS)
