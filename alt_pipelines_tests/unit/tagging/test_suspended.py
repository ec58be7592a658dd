"""The first part of two compounds with one end is no candidate, and the noun after their conjunction is one."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates

REST = {
    "de": "Der Kreis zahlt einen Zuschuss. Die Firma liefert Asphalt. Das Dorf feiert ein Fest. Der Hof verkauft Käse.",
    "nl": "De fabrikant koopt kunstmest. De boer verkoopt kaas. Het dorp viert een feest. De school krijgt een tuin.",
    "fr": "Le maire ouvre une école. La ferme vend du fromage. Le village fête son pont. Le port ferme en mars.",
    "sv": "Firman säljer asfalt. Bonden säljer ost. Byn firar en fest. Skolan får en trädgård.",
}


def forms(text: str, language: str) -> list[str]:
    return [candidate.form for candidate in find_candidates("", f"{text} {REST[language]}", language)]


@pytest.mark.parametrize(
    ("language", "sentence", "part", "noun"),
    [
        ("de", "Die Stadt baut Rad- und Gehwege.", "Rad", "Gehwege"),
        ("de", "Der Verein übernimmt die Wald-, Moor- und Wiesenpflege.", "Moor", "Wiesenpflege"),
        ("de", "Die Polizei sperrt die Nord-/Südachse.", "Nord", "Polizei"),
        ("nl", "De firma levert grond- en hulpstoffen.", "grond", "hulpstoffen"),
        ("sv", "Firman säljer sommar- och vinterdäck.", "sommar", "vinterdäck"),
    ],
)
def test_a_part_with_a_hyphen_in_place_of_its_end_is_no_candidate(
    language: str, sentence: str, part: str, noun: str
) -> None:
    shown = forms(sentence, language)
    assert noun in shown
    assert part not in shown


@pytest.mark.parametrize(
    ("language", "sentence", "name"),
    [
        ("de", "Das Rad steht am Tor. Rad- und Gehwege fehlen.", "Rad"),
        ("de", "Gestern kam der Torwart- die Fans jubelten.", "Torwart"),
        ("de", "Der Zug fährt von Kiel - und Lübeck wartet.", "Kiel"),
        ("nl", "De trein rijdt naar Zwolle - en Deventer wacht.", "Zwolle"),
    ],
)
def test_a_word_before_a_dash_and_one_that_the_text_has_alone_are_candidates(
    language: str, sentence: str, name: str
) -> None:
    assert name in forms(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence", "noun"),
    [
        ("de", "Die Stadt pflanzt Bäume und Sträucher.", "Sträucher"),
        ("nl", "De stad plant bomen en struiken.", "struiken"),
        ("fr", "La ville plante des arbres et arbustes.", "arbustes"),
    ],
)
def test_a_noun_after_a_conjunction_that_numerals_have_inside_is_not_counted(
    language: str, sentence: str, noun: str
) -> None:
    assert noun in forms(sentence, language)


def test_a_noun_after_a_numeral_is_counted() -> None:
    assert "Sträucher" not in forms("Die Stadt pflanzt einundzwanzig Sträucher.", "de")
