"""Nested and endless markup keeps its text, whatever limits the parser's work."""

from html import escape

import pytest

from alt_pipelines.text.clean import clean_article, clean_text
from alt_pipelines.text.markup import DEEPEST, MOST, text_of


def test_words_beyond_the_deepest_level_stay_separate_lines() -> None:
    markup = "<div>" * (DEEPEST + 5) + "The port<p>reopened.</p>" + "</div>" * (DEEPEST + 5)
    assert text_of(markup).split("\n") == ["The port", "reopened."]


def test_words_beyond_the_last_element_read_stay_separate_lines() -> None:
    found = text_of("<p>one</p>" * (MOST // 2) + "<p>The <b>port</b></p><p>reopened.</p>").split("\n")
    assert found[-1] == "reopened."
    assert {"The", "port"} <= set(found)


def test_a_number_table_in_a_layout_table_is_dropped_and_the_article_beside_it_stays() -> None:
    prices = "<table>" + "<tr><td>12</td><td>3.5</td></tr>" * 5 + "</table>"
    text, _ = clean_text(f"<table><tr><td><p>The port reopened on Monday.</p></td><td>{prices}</td></tr></table>", 1000)
    assert text == "The port reopened on Monday."


def test_a_title_in_markup_keeps_its_words() -> None:
    found = clean_article("<span class='headline'>" * 20 + "The port reopens" + "</span>" * 20, "")
    assert found.title == "The port reopens"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("x<script>alert(1)</script>Javascript", "x Javascript"),
        ("Tokyo<iframe src=a>frame</iframe>Osaka", "Tokyo Osaka"),
        ("a<pre>code</pre>text of an article", "a\ntext of an article"),
        ("<p>One.<aside>Two</aside>three", "One.\nTwo\nthree"),
        ("See the link<svg><path/></svg>.", "See the link."),
        ("Alpha<!-- note -->bet", "Alphabet"),
        ("<ruby>漢<rt>かん</rt></ruby>字", "漢字"),
    ],
)
def test_what_is_left_out_separates_words_but_not_the_parts_of_one(markup: str, text: str) -> None:
    assert text_of(markup) == text
    escaped, _ = clean_text(escape(f"<p>{markup}</p>"), 1000)
    assert escaped == text
