"""Numbers in words have the value of the same number in digits."""

import pytest

from alt_pipelines.text.numerals import is_numeral, spelt_numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Four hundred and twelve people in twenty-six boats", {412, 26}),
        ("a hundred and five, three thousand seven hundred", {105, 3700}),
        ("two million three hundred thousand", {2_300_000}),
        ("four dozen eggs", {48}),
        ("nineteen eighty", {19, 80}),
        ("14 million crowns", set()),
        ("The tenth of them, often", set()),
        ("四百十二人が二十六隻に乗った", {412, 26}),
        ("三億五千万円、一万二千三百冊", {350_000_000, 12_300}),
        ("一九九八年", {1998}),
        ("千葉と三重", set()),
        ("5千万円と1億2千万円", set()),  # their values are not 千万
        ("数千万人", set()),
    ],
)
def test_the_value_of_a_number_in_words(text: str, values: set[float]) -> None:
    assert spelt_numbers(text) == values


def test_a_numeral_may_have_a_hyphen_and_an_ordinary_word_is_none() -> None:
    assert is_numeral("Forty")
    assert is_numeral("sixty-one")
    assert not is_numeral("one-sided")
