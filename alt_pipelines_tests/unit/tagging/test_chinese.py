"""Chinese names and terms that the segmenter cuts, and predicates that it takes for nouns."""

import pytest

from alt_pipelines.tagging.extraction.candidates import MAX_UNSPACED, find_candidates
from alt_pipelines.tagging.extraction.chinese.given_names import shared_beginnings
from alt_pipelines.text.segmentation import Word


def forms(text: str, title: str = "") -> list[str]:
    return [candidate.form for candidate in find_candidates(title, text, "zh")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("记者昨天从青海省野生动物保护协会了解到，候鸟已经返回。", "青海省野生动物保护协会"),
        ("成果由中国科学院海洋生物与环境研究所的团队完成。", "中国科学院海洋生物与环境研究所"),
        ("經費由房屋及物流局撥付，居民可以免費參加。", "房屋及物流局"),
        ("诈骗警情由国家反诈中心统一发布。", "国家反诈中心"),
        ("被告昨天在南京知识产权法院出庭。", "南京知识产权法院"),
        ("案件已經移送台南地檢署偵辦。", "台南地檢署"),
        ("民警从南湖景区派出所了解到，失物已经归还。", "南湖景区派出所"),
        ("記者前往國立臺灣大學醫學院採訪。", "國立臺灣大學醫學院"),
    ],
)
def test_an_institution_is_whole_from_its_place_to_its_kind(text: str, name: str) -> None:
    assert name in forms(text)


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("北京市民加入协会，参加活动。", "北京市民加入协会"),
        ("德国供应商大陆集团宣布裁员。", "德国供应商大陆集团"),
    ],
)
def test_a_place_before_a_clause_or_a_role_does_not_begin_an_institution(text: str, glued: str) -> None:
    found = forms(text)
    assert found
    assert glued not in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("决赛中她战胜队友刘晓同，时隔一年再夺冠军。", "刘晓同"),
        ("副院长严跃进提醒，购房者要量力而行。", "严跃进"),
        ("副研究员才仁卓玛说，湖水还在上涨。", "才仁卓玛"),
        ("香港特首李家超發表施政報告。", "李家超"),
        ("歌手周深在演唱会上演唱了新歌。", "周深"),
        ("外长王毅同拉夫罗夫通话。", "王毅"),
        ("泽连斯基与特朗普通电话。", "泽连斯基"),
        ("先發投手古林睿煬主投七局。球迷說，古林睿煬飆出速球。", "古林睿煬"),
    ],
)
def test_a_name_keeps_its_last_character(text: str, name: str) -> None:
    assert name in forms(text)


def test_a_conjunction_between_two_names_is_not_a_part_of_the_first() -> None:
    found = forms("刘晓和王立军昨天抵达上海。")
    assert "王立军" in found
    assert "刘晓和" not in found


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("这种做法被称为“代际互助”，父母可以参与。", "代际互助"),
        ("居民下载“苏e行”应用后扫码进站。", "苏e行"),
        ("天问三号将于明年发射，目前正在总装。", "天问三号"),
        ("神舟二十号乘组返回地面。", "神舟二十号"),
        ("福特号航母驶离港口。", "福特号"),
        ("市民可以乘坐12号线前往会展中心。", "12号线"),
        ("車禍發生在台17線南下車道。", "台17線"),
        ("樣本取自九龍塘站附近的街市。", "九龍塘站"),
    ],
)
def test_quotes_numbers_and_suffixes_mark_a_whole_term(text: str, term: str) -> None:
    assert term in forms(text)


def test_a_quotation_of_speech_is_not_a_term() -> None:
    assert "小本生意没人管" not in forms("店主以为“小本生意没人管”，结果被罚款。")


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("法院适用三倍惩罚性赔偿。", "惩罚性赔偿"),
        ("會議討論了數據保護的法律。", "數據保護"),
        ("新能源汽车购置税减免政策将延续两年。", "购置税减免政策"),
        ("低洼地区可能有海水倒灌，请居民注意。", "海水倒灌"),
    ],
)
def test_an_activity_after_what_it_is_done_to_is_a_term(text: str, term: str) -> None:
    assert term in forms(text)


