"""Where sentences end, in the scripts of the feeds."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alt_pipelines.text.sentences import mask_addresses, split_sentences
from alt_pipelines_tests.support.speed import takes_at_most


def split(text: str) -> list[str]:
    return split_sentences(text, min_length=1)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. Ito paid $3.50. He left.", ["Mr. Ito paid $3.50.", "He left."]),
        ("The U.S. economy grew. J. Smith agrees.", ["The U.S. economy grew.", "J. Smith agrees."]),
        ("It opened at 3 p.m. The mayor spoke.", ["It opened at 3 p.m.", "The mayor spoke."]),
        ("No. 5 won. No. That is wrong.", ["No. 5 won.", "No.", "That is wrong."]),
        ('"Stop!" he said. "Go." She went.', ['"Stop!" he said.', '"Go."', "She went."]),
        (
            "And then... nothing. See example.com for v1.2.3 today.",
            ["And then... nothing.", "See example.com for v1.2.3 today."],
        ),
    ],
)
def test_english_abbreviations_and_decimals_stay_whole(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Der Prozess beginnt am 3. März. Er dauert.", ["Der Prozess beginnt am 3. März.", "Er dauert."]),
        ("Die 2. Bundesliga ruht. Der 1. FC Union auch.", ["Die 2. Bundesliga ruht.", "Der 1. FC Union auch."]),
        ("Ihr 50. Geburtstag war 1975. Danach", ["Ihr 50. Geburtstag war 1975.", "Danach"]),
        ("Zwischen 4. Mai und 5. Juni. Nicht", ["Zwischen 4. Mai und 5. Juni.", "Nicht"]),
        ("3. Platz für Meier. Alle jubeln.", ["3. Platz für Meier.", "Alle jubeln."]),
        ("Der Wagen kostet 20. Er ist rot.", ["Der Wagen kostet 20.", "Er ist rot."]),
        ("Z. B. hier, d. h. nur 5 Mio. Euro. Nr. 4 siegt.", ["Z. B. hier, d. h. nur 5 Mio. Euro.", "Nr. 4 siegt."]),
    ],
)
def test_german_ordinals_and_abbreviations_stay_whole(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("A quake of magnitude 7. 8 struck. It was long.", ["A quake of magnitude 7. 8 struck.", "It was long."]),
        ("El PIB creció un 2. 4 por ciento. Bien.", ["El PIB creció un 2. 4 por ciento.", "Bien."]),
        ("He was born in 1975. 20 years later he left.", ["He was born in 1975.", "20 years later he left."]),
        ("She turned 7. Eight guests came.", ["She turned 7.", "Eight guests came."]),
        ("Los EE. UU. firmaron. La Avda. Sur cerró.", ["Los EE. UU. firmaron.", "La Avda. Sur cerró."]),
    ],
)
def test_decimals_written_with_white_space_stay_whole(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("雨が降った。風も吹いた！寒い？うん", ["雨が降った。", "風も吹いた!", "寒い?", "うん"]),
        ("「帰ろう。急ごう！」と言った。次の日", ["「帰ろう。急ごう!」と言った。", "次の日"]),
        ("「こんにちは。」彼は笑った。", ["「こんにちは。」", "彼は笑った。"]),
        ("3.5％増えた。終わり", ["3.5%増えた。", "終わり"]),
    ],
)
def test_japanese_sentences_need_no_white_space_between_them(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_a_stray_bracket_protects_nothing() -> None:
    assert len(split("「閉じない。" + "文が続く。" * 5)) == 6


def test_line_breaks_end_sentences() -> None:
    assert split("A headline without a stop\nThe body.\r\nMore\u2028and more") == [
        "A headline without a stop",
        "The body.",
        "More",
        "and more",
    ]


def test_other_scripts_have_stops_of_their_own() -> None:
    assert len(split("هل أنت بخير؟ نعم أنا بخير.")) == 2
    assert len(split("यह एक वाक्य है। यह दूसरा है।")) == 2
    assert len(split("Как дела? Всё хорошо.")) == 2


def test_fragments_are_dropped() -> None:
    assert split_sentences("12\n* * *\nPage 3.\nThis one is a real sentence.") == ["This one is a real sentence."]


def test_addresses_are_masked() -> None:
    assert mask_addresses("see https://a.b/c?d=e。次 a.b@c.co.jp") == "see URL。次 EMAIL"


@pytest.mark.parametrize(
    "text", ["「" * 300_000, "a. " * 100_000, "." * 300_000, "。" * 300_000, "「あ。」" * 100_000, "a@" * 150_000]
)
def test_splitting_is_linear(text: str) -> None:
    assert takes_at_most(3, lambda: split_sentences(mask_addresses(text)))  # under one second


@given(st.text(max_size=300))
@example("\u0e33 \u0eb3 \ufdfa \u0edc")  # a vowel and ligatures that stay whole, though NFKC would take them apart
def test_no_letter_or_digit_is_lost(text: str) -> None:
    assert letters("\n".join(split(text))) == letters(text)


def letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())
