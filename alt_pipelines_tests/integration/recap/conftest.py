"""A platform on the test database and a Dagster instance."""

import uuid
from collections.abc import Iterator
from typing import Any

import dagster as dg
import pytest
from sqlalchemy.engine import URL, Engine

from alt_pipelines.platform import Platform
from alt_pipelines.settings import EmbeddingSettings, RecapDatabaseSettings, RecapSettings, Settings, TaggingSettings
from alt_pipelines_tests.support.dagster_instance import local_template, stored_instance

__all__ = ["local_template", "stored_instance"]


@pytest.fixture
def job_id() -> str:
    """A new job's id."""
    return str(uuid.uuid4())


@pytest.fixture
def make_platform(recap_engine: Engine, recap_database_url: URL) -> Iterator[Any]:
    """Platforms on the test database; the embedder hashes unless another backend is asked for."""
    made = []

    def make(backend: str = "hash", **recap: Any) -> Platform:
        dsn = recap_database_url.render_as_string(hide_password=False)
        settings = Settings(
            recap_db=RecapDatabaseSettings(dsn=dsn),
            embedding=EmbeddingSettings(backend=backend, allow_hash=True),
            recap=RecapSettings(**recap),
            tagging=TaggingSettings(tick_wait_seconds=0),  # a tick without work would wait
        )
        made.append(Platform(settings))
        return made[-1]

    yield make
    for platform in made:
        platform.close()


@pytest.fixture
def platform(make_platform: Any) -> Platform:
    """A platform with default limits."""
    return make_platform()


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    """A Dagster instance that lives as long as the test."""
    with dg.DagsterInstance.ephemeral() as made:
        yield made