def test_a_verb_that_the_text_repeats_is_a_topic_where_it_is_an_object() -> None:
    text = "发热期间不宜接种，老人应当优先接种。接种后两周产生抗体，请在月底前完成接种。"
    assert "接种" in forms(text)


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("豆腐切块，锅里加水，青菜洗净，最后放盐，再煮两分钟。", "放盐"),
        ("老板把锅端上桌，客人围坐着拍人。", "拍人"),
        ("这三家企业都通过了检查。", "这三家企业"),
        ("林涛的反手技术出色，裁判判罚准确，三局过后对手追平比分。", "三局"),
        ("青海湖队主场迎战对手。", "青海湖队主场"),
    ],
)
def test_what_happens_and_what_only_points_are_not_terms(text: str, glued: str) -> None:
    found = forms(text)
    assert found
    assert glued not in found


def test_a_conjunction_does_not_begin_a_guess() -> None:
    found = forms("双方签署保密协议和竞业限制协议，其中有三项条款。")
    assert found
    assert not any(form.startswith("和") for form in found)


def test_names_of_several_latin_words_stay_whole() -> None:
    found = forms("團隊改用 Docker Compose 設定檔部署。", "搬家筆記")
    assert "Docker Compose" in found
    assert not {"Docker", "Compose"} & set(found)


def test_the_beginnings_of_a_long_guess_are_no_longer_than_a_tag() -> None:
    guess = "".join(chr(0x3400 + at) for at in range(4000))  # rare characters, which the segmenter does not divide
    found = shared_beginnings([Word(guess, 0, "x"), Word(guess[:-1], len(guess), "x")])
    assert max(map(len, found)) == MAX_UNSPACED


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("工人昨天搬進三樓，設備仍在路上。", "三樓"),
        ("球队在单场比赛里打进五球。", "单场"),
    ],
)
def test_a_number_or_measure_that_only_refers_to_something_is_no_candidate(text: str, reference: str) -> None:
    found = forms(text)
    assert found
    assert reference not in found


def test_the_standing_of_a_club_is_no_part_of_its_name() -> None:
    found = forms("昨晚豪门浙江队客场取胜。")
    assert "浙江队" in found
    assert not any("豪门浙江" in form for form in found)


def test_a_term_ends_in_what_is_done_to_something() -> None:
    assert "芯片功耗控制" in forms("工程师介绍了芯片功耗控制的新办法。")


def test_a_form_occurs_once_however_the_segmenter_divides_it() -> None:
    found = forms("居民昨日上街。往返鼓山與旗津的渡輪停航，旗津、鼓山的老街冷清。", "高雄市議會討論旗津渡輪票價")
    assert found.count("旗津") == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("基隆市公車公司表示，班次將增加。", "基隆市公車公司"),
        ("環境部農業及自然保育署公布調查結果。", "環境部農業及自然保育署"),
        ("书架上有科尼亚克的作品，读者很喜欢。", "科尼亚克"),
        ("首发的后卫球员周启洋赛后受访。", "周启洋"),
        ("新机型采用发热膜设计，售价不变。", "发热膜设计"),
        ("工人住在移動屋，等待開工。", "移動屋"),
        ("博物馆招聘油画修复师两名。", "油画修复师"),
        ("訊號失靈，火炭站至沙田的列車停駛。", "火炭站"),
        ("摄影师和牧民多吉次仁见面。", "多吉次仁"),
    ],
)
def test_a_name_or_term_is_not_cut(text: str, name: str) -> None:
    assert name in forms(text)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("水利局中區疏濬工程分局表示，河道已經清好。", "程分局"),
        ("湖南桑植县发生泥石流。张家界桑植县发生塌方，居民转移。", "桑植县发生"),
        ("上半年影院观影人次突破千万。", "影院观影人次突破"),
        ("这个品牌的打印机很贵，买奔图的人多。奔图发布新品。", "买奔图"),
    ],
)
def test_a_phrase_ends_at_its_words(text: str, cut: str) -> None:
    found = forms(text)
    assert found
    assert cut not in found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("服务器仍在使用CentOS 7系统，团队计划迁移。", "CentOS 7"),
        ("项目改用Apache 2.0许可证，维护者同意。", "Apache 2.0"),
    ],
)
def test_a_latin_name_is_never_cut_inside(text: str, name: str) -> None:
    latin = [form for form in forms(text) if form.isascii()]
    assert latin == [name]


