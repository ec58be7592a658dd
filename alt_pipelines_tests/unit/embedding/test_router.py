"""Which encoder a text goes to."""

import numpy as np
import pytest

from alt_pipelines.embedding.hashing import HashingEmbedder
from alt_pipelines.embedding.protocol import primary_language
from alt_pipelines.embedding.router import LanguageRouter


class Constant(HashingEmbedder):
    """All texts to one axis, so that a vector shows which encoder made it."""

    def __init__(self, axis: int, dimension: int = 4) -> None:
        super().__init__(dimension)
        self.axis = axis

    @property
    def model_id(self) -> str:
        return f"axis-{self.axis}"

    def encode(self, texts, languages=None):  # type: ignore[no-untyped-def]
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        vectors[:, self.axis] = 1
        return vectors


@pytest.fixture
def router() -> LanguageRouter:
    return LanguageRouter(
        {"en": Constant(0)}, default=Constant(1), detect=lambda text: "en" if text.isascii() else "ja"
    )


def test_english_and_other_texts_are_routed_separately_and_keep_their_order(router: LanguageRouter) -> None:
    vectors = router.encode(["a", "b", "c", "d", "e"], ["en", "ja", "en-US", "und", "EN"])
    assert vectors.argmax(axis=1).tolist() == [0, 1, 0, 1, 0]


def test_languages_that_are_not_given_are_detected(router: LanguageRouter) -> None:
    assert router.encode(["rain", "雨"]).argmax(axis=1).tolist() == [0, 1]


def test_both_models_are_named(router: LanguageRouter) -> None:
    assert router.model_id == "en=axis-0,*=axis-1"


def test_models_of_different_dimension_cannot_share_a_router() -> None:
    with pytest.raises(ValueError, match="8-d"):
        LanguageRouter({"en": Constant(0, dimension=8)}, default=Constant(1), detect=lambda text: "en")


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en", "en"), ("EN-us", "en"), ("pt_BR", "pt"), ("zh-Hant-TW", "zh"), ("", "und"), (None, "und"), ("und", "und")],
)
def test_a_language_tag_is_read_by_its_first_part(tag: str | None, language: str) -> None:
    assert primary_language(tag) == language
