"""Vietnamese: names of one word, names with a number, institutions in full, people without their titles."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates


def forms(title: str, text: str) -> set[str]:
    return {candidate.form for candidate in find_candidates(title, text, "vi")}


@pytest.mark.parametrize("name", ["VRT", "HaTex", "Zentrix", "Z-Pay"])
def test_an_abbreviation_or_a_foreign_word_is_a_name_by_itself(name: str) -> None:
    assert name in forms("", f"Nhà đầu tư đã bán cổ phiếu {name} trong phiên sáng ở Hà Nội, theo báo cáo.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tàu chạy thử trên tuyến metro số 4 vào tháng sau.", "metro số 4"),
        ("Xe tải lật trên Quốc lộ 7 gây tắc. Đoạn Quốc lộ 7 qua thị xã đã thông.", "Quốc lộ 7"),
        ("Hãng ra mắt loa Nova Beat 3, giá hai triệu đồng.", "Nova Beat 3"),
    ],
)
def test_the_number_of_a_name_belongs_to_it(text: str, name: str) -> None:
    assert name in forms("", text)
    assert name.rsplit(" ", 1)[0] not in forms("", text)


@pytest.mark.parametrize("text", ["Kim Long lĩnh 6 năm tù.", "Dân số 98 triệu người.", "Ở Huế 30 hộ dân mất nhà."])
def test_a_number_that_counts_belongs_to_no_name(text: str) -> None:
    assert not [form for form in forms("", f"{text} Lâm Đồng và Hà Nội cũng vậy.") if any(map(str.isdigit, form))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Đại học Tây Bắc công bố điểm chuẩn.", "Đại học Tây Bắc"),
        ("Quyết định do Ngân hàng Nhà nước đưa ra.", "Ngân hàng Nhà nước"),
        ("Phim dự tranh tại Liên hoan phim Hà Nội.", "Liên hoan phim Hà Nội"),
        ("Theo Bộ Giáo dục và Đào tạo, kỳ thi được lùi.", "Bộ Giáo dục và Đào tạo"),
        ("Nhà thầu là Công ty CP Xây lắp Minh Quang Phú.", "Xây lắp Minh Quang Phú"),
        ("Lũ lớn ở miền Trung làm ngập đường.", "miền Trung"),
    ],
)
def test_an_institution_is_found_in_full_also_at_the_start_of_a_sentence(text: str, name: str) -> None:
    assert name in forms("", text)


@pytest.mark.parametrize(
    ("text", "name", "glued"),
    [
        ("Theo CEO Đặng Minh Triết, doanh thu tăng.", "Đặng Minh Triết", "CEO Đặng Minh Triết"),
        ("Theo Chủ tịch HĐQT Đặng Minh Triết, lãi tăng.", "Đặng Minh Triết", "Chủ tịch HĐQT Đặng Minh Triết"),
        ("Phó ban VQR Đặng Minh Triết cho biết.", "Đặng Minh Triết", "VQR Đặng Minh Triết"),
        ("Nhà đầu tư Hàn Quốc Hanwell Partners rút vốn.", "Hanwell Partners", "Hàn Quốc Hanwell Partners"),
    ],
)
def test_a_name_is_apart_from_the_title_the_institution_or_the_country_before_it(
    text: str, name: str, glued: str
) -> None:
    found = forms("", text)
    assert name in found
    assert glued not in found


def test_a_place_keeps_the_abbreviation_before_its_name() -> None:
    assert "TAND TP Hải Dương" in forms("", "Hôm qua, TAND TP Hải Dương mở phiên tòa.")


def test_what_title_and_text_have_once_each_is_repeated() -> None:
    found = forms("Trồng rau thủy canh giá rẻ", "Nông dân bán rau thủy canh sạch ở Huế, Vinh và Đà Lạt cho khách quen.")
    assert {form for form in found if form.lower().endswith("rau thủy canh")}


def test_an_office_alone_is_no_topic() -> None:
    found = forms("", "Giám đốc Lê Thanh Hà nói. Ngày mai giám đốc sẽ đến Huế. Cuối tuần giám đốc về Hà Nội.")
    assert "Lê Thanh Hà" in found
    assert not {form for form in found if form.lower() == "giám đốc"}


@pytest.mark.parametrize(
    "name",
    [
        "Viện Khoa học Kỹ thuật Thủy lợi Miền Nam",
        "Tổng Công ty Vận tải Biển Đông Nam Thái Bình",
    ],
)
def test_a_name_of_nine_or_ten_syllables_is_a_candidate(name: str) -> None:
    assert len(name.split()) in (9, 10)
    assert name in forms("", f"Sáng nay đại diện {name} cho biết kết quả sẽ có trong tuần tới.")


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Giám đốc Sở Xây dựng Phạm Thu Hà trả lời báo chí.", ("Sở Xây dựng", "Phạm Thu Hà")),
        ("Theo bộ trưởng Bộ Công Thương Vũ Đức Long, giá giảm.", ("Bộ Công Thương", "Vũ Đức Long")),
        ("Hiệu trưởng Trường Đại học Trần Hưng Đạo đã từ chức.", ("Trường Đại học Trần Hưng Đạo",)),
    ],
)
def test_the_holder_of_an_office_stands_apart_from_the_body(sentence: str, names: tuple[str, ...]) -> None:
    shown = {c.form for c in find_candidates("", f"{sentence} Dự án nhà ở kéo dài ba năm.", "vi")}
    assert shown.issuperset(names)
