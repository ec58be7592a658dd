"""Credits, datelines, captions and chapters around an article, in many languages; and what must stay."""

import pytest

from alt_pipelines_tests.unit.text.bodies import body


@pytest.mark.parametrize(
    "credit", ["Ảnh: TTXVN", "צילום: דוברות העירייה", "Kuva: Aino Salo", "Fot. Jan Nowak / Agencja Obraz", "Kaynak: AA",
               "المصدر: وكالات", "Фото: пресс-служба порта", "(PAP) mz/ dki/", "EFE rso/jlp"]
)  # fmt: skip
def test_a_credit_is_known_in_every_language(credit: str) -> None:
    assert body(f"<p>Ulvik.</p><p>{credit}</p>", "Ferry") == "Ulvik."


def test_a_source_that_is_no_wire_service_stays() -> None:
    assert "Kandilli Rasathanesi" in body("<p>Sındırgı 4.1</p><p>Kaynak: Kandilli Rasathanesi</p>", "Depremler")


@pytest.mark.parametrize(
    "line",
    [
        "ULVIK, 12 mar (EFE).- The ferry sank.",
        "(ANSA) - ULVIK, 12 MAR - The ferry sank. (ANSA). ABC-DEF",
        "УЛЬВИК, 3 мар — РИА Новости. The ferry sank.",
        "ULVIK, Norway, Feb. 24, 2026 /PRNewswire/ -- The ferry sank.",
        "The ferry sank. (PAP)",
        "The ferry sank. Att: 11,204. HT: 1-1.",
    ],
)
def test_datelines_marks_of_agencies_and_figures_leave_the_sentence(line: str) -> None:
    assert body(line, "Ferry") == "The ferry sank."


def test_recipes_and_ratings_keep_their_words() -> None:
    text = "Ingredienti: 400 g di orecchiette. Deadline: 1 March."
    assert body(text, "Cena") == text


def test_a_caption_of_a_shortcode_is_kept_only_if_it_describes() -> None:
    text = '[caption id="a_1" width="9"]<img src="a.jpg"/> Photo: Getty Images[/caption]A furnace burns in Ulvik.'
    assert body(text, "Glass") == "A furnace burns in Ulvik."


def test_chapters_that_every_recording_has_are_no_names() -> None:
    text = "<p>Timestamps<br>(00:00) Intro<br>(03:41) Wild yeast<br>(27:15) Listener mail<br>(41:02) Outro</p>"
    assert body(text, "Bread") == "Wild yeast"
