"""Japanese people called by surname and rank, dishes with の, and nouns that another word gives a topic."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.japanese.dishes import dishes_of
from alt_pipelines.tagging.extraction.japanese.players import people_by_rank

NEWS = "岡山市の中心街で朝市が開かれ、野菜や鮮魚を求める市民が集まった。"


def forms(text: str, title: str = "") -> list[str]:
    return [candidate.form for candidate in find_candidates(title, f"{text}\n{NEWS}", "ja")]


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("碓井初段が初勝利", "碓井柚月初段は黒番で中押し勝ち。碓井初段の次局は来週。", "碓井柚月"),
        ("一ノ瀬二冠が防衛", "一ノ瀬颯汰二冠は角換わりを選んだ。一ノ瀬二冠は「苦しかった」と話した。", "一ノ瀬颯汰"),
        ("福間女流五冠が先勝", "福間蒼彩女流五冠は矢倉を選んだ。福間女流五冠は先手番。", "福間蒼彩"),
        ("渡会氏が個展", "渡会琉生氏は鉄の彫刻で知られる。渡会氏は倉敷の出身。", "渡会琉生"),
    ],
)
def test_a_person_with_a_rank_is_the_full_name(title: str, text: str, name: str) -> None:
    found = forms(text, title)
    surname = people_by_rank(title, text)[name]
    assert name in found
    assert not any(form.startswith(name[:surname]) and form != name for form in found)


@pytest.mark.parametrize("text", ["藤井聡太七冠が勝った。", "藤井聡太二冠が勝った。", "藤井聡太九段が勝った。"])
def test_a_numeral_of_a_rank_is_no_end_of_a_name(text: str) -> None:
    assert not {form for form in forms(text) if form.startswith("藤井") and form[-1] in "二七九"}


@pytest.mark.parametrize(
    "text",
    [
        "岡田氏と今井氏が会談した。岡田、今井両氏は握手した。",
        "岡田被告は黙った。岡田元被告の弁護人は控訴した。",
        "高橋さんは笑った。高橋社長（58）の長女だ。",
        "松本さんは泣いた。松本市長（61）が見舞った。",
        "長谷さんと長谷川さんは同級生。",
        "小川蒼真さんと小川柚月さんは姉弟。小川さんは先に帰った。",
        "患者さんと患者家族さんの会が集まった。",
        "京都氏族の系図と京都氏の墓。",
    ],
)
def test_what_is_no_given_name_makes_no_full_name(text: str) -> None:
    assert not people_by_rank("", text)


RECIPE = "【材料】2人分\nいわし…4尾\n梅干し…3個\nなす 2本\n豚ロース肉…200g\nしょうが…1かけ\n【作り方】\n弱火で煮る。"


@pytest.mark.parametrize("dish", ["いわしの梅煮", "なすの煮びたし", "豚のしょうが焼き", "いわしの天ぷら"])
def test_a_dish_named_after_an_ingredient_is_whole(dish: str) -> None:
    found = forms(f"寒い日は{dish}です。{RECIPE}\n{dish}は翌日もおいしい。", f"15分で、{dish}")
    assert dish in found


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("母の煮込み、うまい。母の煮込みが好き。", "母の煮込み"),
        ("駅前の店の唐揚げ、人気。店の唐揚げを買う。", "店の唐揚げ"),
        ("いわしの値段、上がる。いわしの値段が気になる。", "いわしの値段"),
        ("今夜は、いわしの塩焼きにした。", "いわしの塩焼き"),
    ],
)
def test_a_persons_or_a_shops_dish_a_price_and_a_dish_once_are_none(text: str, phrase: str) -> None:
    assert phrase not in dishes_of("夕食", f"{text}\n{RECIPE}")


@pytest.mark.parametrize(
    "step",
    [
        "豚の表面を焼き",
        "豚の脂身が焼け、豚の脂身で炒め",
        "なすの切り口は焼き",
        "豚の裏面に焼き",
        "豚の中まで焼き",
        "豚の脂身から焼き",
    ],
)
def test_a_step_with_a_particle_is_no_dish(step: str) -> None:
    assert not dishes_of("夕食", f"{step}、皿に取る。もう一度、{step}、盛る。\n{RECIPE}")


@pytest.mark.parametrize("dish", ["豚のしょうが焼き", "なすのはちみつ漬け", "いわしのにんにく炒め"])
def test_an_ingredient_may_have_the_letters_of_a_particle(dish: str) -> None:
    more = "はちみつ…大さじ2\nおろしにんにく…小さじ1"
    assert dish in dishes_of("夕食", f"今夜は{dish}。{dish}、完成。\n{RECIPE}\n{more}")


def test_news_without_ingredients_has_no_dish_with_no() -> None:
    assert not dishes_of("港でいわしの梅煮", "港でいわしの梅煮が配られた。いわしの梅煮は2025年から。")


@pytest.mark.parametrize(
    ("title", "text", "empty", "topic"),
    [
        ("保育の事業所が減る", "保育の事業所は47カ所。事業所の半分は赤字だ。", "事業所", "保育"),
        ("フリマの出品者と事業者", "事業者は返金を拒んだ。フリマの事業者は処分される。", "事業者", "フリマ"),
        ("林業体験の参加者", "参加者は杉を伐った。林業体験は秋も開く。", "参加者", "林業体験"),
    ],
)
def test_a_part_in_a_field_is_no_topic_without_it(title: str, text: str, empty: str, topic: str) -> None:
    found = forms(text, title)
    assert empty not in found
    assert topic in found


@pytest.mark.parametrize("name", ["訪問看護事業所", "個人情報取扱事業者", "旅行業者"])
def test_a_part_with_its_field_is_a_topic(name: str) -> None:
    assert name in forms(f"{name}を調べた。{name}は県内に多い。")
