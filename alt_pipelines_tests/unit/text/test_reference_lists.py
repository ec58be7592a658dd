"""References at the end of science texts and notes on a release's firm go; lines that only look like them stay."""

import unicodedata

import pytest

from alt_pipelines.text.boilerplate.firm_notes import without_firm_note
from alt_pipelines.text.boilerplate.reference_lists import without_reference_lists

ARTICLE = "Moss on old roofs holds three times as much lead as moss in woods."
RELEASE = "PORT HAVEN, May 5, 2025 /PRNewswire/ -- Halvane opened a mill."


@pytest.mark.parametrize(
    "heading",
    ["References", "Quellen", "Références", "Referencias", "Bronnen", "Литература", "参考文献", "參考文獻", "참고문헌"],
)
def test_a_list_of_references_goes_with_its_heading(heading: str) -> None:
    lines = [
        ARTICLE,
        unicodedata.normalize("NFKC", heading),
        "1. Lindqvist A, Marsh B. Lead in moss. J Bryol 2019;41(2):120-128.",
        "Doyle, C. (2021). Roofs. Ecology 14, 3-9. doi:10.9999/eco.1",
        "森田悠「屋根の苔」苔学会誌 12巻 2020年 3-9",
    ]
    assert without_reference_lists(lines)[:4] == [ARTICLE, "", "", ""]


@pytest.mark.parametrize(
    "line",
    [
        "Lindqvist A et al., Nature 2024",
        "Journal reference: Lindqvist A, Marsh B, et al. Lead in moss. J Bryol (2019).",
        "Quelle: Lindqvist, A. & Marsh, B. (2019) J Bryol 41(2), 120-128",
        "[3] Lindqvist A, Marsh B. Lead in moss. J Bryol. 2019;41:120-128. PMID: 31234567",
    ],
)
def test_a_line_that_is_a_reference_goes(line: str) -> None:
    assert without_reference_lists([ARTICLE, line]) == [ARTICLE, ""]


@pytest.mark.parametrize(
    "line",
    [
        "References to the bridge are found in letters of 1820.",
        "Lindqvist A, the first of three ships, sank in 1920.",
        "In 2019 Anna Lindqvist measured 41 roofs (12 of them in Hull).",
        "Source: the town hall, 2024",
        "Vitamin B, C and D fell in 2024.",
        "Holt A et al. described in Ecology in 2021 that moss stores lead.",
        "Study: Holt J et al. 2021 counted 70 roofs in Hull over ten years and found no change.",
        "Holt, J. (2021) is the study that began it, see https://example.org/moss for the rest.",
        "Holt JD, Marsh FH: the 1961 paper that named the moss, on p. 12 of Ecology.",
        "Holt, J. (2021) zeigte als Erste, wie Moos Blei bindet, vgl. https://example.org/moos",
        "Lindqvist J. (SWE) – Marsh C. (GBR) 6-3, 7-5 (Hull Open 2021)",
        "Lindqvist J. (SWE) – Marsh C. (GBR) 7-6 (5), 7-6 (3), Hull 2021",
        "Root J. 120 (98), Hull 2021",
    ],
)
def test_a_sentence_about_sources_stays(line: str) -> None:
    assert without_reference_lists([ARTICLE, line]) == [ARTICLE, line]


def test_a_heading_above_other_lines_stays() -> None:
    lines = [ARTICLE, "Sources", "The spring rises under the church."]
    assert without_reference_lists(lines) == lines


@pytest.mark.parametrize(
    ("heading", "items"),
    [
        (
            "Fontes",
            ["Fonte do Musgo, aberta em 1921, https://example.org", "Fonte Velha, de 1730, https://example.org/2"],
        ),
        ("Bibliografía", ["El tejado verde (1998), p. 12", "La casa del musgo (2004), p. 30"]),
        ("Źródła", ["Źródło Mchu, odkryte w 1921, https://example.org", "Źródło Stare, z 1730, https://example.org/2"]),
        ("Литература", ["Зелёная крыша (1998), https://example.org", "Дом и мох (2004), https://example.org/2"]),
    ],
)
def test_springs_and_books_below_such_a_heading_stay(heading: str, items: list[str]) -> None:
    lines = [ARTICLE, unicodedata.normalize("NFKC", heading), *items]
    assert without_reference_lists(lines) == lines


@pytest.mark.parametrize(
    ("heading", "note"),
    [
        ("About Halvane", "Halvane is a leading provider of innovative solutions."),
        ("Über die Nordwind AG", "Die Nordwind AG ist ein Hersteller von Windrädern mit Sitz in Husum."),
        ("À propos de Sorel", "Sorel est une entreprise familiale fondée en 1962."),
        ("Acerca de Halvane", "Halvane es una empresa líder en papel."),
        ("海嶺工業について", "海嶺工業は1962年創業の化学メーカーです。"),
        ("關於晨光電", "晨光電是領先的面板公司。"),
    ],
)
def test_what_a_release_says_of_its_firm_goes(heading: str, note: str) -> None:
    lines = [RELEASE, ARTICLE, heading, note]
    firms = "Halvane, Nordwind AG, Sorel, 海嶺工業, 晨光電: new mills"
    assert without_firm_note([*lines, "Tail."], lines, firms) == [RELEASE, ARTICLE, "", "", "Tail."]
    assert without_firm_note(lines, lines, firms)[-1] == ""
    assert without_firm_note(lines, lines, "A mill")[-1] == ("" if "Halvane" in heading else note)


def test_other_paragraphs_about_something_stay() -> None:
    news = [ARTICLE, "About Halvane", "Halvane is a company in Port Haven."]
    assert without_firm_note(news, news) == news  # no press release
    drug = [RELEASE, "About HLV-12", "HLV-12 is an oral inhibitor given once daily.", "Tail."]
    assert without_firm_note(drug, drug) == drug


@pytest.mark.parametrize(
    ("heading", "paragraph"),
    [
        ("Overgrazing", "Overgrazing by a leading company has bared the hills."),
        ("Omsk", "Omsk is home to a company that makes mills."),
        ("About Omsk", "Omsk is home to a company that makes mills."),
        ("Sobre Lugo", "Lugo es la sede de una empresa de papel."),
        ("Über Husum", "Husum liegt an der Küste, ein Unternehmen baut dort Windräder."),
        ("About the mosses", "The mosses grow in a group, and a network of roots feeds them."),
        ("About the study", "The study is the work of a company and a bank."),
        ("Over de moerassen", "De moerassen zijn van een bedrijf."),
        ("菌根とは", "菌根とは、企業が研究する根と菌の共生のことだ。"),
        ("菌根について", "菌根は企業が研究する共生です。"),
    ],
)
def test_a_section_about_the_subject_of_a_release_stays(heading: str, paragraph: str) -> None:
    lines = ["Contact: Ada Holt", ARTICLE, heading, paragraph]
    title = "Mosses, 菌根, study of Omsk, Lugo and Husum"
    assert without_firm_note(lines, lines, title) == lines


def test_a_note_on_a_firm_in_the_first_third_stays() -> None:
    lines = [RELEASE, "About Halvane", "Halvane is a leading provider of paper.", *[ARTICLE] * 5]
    assert without_firm_note(lines, lines) == lines
