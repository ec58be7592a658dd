"""What the tests of the tagging run share: the real extractor, and a platform on the tests' database."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from sqlalchemy.engine import Engine

from alt_pipelines.embedding.factory import load_embedder
from alt_pipelines.platform import Platform
from alt_pipelines.settings import EmbeddingSettings, ExecutionSettings, PoolSettings, Settings, TaggingSettings
from alt_pipelines.tagging.definitions import make_defs
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines_tests.support.definitions import sensor_of

FIRST_DAY = datetime(2026, 1, 1)
SETTINGS = Settings(
    pool=PoolSettings(retry_seconds=60, retry_longest_delay_seconds=1),
    tagging=TaggingSettings(tick_wait_seconds=0, linger_seconds=0, batch_limit=50, partitions_start=FIRST_DAY),
    embedding=EmbeddingSettings(backend="hash", allow_hash=True),
)


@pytest.fixture(scope="session")
def extractor() -> TagExtractor:
    """The real one, in front of an encoder that needs no model file."""
    return TagExtractor(SETTINGS.tagging, load_embedder(SETTINGS.embedding))


@pytest.fixture
def platform(alt_engine: Engine, extractor: TagExtractor) -> Iterator[Platform]:
    """A platform whose database is the tests' and whose extractor is already loaded."""
    platform = Platform(SETTINGS)
    platform.__dict__.update(alt_engine=alt_engine, tag_extractor=extractor, isolated_extractor=extractor)
    return platform


class Sensor:
    """The sensor with its cursor kept between ticks, as the daemon keeps it."""

    def __init__(self, instance: dg.DagsterInstance, platform: Platform) -> None:
        self.instance, self.platform = instance, platform
        self.home = Path(instance.root_directory)  # of these tests, whatever a stack does in the project's folder
        self.cursor: str | None = None
        self.use()

    def tick(self) -> dg.SensorResult:
        context = dg.build_sensor_context(
            instance=self.instance, cursor=self.cursor, resources={"alt_db": self.platform.alt_engine}
        )
        result = self.sensor(context)
        assert isinstance(result, dg.SensorResult)
        self.cursor = result.cursor
        return result

    def requested(self) -> dict[str, Any]:
        """The tick's one run request as its configuration."""
        result = self.tick()
        assert result.run_requests, result.skip_reason
        (request,) = result.run_requests
        assert request.run_key is None
        return {**request.run_config["ops"]["article_tags"]["config"], "partition": request.partition_key}

    def skipped(self) -> str:
        """The tick's reason for doing nothing."""
        result = self.tick()
        assert not result.run_requests
        assert result.skip_reason is not None
        return result.skip_reason.skip_message or ""

    @property
    def place(self) -> dict[str, Any]:
        return json.loads(self.cursor or "{}")

    def use(self, **changes: object) -> None:
        """Go on with other settings."""
        tagging = TaggingSettings(**{**SETTINGS.tagging.model_dump(), **changes})
        settings = SETTINGS.model_copy(update={"tagging": tagging, "execution": ExecutionSettings(home=self.home)})
        self.sensor = sensor_of(make_defs(settings), "pending_articles")


@pytest.fixture
def sensor(platform: Platform) -> Iterator[Sensor]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield Sensor(instance, platform)
