"""A Korean firm is named once, and a headline's run of nouns is no tag beside the things that it puts side by side."""

import pytest

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.extraction.korean.second_names import short_firms


@pytest.fixture(scope="module")
def extractor() -> TagExtractor:
    return TagExtractor(TaggingSettings(refine_budget=0.0, max_tags=30), None, fallback=False)


def tags(extractor: TagExtractor, title: str, text: str) -> set[str]:
    return {tag.tag for tag in extractor.extract([RawArticle("1", title, text)])[0].tags}


@pytest.mark.parametrize(
    ("name", "short"),
    [("새론오토모티브", "새론"), ("다빛홀딩스", "다빛"), ("코람테크", "코람"), ("해든제약", "해든")],
)
def test_a_firm_is_named_once(extractor: TagExtractor, name: str, short: str) -> None:
    text = (
        f"{name}가 군산에 수소 저장 용기 공장을 짓는다. {short}은 지난해 군산항 부지를 사들였다."
        f" {short} 주가는 이날 4% 올랐다. 군산시는 {short}과 협약을 맺고 도로를 넓힌다. 수소 저장 용기는 버스에 쓰인다."
    )
    found = tags(extractor, f"{name}, 군산에 수소 저장 용기 공장", text)
    assert name in found
    assert not {short, f"{short} 주가"} & found


@pytest.mark.parametrize(
    ("name", "short", "text"),
    [
        ("제주항공", "제주", "제주항공이 제주 노선을 늘린다. 제주 관광객이 늘었다."),
        ("부산은행", "부산", "부산은행이 지점을 줄인다. 부산 상인들은 반대한다."),
        ("두산에너빌리티", "두산", "두산에너빌리티와 모회사 두산이 공시했다."),
        ("새론오토모티브", "새론", "새론은 지주회사다. 새론오토모티브는 새론이 세웠다."),
        ("달목분교", "달목", "달목분교가 문을 닫았다. 달목 주민이 모였다."),
        ("한미정밀", "한미", "한미정밀 주가가 올랐다. 한미 정상회담에서 관세가 논의됐다. 한미 주가는 3% 올랐다."),
        ("한일전선", "한일", "한일전선이 상장했다. 한일의 어업 협정도 다뤄졌다. 한일은 20일 만난다."),
        ("한중해운", "한중", "한중해운이 배를 늘린다. 한중 FTA가 발효됐다. 한중이 합의했다."),
        ("한미정밀", "한미", "한미정밀이 공시했다. 한미동맹이 굳건하다. 한미는 훈련을 한다."),
        ("해든바이오", "해든", "해든바이오와 해든이 합병한다. 해든은 존속 법인이다."),
        ("해든바이오", "해든", "해든바이오가 공시했다. 해든과 해든바이오는 주주총회를 연다."),
        ("해든바이오", "해든", "해든바이오가 공시했다. 모회사 해든이 지분을 샀다."),
        ("해든바이오", "해든", "해든바이오가 공시했다. 해든, 해든바이오 주주는 반대한다."),
        ("해든바이오", "해든", "해든바이오가 공시했다. 해든바이오 주가가 올랐다."),
    ],
)
def test_a_place_a_group_and_what_the_text_names_first_stay(name: str, short: str, text: str) -> None:
    assert not list(short_firms([name, short], text))


@pytest.mark.parametrize(
    ("title", "run", "parts"),
    [
        (
            "해양 쓰레기 수거선 석 대 추가 투입",
            "해양 쓰레기 수거선",
            "거제시는 태풍 뒤 밀려든 해양 쓰레기를 어민과 함께 치운다. 수거선은 석 대가 더 온다. 갯벌은 주민이 맡는다.",
        ),
        (
            "경북 상주 이장 다섯이 만든 뮤지컬",
            "경북 상주 이장",
            "경북 상주 은척면 폐교에 조명이 켜졌다. 이장 다섯이 뮤지컬을 만들었다. 이장은 모두 농부다. 대본은 교사 몫.",
        ),
    ],
)
def test_a_run_of_a_headline_is_no_tag_beside_its_parts(
    extractor: TagExtractor, title: str, run: str, parts: str
) -> None:
    found = tags(extractor, title, parts)
    assert run not in found
    assert run.rpartition(" ")[0] in found


@pytest.mark.parametrize(
    ("title", "name", "text"),
    [
        (
            "국립 해양 박물관 재개관",
            "국립 해양 박물관",
            "국립 해양 박물관이 수리를 마치고 문을 연다. 국립 해양 박물관은 섬에 있다. 아이들은 해양 생물을 만져 본다.",
        ),
        (
            "수소 저장 용기 국산화",
            "수소 저장 용기",
            "군산의 연구진이 탄소 섬유로 용기를 만들었다. 수소 저장 용기는 버스에 쓰인다. 수소는 폭발 위험이 있다.",
        ),
    ],
)
def test_what_the_body_repeats_as_one_stays(extractor: TagExtractor, title: str, name: str, text: str) -> None:
    assert name in tags(extractor, title, text)
