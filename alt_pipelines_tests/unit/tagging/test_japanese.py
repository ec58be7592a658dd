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
        ("上下分離方式による再建を求めた。", "上下分離方式"),
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
    found = forms("探査機が衛星タイタンの砂を調べた。タイタン後継の計画も進む。")
    assert "タイタン" in found


@pytest.mark.parametrize(
    ("text", "name", "described"),
    [
        ("1920年創業の店を継いだ。", None, "1920年創業"),
        ("19時開演の予定で進む。", None, "19時開演"),
        ("真備川経由の便が増えた。", "真備川", "真備川経由"),
        ("愛媛産のミカンを並べた。", "愛媛", "愛媛産"),
        ("Rust製の道具を配った。", "Rust", "Rust製"),
        ("近く名古屋高裁に訴える。", "名古屋高裁", "近く名古屋高裁"),
        ("4代目会長が語った。", "会長", "4代目会長"),
        ("9年ぶり国立競技場を目指す。", "国立競技場", "9年ぶり国立競技場"),
        ("株式会社サザナミ工業が発表した。", "サザナミ工業", "株式会社サザナミ工業"),
        ("棋聖戦第2局が始まった。", "棋聖戦", "棋聖戦第2局"),
        ("第64回全国高校野球選手権山梨大会が開幕した。", "全国高校野球選手権山梨大会", None),
        ("道央道下りで渋滞した。", "道央道", "道央道下り"),
        ("大きな提灯籠11本が並んだ。", "提灯籠", "提灯籠11"),
        ("税込み3万4500円前後で売る。", None, "税込み3万4500円前後"),
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
        ("北島晴樹厚生労働副大臣が答えた。", "北島晴樹"),
        ("北島晴樹代表が答えた。", "北島晴樹"),
        ("関口遥女流五段が勝った。", "関口遥"),
    ],
)
def test_a_role_of_several_words_is_cut_from_a_full_name(text: str, name: str) -> None:
    found = forms(ELSEWHERE + text)
    assert name in found
    assert not any(form.startswith(name) and form != name for form in found)


@pytest.mark.parametrize("again", ["小川会頭は述べた。", "小川は述べた。"])
def test_a_surname_alone_or_with_a_role_is_the_full_name(again: str) -> None:
    found = forms(f"{ELSEWHERE}小川修二会頭が会見した。{again}")
    assert "小川修二" in found
    assert not {"小川", "小川会頭"} & set(found)


def test_a_surname_of_two_people_stays() -> None:
    found = forms(f"{ELSEWHERE}小川修二と小川直美が会った。小川は述べた。")
    assert {"小川", "小川修二", "小川直美"} <= set(found)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("著書に『波を数える』がある。", "波を数える"),
        ("絵本『よるのはし、ふたり』を書いた。", "よるのはし、ふたり"),
        ("住民が「里山を残す会」をつくった。", "里山を残す会"),
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
    assert "シラセ電子" in forms(ELSEWHERE, "シラセ電子が増益")


@pytest.mark.parametrize(
    ("headline", "counted"),
    [
        ("りんごジュース3割減産へ", "りんごジュース"),
        ("来館者20万人突破", "来館者"),
        ("スキー場2週間休業", "スキー場"),
        ("消防車5台更新", "消防車"),
        ("純利益2倍増", "純利益"),
        ("銅先物4日続伸", "銅先物"),
        ("自治会加入6割超", "自治会"),
        ("無所属3議席獲得", "無所属"),
        ("剣道部7年ぶり優勝", "剣道部"),
    ],
)
def test_what_a_headline_counts_is_a_phrase_without_its_amount(headline: str, counted: str) -> None:
    found = forms(ELSEWHERE, headline)
    assert counted in found
    assert not any(character.isdigit() for form in found for character in form)


@pytest.mark.parametrize(
    "name",
    ["男子400メートルリレー", "週休3日制", "開館50周年記念", "日本テレビ24時間テレビ", "台風10号"],
)
def test_a_name_keeps_the_number_inside_it(name: str) -> None:
    assert name in forms(f"{ELSEWHERE}{name}が話題だ。")
