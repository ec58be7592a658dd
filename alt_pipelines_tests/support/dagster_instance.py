"""Fixtures for Dagster instances: one on the tests' Postgres, one in a folder.

Dagster creates its tables once per session, and each test gets a copy, which takes a quarter of the time. Connections
stay open, as in a worker: a connection per statement is most of the time of a test that writes many events.
"""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.instance import InstanceRef
from dagster._core.loader import LoadingContextForTest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from alt_pipelines.database import embedded
from alt_pipelines.runtime.storage import share_connections

_INSTANCE = """
storage:
  postgres:
    postgres_url: {url}
telemetry:
  enabled: false
"""


@pytest.fixture(scope="session")
def dagster_template(postgres: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with Dagster's tables and no rows."""
    url = embedded.url(postgres, "dagster_template")
    embedded.create_database(url)
    with instance_on(url.render_as_string(hide_password=False), tmp_path_factory.mktemp("dagster")) as made:
        assert made.get_runs_count() == 0
    return "dagster_template"


@pytest.fixture
def dagster_url(postgres: Path, dagster_template: str) -> Iterator[str]:
    """The URL of a database for Dagster's storage, with tables and no rows."""
    url, admin = embedded.url(postgres, "dagster_test"), embedded.url(postgres, "postgres")
    _execute(admin, f'CREATE DATABASE "dagster_test" TEMPLATE "{dagster_template}"')
    yield url.render_as_string(hide_password=False)
    _execute(admin, 'DROP DATABASE "dagster_test" WITH (FORCE)')


@pytest.fixture
def instance(dagster_url: str, tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    """A Dagster instance with all storage in Postgres."""
    with instance_on(dagster_url, tmp_path) as made:
        share_connections(dagster_url, made.run_storage, made.event_log_storage, made.schedule_storage)
        yield made


@pytest.fixture(scope="session")
def local_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a Dagster instance without runs."""
    folder = tmp_path_factory.mktemp("local") / "instance"
    folder.mkdir()
    with dg.DagsterInstance.local_temp(str(folder)) as made:
        assert made.get_runs_count() == 0
    return folder


@pytest.fixture
def stored_instance(local_template: Path, tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    """A Dagster instance in a folder, for sensors and for several processes."""
    shutil.copytree(local_template, tmp_path, dirs_exist_ok=True)
    with dg.DagsterInstance.local_temp(str(tmp_path)) as made:
        yield made


def instance_on(url: str, folder: Path) -> dg.DagsterInstance:
    """Create a Dagster instance with all storage in the Postgres at a URL."""
    (folder / "dagster.yaml").write_text(_INSTANCE.format(url=url))
    return dg.DagsterInstance.from_ref(InstanceRef.from_dir(str(folder)))


def _execute(url: URL, statement: str) -> None:
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(statement))
    admin.dispose()


def checks_shown(instance: dg.DagsterInstance, *keys: dg.AssetCheckKey) -> set[str]:
    """Return the names of the checks that the UI shows as evaluated: those that judge the newest materialization."""
    records = instance.event_log_storage.get_latest_asset_check_execution_by_key(keys)

    async def shown() -> set[str]:
        context = LoadingContextForTest(instance)  # belongs to one event loop
        return {key.name for key, record in records.items() if await record.targets_latest_materialization(context)}

    return asyncio.run(shown())
