"""What the two shipped models promise."""

from collections.abc import Callable

import numpy as np
import pytest

from alt_pipelines.embedding import onnx
from alt_pipelines.embedding.factory import load_embedder, verify_models
from alt_pipelines.embedding.onnx import OnnxEmbedder
from alt_pipelines.embedding.protocol import Embedder, Vectors
from alt_pipelines.settings import EmbeddingSettings
from alt_pipelines_tests.integration.embedding.texts import ENGLISH, JAPANESE

STRANGE = {
    "empty": "",
    "white space": " \n\t\u3000",
    "NUL": "\x00\x00",
    "NUL in a word": "in\x00terest",
    "emoji": "🎉🎉👩‍👩‍👧‍👦",
    "zero width": "\u200b\u200d\ufeff",
    "numbers": "12345 67,8",
    "punctuation": "…!?—",
    "right to left": "أعلنت الحكومة \u202eعن إجراءات",
    "lone surrogate": "broken \ud800 text",
    "one long word": "x" * 100_000,
    "no spaces": "経済" * 50_000,
    "combining": "e" + "\u0301" * 1000,
    "markup": "<b>&amp;</b>" * 1000,
}
BLANK = {"empty", "white space", "NUL", "zero width"}


@pytest.fixture(params=["english", "multilingual"])
def embedder(request: pytest.FixtureRequest) -> OnnxEmbedder:
    found: OnnxEmbedder = request.getfixturevalue(request.param)
    return found


def alone(embedder: Embedder, texts: list[str]) -> Vectors:
    return np.concatenate([embedder.encode([text]) for text in texts])


def test_padding_and_neighbours_leave_a_vector_as_it_is(embedder: OnnxEmbedder) -> None:
    """Fails for a model with one activation scale per batch, as onnxruntime's dynamic quantisation makes (0.98)."""
    texts = ENGLISH + JAPANESE
    cosines = np.sum(embedder.encode(texts) * alone(embedder, texts), axis=1)
    assert cosines.min() > 0.9999


def test_the_faster_products_give_the_same_vectors(embedder: OnnxEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a processor without VNNI instructions both sessions are the same."""
    texts = ENGLISH + JAPANESE
    found = embedder.encode(texts)
    monkeypatch.setattr(onnx, "exact_products", lambda: False)
    exact = OnnxEmbedder(embedder.folder.model, EmbeddingSettings()).encode(texts)
    assert np.abs(found - exact).max() < 1e-6


def test_rows_keep_the_order_of_the_texts(embedder: OnnxEmbedder) -> None:
    texts = ENGLISH + JAPANESE
    shuffled = np.random.default_rng(0).permutation(len(texts))
    there = embedder.encode([texts[i] for i in shuffled])
    assert (there @ embedder.encode(texts).T).argmax(axis=1).tolist() == shuffled.tolist()


def test_the_same_call_gives_the_same_bytes(embedder: OnnxEmbedder) -> None:
    assert embedder.encode(ENGLISH).tobytes() == embedder.encode(ENGLISH).tobytes()


def test_batches_side_by_side_give_the_same_bytes(settings: EmbeddingSettings, english: OnnxEmbedder) -> None:
    parallel = OnnxEmbedder(english.folder.model, settings.model_copy(update={"inter_op_threads": 3}))
    assert parallel.encode(ENGLISH * 30).tobytes() == english.encode(ENGLISH * 30).tobytes()


@pytest.mark.parametrize("name", STRANGE)
def test_strange_text_gets_a_unit_vector_and_blank_text_zeros(embedder: OnnxEmbedder, name: str) -> None:
    vectors = embedder.encode([ENGLISH[0], STRANGE[name], ENGLISH[1]])
    expected = 0.0 if name in BLANK else 1.0
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, expected, 1], atol=1e-5)
    np.testing.assert_allclose(vectors[[0, 2]], embedder.encode(ENGLISH[:2]), atol=1e-3)


def test_a_text_is_read_up_to_the_window_and_no_further(embedder: OnnxEmbedder) -> None:
    text = " ".join(ENGLISH * 200)
    assert len(text) > 100_000
    cut, whole = embedder.encode([text[:6000], text])
    assert cut @ whole > 0.9999


def test_no_texts_give_an_array_of_no_rows(embedder: OnnxEmbedder) -> None:
    assert embedder.encode([]).shape == (0, 384)


def neighbours(embedder: Callable[[list[str]], Vectors], texts: list[str]) -> list[int]:
    vectors = embedder(texts)
    similarity = vectors @ vectors.T
    np.fill_diagonal(similarity, -1)
    found: list[int] = similarity.argmax(axis=1).tolist()
    return found


def test_the_nearest_japanese_sentence_tells_of_the_same_thing(settings: EmbeddingSettings) -> None:
    embedder = load_embedder(settings)
    found = neighbours(lambda texts: embedder.encode(texts, ["ja"] * len(texts)), JAPANESE)
    assert found == [1, 0, 3, 2, 5, 4, 7, 6, 9, 8]


def test_the_nearest_english_sentence_tells_of_the_same_thing(settings: EmbeddingSettings) -> None:
    embedder = load_embedder(settings)
    found = neighbours(lambda texts: embedder.encode(texts, ["en"] * len(texts)), ENGLISH[:8])
    assert found == [1, 0, 3, 2, 5, 4, 7, 6]


def test_other_scripts_are_read_by_the_multilingual_model(settings: EmbeddingSettings) -> None:
    """Fails for a vocabulary pruned to Latin and Japanese: unknown pieces make unlike texts alike."""
    texts = [
        "Правительство объявило о новых мерах поддержки экономики.",
        "В финале чемпионата победила команда хозяев.",
        "정부는 새로운 경제 대책을 발표했다.",
        "결승전에서 개최국이 연장 끝에 우승했다.",
        "أعلنت الحكومة عن إجراءات اقتصادية جديدة.",
        "فاز المنتخب المضيف في المباراة النهائية.",
    ]
    languages = ["ru", "ru", "ko", "ko", "ar", "ar"]
    vectors = load_embedder(settings).encode(texts, languages)
    for one in ("ru", "ko", "ar"):
        for other in {"ru", "ko", "ar"} - {one}:
            here, there = (vectors[[i for i, tag in enumerate(languages) if tag == name]] for name in (one, other))
            assert (here @ there.T).argmax(axis=1).tolist() == [0, 1], (one, other)


def test_unrelated_sentences_are_near_zero_once_the_centre_is_gone(multilingual: OnnxEmbedder) -> None:
    vectors = multilingual.encode(JAPANESE[::2], ["ja"] * 5)
    similarity = vectors @ vectors.T
    assert np.abs(similarity[np.triu_indices(5, 1)]).mean() < 0.25


def test_english_and_japanese_share_no_space(settings: EmbeddingSettings) -> None:
    vectors = load_embedder(settings).encode([*ENGLISH, *JAPANESE], ["en"] * 10 + ["ja"] * 10)
    assert np.abs(vectors[:10] @ vectors[10:].T).max() < 0.3


def test_shipped_files_are_those_of_their_manifests(settings: EmbeddingSettings) -> None:
    assert verify_models(settings) == []
