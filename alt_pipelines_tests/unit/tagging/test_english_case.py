"""English headlines in capitals, and with a capital on every word, are read in their usual case."""

import pytest

from alt_pipelines.tagging.extraction.english.case import sentence_case, without_capitals


@pytest.mark.parametrize(
    ("capitals", "usual"),
    [
        ("FBI DELAYS F-35 TESTS IN OREGON", "FBI delays F-35 tests in Oregon"),
        ("O'BRIEN'S SON AND J. TILLOTSON WON'T RUN", "O'Brien's son and J. Tillotson won't run"),
        ("LA FIRES REACH LA JOLLA", "LA fires reach La Jolla"),
        ("LOSSES MOUNT AS FORT BUILT NEAR CAPE TOWN BURNS", "losses mount as fort built near Cape Town burns"),
        ("NEW RULES IN NEW HAVEN", "new rules in New Haven"),
        ("ROLLS-ROYCE AND MILLS-HARTE LEAVE STOKE-ON-TRENT", "Rolls-Royce and Mills-Harte leave Stoke-on-Trent"),
        ("PRO-PUTIN CAR-FREE POST-BREXIT MID-ULSTER", "pro-Putin car-free post-Brexit mid-Ulster"),
        ("SUB-SAHARAN LONDON-BASED LONG-TERM PLAN-B", "sub-Saharan London-based long-term plan-B"),
        ("MISTREATED TENANT REJOINS UNPAID PRESCHOOL STAFF", "mistreated tenant rejoins unpaid preschool staff"),
    ],
)
def test_capitals_become_names_words_and_acronyms(capitals: str, usual: str) -> None:
    assert without_capitals(capitals) == usual


@pytest.mark.parametrize(
    "title",
    ["Ada Quigley joins The Verve", "Storm fells Queen Adelaide oak", "League Two round-up"],
)
def test_a_title_with_a_known_word_in_lower_case_keeps_its_case(title: str) -> None:
    assert sentence_case(title, "") == title


@pytest.mark.parametrize(
    ("title", "usual"),
    [
        ("Storm Hits Oregon Coast", "storm hits Oregon coast"),
        ("Writing Fast Python with numba", "writing fast python with numba"),
        ("Easy 10-minute Workouts For Busy Parents", "easy 10-minute workouts for busy parents"),
        ("Élan Minister Rejects Wider Cuts", "Élan minister rejects wider cuts"),
    ],
)
def test_a_headline_with_capitals_loses_those_of_known_words(title: str, usual: str) -> None:
    assert sentence_case(title, "") == usual


def test_a_name_keeps_its_article_after_a_comma_but_a_headline_does_not() -> None:
    assert sentence_case("Episode 9, The Hollow Crown", "").endswith("The Hollow Crown")
    assert "the fire," in sentence_case("What We Know About The Fire, And What We Fear", "")
