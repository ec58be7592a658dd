"""What `load_embedder` makes of the settings, with real files, and what it says when it cannot."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import structlog

from alt_pipelines.embedding import sentence_transformers as torch_backend
from alt_pipelines.embedding.cache import CachedEmbedder
from alt_pipelines.embedding.factory import (
    ENGLISH,
    MULTILINGUAL,
    load_embedder,
    load_sentence_transformer,
    verify_models,
)
from alt_pipelines.embedding.onnx import OnnxEmbedder
from alt_pipelines.embedding.protocol import Embedder, EmbeddingError, ModelFileError
from alt_pipelines.settings import EmbeddingSettings
from alt_pipelines_tests.integration.embedding.texts import ENGLISH as SENTENCES


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


def changed(settings: EmbeddingSettings, **changes: object) -> EmbeddingSettings:
    return EmbeddingSettings(**{**settings.model_dump(), **changes})


def test_by_default_both_shipped_models_serve_behind_the_cache() -> None:
    embedder = load_embedder(EmbeddingSettings())
    assert isinstance(embedder, CachedEmbedder)
    assert isinstance(embedder, Embedder)
    assert embedder.model_id == "en=all-MiniLM-L6-v2-int8,*=multilingual-e5-small-int8"
    assert (embedder.backend, embedder.dimension) == ("onnx", 384)


def test_a_named_model_serves_all_languages(settings: EmbeddingSettings) -> None:
    embedder = load_embedder(changed(settings, model_path=settings.models_dir / ENGLISH / "model.onnx"))
    assert embedder.model_id == "all-MiniLM-L6-v2-int8"
    np.testing.assert_array_equal(
        embedder.encode(["The bank raised rates."], ["ja"]), embedder.encode(["The bank raised rates."], ["en"])
    )


def test_a_folder_that_holds_the_shipped_models_may_be_named_instead(settings: EmbeddingSettings) -> None:
    assert load_embedder(changed(settings, model_path=settings.models_dir)).model_id.startswith("en=")


def test_a_foreign_model_works_without_a_manifest(
    settings: EmbeddingSettings, english: OnnxEmbedder, tmp_path: Path
) -> None:
    for name in ("model.onnx", "tokenizer.json"):
        shutil.copy(settings.models_dir / ENGLISH / name, tmp_path / name)
    foreign = load_embedder(changed(settings, model_path=tmp_path))
    assert foreign.model_id == tmp_path.name
    assert foreign.dimension == 384
    cosines = np.sum(foreign.encode(SENTENCES) * english.encode(SENTENCES), axis=1)
    assert cosines.min() > 0.999


def test_a_missing_model_without_the_extra_is_an_error_that_names_path_setting_and_remedies(
    settings: EmbeddingSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch_backend, "is_installed", lambda: False)
    with pytest.raises(ModelFileError) as error:
        load_embedder(changed(settings, model_path=tmp_path / "model.onnx"))
    for part in (
        str(tmp_path / "model.onnx"),
        "TAG_ONNX_MODEL_PATH",
        "build_models.py",
        "pip install",
        "RECAP_SUBWORKER_MODEL_ID",
    ):
        assert part in str(error.value)


def test_a_damaged_model_is_named_at_its_first_use_and_by_the_check(
    settings: EmbeddingSettings, tmp_path: Path
) -> None:
    shutil.copytree(settings.models_dir / ENGLISH, tmp_path / ENGLISH)
    shutil.copytree(settings.models_dir / MULTILINGUAL, tmp_path / MULTILINGUAL)
    model = tmp_path / ENGLISH / "model.onnx"
    model.write_bytes(model.read_bytes()[:1_000_000])
    damaged = changed(settings, models_dir=tmp_path)
    with pytest.raises(ModelFileError, match="git checkout") as error:
        load_embedder(damaged).encode(["The bank raised rates."], ["en"])
    assert str(model) in str(error.value)
    assert len(verify_models(damaged)) == 1


def test_a_damaged_tokenizer_is_named(settings: EmbeddingSettings, tmp_path: Path) -> None:
    shutil.copy(settings.models_dir / ENGLISH / "model.onnx", tmp_path)
    (tmp_path / "tokenizer.json").write_text("{")
    with pytest.raises(ModelFileError, match=r"tokenizer\.json cannot be read"):
        load_embedder(changed(settings, model_path=tmp_path)).encode(["The bank raised rates."])


def test_a_provider_that_is_not_there_is_named(settings: EmbeddingSettings) -> None:
    with pytest.raises(EmbeddingError, match=r"TAG_ONNX_RUNTIME_PROVIDERS names CUDAExecutionProvider"):
        load_embedder(changed(settings, providers=("CUDAExecutionProvider",))).encode(["a"], ["en"])


def test_distill_needs_its_model_named(settings: EmbeddingSettings) -> None:
    with pytest.raises(EmbeddingError, match="DISTILL_MODEL_ID"):
        load_embedder(changed(settings, backend="distill"))


@pytest.mark.torch
def test_a_missing_model_is_replaced_by_a_sentence_transformer_with_a_warning(
    settings: EmbeddingSettings, original_minilm: Path, tmp_path: Path
) -> None:
    with structlog.testing.capture_logs() as logs:
        embedder = load_embedder(
            changed(settings, model_path=tmp_path / "gone.onnx", sentence_transformers_model=str(original_minilm))
        )
    assert embedder.backend == "sentence-transformers"
    (warning,) = [log for log in logs if log["log_level"] == "warning"]
    assert str(tmp_path / "gone.onnx") in warning["reason"]
    np.testing.assert_allclose(np.linalg.norm(embedder.encode(["", "a"]), axis=1), [0, 1], atol=1e-5)


@pytest.mark.torch
def test_if_the_fallback_cannot_be_loaded_either_both_reasons_are_reported(
    settings: EmbeddingSettings, original_minilm: Path, tmp_path: Path
) -> None:
    with pytest.raises(ModelFileError) as error:
        load_embedder(
            changed(settings, model_path=tmp_path / "gone.onnx", sentence_transformers_model=str(tmp_path / "neither"))
        )
    assert str(tmp_path / "gone.onnx") in str(error.value)
    assert str(tmp_path / "neither") in str(error.value)


@pytest.mark.torch
@pytest.mark.parametrize(
    ("backend", "field"), [("sentence-transformers", "sentence_transformers_model"), ("distill", "distill_model")]
)
def test_the_torch_backends_run_any_folder(
    settings: EmbeddingSettings, original_minilm: Path, backend: str, field: str
) -> None:
    embedder = load_embedder(changed(settings, backend=backend, **{field: str(original_minilm)}))
    assert (embedder.backend, embedder.dimension) == ("sentence-transformers", 384)
    order = [3, 0, 2]
    np.testing.assert_allclose(
        embedder.encode([SENTENCES[i] for i in order]), embedder.encode(SENTENCES)[order], atol=1e-5
    )


@pytest.mark.torch
def test_the_int8_model_stays_close_to_the_float_model(
    settings: EmbeddingSettings, english: OnnxEmbedder, original_minilm: Path
) -> None:
    original = load_sentence_transformer(changed(settings, sentence_transformers_model=str(original_minilm)))
    cosines = np.sum(english.encode(SENTENCES) * original.encode(SENTENCES), axis=1)
    assert cosines.min() > 0.99


@pytest.mark.torch
def test_keybert_takes_the_model_of_the_torch_backend(settings: EmbeddingSettings, original_minilm: Path) -> None:
    keybert = pytest.importorskip("keybert")
    encoder = load_sentence_transformer(changed(settings, sentence_transformers_model=str(original_minilm)))
    found = keybert.KeyBERT(model=encoder.model).extract_keywords(SENTENCES[0], top_n=3)
    assert len(found) == 3
    assert {word for word, _ in found} <= set(SENTENCES[0].lower().rstrip(".").split())
