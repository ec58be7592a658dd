"""A line that credits a picture to an archive or an organiser goes; a caption and a field of a review stay."""

import pytest

from alt_pipelines_tests.unit.text.bodies import MORE, TEXT, body

CREDITS = [
    "Foto: archiv spolku",
    "Foto: aus dem Vereinsarchiv",
    "Fotos: privat zur Verfügung gestellt",
    "Pressefoto: aus dem Archiv",
    "Photos: club archive",
    "Photo credit: family archive",
    "Photo : archives municipales",
    "Foto: cortesía del club",
    "Foto: captura de pantalla",
    "Foto: reprodução redes sociais",
    "Foto: ufficio stampa",
    "Foto: archief van gemeente",
    "Foto: föreningens arkiv",
    "Kuvat: kaupungin arkisto",
    "Zdjęcia: materiały prasowe",
    "Fot. archiwum klubu",
    "zdj. materiały organizatora",
    "Foto: z archívu klubu",
    "Fotó: a szervezők archívuma",
    "Foto: arhiva clubului",
    "Fotografije: privatni arhiv",
    "Снимки: личен архив",
    "Фото: із соцмереж",
    "Фотографии: из открытых источников",
    "Φωτογραφίες: αρχείο συλλόγου",
    "Fotoğraflar: kulüp arşivi",
    "Ảnh: tư liệu câu lạc bộ",
    "Foto: dokumen panitia",
    "图片:主办方提供",
    "圖片來源:主辦單位提供",
    "Nuotraukos: klubo archyvas",
    "Foto: biedrības arhīvs",
    "Foto: seltsi arhiiv",
    "Myndir: ljósmyndasafn félagsins",
    "Photo: courtesy",
    "Fotos: privat",
    "Foto: gabinete de prensa",
    "Fotos: arxiu del club",
]


@pytest.mark.parametrize("credit", CREDITS)
def test_a_credit_without_a_name_goes(credit: str) -> None:
    assert body(f"<p>{TEXT}</p><p>{MORE}</p><p>{credit}</p>") == f"{TEXT}\n{MORE}"


@pytest.mark.parametrize(
    "line",
    [
        "Photo: a heron rises from the reeds of the lower marsh at first light",
        "Foto: ein Reiher am Ufer",
        "Foto: un oso en la carretera",
        "Fotografie: stále drahý koníček pro mnoho mladých lidí z malých měst",
        "Fotos sind im Museum verboten",
        "Fotowettbewerb: jetzt mit neuem Preis",
        "Photo finish: two riders share the stage",
        "Foto: das erste Bild der Ausstellung.",
        "图片:白鹭飞过湖面",
        "Photos: thousands march in Lima",
        "Photo: required, two copies",
        "Photos: private jets land",
        "Zdjęcia: słabe w nocy",
        "Fotos: cientos protestan en Lima",
        "Foto: vijf doden bij brand",
        "Fotos: tausende auf der Straße",
        "Photos : grève à la mairie",
        "Foto: migliaia in piazza",
        "Ảnh: lũ lớn ở miền trung",
    ],
)
def test_a_caption_or_a_sentence_stays(line: str) -> None:
    assert body(f"<p>{TEXT}</p><p>{MORE}</p><p>{line}</p>").startswith(f"{TEXT}\n{MORE}\n")


def test_a_field_among_other_verdicts_stays() -> None:
    text = body(f"<p>{TEXT}</p><p>Ton: klar und warm<br>Foto: scharf bei Tag<br>Akku: hält zwei Tage</p><p>{MORE}</p>")
    assert "scharf bei Tag" in text
