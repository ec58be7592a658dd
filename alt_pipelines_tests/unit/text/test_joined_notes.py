"""Lines of several notes go, as sentences or as commands in a row; a line with one sentence of its own stays."""

import pytest

from alt_pipelines.text.boilerplate.joined_notes import without_joined_notes
from alt_pipelines_tests.unit.text.bodies import MORE, TEXT, body


def last(line: str) -> str:
    """Return what is left of the last line of an article."""
    return body(f"<p>{TEXT}</p><p>{MORE}</p><p>{line}</p>").removeprefix(f"{TEXT}\n{MORE}").strip()


@pytest.mark.parametrize(
    "line",
    [
        "Джерело: мерія. Фото: з відкритих джерел. Підтримайте редакцію на Patreon!",
        "Quelle: Rathaus. Foto: privat. Unterstützt unsere Redaktion auf Patreon!",
        "Source: city hall. Photo: courtesy. Support our newsroom on Patreon!",
        "Source : mairie. Photo : archives. Soutenez notre rédaction sur Tipeee !",
        "Fuente: ayuntamiento. Foto: archivo. ¡Apoya a nuestra redacción en Patreon!",
        "Fonte: prefeitura. Foto: divulgação. Apoie nossa redação no Catarse!",
        "Źródło: urząd miasta. Fot. archiwum. Wesprzyj naszą redakcję na Patronite!",
        "Zdroj: radnice. Foto: archiv. Podpořte naši redakci na Patreonu!",
        "Источник: мэрия. Фото: из открытых источников. Подписывайтесь на наш канал в Telegram!",
        "Kaynak: belediye. Fotoğraf: arşiv. Bizi YouTube'da takip edin!",
        "Bron: gemeente. Foto: archief. Steun onze redactie via Patreon!",
        "Text: Uwe Sander. Foto: Vereinsarchiv. Folgt uns auf Instagram!",
        "المصدر: البلدية. تصوير: أرشيف. تابعونا على فيسبوك!",
        "Підтримайте нашу редакцію на Patreon!",
        "Wesprzyj nas na Patronite!",
    ],
)
def test_a_line_of_credits_and_an_appeal_goes(line: str) -> None:
    assert last(line) == ""


@pytest.mark.parametrize(
    "line",
    [
        "Atualizar a página · Clique aqui e receba alertas no celular · Siga o nosso perfil",
        "Refresh the page · Click here to get alerts on your phone · Follow our profile",
        "Seite aktualisieren · Hier klicken und Nachrichten aufs Handy erhalten · Folge unserem Profil",
        "Actualiser la page | Cliquez ici pour recevoir nos alertes | Suivez notre compte",
        "Actualizar página · Haz clic aquí y recibe las noticias · Sigue nuestro perfil",
        "Aggiorna la pagina · Clicca qui e ricevi le notizie · Segui il nostro profilo",
        "Ververs de pagina | Klik hier en ontvang nieuws | Volg ons profiel",
        "Odśwież stronę · Kliknij tutaj i odbieraj wiadomości · Obserwuj nasz profil",
        "Обновить страницу | Нажмите здесь | Подписывайтесь на наш профиль",
        "Sayfayı yenile | Haberleri almak için tıklayın | Profilimizi takip edin",
    ],
)
def test_a_row_of_commands_goes(line: str) -> None:
    assert last(line) == ""


@pytest.mark.parametrize(
    "line",
    [
        "Джерело: мерія Кутова.",
        "Quelle: Rathaus. Foto: privat. Die Brücke bleibt bis Mai gesperrt.",
        "Source: Ministry of Works. The bridge opens in May.",
        "Regie: Ada Berg. Musik: Jo Lunt. Kamera: Ida Holm.",
        "Fonte: Aqua Viva. A ponte fica fechada até maio.",
        "Підтримайте пораненого мера, просять сусіди.",
        "Follow the river · Cross the old bridge · Climb to the chapel",
        "Segui il fiume | Attraversa il ponte | Sali alla cappella",
        "Refresh Group · Northern Line",
        "Steun voor boeren | Patreon groeit | Beurs daalt",
        "Quelle: Lindried. Quellen: Moorbach und Riedbach.",
        "Fuente: agua potable. Fotos: paisaje y ruinas.",
        "Source: clear water. Photos: club archive.",
    ],
)
def test_a_line_that_tells_something_stays(line: str) -> None:
    assert last(line) == line


def test_a_support_service_that_an_article_is_about_stays() -> None:
    line = "Patronite zebrało milion złotych dla kina, mówi Jan Kowal."
    assert last(line) == line


@pytest.mark.parametrize(
    "line",
    [
        "Follow our tour through Odlin | Follow our recipe for soup",
        "Follow us through the market | Follow us up the hill",
        "Folgt unserem Weg durch Lind | Folgt unserem Rezept",
        "Suivez notre visite du port | Suivez nos conseils",
        "Sigue nuestra ruta | Sigue nuestra receta",
        "Siga o nosso roteiro | Siga a nossa receita",
        "Segui il nostro itinerario | Segui la nostra ricetta",
        "Volg onze route | Volg ons recept",
        "Turumuzu takip edin | Tarifimizi takip edin",
    ],
)
def test_a_row_that_asks_to_follow_something_else_than_a_page_stays(line: str) -> None:
    assert without_joined_notes("", [TEXT, line]) == [TEXT, line]
