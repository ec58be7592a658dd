"""English people, bands and works whose names are common words are one candidate; other capitals are not joined."""

import pytest

from alt_pipelines.tagging.extraction import ranking
from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.english.roles import without_roles

REST = " The ferry to Skarholm was late again. Nobody on the quay in Ternby complained about the delay."


def forms(text: str) -> list[str]:
    found = find_candidates("", text + REST, "en")
    ranked = ranking.rank(found, ranking.first_model("en"))
    return [candidate.form for candidate in without_roles(ranked, text).candidates]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Director Faith Short says the play fills houses.", "Faith Short"),
        ("Captain Will Moon of Mersey Docks called it overdue.", "Will Moon"),
        ("The board praised Dawn Long for her patience.", "Dawn Long"),
        ("Grace Field plays the farmer's wife.", "Grace Field"),
        ("Hydrologist Marit Osgood explains the bogs.", "Marit Osgood"),
        ("Glaciologist Ines Hartwig measured the ice.", "Ines Hartwig"),
        ("The school bought I Capture the Castle for all pupils.", "I Capture the Castle"),
        ("She was reading How to Train Your Dragon on the ferry.", "How to Train Your Dragon"),
        ("Echo and the Bunnymen play in May. Tickets for Echo and the Bunnymen are sold out.", "Echo and the Bunnymen"),
        ("5 Seconds of Summer cancelled a show. Fans of 5 Seconds of Summer wept.", "5 Seconds of Summer"),
        ("3 Doors Down play in May. The crowd came for 3 Doors Down alone.", "3 Doors Down"),
    ],
)
def test_common_words_with_capitals_are_one_name(text: str, name: str) -> None:
    assert name in forms(text)


@pytest.mark.parametrize(
    ("text", "not_a_name"),
    [
        ("In June Apple said the phone is late.", "June Apple"),
        ("Will Labour win the seat again this year?", "Will Labour"),
        ("Britain and the Crown agreed. The deal of Britain and the Crown is old.", "Britain and the Crown"),
        ("The fall of Blair and the Hunters came late. The Hunters wept.", "Blair and the Hunters"),
        ("12 Members of Parliament left the room.", "12 Members of Parliament"),
    ],
)
def test_other_words_with_capitals_are_not_joined(text: str, not_a_name: str) -> None:
    assert not_a_name not in forms(text)
