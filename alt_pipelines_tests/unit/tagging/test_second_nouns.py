"""English terms whose second noun looks like a verb, and the terms inside longer phrases."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates


def _forms(title: str, text: str) -> set[str]:
    return {candidate.form for candidate in find_candidates(title, text, "en")}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("The heat pump in the school failed. A new heat pump will cost 4,000 pounds.", "heat pump"),
        ("The new compiler emits tail calls on every chip. Tail calls save memory.", "tail calls"),
        (
            "The ban is due to rock climbing near the nests. Wardens say rock climbing disturbs the falcons.",
            "rock climbing",
        ),
    ],
)
def test_a_noun_that_looks_like_a_verb_ends_a_term_that_the_text_repeats(text: str, term: str) -> None:
    assert term in _forms("Notes of the week", text)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("The bank hopes rain stops the fire. The farmer hopes rain stops the fire.", "rain stops"),
        ("She let the dog run in the park. They let the dog run again.", "dog run"),
        ("He wants to risk losing the seat. The party decided to risk losing the vote.", "risk losing"),
    ],
)
def test_a_verb_stays_one(text: str, pair: str) -> None:
    assert pair not in _forms("Notes of the week", text)


def test_a_name_and_its_noun_before_two_nouns_are_a_term() -> None:
    forms = _forms(
        "At the auction", "The Delft tile plaque sold at once. Most Delft tile dealers bid for the Delft tile plaque."
    )
    assert "Delft tile" in forms


def test_a_material_after_its_measure_is_a_term() -> None:
    assert "ripstop polyester" in _forms("Rucksack review", "Its lining of 20D ripstop polyester held up in the rain.")
