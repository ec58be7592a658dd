"""Fixtures for a Dagster instance with its own database on the tests' Postgres."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.instance import InstanceRef
from sqlalchemy import create_engine, text

from alt_pipelines.database import embedded

_INSTANCE = """
storage:
  postgres:
    postgres_url: {url}
telemetry:
  enabled: false
"""


@pytest.fixture
def dagster_url(postgres: Path) -> Iterator[str]:
    """The URL of an empty database for Dagster's storage."""
    url = embedded.url(postgres, "dagster_test")
    embedded.create_database(url)
    yield url.render_as_string(hide_password=False)
    admin = create_engine(embedded.url(postgres, "postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text('DROP DATABASE "dagster_test" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture
def instance(dagster_url: str, tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    """A Dagster instance with all storage in Postgres."""
    (tmp_path / "dagster.yaml").write_text(_INSTANCE.format(url=dagster_url))
    with dg.DagsterInstance.from_ref(InstanceRef.from_dir(str(tmp_path))) as made:
        yield made
