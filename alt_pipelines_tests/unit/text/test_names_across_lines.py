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


def test_a_text_that_divides_words_at_line_ends_is_whole() -> None:
    text = (
        "The harbour board met on Monday. It heard that the Velm\n"
        "lighthouse needs a new lan-\ntern. Engineer Ottilie\nBrandvik said that the well-\n"
        "known tower leans. A vote on the well-known lighthouse is due in Octo-\nber.\n"
        "\n"
        "Next meeting\n"
        "The board meets in June."
    )
    assert unwrap(text) == (
        "The harbour board met on Monday. It heard that the Velm lighthouse needs a new lantern. Engineer Ottilie "
        "Brandvik said that the well-known tower leans. A vote on the well-known lighthouse is due in October.\n"
        "\n"
        "Next meeting\n"
        "The board meets in June."
    )


def test_german_nouns_at_the_start_of_lines_are_in_their_sentence() -> None:
    text = (
        "Der Rat hörte von der alten Brücke, die seit dem Hoch-\nwasser gesperrt ist. Der Ingenieur will das Ge-\n"
        "länder der\nBrücke erneuern. Rad-\nund Gehwege bleiben offen."
    )
    assert unwrap(text) == (
        "Der Rat hörte von der alten Brücke, die seit dem Hochwasser gesperrt ist. Der Ingenieur will das Geländer der "
        "Brücke erneuern. Rad- und Gehwege bleiben offen."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Ferries that sail from the northern harbour of the town:\nUlvik\nEidfjord\nthe semi-\nfast boat",
        "the sea at night is a long-\nlost friend\nand the wind goes home over the grey and silent water",
        "- a re-\n- lit lamp on the long and windy northern harbour wall\n- an un-\n- lit lamp",
    ],
)
def test_lines_of_a_text_that_divides_no_words_stay(text: str) -> None:
    assert unwrap(text) == text
