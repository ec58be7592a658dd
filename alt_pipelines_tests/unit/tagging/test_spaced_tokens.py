"""Where a quotation ends, and the parts of a run between the words that divide it."""

import pytest

from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.spaced.reading import Placed, parts_between
from alt_pipelines.tagging.extraction.spaced.tokens import quotation_marks, quotations, tokenise

MARKS = quotation_marks('«"')


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("«Die lange Nacht» läuft", [(0, 4)]),
        ("«» läuft", [(0, 1)]),
        ("«Die lange Nacht am Meer» läuft", []),  # too long
        ("«Die lange, Nacht»", []),
        ("«Die lange", []),
        ("«Die lange“ Nacht»", []),
        ("„Die lange Nacht”", []),  # marks that the caller does not have
        ('"Die Nacht" und "Der Tag"', [(0, 3), (3, 5), (5, 8)]),  # a mark that opens and closes
    ],
)
def test_a_quotation_ends_at_its_own_mark_within_reach(text: str, found: list[tuple[int, int]]) -> None:
    assert list(quotations(tokenise(text, language_of("de")), MARKS, 4)) == found


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
