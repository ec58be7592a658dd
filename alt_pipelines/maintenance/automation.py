"""The cleanup job `prune_dagster_storage` and its schedule."""

import dagster as dg

from alt_pipelines.maintenance import store
from alt_pipelines.maintenance.retention import clean, clean_genres, clean_orphans, stale_genres
from alt_pipelines.platform import Platform
from alt_pipelines.recap.genre_key import genre_of
from alt_pipelines.recap.partitions import genres
from alt_pipelines.runtime import store as execution_store
from alt_pipelines.runtime.queues import TAGGING, run_tags
from alt_pipelines.runtime.storage import storage_url

_SECONDS = 240


@dg.op(description="Deletes old runs and events from Dagster's database, keeping what partition status needs.")
def delete_old_runs_and_events(context: dg.OpExecutionContext, platform: dg.ResourceParam[Platform]) -> None:
    """Delete old runs and events for at most four minutes; the next run continues."""
    days = platform.settings.execution.retention_days
    engine = execution_store.lease_engine(storage_url(platform.settings), "alt-maintenance")
    cleaned = clean(engine, days, _SECONDS)
    sizes = {table: dg.MetadataValue.int(size) for table, size in store.table_sizes(engine).items()}
    counts = {name: dg.MetadataValue.int(value) for name, value in cleaned._asdict().items() if name != "finished"}
    context.add_output_metadata({**counts, **{f"{table} bytes": size for table, size in sizes.items()}})
    context.log.info(f"older than {days} days: {cleaned}")


@dg.op(description="Removes documents of old requests, and partitions and metrics of genres that no longer come.")
def delete_old_requests_and_genres(context: dg.OpExecutionContext, platform: dg.ResourceParam[Platform]) -> None:
    """Remove old requests, partitions and metrics of genres, for about a minute at most; the next run continues."""
    execution, engine = platform.settings.execution, platform.recap_engine
    cleaned = clean_genres(engine, execution.payload_retention_days, execution.genre_retention_days)
    partitions = genres.name or ""
    known = {genre_of(key): key for key in context.instance.get_dynamic_partitions(partitions)}
    stale = stale_genres(engine, known, execution.genre_retention_days)
    for genre in stale:
        context.instance.delete_dynamic_partition(partitions, known[genre])
    context.add_output_metadata({**cleaned._asdict(), "partitions": len(stale)})


@dg.op(description="Deletes rows of ours whose article or genre run the platform has deleted.")
def delete_orphans(context: dg.OpExecutionContext, platform: dg.ResourceParam[Platform]) -> None:
    """Delete orphaned rows for about a minute at most; the next run continues where this one stopped."""
    context.add_output_metadata(clean_orphans(platform.alt_engine, platform.recap_engine)._asdict())


@dg.job(
    description="Keeps the databases small (ALT_RETENTION_DAYS, ALT_PAYLOAD_RETENTION_DAYS, ALT_GENRE_RETENTION_DAYS).",
    tags=run_tags(TAGGING, _SECONDS * 2, max_retries=0),
    executor_def=dg.in_process_executor,
)
def prune_dagster_storage() -> None:
    """Run three independent cleanup steps."""
    delete_old_runs_and_events()
    delete_old_requests_and_genres()
    delete_orphans()


retention_schedule = dg.ScheduleDefinition(
    job=prune_dagster_storage,
    cron_schedule="23 */6 * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Four times a day, so that no single time has much to do.",
)
