"""Written Cantonese: its language, and its particles, pronouns and verbs, which are in no name."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.chinese.cantonese import segmented
from alt_pipelines.text.language import detect
from alt_pipelines.text.segmentation import chinese


@pytest.mark.parametrize(
    ("text", "names", "glued"),
    [
        ("南灣街市啲檔主話，佢哋未收到通知。食環署話會喺下月解釋安排。", {"南灣街市", "食環署"}, "啲檔主話"),
        (
            "坪洲渡輪由下月起加價，坪洲渡輪加咗價，但係班次冇增加。運輸署就話，油價升咗好多。",
            {"坪洲渡輪", "運輸署"},
            "班次冇",
        ),
        ("漁護署嘅職員用草引啲流浪牛返去山上。流浪牛塞咗屯門公路。", {"流浪牛", "漁護署", "屯門公路"}, "啲流浪"),
        ("居民等咗東涌綫延綫好耐，東涌綫延綫嘅隧道尋日貫通。", {"東涌綫延綫"}, "隧道尋日"),
    ],
)
def test_particles_and_verbs_of_cantonese_end_a_name(text: str, names: set[str], glued: str) -> None:
    found = {candidate.form for candidate in find_candidates("", text, "zh")}
    assert names <= found
    assert glued not in found
    assert not [form for form in found if set("咗嘅啲佢喺冇") & set(form)]


def test_words_that_mandarin_has_too_stay_whole() -> None:
    words = [word.surface for word in segmented("佢打電話話兩者冇關係，話題多，係數大。")]
    assert {"話", "冇"} <= set(words)
    assert any("電話" in word for word in words)
    assert {"關係", "話題", "係數"} <= set(words)


def test_a_text_in_mandarin_is_segmented_as_before() -> None:
    text = "電視劇的話題很多，兩人關係好，他說話慢。"
    assert segmented(text) == chinese(text)


@pytest.mark.parametrize(
    "text",
    [
        "港鐵北環綫主綫工程展開，隧道鑽挖機下月運抵新田",
        "東涌綫延綫嘅隧道尋日貫通",
        "裏面啲嘢好平",
        "衞生署公布新增個案",
    ],
)
def test_characters_of_hong_kong_are_chinese(text: str) -> None:
    assert detect(text) == "zh"


@pytest.mark.parametrize("text", ["裏千家初釜", "東京都議会選挙開票速報", "桜井線踏切事故調査報告"])
def test_a_japanese_headline_without_kana_stays_japanese(text: str) -> None:
    assert detect(text) == "ja"
