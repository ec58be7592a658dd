"""What kind of firm or body it is, before the name of a Korean firm or body."""

import pytest

from alt_pipelines.tagging.extraction.korean.analysis import analyse


def forms(text: str) -> set[str]:
    return {"".join(phrase.words) for phrase in analyse("", text).phrases}


@pytest.mark.parametrize(
    ("text", "name", "described"),
    [
        ("수제 맥주 제조사 은하브루는 이천에 양조장을 짓는다.", "은하브루", "수제 맥주"),
        ("공유 자전거 운영사 바람바이크가 요금을 내렸다.", "바람바이크", "공유 자전거"),
        ("수산물 가공업체 갯벌푸드는 공장을 닫는다.", "갯벌푸드", "수산물"),
        ("배달 로봇 전문기업 미르로봇가 상장한다.", "미르로봇", "배달 로봇"),
        ("원두 유통업체 새벽커피가 매장을 연다.", "새벽커피", "원두"),
    ],
)
def test_the_kind_of_a_firm_is_left_out_and_what_it_makes_stays(text: str, name: str, described: str) -> None:
    found = forms(text)
    assert {name, described} <= found
    assert not any(form != name and name in form for form in found)
    assert not any(form.endswith(("사", "업체", "기업")) for form in found)


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("환경 시민단체 새숲연대는 공사에 반대했다.", "시민단체", "새숲연대"),
        ("공공 의료기관 가온병원이 문을 열었다.", "의료기관", "가온병원"),
        ("국제 구호단체 한누리재단은 모금을 시작했다.", "구호단체", "한누리재단"),
    ],
)
def test_the_kind_of_a_body_is_no_part_of_its_name(text: str, kind: str, name: str) -> None:
    found = forms(text)
    assert {kind, name} <= found
    assert not any(form != name and name in form for form in found)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("공공기관 채용박람회가 열렸다.", "공공기관 채용박람회"),
        ("통신사 요금제가 바뀐다.", "통신사 요금제"),
        ("의료기관 인증평가를 받았다.", "의료기관 인증평가"),
        ("단체 대화방에 사진을 올렸다.", "단체 대화방"),
        ("자동차 제조사 협회가 통계를 냈다.", "자동차 제조사 협회"),
        ("지역 기업 실적이 늘었다.", "지역 기업 실적"),
    ],
)
def test_a_kind_stays_before_common_nouns(text: str, whole: str) -> None:
    assert whole in forms(text)


def test_a_known_firm_is_without_its_kind() -> None:
    assert forms("게임사 넥슨이 신작을 냈다.") == {"넥슨", "신작"}


def test_a_firms_last_syllable_is_no_number() -> None:
    assert "운영사" in forms("주차장 운영사와 협의했다. 운영사가 답했다.")
    assert "카드사" in forms("카드사 민원이 늘었다. 카드사는 해명했다.")
