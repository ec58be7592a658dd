"""An installation to examine, and the same instance on Postgres as the tests of execution use."""

from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from alt_pipelines_tests.support.dagster_instance import dagster_template, dagster_url, instance
from alt_pipelines_tests.support.named_databases import named_databases

__all__ = ["dagster_template", "dagster_url", "instance", "variables"]


@pytest.fixture
def variables(alt_database_url: URL, recap_database_url: URL, dagster_url: str, tmp_path: Path) -> dict[str, str]:
    """An installation whose databases are there, and nothing else."""
    return {
        "ALT_PIPELINES_HOME": str(tmp_path / "home"),
        **named_databases(alt_database_url, recap_database_url),
        "DAGSTER_POSTGRES_URL": dagster_url,
        "DAGSTER_WEBSERVER_URL": "http://127.0.0.1:9",
        "PORT": "9",
    }
