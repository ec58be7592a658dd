"""Credits of pictures and agencies in several languages; sentences with the same words stay."""

import pytest

from alt_pipelines_tests.unit.text.bodies import body

ARTICLE = "The heronry at Lower Marsh has nine nests this spring, said the warden on Monday."


@pytest.mark.parametrize(
    "line",
    [
        "fot. Jan Kowal / Agencja Widok",
        "zdj. Anna Kowal",
        "ph. Mario Riva",
        "фот. Иван Петров",
        "Foto: Lena Holt/dpa",
        "[fot. Jan Kowal / Widok]",
        "(Zdj. Anna Kowal)",
        "Arkivfoto: Nils Ahlgren/Ritzau Scanpix",
        "Pressefoto: Lena Holt",
        "Jono Petraičio nuotr.",
        "Kovács Éva felvétele",
        "फोटो साभार: अनिल मेहरा",
        "Arkivbild: Nils Ahlgren/TT",
        "RIPRODUZIONE RISERVATA © Copyright ANSA",
    ],
)
def test_a_line_of_credits_goes(line: str) -> None:
    assert _cleaned(ARTICLE, line) == [ARTICLE]


@pytest.mark.parametrize(
    "credit",
    ["fot. Jan Kowal / Widok", "Ảnh: Hoàng Lan", "Фото: Иван Петров", "Gambar: Siti Aminah/Antara", "Fotó: Kiss Éva"],
)
def test_a_credit_after_the_last_sentence_goes(credit: str) -> None:
    assert _cleaned(f"{ARTICLE} {credit}") == [ARTICLE]


@pytest.mark.parametrize(
    "line",
    [
        "The song was produced by Jo Ambler.",
        "Produced by Jo Ambler, the film opened the festival in May.",
        "ph. values rise",
        "Hosted by the town of Ulvik for the first time, the fair drew thousands.",
        "La galerie acheta La Reproduction interdite au peintre Aubert",
        "Reproduction interdite, un roman de Lise Aubert",
        "Der Roman Nachdruck verboten von Ilse Kahn",
        "Сн. Ветров чинит старую мельницу",
        "Ph. Moreau leads the choir",
        "[ph. values rise]",
        "Weltbild: Verlag in Not",
        "Gruppenfoto: die neuen Räte stehen vor dem alten Rathaus",
    ],
)
def test_a_sentence_stays(line: str) -> None:
    assert _cleaned(ARTICLE, line) == [ARTICLE, line]


@pytest.mark.parametrize(
    "labelled",
    [
        "Imagen: Casa Lumbre",
        "Hình: Sao Mai",
        "Kuvat: Turku Tampere Lahti",
        "Gambar: Gunung Merapi",
        "Kép: Duna Tisza",
    ],
)
def test_a_label_of_an_image_with_a_name_that_is_no_photographers_stays(labelled: str) -> None:
    assert _cleaned(f"{ARTICLE} {labelled}") == [f"{ARTICLE} {labelled}"]


def _cleaned(*lines: str) -> list[str]:
    return body("\n".join(lines)).split("\n")
