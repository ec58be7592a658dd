"""Japanese names that the analyser reads as clauses, names with Greek letters, and what is in no tag."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.japanese.coined import names_as_marked, with_coined
from alt_pipelines.tagging.extraction.japanese.divided import nouns_of_verbs, people_in_kana
from alt_pipelines.tagging.extraction.string_finder import StringFinder
from alt_pipelines.text.morphemes import morphemes

NEWS = "岡山市の中心街で朝市が開かれ、野菜や鮮魚を求める市民が集まった。"


def forms(text: str, title: str = "") -> list[str]:
    return [candidate.form for candidate in find_candidates(title, f"{text}\n{NEWS}", "ja")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("アニメ「ほしくず喫茶店」が始まる。ほしくず喫茶店の二期も決まった。", "ほしくず喫茶店"),
        ("漫画「ゆれない灯台」が映画になる。ゆれない灯台の作者も喜んだ。", "ゆれない灯台"),
        ("今日の収穫\n一番くじ\n駅前の一番くじ、まだあった。", "一番くじ"),
        ("もふもふ茶房に行った。もふもふ茶房は予約なしで入れる。", "もふもふ茶房"),
        ("きらきら図書館が開館する。きらきら図書館には絵本が多い。", "きらきら図書館"),
        ("なめこのほだ木を沢の近くに移した。", "ほだ木"),
    ],
)
def test_a_coined_name_is_whole(text: str, name: str) -> None:
    assert name in forms(text)


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("市長は「もう限界だ」と話した。住民も、もう限界だと訴えた。", "もう限界だ"),
        ("そろそろ春が来る。そろそろ花も咲く。", "そろそろ春"),
        ("「早く寝る」と母が言った。早く寝ると元気になる。", "早く寝る"),
    ],
)
def test_a_repeated_clause_is_not_a_name(text: str, clause: str) -> None:
    assert clause not in forms(text)


def test_a_name_is_joined_only_where_words_begin_and_end() -> None:
    line = "一番くじが始まる"
    joined = with_coined(line, morphemes(line), StringFinder(names_as_marked("#一番くじ", "一番くじが始まる。")))
    assert [m.surface for m in joined] == ["一番くじ", "が", "始まる"]


@pytest.mark.parametrize(
    ("text", "name", "part"),
    [
        ("α-シヌクレインの凝集を光で止めた。", "α-シヌクレイン", "シヌクレイン"),
        ("えごまの油にはαリノレン酸が多い。", "αリノレン酸", "リノレン酸"),
        ("患者の血中でTNF-αが下がった。", "TNF-α", "TNF"),
        ("医師はβ遮断薬を処方した。", "β遮断薬", "遮断薬"),
        ("脳にはレビー小体がたまる。", "レビー小体", "レビー"),
    ],
)
def test_a_scientific_name_is_whole(text: str, name: str, part: str) -> None:
    found = forms(text)
    assert name in found
    assert part not in found


@pytest.mark.parametrize(
    "text", ["土日祝日は午前九時から開く。", "営業は土日祝のみ。", "平日・土日とも混む。", "コーヒー豆を二杯分挽ける。"]
)
def test_opening_days_and_amounts_before_a_verb_are_not_tags(text: str) -> None:
    assert not [form for form in forms(text) if form.startswith(("土日", "平日", "二杯"))]


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("ひらのかすみ、鎌倉で朗読会", "詩人のひらのかすみさんが詩を読んだ。", "ひらのかすみ"),
        ("絵本の原画展", "画家のさくまもえかさんが描いた。さくまもえかさんは鎌倉に住む。", "さくまもえか"),
    ],
)
def test_a_persons_name_in_hiragana_is_whole(title: str, text: str, name: str) -> None:
    assert name in forms(text, title)


@pytest.mark.parametrize(
    "text",
    ["町のおまわりさんが来た。町のおまわりさんは優しい。", "森のくまさんが来た。くまさんは森に帰った。"],
)
def test_a_form_of_address_makes_no_name(text: str) -> None:
    assert people_in_kana("", text) == frozenset()


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("隠しフォルダーの一覧が消えた。隠しフォルダーは設定で見える。", "隠しフォルダー"),
        ("校舎の渡り廊下が傷んだ。渡り廊下は春に直す。", "渡り廊下"),
    ],
)
def test_a_noun_that_begins_with_the_stem_of_a_verb_is_whole(text: str, noun: str) -> None:
    assert noun in forms(text)


@pytest.mark.parametrize(
    "text",
    [
        "明かりを消し部屋を出た。母は消し部屋を見た。窓を消し部屋を閉めた。",
        "企業向けサービスを売る。企業向けサービスは伸びた。",
    ],
)
def test_the_stem_of_a_clause_begins_no_noun(text: str) -> None:
    assert nouns_of_verbs([morphemes(text)]) == frozenset()


@pytest.mark.parametrize(
    ("title", "club", "glued"),
    [
        ("青峰高校吹奏楽部初金賞", "青峰高校吹奏楽部", "青峰高校吹奏楽部初"),
        ("山陰製薬新薬初承認", "山陰製薬新薬", "山陰製薬新薬初"),
    ],
)
def test_what_a_headline_without_kana_calls_the_first_is_apart(title: str, club: str, glued: str) -> None:
    shown = forms("", title)
    assert club in shown
    assert not {glued, title} & set(shown)
