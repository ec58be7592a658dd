"""Readings and notes that Japanese texts write as plain characters."""

import pytest

from alt_pipelines.text.clean import clean_text
from alt_pipelines.text.normal import nfkc
from alt_pipelines.text.readings import without_readings


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("｜渡し守《わたしもり》の小屋", "渡し守の小屋"),
        ("倫敦《ロンドン》の霧［＃「霧」に傍点］", "倫敦の霧"),
        ("岬《みさき》の濃霧《のうむ》", "岬の濃霧"),
        ("絵本《ももたろう》は岬《みさき》の濃霧《のうむ》を描く", "絵本《ももたろう》は岬の濃霧を描く"),
        ("彼は《《決して》》笑わない", "彼は決して笑わない"),
        ("「自由とは何か（傍点は筆者）」", "「自由とは何か」"),
        ("山田、佐藤（敬称略）", "山田、佐藤"),
        ("此之谓自由（着重号为引者所加）", "此之谓自由"),
    ],
)
def test_readings_and_notes_are_removed(text: str, plain: str) -> None:
    assert without_readings(nfkc(text)) == nfkc(plain)


@pytest.mark.parametrize(
    "text",
    [
        "絵本《ぐりとぐら》を読む",
        "小说《活着》",
        "映画《アラジン》と映画《ムーラン》",
        "fixes [#123] | a",
        "報告書《草案》",
        "童話《てぶくろ》と歌劇《ゆうづる》の初演",
        "店名《さざなみ》と店名《ゆきあかり》",
    ],
)
def test_titles_and_other_marks_stay(text: str) -> None:
    assert without_readings(text) == text


def test_the_double_hyphen_of_a_name_is_no_equals_sign() -> None:
    assert nfkc("ガルシア＝マルケス x＝1") == "ガルシア＝マルケス x=1"


def test_a_word_that_a_line_end_cuts_is_joined_if_the_text_has_it_elsewhere() -> None:
    lines = [
        "港湾局は八日、岸壁に置く無停電",
        "電源を入れ替えたと発表した。新しい無停電電源装置",
        "は地震の後も三日間、港の照明と信号を動かせるとい",
        "う。古い無停電電源は島の診療所に移して、冷蔵庫の",
        "薬を守るのに使う。",
    ]
    assert "無停電電源を入れ替えた" in clean_text("\n".join(lines), 10_000)[0]
