"""Datelines and reporters of Chinese and Korean articles are removed, and nothing that only looks like them."""

import pytest

from alt_pipelines.text.boilerplate.east_asian_bylines import without_bylines


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("新华社武汉5月12日电(记者 严书恒、佟立秋)12日上午,隧道贯通。", "12日上午,隧道贯通。"),
        ("云岭晚报讯(记者 葛明轩)文物部门发现岩画。", "文物部门发现岩画。"),
        ("足球周报记者严书恒报道 北京时间昨晚,联赛开幕。", "北京时间昨晚,联赛开幕。"),
        ("(中央社記者温雅筑台北5日電)立法院今天開議。", "立法院今天開議。"),
        ("【本報訊】渡輪航線昨日恢復服務。", "渡輪航線昨日恢復服務。"),
        ("(전주=들녘뉴스) 한보라 기자 = 전주시의회는", "전주시의회는"),
        ("[들녘일보 한보라 기자] 전주시의회는", "전주시의회는"),
    ],
)
def test_a_dateline_with_its_reporters_is_removed(line: str, rest: str) -> None:
    assert without_bylines(line, first=True) == rest


@pytest.mark.parametrize("line", ["责任编辑:邵冬梅", "文/严书恒", "한보라 기자 bora@example.com"])
def test_a_line_that_only_names_who_made_the_article_is_removed(line: str) -> None:
    assert without_bylines(line, first=False) == ""


@pytest.mark.parametrize(
    "line",
    [
        "记者从市教育局获悉,中考报名下周开始。",
        "科技部网站发布通知。",
        "中央电视台3日报道了这起事故。",
        "晚报社9月3日电话采访了居民。",
        "台湾电力公司表示,电网稳定。",
        "기자회견에서 장관은 사과했다.",
        "国内メディア記者と編集者が集まった。",
    ],
)
def test_other_sentences_stay_as_they_are(line: str) -> None:
    assert without_bylines(line, first=True) == line
