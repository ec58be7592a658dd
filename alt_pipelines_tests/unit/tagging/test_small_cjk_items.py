"""Programmes, appointments, results, changelogs and other small items in Japanese, Chinese and Korean."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates

JAPANESE = "岡山市の中心街で朝市が開かれ、野菜や鮮魚を求める市民が集まった。"


def forms(language: str, text: str, title: str = "") -> list[str]:
    return [candidate.form for candidate in find_candidates(title, text, language)]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("ja", "18:30 BSニュース\n19:00 海辺の食堂", "BSニュース"),
        ("ja", "20:00 NHK将棋講座\n21:15 夜の図書館", "NHK将棋講座"),
        ("ja", "10:00~11:30 FM音楽帳\n12:00 昼の広場", "FM音楽帳"),
        ("zh", "20:30 CCTV新闻\n21:00 ABC剧场", "CCTV新闻"),
        ("ko", "21:00 KBS 뉴스\n22:30 바다 극장", "KBS 뉴스"),
    ],
)
def test_the_minutes_of_a_time_are_not_part_of_the_name_after_it(language: str, text: str, name: str) -> None:
    found = forms(language, text)
    assert name in found
    assert not any(form.endswith(f" {name}") for form in found)


@pytest.mark.parametrize(
    ("line", "names", "cut"),
    [
        ("08:15 みんなの園芸ノート", {"みんなの園芸ノート"}, "園芸ノート"),
        ("13:05 ふるさとの俳句アルバム「雪」", {"ふるさとの俳句アルバム"}, "俳句アルバム"),
        ("20:00 歴史ミステリアス「天守台 石垣の謎」", {"歴史ミステリアス", "天守台 石垣の謎", "天守台"}, "謎"),
        ("21:00 鉄道ロマンチック「渡島線 雪の夜行」", {"鉄道ロマンチック", "渡島線 雪の夜行", "渡島線"}, "夜行"),
    ],
)
def test_a_programme_has_its_whole_name(line: str, names: set[str], cut: str) -> None:
    found = forms("ja", f"{line}\n22:00 天気予報\n{JAPANESE}")
    assert names <= set(found)
    assert cut not in found


@pytest.mark.parametrize(
    ("line", "name", "part"),
    [
        ("取締役(大阪支店長)中村 亮介", "中村 亮介", "亮介"),
        ("監査役 岡田 美咲", "岡田 美咲", "美咲"),
        ("退任(常務)久保田 正", "久保田 正", "久保田"),
    ],
)
def test_a_full_name_with_a_space_is_one_phrase(line: str, name: str, part: str) -> None:
    found = forms("ja", f"{line}\n{JAPANESE}")
    assert name in found
    assert part not in found


def test_surnames_with_spaces_between_them_are_a_list() -> None:
    assert {"富樫", "中村", "岡田"} <= set(forms("ja", f"先発 富樫 中村 岡田\n{JAPANESE}"))


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("名古屋工場長", "名古屋工場"),
        ("大阪支店長", "大阪支店"),
        ("松山支局長", "松山支局"),
        ("札幌営業所長", "札幌営業所"),
        ("仙台事業所長", "仙台事業所"),
    ],
)
def test_the_head_of_a_branch_is_a_role_and_the_branch_a_name(line: str, body: str) -> None:
    found = forms("ja", f"常務({line})\n{JAPANESE}")
    assert body in found
    assert line not in found


@pytest.mark.parametrize(
    ("line", "home", "away"),
    [
        ("静岡学園2-1青森山田", "静岡学園", "青森山田"),
        ("千葉88-102渋谷", "千葉", "渋谷"),
        ("日本製鉄3-0東レ", "日本製鉄", "東レ"),
    ],
)
def test_a_result_does_not_join_the_two_teams(line: str, home: str, away: str) -> None:
    found = forms("ja", f"{line}\n{JAPANESE}")
    assert {home, away} <= set(found)
    assert line not in found


@pytest.mark.parametrize("aircraft", ["ボーイング737-800型機", "ボーイング767-300貨物機"])
def test_a_type_of_aircraft_is_not_a_result(aircraft: str) -> None:
    assert aircraft in forms("ja", f"{aircraft}が飛んだ。{JAPANESE}")


def test_an_event_of_an_itinerary_is_not_the_name_of_a_programme() -> None:
    found = forms("ja", f"10:00 駅の広場に集合\n12:00 森と海の食卓\n{JAPANESE}")
    assert "森と海の食卓" in found
    assert "駅の広場に集合" not in found


@pytest.mark.parametrize(
    ("sentence", "name", "glued"),
    [
        ("SH斎藤が抜けた。", "斎藤", "SH斎藤"),
        ("CTB中野が走った。", "中野", "CTB中野"),
        ("PG富樫が決めた。", "富樫", "PG富樫"),
        ("DH浜口が打った。", "浜口", "DH浜口"),
        ("上定和夫市長が述べた。", "上定和夫", "定和夫"),
        ("芝江田修が出場した。", "芝江田修", "江田修"),
        ("安比奈薫が出場した。", "安比奈薫", "比奈薫"),
        ("嫁山田花子が話した。", "山田花子", "嫁山田花子"),
        ("作家の小江川チトさんが来た。", "小江川チト", "小江"),
        ("落語は春風亭さん喬が務めた。", "春風亭さん喬", "春風亭"),
        ("田中さん山田さんが来た。", "山田", "田中さん山田"),
        ("SF小説を読んだ。", "SF小説", "小説"),
    ],
)
def test_a_player_stands_without_the_position_and_a_name_has_every_character(
    sentence: str, name: str, glued: str
) -> None:
    found = forms("ja", JAPANESE + sentence)
    assert name in found
    assert glued not in found


@pytest.mark.parametrize(
    ("sentence", "model"),
    [
        ("新型護衛艦FFM-3が進水した。", "FFM-3"),
        ("輸送機C-2を公開した。", "C-2"),
        ("無人補給船RZ-9が着いた。", "RZ-9"),
        ("Vue.js 3でビルドした。", "Vue.js 3"),
    ],
)
def test_a_model_is_a_name_of_its_own(sentence: str, model: str) -> None:
    assert model in forms("ja", JAPANESE + sentence)


@pytest.mark.parametrize(
    ("sentence", "empty"),
    [
        ("氏名は入会順に載せた。", "入会順"),
        ("名簿は五十音順に並ぶ。", "五十音順"),
        ("自前で用意した。", "自前"),
        ("駅の手前で止まった。", "手前"),
        ("価格が一気に上がった。", "一気"),
        ("県内最大の工場がある。", "県内最大"),
        ("アジア最大の港がある。", "アジア最大"),
        ("18大会連続の出場を決めた。", "18大会連続"),
        ("8年連覇の立役者だ。", "8年連覇"),
        ("後半に追い上げた。", "後半"),
    ],
)
def test_orders_places_and_manners_are_no_topics(sentence: str, empty: str) -> None:
    assert empty not in forms("ja", JAPANESE + sentence)


CHINESE = "市图书馆昨天举办讲座,青河村的陶艺工匠展示了窑炉。"


@pytest.mark.parametrize(
    ("sentence", "name", "cut"),
    [
        ("小程序可以预约。", "小程序", "程序"),
        ("大模型上线了。", "大模型", "模型"),
        ("屏東、台南山区慎防落石。", None, "南山区"),
        ("修复内屏横屏时闪退。", None, "屏时"),
        ("更新后竖屏时卡顿。", "卡顿", "时卡顿"),
        ("科创板指跌0.9%,银行走低。", "科创板指", "科创板"),
        ("光伏领涨,券商股走弱。", "券商股", "券商"),
        ("午后,煤炭股普涨。", "煤炭股", "煤炭"),
        ("利妥珠单抗说明书更新。", "利妥珠单抗", "单抗"),
        ("帕博利珠单抗获批。", "帕博利珠单抗", "珠单抗"),
        ("英超第10轮战罢。", "英超", None),
        ("H股回购。", "H股", None),
        ("海天味业(603288)涨2%。", "海天味业", "味业"),
        ("腾讯控股(0700.HK)跌1%。", "腾讯控股", "0700.HK"),
        ("评委奖:何若川《北行的渡船》", "何若川", None),
        ("散文奖:顾时安《长街》", "顾时安", None),
    ],
)
def test_a_chinese_name_is_not_cut_inside(sentence: str, name: str | None, cut: str | None) -> None:
    found = forms("zh", f"{CHINESE}\n{sentence}", "讲座")
    assert name is None or name in found
    assert cut not in found


@pytest.mark.parametrize(
    ("sentence", "noun", "glued"),
    [
        ("警方指他涉嫌盗窃。", "警方", "警方指"),
        ("報告指本港樓價下跌。", "報告", "報告指"),
        ("江苏台《新闻眼》开播。", "江苏", "江苏台"),
        ("委员会就普利问题讨论。", "委员会", "就普利"),
    ],
)
def test_a_word_beside_a_noun_is_not_part_of_its_name(sentence: str, noun: str, glued: str) -> None:
    found = forms("zh", f"{CHINESE}\n{sentence}", "讲座")
    assert noun in found
    assert glued not in found


@pytest.mark.parametrize("line", ["优化 图片加载", "调整 通知样式", "升级 地图引擎"])
def test_the_kind_of_a_change_is_its_verb(line: str) -> None:
    assert line.partition(" ")[0] not in forms("zh", f"{CHINESE}\n{line}", "讲座")


KOREAN = " 행사는 시청 광장에서 열렸다. 시민이 많이 왔다."


@pytest.mark.parametrize(
    ("text", "name", "wrong"),
    [
        ("배문고 2-0 개포고 (효창)", "개포고", "포고"),
        ("새 디스패치드는 느리다.", "디스패치드", "디스패치"),
        ("서브태스크 목록.", "서브태스크 목록", "서브태스"),
        ("서버 태스크와 큐를 나눴다.", "서버 태스크", "서버 태스"),
        ("흥국생명 투트쿠 21점.", "투트쿠", "흥국생명 투트"),
        ("정관장 부키리치 22점.", "부키리치", "정관장 부키리치"),
        ("삼성 디아즈 3안타.", "디아즈", "삼성 디아즈"),
        ("GPT-5 API를 호출했다.", "GPT-5", None),
        ("HVDC 2단계 변환소를 지었다.", "HVDC", "HVDC 2"),
        ("HVDC 1·2단계 변환소를 지었다.", "HVDC", "HVDC 1"),
        ("피카소 판화 20점을 판다.", "피카소 판화", "판화"),
        ("장지 용인공원", "용인공원", "장지 용인공원"),
        ("상주 곶감이 팔린다.", "상주 곶감", "곶감"),
        ("포장지 크라프트를 쓴다.", "포장지", None),
        ("나이드는 즐거움을 안다.", "즐거움", "나이드"),
        ("호수공원에서 몇 년동안 살았다.", "호수공원", "년동안"),
        ("- 다크 모드 토글 추가", "다크 모드 토글", "모드 토글 추가"),
        ("- 오프라인 캐시 삭제", "오프라인 캐시", "오프라인 캐시 삭제"),
        ("- 로그인 화면 개선", "로그인 화면", "로그인 화면 개선"),
    ],
)
def test_a_korean_name_is_whole_and_alone(text: str, name: str, wrong: str | None) -> None:
    found = forms("ko", f"{text}\n{KOREAN}", "오늘의 소식")
    assert name in found
    assert wrong not in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", f"患者の血中でTNF-αが下がった。{JAPANESE}"),
        ("zh", "治疗之后，患者血液中的TNF-α明显下降，医生很满意。"),
        ("ko", "환자의 혈액에서 TNF-α가 줄었다. 의사는 만족했다."),
        ("th", "แพทย์พบว่า TNF-α ลดลงในเลือดของผู้ป่วย นักวิจัยดีใจ"),
    ],
)
def test_a_greek_letter_belongs_to_the_name_before_its_hyphen(language: str, text: str) -> None:
    found = forms(language, text)
    assert "TNF-α" in found
    assert "TNF" not in found
