"""Dagster's own storage: the Postgres that DAGSTER_POSTGRES_URL names, else a database of the embedded server.

`dagster.yaml` names this class, so every Dagster process of an installation (webserver, daemon, code server, run)
passes through it before it does anything else. It therefore also makes sure, once per process, that the databases the
work needs are ready (`startup.prepare_databases`).

Here: where Dagster keeps its runs and events. Not here: articles and recap runs (`alt_pipelines.database`).
"""

from collections.abc import Mapping
from typing import Any

from dagster import DagsterInstance, Field

from alt_pipelines.database.engines import dagster_url
from alt_pipelines.runtime.dagster_internals import ConfigurableClassData, DagsterPostgresStorage, create_pg_engine
from alt_pipelines.settings import Settings
from alt_pipelines.stack.startup import prepare_databases

# Dagster opens a connection for every event and retries connecting, not statements. Without these a vanished server
# holds a process for as long as the kernel likes; with them it is noticed within 30 s.
_CONNECTION = {
    "connect_timeout": "5",
    "keepalives": "1",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}


class PlatformPostgresStorage(DagsterPostgresStorage):
    """Postgres storage that finds its server by this project's settings instead of by configuration."""

    @classmethod
    def config_type(cls) -> Any:
        """Only whether tables are created when missing; everything else is in the settings."""
        return {"should_autocreate_tables": Field(bool, is_required=False, default_value=True)}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "PlatformPostgresStorage":
        """Build the storage from `dagster.yaml` and the environment.

        Raises:
            SettingsError: the environment holds values that cannot be used.
            MissingKeyError, PendingMigrationsError: the databases of the work are not ready for it.
        """
        settings = Settings.from_environment()
        _prepare_once(settings)
        return cls(
            storage_url(settings),
            should_autocreate_tables=config_value.get("should_autocreate_tables", True),
            inst_data=inst_data,
        )


def keep_connections(instance: DagsterInstance) -> None:
    """Let an instance keep its connections open: for a process that executes run after run.

    Dagster connects anew for each statement, lest short-lived instances pile up connections; that was half of the CPU
    time that Postgres spent on a genre run. Its webserver keeps them too (`optimize_for_webserver`). A connection is
    tried before each use, so that a restarted server is noticed there and not in the middle of a run. To be called
    after the fork.
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


def storage_url(settings: Settings) -> str:
    """The DSN of Dagster's storage, with time-outs unless it names its own; starts the embedded server if need be."""
    url = dagster_url(settings)
    options = {"application_name": "dagster", **_CONNECTION}
    missing = {name: value for name, value in options.items() if name not in url.query}
    return url.update_query_dict(missing).render_as_string(hide_password=False)


_prepared = False


def _prepare_once(settings: Settings) -> None:
    global _prepared
    if not _prepared:
        prepare_databases(settings)
        _prepared = True
