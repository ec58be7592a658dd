"""What stands beside a phrase: kinds of neighbours on both sides, as shares of its occurrences."""

import pytest

from alt_pipelines.tagging.extraction.surroundings import SURROUNDINGS, surroundings


def seen(form: str, text: str, language: str = "en") -> dict[str, float]:
    values = dict(zip(SURROUNDINGS, surroundings(form, text, text.casefold(), language), strict=True))
    return {name: round(value, 2) for name, value in values.items() if value}


@pytest.mark.parametrize(
    ("form", "text", "language", "before", "after"),
    [
        ("Lake Onda", "The ferry on Lake Onda, stopped", "en", "function_word", "punctuation"),
        ("Onda", "New Lake Onda Ferry", "en", "capital", "capital"),
        ("Onda", "Onda\n2024", "en", "end", "end"),
        ("particles", "Team finds 14 particles underground", "en", "number", "word"),
        ("半導体", "新しい半導体工場", "ja", "word", "word"),
        ("半導体", "「半導体」", "ja", "punctuation", "punctuation"),
        ("kittens", "", "en", None, None),
    ],
)
def test_the_kind_of_neighbour(form: str, text: str, language: str, before: str | None, after: str | None) -> None:
    values = seen(form, text, language)
    values.pop("log_found", None)
    assert values == ({f"before_{before}": 1.0, f"after_{after}": 1.0} if before else {})


def test_shares_are_of_the_occurrences_and_case_does_not_count() -> None:
    values = seen("oil spill", "Oil spill. The oil spill grew, and an oil spill")
    assert values["before_end"] == values["after_end"] == pytest.approx(0.33)
    assert values["before_function_word"] == pytest.approx(0.67)
    assert values["log_found"] == pytest.approx(1.39)


def test_a_text_whose_length_changes_with_its_case_is_searched_as_it_is_written() -> None:
    text = "ıİ İstanbul, Straße"
    assert len(text) != len(text.casefold())
    assert seen("İstanbul", text, "tr")["after_punctuation"] == 1.0


def test_a_phrase_repeated_endlessly_costs_no_more_than_eight() -> None:
    assert seen("a", "a " * 100_000)["log_found"] == pytest.approx(2.2)
