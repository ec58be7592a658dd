"""English names with capitals on small words are one candidate; sentences, headlines and persons are none."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates

REST = " The ferry to Skarholm was late again. Nobody on the quay in Ternby complained about the delay."


def forms(text: str, title: str = "") -> list[str]:
    return [candidate.form for candidate in find_candidates(title, text + REST, "en")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The cinema shows Call Me by Your Name on Friday.", "Call Me by Your Name"),
        ("Pupils may not borrow As I Lay Dying any more.", "As I Lay Dying"),
        ("Pupils may not borrow To Kill a Mockingbird any more.", "To Kill a Mockingbird"),
        ("The critic liked There Will Be Blood best.", "There Will Be Blood"),
        ("The festival booked Rage Against the Machine for May.", "Rage Against the Machine"),
        ("Reporters Without Borders closed its office.", "Reporters Without Borders"),
        ("The office of Save the Children stays open.", "Save the Children"),
        ("Fans of Guns N' Roses slept outside the stadium.", "Guns N' Roses"),
        ("In Where the Crawdads Sing, a girl lives alone.", "Where the Crawdads Sing"),
        ("Pupils read Of Mice and Men and Never Let Me Go in spring.", "Of Mice and Men"),
        ("Pupils read Of Mice and Men and Never Let Me Go in spring.", "Never Let Me Go"),
    ],
)
def test_a_capital_on_a_small_word_shows_a_name(text: str, name: str) -> None:
    assert name in forms(text)


def test_the_name_is_known_at_the_start_of_a_sentence_and_in_a_headline() -> None:
    found = forms(
        "Of Mice and Men is back. The school buys copies of Of Mice and Men.", "Of Mice and Men Returns to Class"
    )
    assert "Of Mice and Men" in found
    assert not {"Mice", "Men", "Of Mice", "mice", "men returns"}.intersection(found)


@pytest.mark.parametrize(
    ("text", "not_a_name"),
    [
        ("The scientist He Jiankui spoke.", "scientist He Jiankui"),
        ("In Norway the rain fell.", "In Norway"),
        ("They performed Never Let Me Go in Oslo.", "Never Let Me Go in Oslo"),
        ("READ MORE: How We Tested Your Phone", "How We Tested Your Phone"),
        ("The funeral is at Our Savior's Church on Sunday.", "Our Savior"),
    ],
)
def test_other_capitals_make_no_name(text: str, not_a_name: str) -> None:
    assert not_a_name not in forms(text)
