"""Phrases in their context, by the shipped multilingual model."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from alt_pipelines.embedding.contexts import PARTS, contexts, reader_of
from alt_pipelines.embedding.factory import ENGLISH as ENGLISH_MODEL
from alt_pipelines.embedding.factory import load_embedder
from alt_pipelines.embedding.onnx import OnnxEmbedder
from alt_pipelines.embedding.protocol import ModelFileError
from alt_pipelines.settings import EmbeddingSettings
from alt_pipelines_tests.integration.embedding.test_onnx_models import STRANGE
from alt_pipelines_tests.integration.embedding.texts import ENGLISH, JAPANESE


def test_the_multilingual_model_of_the_configured_encoder_reads_contexts(english: OnnxEmbedder) -> None:
    assert reader_of(load_embedder(EmbeddingSettings())) is not None
    assert reader_of(english) is None


def test_phrases_are_found_in_any_case_and_script(multilingual: OnnxEmbedder) -> None:
    texts = ["DIE STRAßENBAHN FÄHRT NACH İZMİR.", "全固体電池の量産を始める。", "قطار الرياض يبدأ التشغيل"]
    phrases = [["Straßenbahn", "İzmir", "Zug"], ["全固体電池", "量産"], ["قطار الرياض"]]
    missing = [vectors[:, 0].tolist() for vectors in contexts(multilingual, texts, phrases)]
    assert missing == [[0, 0, 1], [0, 0], [0]]


def test_the_same_words_have_another_vector_in_another_place(multilingual: OnnxEmbedder) -> None:
    texts = ["The strike closed the port.", "Bolts strike the port tower.", "The strike closed the port."]
    one, other, again = (v[0, 1:] for v in contexts(multilingual, texts, [["strike"]] * 3))
    np.testing.assert_allclose(one, again, rtol=0, atol=1e-5)
    assert one @ other / np.linalg.norm(one) / np.linalg.norm(other) < 0.9


def test_a_phrase_does_not_depend_on_the_others(multilingual: OnnxEmbedder) -> None:
    text = " ".join(ENGLISH)
    words = text.split()[:3]
    (together,) = contexts(multilingual, [text], [words])
    assert together.shape == (3, 1 + PARTS * multilingual.dimension)
    for word, row in zip(words, together, strict=True):
        np.testing.assert_allclose(contexts(multilingual, [text], [[word]])[0][0], row, rtol=0, atol=1e-5)


def test_reading_phrases_leaves_the_vectors_of_texts_as_they_are(multilingual: OnnxEmbedder) -> None:
    before = multilingual.encode(JAPANESE)
    contexts(multilingual, JAPANESE, [[text[:2]] for text in JAPANESE])
    assert multilingual.encode(JAPANESE).tobytes() == before.tobytes()
    tokens = multilingual.pieces(JAPANESE[0])
    (states,) = multilingual.phrase_states([tokens.ids])
    assert states.shape == (len(tokens.ids), multilingual.dimension)


def test_strange_texts_have_vectors(multilingual: OnnxEmbedder) -> None:
    found = contexts(multilingual, list(STRANGE.values()), [[text[:20], "経済"] for text in STRANGE.values()])
    assert all(np.isfinite(vectors).all() for vectors in found)


def test_windows_side_by_side_give_the_same_bytes(settings: EmbeddingSettings, multilingual: OnnxEmbedder) -> None:
    texts, phrases = [" ".join(ENGLISH * 5), *JAPANESE], [["bank"]] + [[text[:2]] for text in JAPANESE]
    one, several = (
        OnnxEmbedder(multilingual.folder.model, settings.model_copy(update={"inter_op_threads": threads}))
        for threads in (1, 3)
    )
    expected = [vectors.tobytes() for vectors in contexts(one, texts, phrases)]
    assert [vectors.tobytes() for vectors in contexts(several, texts, phrases)] == expected


@pytest.fixture
def promised(tmp_path: Path, settings: EmbeddingSettings) -> Path:
    """A model without phrase layers, with a manifest that promises them."""
    shipped = settings.models_dir / ENGLISH_MODEL
    for name in ("model.onnx", "tokenizer.json"):
        shutil.copy(shipped / name, tmp_path)
    manifest = json.loads((shipped / "manifest.json").read_text("utf-8"))
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, "phrase_layers": "0123456789abcdef"}))
    return tmp_path


def test_a_model_without_the_phrase_layers_of_its_manifest_is_named_with_a_remedy(
    promised: Path, settings: EmbeddingSettings, multilingual: OnnxEmbedder
) -> None:
    """Its vectors of whole texts are good, so only the contexts of phrases fail."""
    shutil.copy(multilingual.folder.tokenizer, promised)
    old = OnnxEmbedder(promised, settings)
    with pytest.raises(ModelFileError, match=r"model\.onnx has no input for_phrases.*git checkout"):
        contexts(old, JAPANESE, [[text[:2]] for text in JAPANESE])


def test_a_tokenizer_without_offsets_is_named_with_a_remedy(promised: Path, settings: EmbeddingSettings) -> None:
    old = OnnxEmbedder(promised, settings)
    with pytest.raises(ModelFileError, match=r"tokenizer\.json is not the Unigram tokenizer.*git checkout"):
        contexts(old, ["The strike closed the port."], [["strike"]])
    assert old.encode(["The strike closed the port."]).shape == (1, 384)
