"""A line end inside a name is none, where the text has the name within a line elsewhere; others are kept."""

import pytest

from alt_pipelines.text.wrapping import unwrap


def test_a_name_cut_by_a_line_end_is_whole() -> None:
    text = "Work continues in Velm\nSound until May.\nKeep off in Velm Sound."
    assert unwrap(text) == "Work continues in Velm Sound until May.\nKeep off in Velm Sound."


@pytest.mark.parametrize(
    "text",
    [
        "Work continues in Velm\nSound waves are loud.",
        "Oslo\nBergen\nThe Oslo Bergen line is old.",
        "The ferry left Velm.\nSound of Velm Sound.",
    ],
)
def test_other_line_ends_stay(text: str) -> None:
    assert unwrap(text) == text
