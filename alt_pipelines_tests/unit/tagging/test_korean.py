"""Korean: a name without what says who or what it is, and words that the analyser divides wrongly."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates

END = " 행사는 시청 광장에서 열렸다. 시민이 많이 왔다."


def forms(title: str, text: str) -> set[str]:
    return {candidate.form for candidate in find_candidates(title, text + END, "ko")}


@pytest.mark.parametrize(
    ("sentence", "name", "glued"),
    [
        ("핀테크 스타트업 모아담이 투자를 받았다.", "모아담", "핀테크 스타트업 모아담"),
        ("제작사 별빛스튜디오는 촬영을 마쳤다.", "별빛스튜디오", "제작사 별빛스튜디오"),
        ("바리톤 표은결이 무대에 섰다.", "표은결", "바리톤 표은결"),
        ("칠레 공격수 카를렌이 골을 넣었다.", "카를렌", "칠레 공격수 카를렌"),
        ("웹 프레임워크 Laravel을 골랐다.", "Laravel", "웹 프레임워크 Laravel"),
    ],
)
def test_the_kind_of_a_thing_is_apart_from_its_name(sentence: str, name: str, glued: str) -> None:
    found = forms("오늘의 소식", sentence)
    assert name in found
    assert glued not in found


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("엔비디아 차세대 플랫폼이 나왔다.", "엔비디아"),
        ("Kafka 기능을 켰다.", "Kafka"),
        ("신속진단키트 검사를 받았다.", "신속진단키트"),
        ("경기 파주시 주민이 모였다.", "파주시"),
        ("전남 신안에서 열린다.", "신안"),
    ],
)
def test_a_name_inside_a_phrase_is_a_candidate_too(sentence: str, name: str) -> None:
    assert name in forms("오늘의 소식", sentence)


def test_a_word_with_two_particles_is_a_noun_as_a_whole() -> None:
    found = forms("축구", "신인 문태오가 골을 넣었다. 문태오는 지난해 입단했다. 문태오의 목표는 우승이다.")
    assert "문태오" in found
    assert "문태" not in found


def test_a_word_and_its_particle_are_not_one_noun() -> None:
    found = forms("교실", "학생만이 남았다. 학생만은 웃었다. 학생이 노래했다.")
    assert "학생만" not in found


@pytest.mark.parametrize(
    ("sentence", "unfit"),
    [
        ("검찰은 임대업자 조모 씨를 불렀다. 임대업자 조모는 부인했다.", "임대업자 조모"),
        ("누리팜은 시리즈B 320억 원을 모았다.", "시리즈B 320"),
        ("교사는 22년간 교단에 섰다.", "간 교단"),
        ("파출소 대신 우체국에 갔다.", "파출소 대신 우체국"),
        ("물질의 이온전도도가 높다.", "이온전도"),
        ("배터리용 황화물을 만들었다.", "배터리용"),
        ("'로보킹'과 로보락을 견줬다.", "과 로보락"),
        ("응답은 40ms 걸렸다.", "40ms"),
    ],
)
def test_what_does_not_belong_to_a_name_is_cut(sentence: str, unfit: str) -> None:
    found = forms("", sentence)
    assert found
    assert unfit not in found


def test_a_version_belongs_to_the_name_before_it() -> None:
    assert "언리얼 엔진 5" in forms("새 게임", "이 게임은 언리얼 엔진 5로 만들었다.")


def test_a_form_occurs_once_in_quotation_marks_or_not() -> None:
    text = "구청은 '달빛 정원' 사업을 시작했다. 달빛 정원은 주민이 가꾼다." + END
    found = [candidate.form for candidate in find_candidates("달빛 정원", text, "ko")]
    assert found.count("달빛 정원") == 1


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("새 앨범 '창가에 서서'는 사랑받았다.", "창가에 서서"),
        ("장편소설 '흰 새가 우는 섬'을 펴냈다.", "흰 새가 우는 섬"),
        ("《바람이 분다》를 다시 읽었다.", "바람이 분다"),
        ("오늘의 책\n▲ 갈매기의 역사 (문태오 지음, 솔숲)\n", "갈매기의 역사"),
        ("상영작\n호수의 아침\n마지막 버스", "호수의 아침"),
    ],
)
def test_a_title_of_a_work_is_whole(sentence: str, title: str) -> None:
    assert title in forms("오늘의 소식", sentence)


def test_a_quoted_clause_is_no_name() -> None:
    assert "힘들게 버텼다" not in forms("오늘의 소식", "주민은 '힘들게 버텼다'고 말했다.")


@pytest.mark.parametrize(
    ("sentence", "name", "glued"),
    [
        ("박준형 감독은 선수를 칭찬했다.", "박준형", "박준형 감독"),
        ("요리사 닐스 카를손은 새 식당을 열었다.", "닐스 카를손", "요리사 닐스 카를손"),
        ("주인공은 신인 내야수 민도하였다.", "민도하", "내야수"),
        ("명창 표순임 별세.", "표순임", "표순"),
        ("▲ 바다 (차하람 지음)", "차하람", "차하"),
    ],
)
def test_a_person_is_found_by_the_role(sentence: str, name: str, glued: str) -> None:
    found = forms("오늘의 소식", sentence)
    assert name in found
    assert glued not in found


def test_a_word_that_begins_with_a_particle_is_an_unknown_noun() -> None:
    assert "헤츠너" in forms("오늘의 소식", "독일 호스팅 업체 헤츠너의 서버를 빌렸다.")


def test_an_unknown_noun_of_two_syllables_is_a_noun_and_its_particle() -> None:
    assert "색은" not in forms("간장", "오래 묵히면, 색은 먹빛에 가깝다.")


def test_weak_nouns_are_not_at_the_edge_of_a_phrase() -> None:
    found = forms("오늘의 소식", "이번 주 개봉 영화를 골랐다. 소방서 관계자는 운행 여부를 확인했다.")
    assert found.isdisjoint({"주 개봉 영화", "소방서 관계자", "운행 여부"})


@pytest.mark.parametrize(
    ("sentence", "name", "cut"),
    [
        (
            "연남동 솔숲당은 밤식빵으로 유명하다. 솔숲당 주인은 일찍 문을 연다. 솔숲당 밤식빵이 맛있다.",
            "솔숲당",
            "솔숲",
        ),
        ("망원동 달빛옥 곰탕은 국물이 맑다. 달빛옥 줄이 길다. 달빛옥 곰탕을 먹었다.", "달빛옥", "달빛"),
        ("성수동 모래면가 국수가 인기다. 모래면가는 지난달 문을 열었다.", "모래면가", "모래면"),
        ("읍사무소 대회의실과 한마음회관을 쉼터로 연다.", "대회의실", "대회의실과"),
        ("학교 소회의실과 도서관을 고쳤다.", "소회의실", "소회의실과"),
    ],
)
def test_a_shop_or_a_room_has_all_its_syllables_and_no_particle(sentence: str, name: str, cut: str) -> None:
    found = forms("오늘의 소식", sentence)
    assert any(form.split()[-1] == name for form in found)
    assert cut not in found


@pytest.mark.parametrize("sentence", ["가구당 소득이 늘었다.", "한 끼당 오천 원이 든다.", "마리당 삼만 원에 팔린다."])
def test_the_suffix_of_a_unit_is_not_a_shops_name(sentence: str) -> None:
    assert not [form for form in forms("오늘의 소식", sentence) if "당" in form]


def test_a_place_with_a_particle_is_not_a_longer_name() -> None:
    found = forms("오늘의 소식", "서울에 눈이 왔다. 서울에는 비도 왔다. 정부가 대책을 냈다.")
    assert "서울에" not in found
    assert "정부가" not in found
