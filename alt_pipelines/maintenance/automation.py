"""The cleanup job `prune_dagster_storage` and its schedule."""

import dagster as dg
from sqlalchemy.engine import Engine

from alt_pipelines.maintenance import dagster_store
from alt_pipelines.maintenance.retention import clean, clean_genres, clean_orphans, clean_partitions, stale_genres
from alt_pipelines.recap.assets import CLUSTERS, EVIDENCE, genre_run_requests
from alt_pipelines.recap.genre_key import genre_of
from alt_pipelines.recap.partitions import genres
from alt_pipelines.runtime import store as execution_store
from alt_pipelines.runtime.queues import RECAP, run_tags
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.settings import Settings
from alt_pipelines.tagging.partitions import ARTICLE_TAGS, ARTICLES

_SECONDS = 240

_PARTITIONED = dagster_store.PartitionedAssets(
    by_genre=tuple(key.to_string() for key in (CLUSTERS, EVIDENCE, genre_run_requests.key)),
    by_day=tuple(key.to_string() for key in (ARTICLES, ARTICLE_TAGS)),
    genres=genres.name or "",
)


def make_prune_dagster_storage(settings: Settings) -> dg.JobDefinition:
    """Define the cleanup job, with the ages of `settings` from which rows are deleted."""
    execution = settings.execution

    @dg.op(description="Deletes old runs and events from Dagster's database, except those that partition status needs.")
    def delete_old_runs_and_events(context: dg.OpExecutionContext) -> None:
        """Delete old runs and events for at most four minutes; the next run continues."""
        days = execution.retention_days
        engine = execution_store.lease_engine(storage_url(settings), "alt-maintenance")
        without_partition = clean_partitions(engine, days, _PARTITIONED)
        cleaned = clean(engine, days, _SECONDS)
        sizes = {table: dg.MetadataValue.int(size) for table, size in dagster_store.table_sizes(engine).items()}
        counts = {name: dg.MetadataValue.int(value) for name, value in cleaned._asdict().items() if name != "finished"}
        counts["events_without_partition"] = dg.MetadataValue.int(without_partition)
        context.add_output_metadata({**counts, **{f"{table} bytes": size for table, size in sizes.items()}})
        context.log.info(f"Deleted rows older than {days} days: {cleaned}")

    @dg.op(description="Deletes documents of old requests, and partitions of genres no longer submitted.")
    def delete_old_requests_and_genres(context: dg.OpExecutionContext, recap_db: dg.ResourceParam[Engine]) -> None:
        """Remove old requests, partitions and metrics of genres, for about a minute at most; the next run continues."""
        cleaned = clean_genres(recap_db, execution.payload_retention_days, execution.genre_retention_days)
        partitions = genres.name or ""
        known = {genre_of(key): key for key in context.instance.get_dynamic_partitions(partitions)}
        stale = stale_genres(recap_db, known, execution.genre_retention_days)
        for genre in stale:
            context.instance.delete_dynamic_partition(partitions, known[genre])
        context.add_output_metadata({**cleaned._asdict(), "partitions": len(stale)})

    @dg.op(description="Deletes this project's rows whose article or genre run the platform has deleted.")
    def delete_orphans(
        context: dg.OpExecutionContext, alt_db: dg.ResourceParam[Engine], recap_db: dg.ResourceParam[Engine]
    ) -> None:
        """Delete orphaned rows for about a minute at most; the next run continues where this one stopped."""
        context.add_output_metadata(clean_orphans(alt_db, recap_db)._asdict())

    @dg.job(
        description="Deletes expired data: ALT_RETENTION_DAYS, ALT_PAYLOAD_RETENTION_DAYS, ALT_GENRE_RETENTION_DAYS.",
        tags=run_tags(RECAP, _SECONDS * 2, max_retries=0),
        executor_def=dg.in_process_executor,
    )
    def prune_dagster_storage() -> None:
        """Run three independent cleanup steps."""
        delete_old_runs_and_events()
        delete_old_requests_and_genres()
        delete_orphans()

    return prune_dagster_storage


def make_retention_schedule(job: dg.JobDefinition) -> dg.ScheduleDefinition:
    """Define the schedule of the cleanup job."""
    return dg.ScheduleDefinition(
        job=job,
        cron_schedule="23 */6 * * *",
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Deletes expired data every six hours, so that each run is short.",
    )
