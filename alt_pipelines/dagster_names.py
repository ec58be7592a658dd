"""Names by which several rooms find the same thing in Dagster: jobs, partitions, and tags of runs.

Dagster's list of runs shows every tag but those that begin with `dagster/`, which "View all tags" shows. The names
of our tags that are too long for the list or concern no person begin with it.

This module does not import Dagster, so the adapter, the alerts and the doctor can use it too. Names that only the runs'
queues concern are in `runtime.queues`.
"""

TAGGING_JOB = "tag_pending_articles"
"""The job of `article_tags` that the tagging sensor starts."""
GENRE_JOB = "cluster_genre"
"""The job of one genre run."""
GRAPH_JOB = "build_tag_label_graph"
LEARNING_JOB = "learn_genre_thresholds"

GENRE_PARTITIONS = "genre"
"""The dynamic partitions of clusters and evidence."""

PARTITION_TAG = "dagster/partition"
RANGE_START_TAG = "dagster/asset_partition_range_start"
RANGE_END_TAG = "dagster/asset_partition_range_end"

RUN_TAG = "alt/recap_run_id"
"""Tag of a Dagster run; its value is the id of the genre run (a row) that it was launched for."""
JOB_ID_TAG = "dagster/alt_recap_job_id"
"""Tag of the same Dagster run; its value is the recap job of the genre run, by which the UI finds all runs of a job."""
