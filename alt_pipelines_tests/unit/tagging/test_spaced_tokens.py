"""Where a quotation ends, and the parts of a run between the words that divide it."""

import pytest

from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.spaced.reading import Placed, parts_between
from alt_pipelines.tagging.extraction.spaced.tokens import end_of_quotation, tokenise


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("«Die lange Nacht» läuft", 4),
        ("«» läuft", 1),
        ("«Die lange Nacht am Meer» läuft", None),  # too long
        ("«Die lange, Nacht»", None),
        ("«Die lange", None),
        ("«Die lange“ Nacht»", None),
    ],
)
def test_a_quotation_ends_at_its_own_mark_within_reach(text: str, end: int | None) -> None:
    assert end_of_quotation(tokenise(text, language_of("de")), 0, "»", 4) == end


def test_what_may_be_inside_a_quotation_is_the_callers_choice() -> None:
    tokens = tokenise("«A - B» c", language_of("de"))
    assert end_of_quotation(tokens, 0, "»", 4) is None
    assert end_of_quotation(tokens, 0, "»", 4, lambda text: text != "»") == 4


def test_a_run_is_divided_and_no_part_is_empty() -> None:
    run = [
        Placed(token, at, link=token.text == "de")
        for at, token in enumerate(tokenise("de a b de de c", language_of("es")))
    ]
    assert [[one.token.text for one in part] for part in parts_between(run, lambda one: one.link)] == [
        ["a", "b"],
        ["c"],
    ]
    assert not list(parts_between(run[:1], lambda one: one.link))
