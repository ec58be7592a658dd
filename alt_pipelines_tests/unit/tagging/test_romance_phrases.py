"""Romance phrases: whole bodies and titles, names inside longer phrases, places, and no scores, measures or verbs."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates


def forms(title: str, text: str, language: str) -> set[str]:
    return {candidate.form for candidate in find_candidates(title, text, language)}


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("es", "La autora presenta su novela «Las tardes no vuelven» en la feria.", "Las tardes no vuelven"),
        ("fr", "Elle joue dans la comédie « Les Nuits blanches » au théâtre.", "Les Nuits blanches"),
        ("it", 'Il romanzo "La casa di sabbia" esce a marzo.', "La casa di sabbia"),
    ],
)
def test_a_title_in_quotation_marks_is_whole(language: str, text: str, title: str) -> None:
    assert title in forms("", text, language)


def test_speech_in_quotation_marks_is_no_title() -> None:
    assert "Las obras no paran" not in forms("", "La alcaldesa insistió: «Las obras no paran».", "es")


@pytest.mark.parametrize(
    ("language", "text", "body"),
    [
        (
            "es",
            "Lo decidió el Ministerio de Puertos y Navegación Fluvial ayer.",
            "Ministerio de Puertos y Navegación Fluvial",
        ),
        ("it", "Lo ha deciso il Ministero della Cultura e del Turismo ieri.", "Ministero della Cultura e del Turismo"),
        ("pt", "Decidiu o Ministério da Ciência e Tecnologia ontem.", "Ministério da Ciência e Tecnologia"),
    ],
)
def test_a_body_goes_on_after_and(language: str, text: str, body: str) -> None:
    found = forms("", text, language)
    assert body in found
    assert body.split(" e ")[0].split(" y ")[0] not in found


def test_two_bodies_are_not_one() -> None:
    found = forms("", "Firmaron la Universidad de Jaén y Cofepris un acuerdo.", "es")
    assert not any(" y " in form for form in found)


@pytest.mark.parametrize(
    ("language", "text", "inner"),
    [
        ("es", "Trabaja en la estación experimental del INTA desde mayo.", "INTA"),
        ("es", "Lo acusan de presuntos delitos de cohecho en la obra.", "cohecho"),
        ("fr", "La commune achète une cabine de téléconsultation cet été.", "téléconsultation"),
    ],
)
def test_a_name_or_rare_term_inside_a_longer_phrase_is_a_candidate(language: str, text: str, inner: str) -> None:
    assert inner in forms("", text, language)


def test_half_of_a_body_is_no_name() -> None:
    found = forms("", "Lo confirmó la Agencia Nacional de Seguridad Vial de Jujuy.", "es")
    assert "Agencia Nacional" not in found


def test_a_french_noun_has_its_place() -> None:
    found = forms("", "Les travaux de l'aéroport de Lessay avancent. Le barrage d'Arzon est plein.", "fr")
    assert {"aéroport de Lessay", "barrage d'Arzon"} <= found


def test_a_french_role_and_a_common_noun_have_no_place() -> None:
    found = forms("", "Le directeur de Lessay parle. La ville de Lessay attend.", "fr")
    assert not {"directeur de Lessay", "ville de Lessay"} & found


@pytest.mark.parametrize("title", ["Altares 2 - Rampas 0", "Altares 2 Rampas 0"])
def test_a_score_is_no_part_of_a_name(title: str) -> None:
    found = forms(title, "El partido de ayer fue largo.", "es")
    assert not {"Altares 2", "Rampas 0"} & found


def test_the_number_of_a_model_is_no_score() -> None:
    assert "PlayStation 5" in forms("", "Sony vende la PlayStation 5 en marzo.", "es")


def test_a_number_belongs_to_the_noun_that_the_text_repeats_with_it() -> None:
    text = "La statale 36 è chiusa. I lavori sulla statale 36, dice il sindaco, durano."
    assert "statale 36" in forms("", text, "it")


@pytest.mark.parametrize(
    ("text", "measured"),
    [("Muele un kilo de maíz seco.", "kilo de maíz"), ("Añade una cucharada de comino molido.", "cucharada de comino")],
)
def test_a_measure_after_an_article_is_no_part_of_what_is_measured(text: str, measured: str) -> None:
    assert not any(form.startswith(measured) for form in forms("", text, "es"))


def test_a_predicate_after_a_full_name_is_no_part_of_it() -> None:
    found = forms("", "Con Geppi Zuccardi lontana dal palco, il teatro chiude.", "it")
    assert "Geppi Zuccardi" in found
    assert "Geppi Zuccardi lontana" not in found


def test_a_name_that_opens_the_sentence_is_apart_from_its_verb() -> None:
    found = forms("Rugby : Lessac renverse Bourmont", "Le match était long.", "fr")
    assert {"Lessac", "Bourmont"} <= found
