"""Which of an article's last tags are left out."""

import pytest

from alt_pipelines.tagging.extraction.article import Tag
from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.ranking import first_model, rank
from alt_pipelines.tagging.extraction.weak_tags import without_common, without_weak

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


TEXT = """The ferry Skarne sank off Cape Arden in low light after a long day. The ferry Skarne carried barley and malt.
Divers reached the wheelhouse on Friday. Investigators examine the ballast tanks, the bilge pumps and the stern ramp.
The harbour master of Port Ellery keeps the logbook. Relatives lit candles on the breakwater, and a good friend of the
captain spoke. The shipyard in Brackley inspected the rudder in March. Insurers expect a claim by the shipping line."""


def shortlist(title: str, text: str) -> list[str]:
    ranked = rank(find_candidates(title, text, "en"), first_model("en"), shortlist=100)
    return [candidate.form for candidate in without_common(ranked).candidates]


def test_a_phrase_of_common_words_is_left_out_and_a_rarer_one_is_not() -> None:
    forms = shortlist("Ferry sinks", TEXT)
    assert not {"low light", "good friend", "long day"} & set(forms)
    assert {"ballast tanks", "bilge pumps", "ferry Skarne"} <= set(forms)


@pytest.mark.parametrize(
    ("title", "text"),
    [("Low light and the ferry", TEXT), ("Ferry sinks", TEXT + " In low light, the low light of the pier was missed.")],
)
def test_common_words_are_kept_that_the_title_has_or_that_the_text_repeats(title: str, text: str) -> None:
    assert "low light" in [form.lower() for form in shortlist(title, text)]


def test_a_short_text_keeps_its_common_phrases() -> None:
    assert "low light" in shortlist("Ferry sinks", "The ferry sank in low light.")
