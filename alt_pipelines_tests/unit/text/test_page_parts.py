"""What stands around an article by its place and form: headings of columns, readings, bylines, menus, lists of others.

Each claim has the line that goes and one of the same kind that says something and stays.
"""

import pytest

from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines_tests.unit.text.bodies import body

_STORY = "The ferry to Harn sails again from Monday. Two new ramps were built over the winter."


def _clean(content: str, title: str = "The ferry sails again") -> CleanText:
    found = clean_article(title, content)
    assert isinstance(found, CleanText)
    return found


def test_headings_of_columns_name_parts_of_a_table() -> None:
    table = "<table><tr><th>Stall</th><th>Goods</th></tr><tr><td>Dunn</td><td>Goat cheese</td></tr></table>"
    assert _clean(table).labels == {"stall", "goods"}


def test_columns_that_a_table_compares_are_no_labels() -> None:
    names = "<tr><th></th><th>Kobold</th><th>Orkan</th></tr>"
    table = f"<table>{names}<tr><th>Weight</th><td>light</td><td>heavy</td></tr></table>"
    assert _clean(table).labels == frozenset()


@pytest.mark.parametrize("mark", ["[00:00:{0}] {1}: ", "(1:{0}) {1}: ", "00:00:{0} {1}: ", "{1} (01:{0}): ", "{1}: "])
def test_speakers_of_a_transcript_are_labels_where_times_are_beside_them(mark: str) -> None:
    said = ["Eels are back.", "They like the new weir.", "Where do they sleep?", "Below the mill."]
    turns = [mark.format(10 + at, ("HOST", "MARLOW")[at % 2]) + words for at, words in enumerate(said)]
    found = _clean("\n\n".join(turns))
    assert found.labels == {"host", "marlow"}
    assert found.text.splitlines() == said


def test_what_an_entry_of_a_live_blog_begins_with_is_no_label() -> None:
    found = _clean("\n\n".join(f"1{hour}:05 Eels: number {hour} came by." for hour in range(4)))
    assert "Eels" in found.text


def test_a_reading_in_brackets_goes_from_the_title_too() -> None:
    assert _clean("信天翁がふえた。", "信天翁(あほうどり)の島").title == "信天翁の島"


def test_an_aside_in_kana_stays_in_the_title() -> None:
    assert _clean("案内が届いた。", "それ(これ)の話").title == "それ(これ)の話"


@pytest.mark.parametrize(
    "line",
    [
        "By Harriet Lowe, 12.05.2025, 17:42",
        "Von Matthias Krol, 03.02.2025, 08:15 Uhr",
    ],
)
def test_a_byline_with_a_date_goes(line: str) -> None:
    assert _clean(f"{line}\n{_STORY}").text == _STORY


@pytest.mark.parametrize(
    "place", ["HARN, ferrynews.example - ", "Harn (ferrynews.example) - ", "Ferrynews.example, HARN - "]
)
def test_a_dateline_with_the_address_of_the_site_goes(place: str) -> None:
    assert _clean(place + _STORY).text == _STORY


def test_a_sentence_that_begins_with_an_address_stays() -> None:
    text = "Ferrynews.example was sold on Monday - for the second time this year."
    assert _clean(text).text == text


def test_the_footer_of_a_mailing_list_goes() -> None:
    footer = "_______________________________________________\nferries mailing list\nferries@lists.example.org"
    assert _clean(f"{_STORY}\n\n{footer}").text == _STORY


def test_a_rule_of_underscores_before_text_stays_without_effect() -> None:
    assert _clean(f"{_STORY}\n\n____________\n\nTickets cost four crowns.").text.endswith("Tickets cost four crowns.")


def test_a_row_of_buttons_with_one_to_subscribe_goes() -> None:
    assert _clean(f"{_STORY}\nПодписаться | Прислать новость | Чат | ВК").text == _STORY


def test_a_row_of_names_stays() -> None:
    text = f"{_STORY}\nAurelia | Harn Maiden | Solvik"
    assert _clean(text).text == text


def test_a_list_of_other_articles_goes_with_its_heading() -> None:
    text = "湖に白鳥が飛来した。\n白鳥は三月まで過ごす。"
    assert _clean(f"{text}\nこちらもおすすめ\n・年末調整の書き方\n・宝くじの番号", "白鳥").text == text


def test_a_list_of_the_article_below_another_heading_stays() -> None:
    text = "白鳥を見る会を開く。\n詳しい日程\n・一月十日\n・二月三日"
    assert _clean(text, "白鳥").text == text


def test_a_signature_in_brackets_after_the_last_sentence_goes() -> None:
    assert _clean("白鳥が来た。\n朝晩は冷えるようになりました。（ハラダ）", "白鳥").text.endswith("なりました。")


def test_a_remark_in_brackets_inside_a_sentence_stays() -> None:
    text = "白鳥が来た。\n会長（ハラダ）が話した。"
    assert "ハラダ" in _clean(text, "白鳥").text


@pytest.mark.parametrize(
    "line",
    [
        "Jump to Recipe Print Recipe",
        "★★★★★ 4.8 from 212 votes",
        "Prep Time: 20 mins Cook Time: 45 mins",
        "← Older: Compost, again | Newer: Hello, slugs →",
        "Powered by Hugo. Theme by Lanternfish.",
        "Filed under gardening, weeknotes. 3 Comments.",
        "Dieses Thema im Programm: Radio Nordwelle | Regional | 10:00 Uhr",
        "Etiquetas: puerto, obras",
        "Lo más leído: 1. La lotería de hoy 2. El tiempo",
        "Email us at tips@ferrynews.example or message us on WhatsApp.",
        "This article is made possible by a grant from the Dunlow Foundation.",
    ],
)
def test_what_a_page_has_around_its_article_goes(line: str) -> None:
    assert _clean(f"{_STORY}\n{line}").text == _STORY


@pytest.mark.parametrize(
    "line",
    [
        "Most popular: vanilla and lemon, both sold by the pound.",
        "À ne pas manquer : la parade des bateaux, samedi à dix heures.",
        "The ramp was made possible by a grant from the Dunlow Foundation.",
        "Themen: Haushalt, Radweg, Freibad",
        "The north pier → the lighthouse → the fish market.",
    ],
)
def test_a_line_of_the_same_form_that_tells_something_stays(line: str) -> None:
    assert line.split(": ")[-1].split(" →")[0] in _clean(f"{_STORY}\n{line}").text


def test_bullets_below_a_label_of_other_articles_go_and_those_of_the_article_stay() -> None:
    assert _clean(f"{_STORY}\nLa rédaction vous conseille :\n- Budget : les chiffres\n- La météo").text == _STORY
    listed = f"{_STORY}\nWhat to bring:\n- A warm coat\n- Two sandwiches"
    assert "Two sandwiches" in _clean(listed).text


def test_headings_of_generated_release_notes_go() -> None:
    notes = "## 2.4.0\n\n### Bug Fixes\n\n* keep the compass\n\n### Performance Improvements\n\n* cache vector tiles"
    assert body(notes).split("\n")[1:] == ["* keep the compass", "* cache vector tiles"]
    assert "Bug fixes for the compass" in body("### Bug fixes for the compass\n\nThe compass points north again.")
