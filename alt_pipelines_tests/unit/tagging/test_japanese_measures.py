"""Japanese words beside a figure, a name or an age that are no topics: measures, counters, ranks, unnamed people."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.ranking import first_model, rank
from alt_pipelines.tagging.extraction.same_thing import one_each

REST = "岡山市の中心街で朝市が開かれ、野菜や鮮魚を求める市民が集まった。"  # without it, every noun is a candidate


def forms(text: str, title: str = "") -> set[str]:
    return {candidate.form for candidate in find_candidates(title, f"{text}{REST}", "ja")}


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("浜松市の部品会社が新しい倉庫を建てる。建設費は約12億円を見込む。", "建設費"),
        ("町の図書館が改装を終えた。利用者数は延べ3万人に達した。", "利用者数"),
        ("台風の被害額は少なくとも8億円に上り、農家は支援を求めている。", "被害額"),
        ("植物園の夜間公開が始まった。入園料は800円で、子どもは半額になる。", "入園料"),
        ("沖合の水温が28度を超え、カキの養殖に影響が出ている。", "水温"),
        ("新しい校舎の床面積は2千平方メートルで、木材を多く使った。", "床面積"),
    ],
)
def test_a_measure_with_its_figure_is_no_tag(text: str, measure: str) -> None:
    assert measure not in forms(text)


@pytest.mark.parametrize(
    ("title", "text", "measure"),
    [
        ("出生数、10年連続で減少", "県内の出生数は4千人だった。県は支援策を広げる。", "出生数"),
        ("合計特殊出生率が過去最低", "厚生労働省が人口統計を公表した。出生率は1.15だった。", "出生率"),
        ("", "県は死亡率の地域差を調べた。死亡率は10万人あたり300人で、山間部が高い。", "死亡率"),
        ("", "新制度は3年後に始まる見込みで、自治体が準備を進める。", "新制度"),
        ("", "運転再開は15日で、振替輸送も行う。通行料は2027年に改定する予定だ。", "通行料"),
    ],
)
def test_a_measure_of_the_title_or_without_a_figure_stays(title: str, text: str, measure: str) -> None:
    assert measure in forms(text, title)


@pytest.mark.parametrize(
    ("text", "counter"),
    [
        ("断水が続く地区で給水を待つ世帯が約500に上る。", "世帯"),
        ("書体の設計では一つの文字を何度も描き直すという。", "文字"),
        ("市場に並ぶ魚の種類は年ごとに減っている。", "種類"),
        ("新しい印刷機で刷れる枚は限られる。", "枚"),
        ("空港に降りる便が欠航し、観光客が足止めされた。", "便"),
    ],
)
def test_a_counter_alone_is_no_tag(text: str, counter: str) -> None:
    assert counter not in forms(text)


def test_a_counter_of_the_title_stays_and_so_do_its_compounds_and_foreign_units() -> None:
    assert "文字" in forms("楔形文字の研究者が新しい文字を報告した。", "最古の文字を解読")
    assert "単身世帯" in forms("単身世帯が増え、見守りの活動が広がっている。")
    assert "ボルト" in forms("引退したボルトが東京を訪れ、子どもたちと走った。")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("初日は大関・高砂山との一番が組まれた。", "大関"),
        ("三日目に関脇・鹿島を寄り切りで破った。", "関脇"),
        ("結びで横綱・富士に敗れ、連勝が止まった。", "横綱"),
        ("先発投手・山本が七回を無失点に抑えた。", "先発投手"),
        ("十両・天草が勝ち越しを決めた。", "十両"),
    ],
)
def test_a_rank_before_a_name_is_no_tag(text: str, role: str) -> None:
    assert role not in forms(text)


def test_a_rank_that_the_text_is_about_stays() -> None:
    assert "大関" in forms("場所後に大関への昇進が決まった。初日は大関・高砂山が勝った。")
    assert {"世界遺産", "姫路城"} <= forms("世界遺産・姫路城で改修が始まった。")


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("警察は自称会社役員の男(45)を逮捕した。", "男"),
        ("岐阜市の団体職員女性（36）が行方不明になった。", "団体職員女性"),
        ("用水路で農業男性(81)が倒れているのが見つかった。", "農業男性"),
        ("横断中の女子高校生(17)が車にはねられた。", "女子高校生"),
        ("海岸で男子大学生(20代)が救助された。", "男子大学生"),
    ],
)
def test_a_person_with_an_age_and_no_name_is_no_tag(text: str, person: str) -> None:
    assert person not in forms(text)


def test_a_named_person_with_an_age_and_a_group_of_people_stay() -> None:
    assert "高齢女性" in forms("高齢女性の骨折を防ぐ教室が開かれた。")
    assert "中村春子" in forms("農業を営む中村春子(71)が受賞した。")


@pytest.mark.parametrize("word", ["快走", "力投", "好演", "激戦", "善戦", "師走", "霜月"])
def test_praise_and_an_old_month_are_no_tags(word: str) -> None:
    assert word not in forms(f"仙台市の大会で見せた{word}の記憶が、市民の間で語られている。")


def shortlist(title: str, text: str) -> list[str]:
    ranked = rank(find_candidates(title, text, "ja"), first_model("ja"))
    return [c.form for c in one_each(ranked, f"{title}\n{text}", language_of("ja")).candidates]


@pytest.mark.parametrize(
    ("title", "text", "name", "again"),
    [
        (
            "コンテナの監視を始める",
            "コンテナの一覧を取得し、コンテナ数を記録する。コンテナは毎日変わる。",
            "コンテナ",
            "コンテナ数",
        ),
        ("空き家の活用が進む", "町は空き家を貸し出す。空き家数を調べ、空き家の登録を促す。", "空き家", "空き家数"),
        (
            "ハイブリッド車の新型",
            "ハイブリッド車が売れている。ハイブリッド型の電池は軽い。",
            "ハイブリッド車",
            "ハイブリッド型",
        ),
        (
            "スレッドの漏れを調べる",
            "スレッドが止まる。スレッド数を見ると、スレッドが増えていた。",
            "スレッド",
            "スレッド数",
        ),
        (
            "学生アパートが完成",
            "学生アパートが完成した。学生用の台所は広い。学生アパートは駅に近い。",
            "学生アパート",
            "学生用",
        ),
    ],
)
def test_a_number_or_a_type_of_a_better_phrase_is_left_out(title: str, text: str, name: str, again: str) -> None:
    found = shortlist(title, text)
    assert name in found
    assert again not in found


def test_a_number_that_the_title_names_or_the_text_repeats_stays() -> None:
    title, text = "来場者数が過去最多", "祭りの来場者が増えた。来場者数を市が発表した。"
    assert "来場者数" in shortlist(title, text)
    text = "祭りの来場者が増えた。市は来場者数を調べた。来場者数の推計には誤差がある。"
    assert "来場者数" in shortlist("祭りの記録", text)


@pytest.mark.parametrize(
    ("text", "name", "half"),
    [
        ("来年の愛知・名古屋アジア大会への出場を目指す。", "愛知・名古屋アジア大会", "愛知"),
        ("愛知・名古屋アジアパラ競技大会の準備が進む。", "愛知・名古屋アジアパラ競技大会", "愛知"),
        ("静岡・長野五輪の招致を目指す。", "静岡・長野五輪", "静岡"),
        ("釜山・福岡オリンピックの構想があった。", "釜山・福岡オリンピック", "釜山"),
        ("京都・奈良万博を求める声が上がった。", "京都・奈良万博", "京都"),
    ],
)
def test_games_with_two_hosts_are_one_name(text: str, name: str, half: str) -> None:
    found = forms(text)
    assert name in found
    assert half not in found


def test_places_of_a_list_are_tags_of_their_own() -> None:
    assert {"京都", "奈良"} <= forms("京都・奈良の寺を巡る。")
    assert {"兵庫", "大阪大会"} <= forms("兵庫・大阪大会の決勝が行われた。")
