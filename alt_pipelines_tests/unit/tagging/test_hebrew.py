"""Hebrew: prefixes are split off and verbs recognised by pairs of forms in the frequency list."""

import pytest

from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.spaced.hebrew.words import (
    is_before_object,
    is_construct,
    is_hebrew_verb,
    is_infinitive,
    is_present,
    prefix,
    without_article,
)
from alt_pipelines.tagging.extraction.spaced.tokens import tokenise


@pytest.mark.parametrize(
    ("word", "size"),
    [
        ("ממפרץ", 1),
        ("לגילוי", 1),
        ("בירושלים", 1),
        ("והמרכז", 1),
        ("בלגרד", 0),
        ("בבלגרד", 1),
        ("בדיקה", 0),
        ("משרד", 0),
        ("שיעור", 0),
        ("בית", 0),
    ],
)
def test_a_letter_is_a_prefix_if_the_rest_is_a_word_and_the_whole_takes_none(word: str, size: int) -> None:
    assert prefix(word) == size


def test_a_rest_that_the_text_has_elsewhere_decides_for_a_prefix() -> None:
    row = language_of("he")
    assert prefix("מחברת") == 0
    assert [token.text for token in tokenise("חברת התעופה ביקשה מחברת הרכבות", row)][-3:] == ["מ", "חברת", "הרכבות"]


@pytest.mark.parametrize("word", ["פיתחו", "ניצחה", "יתפנה", "ייבנו", "הודיע", "החזירו", "השתתפה", "תאשר"])
def test_verbs_of_the_past_and_the_future_are_recognised(word: str) -> None:
    assert is_hebrew_verb(word)


@pytest.mark.parametrize("word", ["תוכנית", "בדיקה", "ממשלה", "השעות", "ירושלים", "נקודות", "תושבים", "הגנה"])
def test_nouns_and_names_are_no_verbs(word: str) -> None:
    assert not is_hebrew_verb(word)


def test_infinitives_are_told_from_a_preposition_and_a_noun() -> None:
    assert [word for word in ("לבנות", "להקים", "לסגור", "לגילוי", "למדע", "לתושבים") if is_infinitive(word)] == [
        "לבנות",
        "להקים",
        "לסגור",
    ]


def test_the_present_is_told_from_nouns_of_its_pattern() -> None:
    assert is_present("דורשת")
    assert is_present("מתכנן")
    assert not is_present("משחק")
    assert not is_present("מקום")


def test_an_article_is_removed_only_from_a_noun() -> None:
    assert without_article("הבדיקה") == "בדיקה"
    assert without_article("הודיע") == "הודיע"
    assert without_article("הופעת") == "הופעת"


def test_a_construct_is_told_from_nouns_with_the_same_ending() -> None:
    words = ("ספינת", "תערוכת", "ישיבת", "שבת", "רכבת", "תוכנית", "דלת")
    assert [word for word in words if is_construct(word)] == ["ספינת", "תערוכת", "ישיבת"]


def test_a_word_before_the_object_marker_is_a_verb_if_it_has_a_first_person() -> None:
    assert [word for word in ("דחה", "קנה", "בנה", "ירושלים", "משרד") if is_before_object(word)] == [
        "דחה",
        "קנה",
        "בנה",
    ]
