"""German bodies that are named by their field after "für" are whole, and a verb's complement is apart."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates


def forms(text: str) -> list[str]:
    return [candidate.form for candidate in find_candidates("", text, "de")]


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("Am Ofen des Leibniz-Instituts für Glasforschung brennt Feuer.", "Leibniz-Instituts für Glasforschung"),
        ("Das Bundesamt für Strahlenschutz warnt vor Radon im Keller.", "Bundesamt für Strahlenschutz"),
        ("Sie lehrt am Institut für Kunst und Medien.", "Institut für Kunst und Medien"),
        ("Das Landesamt für Brücken- und Tunnelbau sperrt die Furt.", "Landesamt für Brücken- und Tunnelbau"),
        ("Er forscht am Zentrum für angewandte Botanik in Ulm.", "Zentrum für angewandte Botanik"),
        ("Laut dem Amt für Denkmalpflege ist das Haus alt.", "Amt für Denkmalpflege"),
        ("Sie fand Akten der Behörde für Sanitätswesen in Bern.", "Behörde für Sanitätswesen"),
        ("Ein Buch des Instituts für Meereskunde. Das Institut für Meereskunde schweigt.", "Institut für Meereskunde"),
        ("Der Brief der Akademie für Deutsche Dichtung fehlt.", "Akademie für Deutsche Dichtung"),
    ],
)
def test_the_name_of_a_body_goes_on_after_for(sentence: str, body: str) -> None:
    assert body in forms(sentence)


def test_a_town_after_the_name_of_a_body_is_a_name_of_its_own() -> None:
    shown = forms("Die Akte liegt im Institut für Zeitgeschichte München.")
    assert {"Institut für Zeitgeschichte", "München"} <= set(shown)


@pytest.mark.parametrize(
    "sentence",
    [
        "Gestern warb der Verband für Toleranz.",
        "Die Stadt plant ein Zentrum für Jugendliche.",
        "Am Montag stellt das Ministerium für Schulen zwei Millionen bereit.",
        "Der Verein sucht eine Stiftung für Tiere.",
        "In Kiel kämpft die Gesellschaft für drei Wale.",
        "Im Rathaus dankte man dem Amt für seine Arbeit.",
        "Sie ist im Verein für ihre Torten bekannt.",
        "Geschlossen ist die Behörde für Montag angekündigt worden.",
    ],
)
def test_what_a_verb_has_after_for_is_not_part_of_a_body(sentence: str) -> None:
    assert not any(" für " in form for form in forms(sentence))


def test_another_body_after_and_is_apart() -> None:
    shown = forms("Sie kam vom Institut für Physik und der Universität Jena.")
    assert {"Institut für Physik", "Universität Jena"} <= set(shown)
