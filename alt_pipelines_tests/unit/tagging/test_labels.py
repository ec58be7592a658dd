"""A number or a letter after a noun or a name is part of it if it tells one kind of a thing from another."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates


def forms(text: str, language: str) -> list[str]:
    return [candidate.form for candidate in find_candidates("", text, language)]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        (
            "fr",
            "Le patient souffre de diabète de type 2, selon Marie Lenoir. La clinique accueille des enfants.",
            "diabète de type 2",
        ),
        (
            "it",
            "Il farmaco cura il diabete di tipo 1 nei bambini. La clinica accoglie famiglie da Torino.",
            "diabete di tipo 1",
        ),
        ("fr", "Faut-il vider son Livret A ? La banque rassure ses clients à Nantes.", "Livret A"),
        ("it", "Il Lecce torna in Serie A dopo due anni. La festa riempie la piazza di Lecce.", "Serie A"),
        ("fr", "Le club domine le Top 14 longtemps promis à Toulouse. Les joueurs fêtent leur victoire.", "Top 14"),
        ("es", "La cámara es mejor que la del Pixel 9a. La batería dura dos días en Madrid.", "Pixel 9a"),
    ],
)
def test_a_label_stays_with_its_noun(language: str, text: str, name: str) -> None:
    assert name in forms(text, language)


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("fr", "La ville loge un groupe de réfugiés, dont 3 enfants. Le maire de Nantes est fier.", "3"),
        ("es", "La 9a edición del Festival de Lugo empieza hoy. El público llena la plaza.", "9a"),
        ("fr", "Le PARIS A GAGNÉ hier. Les supporters fêtent la victoire à Nantes.", " A"),
    ],
)
def test_a_count_an_ordinal_and_a_verb_are_no_labels(language: str, text: str, wrong: str) -> None:
    assert not any(wrong in form for form in forms(text, language))
