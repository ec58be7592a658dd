"""Chinese names whose last or first word another name shares: routes, eponyms, markets; and what is only measured."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates

REST = (
    "当地居民周六在老城的茶馆听评弹，晚上到码头看灯会。博物馆同日展出一批青花瓷和漆器，志愿者为观众讲解。"
    "附近的面馆和书店也延长了营业，骑手在巷口等单。"
)


def forms(text: str, title: str = "") -> list[str]:
    return [candidate.form for candidate in find_candidates(title, f"{text}{REST}", "zh")]


@pytest.mark.parametrize(
    ("text", "name", "cut"),
    [
        ("新修的大白山水库蓄水。", "大白山", "白山"),
        ("小白河大桥封闭。", "小白河大桥", "白河"),
        ("小白河水位上涨。", "小白河", "白河"),
        ("小東江水位上漲。", "小東江", "東江"),
    ],
)
def test_a_size_belongs_to_a_feature_of_the_land(text: str, name: str, cut: str) -> None:
    found = forms(text)
    assert any(form.startswith(name) for form in found)
    assert not any(form.startswith(cut) for form in found)


@pytest.mark.parametrize("text", ["放大黄山夜景照片。", "两大黄河水库蓄水。", "这里离很大黄山不远。"])
def test_a_degree_or_a_count_is_no_size(text: str) -> None:
    assert not any(form.startswith(("大黄山", "大黄河")) for form in forms(text))


@pytest.mark.parametrize(
    ("text", "route", "cut"),
    [
        ("南昌至九江城际铁路周五通车。", "南昌至九江城际铁路", "九江城际铁路"),
        ("昆明到丽江高速公路封闭检修。", "昆明到丽江高速公路", "丽江高速公路"),
        ("太原至绥德高铁项目通过评审。", "太原至绥德高铁", "绥德高铁项目"),
        ("青島至首爾航線下月復航。", "青島至首爾航線", "首爾航線"),
    ],
)
def test_a_route_has_both_its_ends(text: str, route: str, cut: str) -> None:
    found = forms(text)
    assert route in found
    assert cut not in found


def test_a_route_has_one_form_and_its_ends_are_names() -> None:
    found = forms("南昌至九江高速铁路穿过庐山。南昌和九江的车站都已完工。", "南昌至九江高铁开通")
    assert "南昌至九江高铁" in found
    assert "南昌至九江高速铁路" not in found
    assert {"南昌", "九江"} <= set(found)


def test_a_route_is_called_by_its_short_name_if_it_has_one() -> None:
    found = forms("南昌至九江高速铁路，简称南九高铁，下月通车。南九高铁全长百余公里。", "南昌至九江高铁开通")
    assert not any("至" in form or form.startswith("九江高") for form in found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("展品从杭州送到苏州博物馆。", "苏州博物馆"),
        ("苏州地铁五号线延伸。苏州地铁的票价不变。", "苏州地铁"),
        ("大巴从机场到苏州北站。", "苏州北站"),
    ],
)
def test_where_something_goes_is_no_route(text: str, name: str) -> None:
    found = forms(text)
    assert any(form.startswith(name) for form in found)
    assert not any("到" in form or "至" in form for form in found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("记者从云南到广州地铁总部探访。", "广州地铁总部"),
        ("技术员由江苏到深圳地铁公司学习。", "深圳"),
        ("車隊自廣東到臺北捷運、從廣東到福州地鐵採風。", "福州"),
        ("她从湖北武汉到南京地铁实习。", "南京地铁"),
        ("毕业生从四川到昆明高速集团报到。", "昆明"),
        ("湖南到成都高速集团考察。", "成都"),
        ("湖南至成都铁路建设公司签约。", "成都"),
        ("他离开湖北到南京地铁应聘。", "南京地铁"),
    ],
)
def test_who_goes_from_a_place_to_a_body_makes_no_route(text: str, name: str) -> None:
    found = forms(text)
    assert any(form.startswith(name) for form in found)
    assert not any("到" in form or "至" in form for form in found)


@pytest.mark.parametrize(
    ("text", "name", "glued"),
    [
        ("星澜电子港股收盘下跌3%。", "星澜电子", "星澜电子港股"),
        ("江汉制药A股尾盘拉升5%。", "江汉制药", "江汉制药A股"),
        ("星澜电子股价午后走低。", "星澜电子", "星澜电子股价"),
        ("星瀾電子美股盤前上漲。", "星瀾電子", "星瀾電子美股"),
    ],
)
def test_a_companys_shares_are_no_part_of_its_name(text: str, name: str, glued: str) -> None:
    found = forms(text)
    assert any(form in name for form in found)
    assert not any(form.startswith(glued) for form in found)


@pytest.mark.parametrize("text", ["港股市场回暖，港股市场的成交放大。", "恒生指数收盘价创新高，收盘价高于预期。"])
def test_what_a_market_or_a_session_begins_stays(text: str) -> None:
    assert {"港股市场", "收盘价"} & set(forms(text))


@pytest.mark.parametrize(
    ("text", "name", "cut"),
    [
        ("探测器飞过哥白尼环形山上空。", "哥白尼环形山", "哥白尼"),
        ("轨道器拍摄沙克尔顿撞击坑附近的阴影。", "沙克尔顿撞击坑", "沙克尔顿"),
        ("货轮驶出麦哲伦海峡。", "麦哲伦海峡", "麦哲伦"),
        ("教师演示多普勒效应。", "多普勒效应", "多普勒"),
        ("医院开设亨廷顿病门诊。", "亨廷顿病", "亨廷顿"),
        ("亨廷顿病，会遗传。实验室里，亨廷顿病是课题。研究亨廷顿病。", "亨廷顿病", "亨廷顿病是"),
        ("亨廷顿病的基因在四号染色体上。", "亨廷顿病", "亨廷顿"),
        ("照片由哈勃望远镜拍摄。", "哈勃望远镜", "哈勃"),
    ],
)
def test_a_thing_has_the_name_of_its_person(text: str, name: str, cut: str) -> None:
    found = forms(text)
    assert any(form.startswith(name) for form in found)
    assert cut not in found


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("亨廷顿病了，比赛推迟。", "亨廷顿"),
        ("队友亨廷顿病，教练也没来。", "亨廷顿"),
        ("亨廷顿病的时候，队友来看他。", "亨廷顿"),
        ("阿尔瓦雷斯登上火山。", "阿尔瓦雷斯"),
        ("阿尔瓦雷斯模仿海豚。", "阿尔瓦雷斯"),
    ],
)
def test_a_person_before_a_predicate_is_a_person(text: str, person: str) -> None:
    assert person in forms(text)


@pytest.mark.parametrize(
    ("text", "topic", "measure"),
    [
        ("境外游客人数占比达到三成。", "游客", "游客人数"),
        ("粗盐质量占比不足一成。", "粗盐", "粗盐质量"),
        ("旱地面积占比升至六成。", "旱地", "旱地面积"),
    ],
)
def test_a_measure_before_its_share_is_no_part_of_what_it_measures(text: str, topic: str, measure: str) -> None:
    found = forms(text)
    assert any(form.endswith(topic) for form in found)
    assert not any(form.endswith(measure) for form in found)


@pytest.mark.parametrize(("text", "topic"), [("电动货车占比过半。", "电动货车"), ("空气质量好转。", "空气质量")])
def test_what_has_a_share_and_a_measure_without_one_stay(text: str, topic: str) -> None:
    assert topic in forms(text)


@pytest.mark.parametrize(
    ("title", "text", "term"),
    [
        ("给图书馆加一个全文检索", "旧目录慢，有了全文检索就快了。", "全文检索"),
        ("手機相簿的語義搜尋", "語義搜尋也能找到截圖。", "語義搜尋"),
        ("小店账本做了增量备份", "增量备份之后，重装也不怕。", "增量备份"),
    ],
)
def test_what_a_program_does_is_a_term_where_title_and_body_have_it(title: str, text: str, term: str) -> None:
    assert any(form.endswith(term) for form in forms(text, title))


@pytest.mark.parametrize(
    ("title", "text", "clause", "names"),
    [
        ("医生推荐老人打太极", "医生推荐老人每周打三次太极。", "医生推荐", {"医生", "老人"}),
        ("民警搜索山谷", "民警搜索山谷，寻找走失的游客。", "民警搜索", {"民警", "山谷"}),
        ("網友推薦小店", "網友推薦小店，老闆多備了食材。", "網友推薦", {"網友"}),
        ("导游推荐", "导游推荐三条山路。", "导游推荐", {"导游"}),
        ("渔船搜索了两天", "渔船搜索了两天，没有结果。", "渔船搜索", {"渔船"}),
        ("读者推荐的小书", "读者推荐的小书都在二楼。", "读者推荐", {"读者"}),
    ],
)
def test_a_subject_and_its_verb_are_no_term(title: str, text: str, clause: str, names: set[str]) -> None:
    found = forms(text, title)
    assert not any(clause in form for form in found)
    assert names <= set(found)


def test_a_search_of_people_is_none() -> None:
    found = forms("救援队搜索了两天，渔船搜索到深夜。渔民平安。", "渔民落水，渔船出海")
    assert not any("搜索" in form for form in found)


@pytest.mark.parametrize(
    ("text", "term"),
    [("那都市更新呢？", "都市更新"), ("河道治理呢？", "河道治理"), ("那住宅區的噪音管制呢？", "噪音管制")],
)
def test_what_a_question_asks_about_is_a_term(text: str, term: str) -> None:
    assert any(form.endswith(term) for form in forms(text))


@pytest.mark.parametrize("text", ["警方还没调查呢。", "房东不维修呢。"])
def test_what_somebody_has_not_done_is_none(text: str) -> None:
    assert not any(form.endswith(("调查", "维修")) for form in forms(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("武汉白沙洲农副产品批发市场夜里最忙。", "武汉白沙洲农副产品批发市场"),
        ("长沙红星水果批发市场搬迁。", "长沙红星水果批发市场"),
        ("沈阳皇姑花卉农贸市场改建。", "沈阳皇姑花卉农贸市场"),
    ],
)
def test_a_market_is_whole_from_its_place(text: str, name: str) -> None:
    assert name in forms(text)


def test_a_place_alone_does_not_make_the_name_of_a_market() -> None:
    assert "长沙批发市场" not in forms("长沙批发市场的菜价回落。")
