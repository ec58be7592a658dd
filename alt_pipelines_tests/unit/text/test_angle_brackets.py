"""Angle brackets of a text are no markup: titles, generic types, addresses and comparisons lose nothing."""

from html import escape

import pytest

from alt_pipelines_tests.unit.text.bodies import body

TITLES = [
    ("Al Lido passa <<Il ponte di sale>>, girato a Chioggia.", "«Il ponte di sale»"),
    ("Le roman << Table pour deux >> paraît lundi.", "«Table pour deux»"),
    ("Das Stück <<Script>> läuft neben <<Style und Stil>> in Graz.", "«Style und Stil»"),
    ("O filme <<A Hora do Mar>> estreia em Faro.", "«A Hora do Mar»"),
    ("作家林远的小说<<雨巷深处>>出版了。", "《雨巷深处》"),
    ("감독의 새 영화 <<바다의 집>>가 개봉했다.", "《바다의 집》"),
]
SIGNS = [
    "Elle relit <La Dame de pique> chaque hiver.",
    "Il festival apre con <L'Isola> e chiude con <L'Orto dei pini>.",
    "The band Title Fight covered <A Small Song> in Hull.",
    "If p<q the cost grows, and q>r keeps it flat.",
    "It holds for a<b and c>d, so the sum is finite.",
    "We need x<y where y=3, and z>2 for all of them.",
    "A Map<String, Integer> is slower than a List<String> here.",
    "Use std::vector<std::string> for the names.",
    "Write to Mara Lind <mara@lind.example> by Friday.",
    "I <3 Porto, she <- he, and 3 <= 4 holds.",
]


@pytest.mark.parametrize(("text", "title"), TITLES)
@pytest.mark.parametrize("written", [str, "<p>{}</p><p><b>Fin</b></p>".format, escape])
def test_doubled_brackets_are_quotation_marks(text: str, title: str, written: object) -> None:
    assert callable(written)
    assert title in body(written(text))


@pytest.mark.parametrize("text", SIGNS)
@pytest.mark.parametrize("written", [str, "<p>{}</p>".format])
def test_no_text_is_lost_to_brackets(text: str, written: object) -> None:
    assert callable(written)
    assert body(written(text)) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Eine <<<i>lange Nacht</i>>> in Linz</p>", "Eine «lange Nacht» in Linz"),
        ("<ul compact><li>Salt<li>Pepper</ul>", "Salt\nPepper"),
        ("<p><font color red size=2>Warm</font> <input disabled>day</p>", "Warm day"),
        ("<div data-row wide>Low <img large src=x.png> tide</div>", "Low tide"),
        ("<details open><summary>Map</summary></details>", "Map"),
        ("<script async>x()</script>Open", "Open"),
        ("<< Previous | Next >>", "<< Previous | Next >>"),
    ],
)
def test_tags_without_values_are_still_tags(markup: str, text: str) -> None:
    assert body(markup) == text
