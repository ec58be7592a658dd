"""Notes about the author at the end of an article; and persons whom the article is about."""

import pytest

from alt_pipelines.text.boilerplate.author_notes import without_author_note

ARTICLE = (
    "Die Nachtzüge fahren wieder, von Graz nach Ulvik in vierzehn Stunden, und die Plätze sind bis Mai verkauft. Im "
    "Speisewagen kocht eine Köchin aus Linz, die jede Nacht hundert Gäste hat."
)


def test_a_note_about_the_author_is_removed_unless_the_article_is_about_him() -> None:
    note = "Anna Falk ist freie Journalistin in Graz."
    assert without_author_note("Nachtzüge", [ARTICLE, note, "Mehr von der Redaktion", ""]) == [
        *(ARTICLE, "", "Mehr von der Redaktion", "")
    ]
    asked = (
        "Have you ridden a night train? Tell the editors in up to 200 words. If you want to be named, please write so."
    )
    assert without_author_note("Nachtzüge", [ARTICLE, note, asked])[1] == ""
    about = ["Anna Falk erhält den Preis.", ARTICLE, note]
    assert without_author_note("Preis", about) == about


@pytest.mark.parametrize(
    "note",
    [
        "Anna Falk is a freelance writer and editor based in Graz.",
        "Anna Falk is a professor of marine biology at the University of Graz.",
        "Anna Falk is our Graz correspondent.",
        "Anna Falk est journaliste au Monde.",
        "About the author: Anna Falk is a writer who rides trains.",
    ],
)
def test_a_note_names_an_outlet_a_place_or_the_author(note: str) -> None:
    assert without_author_note("Nachtzüge", [ARTICLE, note]) == [ARTICLE, ""]


@pytest.mark.parametrize(
    "lines",
    [
        ["Anna Falk is a novelist and sailor who rowed the ferry for a year.", "She begins in June."],
        ["Anna Falk is a reporter for the Post.", "She was found on Monday."],
        ["Anna Falk is the reporter who found the letters"],
        ["Anna Falk is a reporter for the Post who found the letters."],
        ["Anna Falk is a reporter jailed in Moscow."],
        ["Anna Falk is a professor who built the boat."],
        ["Anna Falk is a writer in Graz", "Ida Moen is a professor at Ulvik"],
    ],
)
def test_a_person_whom_the_article_introduces_stays(lines: list[str]) -> None:
    assert without_author_note("Nachtzüge", [ARTICLE, *lines]) == [ARTICLE, *lines]


def test_a_short_article_that_ends_with_its_person_stays_whole() -> None:
    lines = ["The city gave its prize.", "Anna Falk is a writer based in Graz."]
    assert without_author_note("Prize", lines) == lines
