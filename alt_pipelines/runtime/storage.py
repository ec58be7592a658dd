"""Dagster's own storage for runs and events: the Postgres at DAGSTER_POSTGRES_URL, else the embedded server.

`dagster.yaml` names this class, so every Dagster process of an installation (webserver, daemon, code server, run)
creates it first. It therefore also prepares the databases of the pipelines, once per process
(`startup.prepare_databases`).
"""

import os
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from dagster import Field
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.engines import ping_less
from alt_pipelines.database.startup import prepare_databases
from alt_pipelines.runtime.daemon_lock import hold_for_dagster_dev
from alt_pipelines.runtime.dagster_internals import (
    ConfigurableClassData,
    DagsterPostgresStorage,
    InstigatorTick,
    InstigatorType,
    PostgresEventLogStorage,
    PostgresRunStorage,
    PostgresScheduleStorage,
    TickStatus,
    create_pg_engine,
)
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.runtime.store import delete_earlier_skips
from alt_pipelines.settings import Settings


class PlatformPostgresStorage(DagsterPostgresStorage):
    """Postgres storage that takes its server from this project's settings instead of from dagster.yaml.

    All storages of a process share one pool of connections, and only the first creates missing tables. Dagster creates
    an instance for every sensor tick, opens a connection for every statement and lists all tables each time. That was
    more than half of the CPU time of an idle stack. Each process queries once which tables and columns exist
    (`_Known`); these queries were a third of the statements of a genre run.
    """

    @classmethod
    def config_type(cls) -> Any:
        """One option: whether to create missing tables. The settings decide everything else."""
        return {"should_autocreate_tables": Field(bool, is_required=False, default_value=True)}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "PlatformPostgresStorage":
        """Build the storage from `dagster.yaml` and the environment.

        Raises:
            SettingsError: the environment holds invalid values.
            MissingKeyError, PendingMigrationsError: the databases of the pipelines are not ready.
            DaemonRunsError: this is `dagster dev`, and another daemon uses the database.
        """
        settings = settings_of_process()
        _prepare_once(settings)
        hold_for_dagster_dev(settings)
        url = storage_url(settings)
        is_first = (os.getpid(), url) not in _engines
        created = cls(
            url,
            should_autocreate_tables=is_first and config_value.get("should_autocreate_tables", True),
            inst_data=inst_data,
        )
        created._run_storage = _RunStorage(url, should_autocreate_tables=False)
        created._event_log_storage = _EventLogStorage(url, should_autocreate_tables=False)
        created._schedule_storage = _ScheduleStorage(url, should_autocreate_tables=False)
        share_connections(url, created._run_storage, created._event_log_storage, created._schedule_storage)
        return created


@cache
def _read(environment: frozenset[tuple[str, str]]) -> Settings:
    return Settings.from_environment(dict(environment))


def settings_of_process() -> Settings:
    """Return the settings of this process, read once.

    Dagster builds an instance for every tick, and reading takes 5 ms.

    Raises:
        SettingsError: the environment holds invalid values.
    """
    return _read(frozenset(Settings.environment().items()))


class _Known:
    """Remembers for the whole process which tables, columns and indexes of a database exist. Only a "yes" is kept."""

    _present: frozenset[tuple[str, str]] = frozenset()  # of all instances: (URL, what exists)

    postgres_url: str

    def _exists(self, what: str, ask: Callable[[], bool]) -> bool:
        if (self.postgres_url, what) in _Known._present:
            return True
        present = ask()
        if present:
            _Known._present |= {(self.postgres_url, what)}
        return present


class _RunStorage(_Known, PostgresRunStorage):
    """Dagster asks for columns before each change of a run's status."""

    def has_run_stats_index_cols(self) -> bool:
        return self._exists("columns start_time, end_time", super().has_run_stats_index_cols)

    def has_backfill_id_column(self) -> bool:
        return self._exists("column backfill_id", super().has_backfill_id_column)

    def has_built_index(self, migration_name: str) -> bool:
        ask = super().has_built_index
        return self._exists(f"run index {migration_name}", lambda: ask(migration_name))


class _EventLogStorage(_Known, PostgresEventLogStorage):
    """Dagster asks for tables and columns before most statements, some of them several times per event."""

    def has_table(self, table_name: str) -> bool:
        ask = super().has_table
        return self._exists(f"table {table_name}", lambda: ask(table_name))

    def has_secondary_index(self, name: str) -> bool:
        ask = super().has_secondary_index
        return self._exists(f"event index {name}", lambda: ask(name))

    def _has_asset_key_col_on_connection(self, conn: Connection, column_name: str) -> bool:
        ask = super()._has_asset_key_col_on_connection
        return self._exists(f"column {column_name}", lambda: ask(conn, column_name))

    def has_asset_key_col(self, column_name: str) -> bool:
        ask = super().has_asset_key_col
        return self._exists(f"column {column_name}", lambda: ask(column_name))


class _ScheduleStorage(_Known, PostgresScheduleStorage):
    """Keeps one skipped tick per sensor and minute.

    Most rows of an idle installation are ticks that skip: a sensor with a tick every five seconds writes 17 000 per
    day.
    """

    def has_instigators_table(self) -> bool:
        return self._exists("table instigators", super().has_instigators_table)

    def _has_instigators_table(self, conn: Connection) -> bool:
        ask = super()._has_instigators_table
        return self._exists("table instigators", lambda: ask(conn))

    def has_built_index(self, migration_name: str) -> bool:
        ask = super().has_built_index
        return self._exists(f"schedule index {migration_name}", lambda: ask(migration_name))

    def update_tick(self, tick: InstigatorTick) -> InstigatorTick:
        updated = super().update_tick(tick)
        if tick.status is TickStatus.SKIPPED and tick.instigator_type is InstigatorType.SENSOR:
            with self.connect() as connection:
                delete_earlier_skips(connection, tick.selector_id or "", int(tick.tick_id), tick.timestamp)
        return updated


_engines: dict[tuple[int, str], Engine] = {}
"""By process, because connections do not survive a fork, and URL."""


def share_connections(url: str, *storages: Any) -> None:
    """Have Dagster's Postgres storages use the connections of this process."""
    for storage in storages:
        storage._engine = engine_of_process(url)


def engine_of_process(url: str) -> Engine:
    """Return the engine that all storages of this process share.

    A connection is tested before use, so a restart of the server is detected there and not in the middle of a run.
    """
    key = (os.getpid(), url)
    if key not in _engines:
        _engines[key] = create_pg_engine(
            url, isolation_level="AUTOCOMMIT", pool_size=2, max_overflow=20, pool_pre_ping=True, pool_recycle=600
        )
        ping_less(_engines[key])
    return _engines[key]


_prepared = False


def _prepare_once(settings: Settings) -> None:
    global _prepared
    if not _prepared:
        prepare_databases(settings)
        _prepared = True
