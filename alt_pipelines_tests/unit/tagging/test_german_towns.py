"""German towns with "ob" or with a saint or "Bad" before a preposition are whole."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates


def forms(text: str) -> list[str]:
    return [candidate.form for candidate in find_candidates("", text, "de")]


@pytest.mark.parametrize(
    ("sentence", "town"),
    [
        ("Der Bürgermeister von St. Georgen ob Murau lacht.", "St. Georgen ob Murau"),
        ("Ein Pfarrer aus Feistritz ob Bleiburg sang.", "Feistritz ob Bleiburg"),
        ("Leute aus St. Veit an der Glan kamen.", "St. Veit an der Glan"),
        ("Die Kur in Bad Neustadt an der Saale hilft.", "Bad Neustadt an der Saale"),
        ("Sankt Johann im Pongau baut eine Brücke.", "Sankt Johann im Pongau"),
        ("Der Turm in Rothenburg ob der Tauber ist alt.", "Rothenburg ob der Tauber"),
    ],
)
def test_a_town_with_a_preposition_is_whole(sentence: str, town: str) -> None:
    assert town in forms(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Unklar ist in Graz, ob Müller kommt.",
        "Er prüft in Kärnten ob Kinder singen.",
        "Der Bund fragt ob Berlin zahlt.",
        "Er fuhr nach Bad Ischl im Mai.",
        "Man sprach in Wien im Parlament mit Anna ob Peter kommt.",
    ],
)
def test_a_clause_or_a_time_is_not_part_of_a_town(sentence: str) -> None:
    assert not any(" ob " in form or " im " in form for form in forms(sentence))
