"""Korean words that are only parts: of an amount, of a foreign name, of a name with two hosts, of an attribute."""

import pytest

from alt_pipelines.tagging.extraction.korean.analysis import analyse


def forms(text: str, title: str = "") -> set[str]:
    return {"".join(phrase.words) for phrase in analyse(title, text).phrases}


@pytest.mark.parametrize(
    ("text", "name", "halves"),
    [
        ("재단은 덴마크의 리스베트 얀센스키를 위원으로 위촉했다.", "리스베트 얀센스키", {"리스베트", "얀센스키"}),
        ("헝가리의 로타 세레메트를 관객이 반겼다.", "로타 세레메트", {"로타", "세레메트"}),
        ("심사위원장은 로타 칼레비스키다.", "로타 칼레비스키", {"로타", "칼레비스키"}),
        ("지휘자 세르게이 코발렌스키의 공연이 열렸다.", "세르게이 코발렌스키", {"세르게이", "코발렌스키"}),
        ("학술지 어드밴스드 머티리얼즈에 논문이 실렸다.", "어드밴스드 머티리얼즈", {"어드밴스드", "머티리얼즈"}),
    ],
)
def test_a_foreign_name_that_the_text_has_only_whole_has_no_halves(text: str, name: str, halves: set[str]) -> None:
    found = forms(text)
    assert name in found
    assert not halves & found


def test_a_surname_that_the_text_uses_alone_stays_and_so_do_words_that_are_no_names() -> None:
    assert "칼레비스키" in forms("심사위원장은 로타 칼레비스키다. 칼레비스키는 내일 도착한다.")
    assert "출렁다리" in forms("소양강 출렁다리가 개통했다.")


@pytest.mark.parametrize(
    ("text", "name", "half"),
    [
        ("그는 아이치·나고야 아시안게임 출전을 준비한다.", "아이치·나고야 아시안게임", "아이치"),
        ("밀라노·코르티나 동계올림픽이 열렸다.", "밀라노·코르티나 동계올림픽", "밀라노"),
        ("대표팀은 밀라노·코르티나 패럴림픽에서 메달을 노린다.", "밀라노·코르티나 패럴림픽", "밀라노"),
        ("조직위는 전남·제주 엑스포 유치에 나섰다.", "전남·제주 엑스포", "전남"),
        ("한국·일본 월드컵의 추억을 담은 전시가 열린다.", "한국·일본 월드컵", "한국"),
    ],
)
def test_games_with_two_hosts_are_one_name(text: str, name: str, half: str) -> None:
    found = forms(text)
    assert name in found
    assert half not in found


def test_places_of_a_list_are_tags_of_their_own() -> None:
    assert {"부산", "울산"} <= forms("부산·울산 지역에 큰비가 내렸다.")


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("통영의 굴 값이 올랐다. 통영산 굴은 수출이 늘었다.", "통영산"),
        ("중국산 냉동 전복의 유입이 늘었다.", "중국산"),
        ("노르웨이산 연어가 들어왔다.", "노르웨이산"),
        ("제주의 농가는 제주산 감귤을 내놓았다.", "제주산"),
        ("베트남산 새우의 값이 내렸다.", "베트남산"),
    ],
)
def test_where_a_product_comes_from_is_no_tag(text: str, origin: str) -> None:
    assert origin not in forms(text)


@pytest.mark.parametrize("mountain", ["지리산", "한라산", "가야산", "부산", "유산"])
def test_a_mountain_and_a_noun_that_ends_like_an_origin_stay(mountain: str) -> None:
    assert mountain in forms(f"주민들은 날마다 {mountain}을 돌본다. 가야의 역사도 배운다.")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("이 전지는 영하 20도에서도 작동한다.", "영하"),
        ("한낮 기온이 영상 15도까지 올랐다.", "영상"),
        ("용액을 섭씨 80도로 데웠다.", "섭씨"),
        ("사막의 기온은 화씨 120도였다.", "화씨"),
        ("연구팀은 상온 용량의 84%를 지켰다.", "상온 용량"),
        ("이 차는 기존 연료 소비량의 70%만 쓴다.", "기존 연료 소비량"),
    ],
)
def test_a_word_of_a_temperature_and_what_a_share_is_of_are_no_tags(text: str, part: str) -> None:
    assert part not in forms(text)


def test_a_measure_without_a_share_and_a_video_stay() -> None:
    assert "출하량" in forms("스마트폰의 출하량이 줄었다. 이 회사는 출하량의 30%를 차지했다.")
    assert "출하량" in forms("이 회사는 출하량의 30%를 차지했다.", "스마트폰 출하량")
    assert "영상" in forms("구조 장면을 담은 영상이 공개됐다.")


@pytest.mark.parametrize(
    "name", ["컴퓨팅 인 메모리", "메이드 인 코리아", "러브 인 파리", "드라이브 인 시어터", "버그 인 시스템"]
)
def test_a_foreign_in_joins_two_nouns(name: str) -> None:
    found = forms(f"행사에서 {name} 기술이 소개됐다.")
    assert any(name in form for form in found)
    assert name.split(" ")[0] not in found


def test_a_copula_joins_nothing() -> None:
    assert "가수" in forms("직업이 가수인 학생이 노래했다.")
