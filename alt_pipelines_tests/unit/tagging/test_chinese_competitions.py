"""Chinese names of competitions and of institutions named after people are whole; groups and websites are no tags."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates, presentable
from alt_pipelines.tagging.extraction.chinese.analysis import analyse
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.ranking import first_model, rank
from alt_pipelines.tagging.extraction.same_thing import one_each


def forms(text: str, title: str = "") -> set[str]:
    return {"".join(phrase.words).strip() for phrase in analyse(title, text).phrases}


@pytest.mark.parametrize(
    ("text", "name", "cut"),
    [
        ("亚洲女子举重锦标赛在泰国揭幕。", "亚洲女子举重锦标赛", "亚洲女子"),
        ("他将参加全国游泳冠军赛的预选。", "全国游泳冠军赛", "冠军赛"),
        ("中国男子篮球甲级联赛第三轮开打。", "中国男子篮球甲级联赛", "中国男子篮球"),
        ("選手出戰亞洲跳水邀請賽。", "亞洲跳水邀請賽", "邀請賽"),
        ("国际击剑大奖赛的名额有限。", "国际击剑大奖赛", "大奖赛"),
        ("射击世界杯的比赛明天开始。", "射击世界杯", "世界杯"),
    ],
)
def test_a_competition_has_its_whole_name(text: str, name: str, cut: str) -> None:
    found = forms(text)
    assert name in found
    assert cut not in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("球迷期待世界杯。", "世界杯"),
        ("他宣布退出联赛。", "联赛"),
        ("丹麦羽毛球公开赛落幕。", "丹麦羽毛球公开赛"),
        ("这位教练去年离开职业足球。", "职业足球"),
        ("协会举办锦标赛。", "锦标赛"),
    ],
)
def test_a_kind_of_competition_takes_no_verb_before_it(text: str, name: str) -> None:
    assert name in forms(text)


def shortlist(title: str, text: str) -> list[str]:
    ranked = rank(find_candidates(title, text, "zh"), first_model("zh"))
    return [c.form for c in one_each(ranked, f"{title}\n{text}", language_of("zh")).candidates]


def test_a_bare_kind_gives_its_place_to_the_name_that_it_ends() -> None:
    found = shortlist(
        "选手备战国际泳联世界杯", "国际泳联世界杯下月在柏林开赛。世界杯总决赛将于十月举行。教练说,选手状态很好。"
    )
    assert "国际泳联世界杯" in found
    assert "世界杯" not in found


def test_the_world_cup_stays_where_the_text_is_about_it() -> None:
    text = "世界杯将有48支球队参赛。世界杯的门票下月开售。球迷说,世界杯是节日。美加墨世界杯由三国合办。"
    assert "世界杯" in shortlist("世界杯扩军", text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("伤者送往林文德综合医院治疗。", "林文德综合医院"),
        ("他在邵逸夫医院接受手术。", "邵逸夫医院"),
        ("音乐会在贺绿汀音乐厅举行。", "贺绿汀音乐厅"),
        ("学生参观了陈嘉庚体育馆。", "陈嘉庚体育馆"),
        ("论文由李政道实验室发表。", "李政道实验室"),
    ],
)
def test_an_institution_keeps_the_name_of_a_person(text: str, name: str) -> None:
    found = forms(text)
    assert name in found
    assert not any(form != name and name.startswith(form) for form in found)


def test_a_person_and_an_institution_apart_are_two_names() -> None:
    assert "林文德" in forms("林文德在医院接受治疗。")


@pytest.mark.parametrize("form", ["A组", "B組", "C조", "D組", "Ａ组", "Eグループ"])
def test_a_group_of_a_tournament_is_no_tag(form: str) -> None:
    assert not presentable(form)


@pytest.mark.parametrize("form", ["小组赛", "A股", "太极组", "PC조", "三菱グループ", "A組長"])
def test_other_names_that_look_like_a_group_are_tags(form: str) -> None:
    assert presentable(form)


@pytest.mark.parametrize(
    ("text", "place", "glued"),
    [
        ("比赛15日在武汉开赛。", "武汉", "武汉开赛"),
        ("展览昨天在苏州开展，市民踊跃参观。", "苏州", "苏州开展"),
        ("乐团下周在杭州演出。", "杭州", "杭州演出"),
        ("球队将于成都比赛，门票售罄。", "成都", "成都比赛"),
        ("論壇今日在臺北開幕。", "臺北", "臺北開幕"),
    ],
)
def test_a_verb_after_a_place_at_the_end_of_a_clause_is_no_part_of_a_name(text: str, place: str, glued: str) -> None:
    found = forms(text)
    assert place in found
    assert glued not in found


def test_an_institution_after_in_stays_whole() -> None:
    assert "北京大学" in forms("讲座在北京大学举行。")
    assert "武汉机场" in forms("航班在武汉机场降落。")


@pytest.mark.parametrize(
    ("text", "name", "channel"),
    [
        ("深交所官网显示，公司的申请获受理。", "深交所", "深交所官网"),
        ("据北京大学官网消息，新校长上任。", "北京大学", "北京大学官网"),
        ("国家博物馆官微发布公告。", "国家博物馆", "国家博物馆官微"),
        ("證監會官網公佈名單。", "證監會", "證監會官網"),
        ("故宫官博更新了照片。", "故宫", "故宫官博"),
    ],
)
def test_the_website_that_a_report_read_is_no_tag(text: str, name: str, channel: str) -> None:
    found = forms(text)
    assert name in found
    assert channel not in found


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("这是上市以来最大单日升幅。", "单日升幅"),
        ("指数的单日跌幅为三年最大。", "单日跌幅"),
        ("全年涨幅居首位。", "涨幅"),
        ("銷量的增幅收窄。", "增幅"),
        ("油价降幅超出预期。", "油价降幅"),
    ],
)
def test_how_much_something_rose_or_fell_is_no_tag(text: str, measure: str) -> None:
    assert measure not in forms(text)


@pytest.mark.parametrize(
    ("text", "name", "glued"),
    [
        ("腾讯升2.3%，收于高位。", "腾讯", "腾讯升"),
        ("美团降4.5%。", "美团", "美团降"),
        ("茅台跌1.2%。", "茅台", "茅台跌"),
        ("騰訊升3%。", "騰訊", "騰訊升"),
        ("小米涨5%。", "小米", "小米涨"),
    ],
)
def test_a_share_rises_by_a_number(text: str, name: str, glued: str) -> None:
    found = forms(text)
    assert name in found
    assert glued not in found
