"""Japanese names come whole and without what is only said of them."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates

ELSEWHERE = "岡山市の中心街で朝市が開かれ、野菜や鮮魚を求める市民が集まった。"


def forms(text: str, title: str = "") -> list[str]:
    return [candidate.form for candidate in find_candidates(title, text, "ja")]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("倉敷管区観測所によると、風が強まった。", "倉敷管区観測所"),
        ("JR北陸によれば、列車は遅れている。", "JR北陸"),
        ("豪雪による遅れが出た。", "豪雪"),
        ("公設民営方式による存続を求めた。", "公設民営方式"),
    ],
)
def test_a_speaker_that_is_no_medium_and_a_cause_are_topics(text: str, topic: str) -> None:
    assert topic in forms(ELSEWHERE + text)


EVERYDAY = (
    "瀬戸大橋線の架線が強風で切れ、児島駅と坂出駅の間で列車が止まった。影響は乗客に及び、会社は代行バスを手配した。"
    "岡山駅では切符の払い戻しに長い列ができた。鷲羽山の送電塔と下津井の灯台、与島の展望台も停電した。"
)


def test_everyday_nouns_are_left_out_and_names_stay() -> None:
    found = forms(EVERYDAY, "瀬戸大橋線で架線切れ")
    assert not {"影響", "会社"} & set(found)
    assert {"瀬戸大橋線", "岡山駅", "坂出駅"} <= set(found)


def test_an_everyday_word_in_quotation_marks_is_a_title() -> None:
    assert "会社" in forms(f"{EVERYDAY}映画『会社』の撮影も延びた。", "瀬戸大橋線で架線切れ")


def test_a_part_that_begins_one_compound_and_ends_another_is_a_phrase() -> None:
    found = forms("探査機が小惑星リュウグウの砂を集めた。リュウグウ後継の計画も進む。")
    assert "リュウグウ" in found


@pytest.mark.parametrize(
    ("text", "name", "described"),
    [
        ("1875年創業の店を継いだ。", None, "1875年創業"),
        ("14時開演の予定で進む。", None, "14時開演"),
        ("真備川経由の便が増えた。", "真備川", "真備川経由"),
        ("愛媛産のミカンを並べた。", "愛媛", "愛媛産"),
        ("Python製の道具を配った。", "Python", "Python製"),
        ("近く福岡地裁に訴える。", "福岡地裁", "近く福岡地裁"),
        ("5代目店主が語った。", "店主", "5代目店主"),
        ("4年ぶり甲子園を目指す。", "甲子園", "4年ぶり甲子園"),
        ("株式会社サザナミ工業が発表した。", "サザナミ工業", "株式会社サザナミ工業"),
        ("名人戦第3局が始まった。", "名人戦", "名人戦第3局"),
        ("第107回全国高校野球選手権島根大会が開幕した。", "全国高校野球選手権島根大会", None),
        ("東名高速上りで渋滞した。", "東名高速", "東名高速上り"),
        ("大きな提灯籠11本が並んだ。", "提灯籠", "提灯籠11"),
        ("税込み5万9800円前後で売る。", None, "税込み5万9800円前後"),
    ],
)
def test_what_describes_a_name_beside_it_is_cut_off(text: str, name: str | None, described: str | None) -> None:
    found = forms(ELSEWHERE + text)
    assert name is None or name in found
    assert described not in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("岡本玲奈准教授が説明した。", "岡本玲奈"),
        ("大久保雅則国土交通副大臣が答えた。", "大久保雅則"),
        ("飯野咲女流四段が勝った。", "飯野咲"),
    ],
)
def test_a_role_of_several_words_is_cut_from_a_full_name(text: str, name: str) -> None:
    found = forms(ELSEWHERE + text)
    assert name in found
    assert not any(form.startswith(name) and form != name for form in found)


@pytest.mark.parametrize("again", ["植田総裁は述べた。", "植田は述べた。"])
def test_a_surname_alone_or_with_a_role_is_the_full_name(again: str) -> None:
    found = forms(f"{ELSEWHERE}植田和男総裁が会見した。{again}")
    assert "植田和男" in found
    assert not {"植田", "植田総裁"} & set(found)


def test_a_surname_of_two_people_stays() -> None:
    found = forms(f"{ELSEWHERE}植田和男と植田直美が会った。植田は述べた。")
    assert {"植田", "植田和男", "植田直美"} <= set(found)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("著書に『波を数える』がある。", "波を数える"),
        ("絵本『あきみち、ふたつ』を書いた。", "あきみち、ふたつ"),
        ("住民が「渡船を守る会」をつくった。", "渡船を守る会"),
    ],
)
def test_titles_of_works_and_bodies_named_by_a_clause_are_phrases(text: str, title: str) -> None:
    assert title in forms(ELSEWHERE + text)


@pytest.mark.parametrize(
    "speech", ["「『波を数える』のが好きだ」と話した。", "「まあ、ひとつ」と話した。", "「席を守る」と話した。"]
)
def test_speech_is_no_title(speech: str) -> None:
    assert not {"波を数える", "まあ、ひとつ", "席を守る"} & set(forms(ELSEWHERE + speech))


def test_kana_that_the_analyser_takes_for_signs_are_a_name() -> None:
    assert "ミナセ電子" in forms(ELSEWHERE, "ミナセ電子が増益")
