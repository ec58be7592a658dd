"""Lines that name who made an article, at its edges; and lines of the same words that belong to it."""

import pytest

from alt_pipelines.text.boilerplate.makers import without_makers

TEXT = "The harbour ferry runs again from Monday, after six weeks of repairs in the dock."


@pytest.mark.parametrize(
    "line",
    [
        "AFP",
        "(Reuters, AP)",
        "— ANSA",
        "Mit Material von dpa",
        "Con información de EFE",
        "По материалам ТАСС",
        "(رويترز)",
        "Le Matin avec AFP",
        "La rédaction avec AFP",
        "Redacción / EFE",
        "Petra Holm/TT",
        "/ritzau/",
        "연합뉴스",
        "Written by Nell Archer",
        "Words: Nell Archer",
        "Text und Fotos: Jan Berg",
        "Propos recueillis par Inès Morel",
        "Texto: Elena Vidal",
        "a cura di Sara Conti",
        "Tekst: Eva Smit",
        "Teksti: Aino Salo",
        "Autor: Ewa Nowak",
        "Автор: Лидия Чернова",
        "Κείμενο: Άννα Ρούσσου",
        "Haber: Elif Aydın",
        "إعداد: ليلى منصور",
        "מאת: דנה לוי",
        "लेखक: सीमा वर्मा",
        "Penulis: Dewi Lestiani",
        "Tác giả: Mai Hoa",
        "ผู้เขียน: มานี ใจดี",
        "編集:山田太郎",
        "Nell Archer, Staff Writer",
        "Ansvarig utgivare: Eva Smit.",
        "Redaktor naczelny: Ewa Nowak",
        "Direttore responsabile: Sara Conti",
        "Jutun kirjoitti Aino Salo",
        "Napsala Hana Vlčková",
        "Nell Archer contributed to this report.",
        "Lesezeit: 3 Min. | Text: Jan Berg",
        "Rédaction : Inès Morel. Clichés : Luc Ferrand.",
        "Tekst og foto: Gro Lie. Ansvarlig redaktør: Nils Moe.",
        "Toimetaja: Tiina Mägi",
        "Sagatavoja: Dace Kalna",
        "Parengė: Rūta Balsytė",
        "Besedilo: Mojca Hren",
        "Piše: Ivana Marić | Snimio: Ante Jurić",
        "Napisala: Jelena Ilić",
        "Höfundur: Birna Jónsdóttir",
        "Redacció: Mercè Puig | Fotografies: Quim Sala",
        "إعداد: ليلى منصور / تصوير: سامي حداد",
        "Κείμενο της Άννας Ρούσσου",
        "Tekst og foto: Gro Steinsvåg-Lie. Ansvarlig redaktør: Nils Olav Moe.",
        "Text: Jan Berg, freier Journalist in Wismar",
        "Zodpovedá: Eva Malá, referát dopravy",
    ],
)
def test_a_line_of_makers_at_the_end_goes(line: str) -> None:
    assert without_makers("", [TEXT, line]) == [TEXT, ""]


@pytest.mark.parametrize(
    "lines",
    [
        ["Par Inès Morel (avec AFP)"],
        ["Nell Archer | Staff reporter"],
        ["Door: Eva Smit"],
        ["Piše: Jelena Babić"],
        ["Höfundur: Sigrún Helgadóttir"],
        ["Por Elena Vidal / Agencias"],
        ["Inès Morel", "Publié le 18/02/2025 à 07h42"],
    ],
)
def test_a_byline_before_the_text_goes(lines: list[str]) -> None:
    assert without_makers("", [*lines, TEXT])[0] == ""


@pytest.mark.parametrize(
    "line",
    [
        "AFP denied the report on Monday.",
        "The agency AFP had no comment.",
        "They spoke to the BBC and AP.",
        "Written by hand, the letter survived.",
        "Text: the harbour is open",
        "Author: The Ghost of the Harbour",
        "Texte de loi",
        "Auteur inconnu",
        "Managing editor leaves",
        "Päätoimittaja: lehti ei sulje",
        "Автор: призрак порта",
        "كتب الطلاب رسالة إلى البلدية.",
        "編集:難しい仕事だ",
        "Royal Albert Hall",
        "Piše: ladja spet vozi",
        "Rédaction : le port est ouvert",
        "Texti: höfnin er opin",
        "Text: Jan Berg, kapten: färjan går igen",
        "Author: Nell Archer, who has walked the coast for thirty years",
        "Κείμενο της σύμβασης",
        "Nell Archer",
    ],
)
def test_a_line_that_tells_something_stays(line: str) -> None:
    assert without_makers("", [TEXT, line]) == [TEXT, line]


def test_an_author_whom_the_article_mentions_stays() -> None:
    lines = ["Archer has walked the coast of Ulvik for thirty years and still finds new paths.", "Text: Nell Archer"]
    assert without_makers("", lines) == lines
    assert without_makers("Archer walks again", [TEXT, "Text: Nell Archer"])[1] != ""


@pytest.mark.parametrize(
    "fields",
    [
        ["Author: Nell Archer", "Publisher: Ulvik Press", "Pages: 320"],
        ["Written by Nell Archer", "Directed by Jan Berg"],
        ["AA", "AAA", "9V"],
        ["AQA", "APA", "SID"],
    ],
)
def test_a_field_among_others_and_an_item_of_a_list_stay(fields: list[str]) -> None:
    assert without_makers("", [TEXT, *fields]) == [TEXT, *fields]


@pytest.mark.parametrize("mark", [" (رويترز)", " (ТАСС)", " — AFP", "(共同)", " /ritzau/"])
def test_the_agency_after_the_last_sentence_goes(mark: str) -> None:
    end = "。" if mark[0] == "(" else "."
    assert without_makers("", [f"{TEXT[:-1]}{end}{mark}"]) == [f"{TEXT[:-1]}{end}"]


def test_a_sentence_with_a_colon_beside_a_maker_is_no_field() -> None:
    told = "This is how we work: what we print is true"
    assert without_makers("", [TEXT, told, "Ansvarig utgivare: Eva Smit."]) == [TEXT, told, ""]
