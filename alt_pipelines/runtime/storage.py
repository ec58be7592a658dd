"""Dagster's own storage for runs and events: the Postgres at DAGSTER_POSTGRES_URL, else the embedded server.

`dagster.yaml` names this class, so every Dagster process of an installation (webserver, daemon, code server, run)
creates it first. It therefore also prepares the databases of the pipelines, once per process
(`startup.prepare_databases`).
"""

from collections.abc import Mapping
from typing import Any

from dagster import DagsterInstance, Field

from alt_pipelines.database.startup import prepare_databases
from alt_pipelines.runtime.dagster_internals import ConfigurableClassData, DagsterPostgresStorage, create_pg_engine
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.settings import Settings


class PlatformPostgresStorage(DagsterPostgresStorage):
    """Postgres storage that takes its server from this project's settings instead of from dagster.yaml."""

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
        """
        settings = Settings.from_environment()
        _prepare_once(settings)
        return cls(
            storage_url(settings),
            should_autocreate_tables=config_value.get("should_autocreate_tables", True),
            inst_data=inst_data,
        )


def keep_connections(instance: DagsterInstance) -> None:
    """Have an instance keep its connections open, for a process that executes many runs. Call it after the fork.

    Dagster opens a connection per statement, so that short-lived instances do not accumulate connections. That was half
    of the CPU time that Postgres spent on a genre run. Dagster's webserver keeps its connections too
    (`optimize_for_webserver`). Each connection is tested before use, so that a restarted server is noticed there and
    not in the middle of a run.
    """
    storages: tuple[Any, ...] = (instance.run_storage, instance.event_log_storage, instance.schedule_storage)
    engine = create_pg_engine(
        storages[0].postgres_url,
        isolation_level="AUTOCOMMIT",
        pool_size=1,
        max_overflow=20,
        pool_pre_ping=True,
        pool_recycle=600,
    )
    for storage in storages:
        storage._engine = engine


_prepared = False


def _prepare_once(settings: Settings) -> None:
    global _prepared
    if not _prepared:
        prepare_databases(settings)
        _prepared = True
