"""Titles of works and names that go on in lower case, whole in languages with spaces between words."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates


def _forms(language: str, title: str, text: str) -> set[str]:
    return {candidate.form for candidate in find_candidates(title, text, language)}


@pytest.mark.parametrize(
    ("language", "title", "text", "whole", "parts"),
    [
        (
            "es",
            "La adaptación de Cien años de soledad",
            "La novela Cien años de soledad llega a la pantalla. La serie Cien años de soledad se rodó en Colombia.",
            "Cien años de soledad",
            {"años de soledad", "soledad"},
        ),
        (
            "it",
            "Il nome della rosa torna in tv",
            "Il romanzo Il nome della rosa torna in tv. Umberto Eco scrisse Il nome della rosa.",
            "Il nome della rosa",
            {"nome della rosa", "rosa"},
        ),
        (
            "cs",
            "„O myších a lidech“ v Brně",
            "Hra „O myších a lidech“ se vrací do Brna. Román „O myších a lidech“ napsal John Steinbeck.",
            "O myších a lidech",
            {"myších", "lidech"},
        ),
        (
            "nl",
            "Wie is de Vos? begint",
            "Het programma Wie is de Vos? begint zaterdag. De presentator is nieuw.",
            "Wie is de Vos",
            {"programma Wie"},
        ),
        (
            "sv",
            "Ny bro i Gamla stan",
            "I kvarteren i Gamla stan byggs en bro. Hjälp kom från Röda korset.",
            "Gamla stan",
            {"Gamla", "stan"},
        ),
        (
            "no",
            "Krise i Den norske kirke",
            "Det er krise i Den norske kirke. Stortinget svarer.",
            "Den norske kirke",
            {"Den"},
        ),
        ("fr", "La norme Euro 7 arrive", "La norme Euro 7 entre en vigueur lundi à Lyon.", "norme Euro 7", {"norme"}),
        (
            "el",
            "Η Aegean ζητά νέα αεροσκάφη",
            "Η Aegean ζητά νέα αεροσκάφη από την Airbus.",
            "Aegean",
            {"Aegean ζητά"},
        ),
        ("he", "אירוע בצפון", 'נאט"ו פרס כוחות במזרח. תע"א חתמה על עסקה.', 'נאט"ו', {'נאט"ו פרס', 'תע"א חתמה'}),
        (
            "fa",
            "نمایشگاه در موزهٔ ملی",
            "نمایشگاه تازه‌ای در موزهٔ ملی گشایش یافت. مدیر موزهٔ ملی سخن گفت.",
            "موزهٔ ملی",
            {"ملی"},
        ),
        (
            "vi",
            "TP HCM khởi công tuyến đường sắt đô thị",
            "TP HCM khởi công tuyến đường sắt đô thị số 5. Tuyến đường sắt đô thị dài 20 km.",
            "tuyến đường sắt đô thị",
            {"sắt đô thị", "Tuyến đường sắt đô", "thị số 5"},
        ),
    ],
)
def test_a_name_is_whole(language: str, title: str, text: str, whole: str, parts: set[str]) -> None:
    found = _forms(language, title, text)
    assert whole in found
    assert not parts & found


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("es", "La película Roma llega a Netflix. La película Roma llega a España.", "Roma llega"),
        ("it", "«Che fare?» chiede il sindaco. Il film piace.", "Che fare"),
        ("es", "La República Dominicana firma un acuerdo con Haití.", "La República Dominicana"),
        ("es", "La Segunda Guerra Mundial terminó en 1945.", "La Segunda Guerra Mundial"),
        ("sv", "På scenen står Anna leende. Publiken jublar.", "Anna leende"),
    ],
)
def test_words_beside_a_name_are_no_part_of_it(language: str, text: str, wrong: str) -> None:
    assert wrong not in _forms(language, "", text)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("es", "El Mundo publica hoy un informe sobre la banca.", "El Mundo"),
        ("nl", "De Standaard wint een prijs in Gent.", "De Standaard"),
        ("pt", "O Globo muda de formato em março.", "O Globo"),
        ("es", "El Corte Inglés abre una tienda. La cadena El Corte Inglés crece.", "El Corte Inglés"),
    ],
)
def test_a_newspaper_keeps_its_article(language: str, text: str, name: str) -> None:
    assert name in _forms(language, "", text)
