"""What the tests of the tagging run share: the real extractor, and a platform on the tests' database."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from alt_pipelines.embedding.factory import load_embedder
from alt_pipelines.platform import Platform
from alt_pipelines.settings import EmbeddingSettings, PoolSettings, Settings, TaggingSettings
from alt_pipelines.tagging.extractor import TagExtractor

SETTINGS = Settings(
    pool=PoolSettings(retry_seconds=60, retry_longest_delay_seconds=1),
    tagging=TaggingSettings(tick_wait_seconds=0, linger_seconds=0, batch_limit=50),
    embedding=EmbeddingSettings(backend="hash"),
)


@pytest.fixture(scope="session")
def extractor() -> TagExtractor:
    """The real one, in front of an encoder that needs no model file."""
    return TagExtractor(SETTINGS.tagging, load_embedder(SETTINGS.embedding))


@pytest.fixture
def platform(alt_engine: Engine, extractor: TagExtractor) -> Iterator[Platform]:
    """A platform whose database is the tests' and whose extractor is already loaded."""
    platform = Platform(SETTINGS)
    platform.__dict__.update(alt_engine=alt_engine, tag_extractor=extractor)
    return platform
