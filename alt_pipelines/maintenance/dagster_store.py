"""SQL that deletes old rows from Dagster's tables, in transactions small enough not to block runs.

Dagster never deletes from `runs` and `event_logs`; instances of 130 GB have been seen. The UI and the sensors derive
state from these rows, which must stay:

    event_logs     the newest materialization and observation of each asset and existing partition; they are partition
                   status. Events of partitions that no longer exist (removed genres, hours of an earlier version) go
    runs           unfinished runs, and runs that a kept event belongs to
    asset checks   the newest row of each check in `asset_check_executions`, from which Dagster reads its state

All other rows older than the limit are deleted: transitory events (starts, ends, engine messages, logs, step events),
older materializations, and the runs themselves with their tags.

The tables are those of Dagster 1.13; the statements use only columns that its schema declares.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Engine

BATCH = 2000  # rows of event_logs per transaction; some tens of milliseconds
RUN_BATCH = 200

_ASSET_EVENTS = "('ASSET_MATERIALIZATION', 'ASSET_OBSERVATION', 'ASSET_MATERIALIZATION_PLANNED')"

_TRANSITORY = f"""
DELETE FROM event_logs WHERE id IN (
    SELECT id FROM event_logs
    WHERE id > :after AND timestamp < :before
      AND (dagster_event_type IS NULL OR dagster_event_type NOT IN {_ASSET_EVENTS})
      AND NOT EXISTS (
          SELECT 1 FROM runs WHERE runs.run_id = event_logs.run_id
          AND runs.status NOT IN ('SUCCESS', 'FAILURE', 'CANCELED'))
    ORDER BY id LIMIT :batch)
RETURNING id
"""

# An asset event is superseded by a later one of its type for the same asset and partition, and a planned
# materialization by a later materialization. Partitioned and unpartitioned events need separate look-ups, because only
# equality can use Dagster's index.
_LATER = """
EXISTS (SELECT 1 FROM event_logs later
        WHERE later.asset_key = old.asset_key AND later.dagster_event_type = {kind}
          AND later.partition = old.partition AND later.id > old.id)
OR old.partition IS NULL AND EXISTS (
        SELECT 1 FROM event_logs later
        WHERE later.asset_key = old.asset_key AND later.dagster_event_type = {kind}
          AND later.partition IS NULL AND later.id > old.id)
"""
_SUPERSEDED = f"""
DELETE FROM event_logs WHERE id IN (
    SELECT old.id FROM event_logs old
    WHERE old.id > :after AND old.timestamp < :before AND old.dagster_event_type IN {_ASSET_EVENTS}
      AND CASE old.dagster_event_type
          WHEN 'ASSET_MATERIALIZATION_PLANNED' THEN {_LATER.format(kind="'ASSET_MATERIALIZATION'")}
          ELSE {_LATER.format(kind="old.dagster_event_type")} END
    ORDER BY old.id LIMIT :batch)
RETURNING id
"""

_WITHOUT_PARTITION = """
DELETE FROM event_logs WHERE id IN (
    SELECT id FROM event_logs
    WHERE id > :after AND timestamp < :before AND partition IS NOT NULL
      AND (asset_key = ANY(:by_genre) AND NOT EXISTS (
              SELECT 1 FROM dynamic_partitions known
              WHERE known.partitions_def_name = :genres AND known.partition = event_logs.partition)
          OR asset_key = ANY(:by_day) AND partition !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')
    ORDER BY id LIMIT :batch)
RETURNING id
"""

_ORPHANED_EVENT_TAGS = """
DELETE FROM asset_event_tags WHERE id IN (
    SELECT t.id FROM asset_event_tags t
    WHERE t.event_timestamp < :before AND NOT EXISTS (SELECT 1 FROM event_logs e WHERE e.id = t.event_id)
    LIMIT :batch)
RETURNING id
"""

_OLD_CHECKS = """
DELETE FROM asset_check_executions WHERE id IN (
    SELECT old.id FROM asset_check_executions old
    WHERE old.create_timestamp < :before AND EXISTS (
        SELECT 1 FROM asset_check_executions newer
        WHERE newer.asset_key = old.asset_key AND newer.check_name = old.check_name AND newer.id > old.id)
    LIMIT :batch)
RETURNING id
"""

_OLD_RUNS = """
DELETE FROM runs WHERE id IN (
    SELECT id FROM runs
    WHERE update_timestamp < :before AND status IN ('SUCCESS', 'FAILURE', 'CANCELED')
      AND NOT EXISTS (SELECT 1 FROM event_logs WHERE event_logs.run_id = runs.run_id)
    LIMIT :batch)
RETURNING id
"""


def delete_transitory_events(engine: Engine, before: datetime, after: int = 0, batch: int = BATCH) -> tuple[int, int]:
    """Delete one batch of transitory events, oldest first. Returns (number deleted, last id)."""
    return _delete(engine, _TRANSITORY, before, after, batch)


def delete_superseded_events(engine: Engine, before: datetime, after: int = 0, batch: int = BATCH) -> tuple[int, int]:
    """Delete one batch of superseded asset events, oldest first. Returns (number deleted, last id)."""
    return _delete(engine, _SUPERSEDED, before, after, batch)


class PartitionedAssets(NamedTuple):
    """Keys of the assets by genre and by day, as Dagster stores them, and the name of the genres' partitions."""

    by_genre: tuple[str, ...]
    by_day: tuple[str, ...]
    genres: str


def delete_events_without_partition(
    engine: Engine, before: datetime, assets: PartitionedAssets, after: int = 0, batch: int = BATCH
) -> tuple[int, int]:
    """Delete one batch of events whose partition no longer exists, oldest first. Returns (number deleted, last id)."""
    named = {"by_genre": list(assets.by_genre), "by_day": list(assets.by_day), "genres": assets.genres}
    return _delete(engine, _WITHOUT_PARTITION, before, after, batch, named)


def delete_event_tags(engine: Engine, before: datetime, batch: int = BATCH) -> int:
    """Delete one batch of tags of deleted events. Returns the number deleted."""
    return _delete(engine, _ORPHANED_EVENT_TAGS, before, None, batch)[0]


def delete_check_executions(engine: Engine, before: datetime, batch: int = BATCH) -> int:
    """Delete one batch of check executions that have a newer one. Returns the number deleted."""
    return _delete(engine, _OLD_CHECKS, before, None, batch)[0]


def delete_runs(engine: Engine, before: datetime, batch: int = RUN_BATCH) -> int:
    """Delete one batch of finished runs without events. Returns the number deleted."""
    return _delete(engine, _OLD_RUNS, before, None, batch)[0]


def table_sizes(engine: Engine) -> dict[str, int]:
    """Return the size in bytes of each growing Dagster table, indexes included."""
    tables = ("event_logs", "runs", "run_tags", "job_ticks", "asset_check_executions", "asset_event_tags")
    with engine.connect() as connection:
        return {
            table: int(connection.execute(text("SELECT pg_total_relation_size(:table)"), {"table": table}).scalar_one())
            for table in tables
        }


def _delete(
    engine: Engine,
    statement: str,
    before: datetime,
    after: int | None,
    batch: int,
    named: Mapping[str, object] | None = None,
) -> tuple[int, int]:
    parameters = {"before": before, "batch": batch, **(named or {})} | ({} if after is None else {"after": after})
    with engine.begin() as connection:
        ids = connection.execute(text(statement), parameters).scalars().all()
    return len(ids), max(ids, default=after or 0)