@pytest.mark.parametrize(
    ("text", "name", "cut"),
    [
        ("邵元冲奖周二揭晓。邵元冲奖奖励青年学者。", "邵元冲奖", "邵元冲"),
        ("李惠堂慈善基金资助了三所中学。", "李惠堂慈善基金", "慈善基金"),
        ("沈从义纪念馆昨天开放，观众很多。", "沈从义纪念馆", "纪念馆"),
    ],
)
def test_a_prize_or_fund_has_the_name_of_its_person(text: str, name: str, cut: str) -> None:
    found = forms(text)
    assert name in found
    assert cut not in found


@pytest.mark.parametrize(
    ("text", "name", "cut"),
    [
        ("的的喀喀湖水位下降，渔民担心。游客说，的的喀喀湖的芦苇枯死了。", "的的喀喀湖", "喀喀湖"),
        ("塔塔巴宁湖位于草原中部，塔塔巴宁湖的渔民收成不好。", "塔塔巴宁湖", "宁湖"),
        ("玻利维亚政府宣布，油价下月上涨。", "玻利维亚", "玻利维亚政府"),
        ("霞喀羅步道週末限制人數，遊客可在網路上申請。", "霞喀羅步道", "霞喀羅步"),
    ],
)
def test_a_foreign_or_native_place_has_all_its_characters(text: str, name: str, cut: str) -> None:
    found = forms(text)
    assert name in found
    assert cut not in found


@pytest.mark.parametrize(
    "text", ["价格(含税)的一半是成本，工厂说。", "PM2.5 的浓度昨天下降，专家说。", "市政府宣布，深圳市政府将开会。"]
)
def test_a_particle_after_a_bracket_or_a_space_and_the_body_of_a_city_stay_as_they_are(text: str) -> None:
    assert not [form for form in forms(text) if form.startswith("的") or form == "深圳市"]


@pytest.mark.parametrize(
    ("title", "team", "glued"),
    [
        ("南溪队点球险胜", "南溪队", "点球险胜"),
        ("北岭队加时力克东川队", "东川队", "加时力克东川队"),
        ("西湖队客场逼平江安队", "江安队", "客场逼平江安队"),
    ],
)
def test_the_outcome_of_a_match_is_not_part_of_a_teams_name(title: str, team: str, glued: str) -> None:
    found = forms(f"半决赛周六举行，{title}，球迷欢呼。{team}的门将受伤。", title)
    assert team in found
    assert not [form for form in found if glued in form or "险胜" in form]


def test_what_two_guesses_begin_with_is_a_name() -> None:
    assert "港鐵" in forms("港鐵北環綫工程展開，村民要求港鐵設隔音屏障。")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("新机搭载麒麟9020芯片。麒麟9020采用八核设计。", "麒麟9020"),
        ("航空公司停飞波音737。波音737不再交付。", "波音737"),
        ("小米14今天開賣,小米14的售價不變。", "小米14"),
    ],
)
def test_a_name_of_a_product_keeps_a_number_that_is_repeated_with_it(text: str, name: str) -> None:
    assert any(form.startswith(name) for form in forms(text))


@pytest.mark.parametrize(
    "text",
    [
        "新机售价3999起。售价3999起的还有手表。",
        "票房3000万。票房3000万又如何?",
        "湖人110比98获胜。湖人110分。",
        "观众4500多。观众4500多,车站拥挤。",
        "波音2024年交付。波音2024年裁员。",
    ],
)
def test_an_amount_a_score_or_a_year_is_no_part_of_a_name(text: str) -> None:
    assert not [form for form in forms(text) if any(map(str.isdigit, form))]
