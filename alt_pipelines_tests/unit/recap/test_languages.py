"""Stories in several languages: which groups are joined."""

import numpy as np
import pytest

from alt_pipelines.recap.clustering.languages import LanguageSettings, join_languages
from alt_pipelines.recap.corpus.articles import Article, Sentence

ENGLISH = ["Three pups were born.", "A ferry sank.", "Beer was brewed."]
JAPANESE = ["赤ちゃんが生まれた。", "船が沈んだ。", "酒ができた。"]


def articles(texts: dict[str, list[str]]) -> list[Article]:
    return [
        Article(f"{language}{at}", "", "", language, None, (Sentence(0, 0, text, 5, text),))
        for language, said in texts.items()
        for at, text in enumerate(said)
    ]


def joined(texts: dict[str, list[str]], likeness: list[list[float]]) -> list[tuple[int, int]]:
    """Return the (row, column) of the groups that are joined when those of the two languages are so similar."""
    wanted = np.array(likeness, np.float32)
    vectors = iter([np.eye(len(wanted), sum(wanted.shape), dtype=np.float32), np.zeros((0, 0), np.float32)])

    def encode(said: object, languages: object) -> np.ndarray:
        rows = next(vectors)
        if rows.size:
            return rows
        rest = np.sqrt(1 - (wanted**2).sum(0))
        return np.hstack([wanted.T, np.diag(rest)]).astype(np.float32)

    found = articles(texts)
    labels = join_languages(np.full(len(found), -1, np.intp), found, encode, LanguageSettings())
    first = len(next(iter(texts.values())))
    return [
        (one, other - first)
        for one in range(first)
        for other in range(first, len(found))
        if labels[one] == labels[other] != -1
    ]


def test_the_only_two_groups_that_are_alike_are_joined_though_they_are_not_very_alike() -> None:
    likeness = [[0.45, 0.05, 0.0], [0.02, 0.1, 0.1], [0.05, 0.1, 0.12]]
    assert joined({"en": ENGLISH, "ja": JAPANESE}, likeness) == [(0, 0)]


@pytest.mark.parametrize("other", [0.2, 0.4])
def test_groups_that_are_not_very_alike_are_not_joined_where_others_are_nearly_as_alike(other: float) -> None:
    assert joined({"en": ENGLISH, "ja": JAPANESE}, [[0.45, other, 0.0], [0.02, 0.1, 0.1], [0.05, 0.1, 0.12]]) == []


def test_two_groups_alone_do_not_stand_out() -> None:
    assert joined({"en": ENGLISH[:1], "ja": JAPANESE[:1]}, [[0.5]]) == []


def test_two_events_of_one_kind_with_other_names_do_not_stand_out() -> None:
    texts = {
        "en": ["A fire in Velsund burned.", *ENGLISH[1:]],
        "es": ["El incendio de Arnedo no cesa.", "Se hundió un barco.", "Hay cerveza."],
    }
    assert joined(texts, [[0.45, 0.05, 0.0], [0.02, 0.1, 0.1], [0.05, 0.1, 0.12]]) == []
