"""Which of an article's last tags are left out."""

import pytest

from alt_pipelines.tagging.extraction.article import Tag
from alt_pipelines.tagging.extraction.weak_tags import without_weak

STRONG = tuple(Tag(f"harbour dredger {letter}", 0.8) for letter in "abcde")


def last_is_kept(form: str, confidence: float, language: str = "en") -> bool:
    return without_weak((*STRONG, Tag(form, confidence)), language, 60) != STRONG


def test_a_common_noun_is_kept_from_half_of_the_expected_f1_on() -> None:
    assert last_is_kept("pilot boats", 0.41)  # five tags of 0.8 have an expected F1 of 2 * 4 / (5 + 5)
    assert not last_is_kept("pilot boats", 0.39)


def test_the_first_five_tags_are_kept_however_weak() -> None:
    weak = (*STRONG[:2], Tag("activities", 0.05), Tag("aspects", 0.04), Tag("matters", 0.03))
    assert without_weak(weak, "en", 60) == weak


@pytest.mark.parametrize(
    ("name", "noun", "language"),
    [
        ("Port of Varna", "Bulgarian harbours", "en"),
        ("F-35", "avion de chasse", "fr"),
        ("Junta de Andalucía", "juntas regionales", "es"),
        ("Warnemünde", "Unbekannte", "de"),
    ],
)
def test_a_name_is_kept_where_a_common_noun_is_not(name: str, noun: str, language: str) -> None:
    assert last_is_kept(name, 0.1, language)
    assert not last_is_kept(noun, 0.1, language)


def test_a_name_after_a_cut_noun_is_kept() -> None:
    tags = (*STRONG, Tag("pilot boats", 0.2), Tag("Varna", 0.1))
    assert without_weak(tags, "en", 60) == (*STRONG, Tag("Varna", 0.1))


def test_no_tags_stay_no_tags() -> None:
    assert without_weak((), "en", 60) == ()


def test_nothing_is_cut_in_a_script_without_capitals() -> None:
    assert last_is_kept("港湾", 0.1, "ja")
    assert last_is_kept("항만", 0.1, "ko")


def test_nothing_is_cut_in_an_article_of_few_candidates() -> None:
    tags = (*STRONG, Tag("pilot boats", 0.1))
    assert without_weak(tags, "en", 19) == tags
    assert without_weak(tags, "en", 20) == STRONG
