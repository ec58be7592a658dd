"""What a page says above the first paragraph of who made its article and when; and lines of that form that stay."""

import pytest

from alt_pipelines.text.boilerplate.page_heads import without_page_head

ONE = "The harbour ferry runs again from Monday, after six weeks of repairs in the dock."
TWO = "Two new ramps were built over the winter, and the fare stays at four crowns until May."


def _head(*lines: str, title: str = "", headings: tuple[int, ...] = ()) -> list[str]:
    cleaned = without_page_head(title, [*lines, ONE, TWO], headings)
    assert cleaned[-2:] == [ONE, TWO]
    return [line for line in cleaned[:-2] if line]


@pytest.mark.parametrize(
    "line",
    [
        "Von Matthes Krolow | 3. Februar 2025, 08:15 Uhr | Lesezeit: 4 Min.",
        "By Harriet Lowe | 12 May 2025, 5:42 pm | 3 min read",
        "Par Inès Morel – 18 février 2025 à 07h42",
        "Harriet Lowe — 12 May 2025, 17:42",
        "Оксана Мельничук — 3 липня 2025, 09:15",
        "Autorka: Hana Vlčková | 7. ledna 2025, 10:20 | Čtení na 3 minuty",
        "Yazar: Derya Koçak | 05.03.2025 09:12",
        "Kaynak: İHA – Muhabir: Derya Koçak",
        "TT / Nils Ahlgren",
        "Nils Ahlgren / TT",
        "Journalist Sigrun Fossheim",
        "Reporter: Nils Ahlgren",
        "Av Nils Ahlgren, nils@avisen.example",
        "Publisert 7. juni kl. 08:15 – Oppdatert i dag kl. 09:10",
        "zaterdag 3 februari, 11:05 • Bijgewerkt zaterdag 3 februari, 12:20",
        "4.2.2025 klo 10.14 • Päivitetty 5.2.2025 klo 12.40",
        "Last updated on 4 March 2025, 10:20",
        "Pubblicato da: Segreteria comunale il 9 Novembre 2024",
        "Home > News > Island ferries",
        "Inicio » Noticias » Puerto",
        "Inicio / Noticias / Puerto",
        "Accueil - Actualités - Le port",
        "Startsidan | Nyheter | Hamnen",
        "Úvod – Správy – Prístav",
        "Domov » 2023",
        "Kezdőlap / Hírek / Kikötő",
        "Главная · Новости · Порт",
        "Αρχική / Νέα / Λιμάνι",
        "Trang chủ / Tin tức / Bến cảng",
        "トップ > ニュース > 港",
        "首页 / 新闻 / 港口",
        "홈 > 뉴스 > 항구",
        "الرئيسية - أخبار - الميناء",
        "דף הבית < חדשות < הנמל",
        "होम / समाचार / बंदरगाह",
        "Du er her: Nyheter / Havna",
        "Vous êtes ici : Actualités / Le port",
        "Kultura Vydáno 4. 3. 2025 9:00 Doba čtení: 3 minuty",
        "Island news 4 March 2025 3 min read",
    ],
)
def test_a_line_of_makers_and_dates_above_the_text_goes(line: str) -> None:
    assert _head(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "Home / Away",
        "Start / Ziel / Dauer",
        "Inicio de la obra / Final de la obra / Coste",
        "Accueil – le port – la ville",
        "Domov za starejše / Bolnišnica / Šola",
        "You are here: a novel",
        "首页设计",
    ],
)
def test_a_line_that_is_no_path_stays(line: str) -> None:
    assert _head(line) == [line]


@pytest.mark.parametrize(
    "lines",
    [
        ["Lucía Marqués", "Valdehoz - 3 feb 2025 - 05:30 CET"],
        ["Harriet Lowe", "12 May 2025"],
        ["Maud Kerkstra", "verslaggever Economie"],
        ["Maud Kerkstra", "redacteur Sport", "zaterdag 3 februari, 11:05"],
    ],
)
def test_a_name_above_a_role_or_a_date_goes(lines: list[str]) -> None:
    assert [line for line in _head(*lines) if line[0] in "MH" or "Marqués" in line] == []


@pytest.mark.parametrize(
    "lines",
    [
        ["São Paulo"],
        ["Buenos Aires, 14 de marzo de 2025"],
        ["Hamburg, 14. März 2025"],
        ["18:00 Ajax – PSV", "20:00 Feyenoord – Twente"],
        ["14. Juli 2025, 19:30 Uhr, Stadthalle Wels"],
        ["Stadthalle Wels, 14. Juli 2025, 19:30 Uhr"],
        ["14. Juli 2025, 19:30 Uhr | Stadthalle Wels"],
        ["Anna Berg", "* 12. März 1940 † 5. Februar 2025"],
        ["Anna Berg", "12.3.1940 – 5.2.2025"],
        ["Anna Berg", "died 5 February 2025"],
        ["Anna Berg"],
        ["Nell Archer: The Long Night"],
        ["For four persons"],
        ["Final of the cup | 4 March 2025, 17:42"],
        ["Harn Maiden – Solvik 3:1"],
        ["Lunedì 3 marzo 2025, ore 21: concerto di Nina Salvi"],
        ["Updated plans", "New fares from 1 March 2025"],
        ["The Long Winter", "A novel of the islands"],
        ["Critics of the plan"],
        ["Editor wanted"],
        ["5 > 3 > 1"],
        ["Published 4 March 2025 with Nell Archer"],
        ["AP / Reuters poll: ferries lead"],
        ["1:02:33 Anna Berg", "1:03:10 Ida Holm"],
        ["Jan Berg – 1 May 2025", "Eva Holm – 2 May 2025", "Ida Dahl – 3 May 2025"],
    ],
)
def test_a_head_that_says_something_stays(lines: list[str]) -> None:
    assert _head(*lines) == lines


def test_whoever_the_article_names_stays() -> None:
    assert _head("Harriet Lowe | 12 May 2025, 17:42", title="Lowe returns to Harn") != []
    assert _head("Harriet Lowe", "12 May 2025", title="Harriet sails again")[0] == "Harriet Lowe"
    told = "The novelist Sigrun Fossheim has walked the coast of Ulvik for thirty years and still finds new paths."
    lines = ["Novelist Sigrun Fossheim", told, TWO]
    assert without_page_head("", lines, ()) == lines


def test_a_heading_and_the_head_of_a_short_text_stay() -> None:
    assert _head("Journalist Sigrun Fossheim", headings=(0,)) != []
    assert without_page_head("", ["Journalist Sigrun Fossheim", ONE], ()) == ["Journalist Sigrun Fossheim", ONE]


@pytest.mark.parametrize("name", ["Nils Ahlgren", "Оксана Мельничук", "Inès de la Tour"])
def test_a_name_below_the_repeated_title_is_the_authors(name: str) -> None:
    assert _head("The ferry sails", name, title="The ferry sails") == ["The ferry sails"]
    assert _head(name, title="The ferry sails") == [name]


def test_a_name_below_the_repeated_title_stays_if_the_text_has_it() -> None:
    lines = ["The ferry sails", "Nils Ahlgren", ONE, TWO, "Nils Ahlgren steers it."]
    assert without_page_head("The ferry sails", lines, ()) == lines
