"""Salutations and closings of letters go in every language; sentences that begin with the same words stay."""

import unicodedata

import pytest

from alt_pipelines.text.boilerplate.greetings import without_salutation
from alt_pipelines.text.boilerplate.letters import without_closings

ARTICLE = "The heronry at Lower Marsh has nine nests this spring."

SALUTATIONS = [
    "Dear members,",
    "Hi all!",
    "Liebe Leserinnen, liebe Leser,",
    "Sehr geehrte Damen und Herren,",
    "Beste wandelaars,",
    "Chers amis de la rivière,",
    "Queridas vecinas y vecinos:",
    "Prezados associados,",
    "Cari soci,",
    "Dragi prieteni,",
    "Kära medlemmar!",
    "Hyvät jäsenet,",
    "Drodzy Czytelnicy!",
    "Vážení přátelé,",
    "Kedves Olvasóink!",
    "Уважаемые читатели!",
    "Шановні колеги,",
    "Αγαπητοί φίλοι,",
    "Değerli üyelerimiz,",
    "أعزائي القراء،",
    "प्रिय पाठकों,",
    "Yth. para anggota,",
    "Kính gửi quý độc giả,",
    "会員の皆様へ",
    "関係者各位",
    "各位會員：",
    "亲爱的读者：",
    "관계자 여러분",
    "안녕하세요!",
]


@pytest.mark.parametrize("line", SALUTATIONS)
def test_a_salutation_above_a_text_goes(line: str) -> None:
    line = unicodedata.normalize("NFKC", line)
    assert without_salutation("News of the river", [line, ARTICLE]) == ["", ARTICLE]


@pytest.mark.parametrize(
    "line",
    [
        "Dear Zoo has sold a million copies.",
        "Liebe Leser haben eine Schleuse gerettet.",
        "Beste boek van het jaar: De rivier",
        "Caro petrolio",
        "Salut, an orchestra from Lyon, played on Monday.",
        "Wichtig:",
        "In this issue:",
        "各位議員は採決を求めた。",
        "시민 여러분이 다리를 살렸다.",
        "Para el relleno:",
        "Para os recheios:",
        "Beste Wanderzeit:",
        "Beste boek:",
        "Beste vrienden:",
        "Bästa målvakt:",
        "Bästa vänner:",
        "Dag 2:",
        "Madame Bovary:",
        "Messieurs :",
        "Liebe in Zeiten der Flut!",
        "Werte im Wandel:",
        "Halo Reach:",
        "Cara Dillon:",
        "Hey Ya:",
        "Hello Dolly!",
        "Welcome home, sailors!",
        "Дорогая река:",
        "Gửi hàng:",
        "親愛的河流",
        "各位選手",
        "被災地の皆様",
        "漁師の皆さん",
        "선장은 국민 여러분",
    ],
)
def test_a_line_of_another_form_stays(line: str) -> None:
    assert without_salutation("News of the river", [line, ARTICLE]) == [line, ARTICLE]


@pytest.mark.parametrize("line", ["Dear readers!", "Liebe Leser!", "Chers amis,", "親愛的讀者："])
def test_a_heading_is_no_salutation(line: str) -> None:
    line = unicodedata.normalize("NFKC", line)
    assert without_salutation("News of the river", [line, ARTICLE], {0}) == [line, ARTICLE]


def test_a_salutation_that_is_the_title_or_the_only_line_stays() -> None:
    assert without_salutation("Hello Sailor! closes", ["Hello Sailor!", ARTICLE]) == ["Hello Sailor!", ARTICLE]
    assert without_salutation("", ["Dear members,"]) == ["Dear members,"]


@pytest.mark.parametrize(
    "line",
    [
        "Kind regards,",
        "Herzliche Grüße",
        "Met hartelijke groet,",
        "Bien amicalement,",
        "Un saludo,",
        "Com os melhores cumprimentos,",
        "Saygılarımızla",
        "Ystävällisin terveisin",
        "Med vennlig hilsen",
        "S pozdravom",
        "Trân trọng,",
        "敬具",
        "감사합니다.",
    ],
)
def test_a_closing_and_the_names_below_it_go(line: str) -> None:
    assert without_closings("", [ARTICLE, ARTICLE, line, "Ada Holt"]) == [ARTICLE, ARTICLE, "", ""]
