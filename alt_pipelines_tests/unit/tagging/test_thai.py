"""Thai: names with a space inside are one phrase: people, clubs, stadiums and companies; versions of products."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.unspaced.thai_names import spans_of_names


def names(text: str) -> list[str]:
    return [text[start:end] for start, end in spans_of_names(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("เมื่อคืน ระยอง เอฟซี แพ้", "ระยอง เอฟซี"),
        ("ทีมเอาชนะการท่าเรือ เอฟซี 3-0", "การท่าเรือ เอฟซี"),
        ("แข่งที่สนามช้าง อารีนา คืนนี้", "ช้าง อารีนา"),
        ("พบกับ เมืองทอง ยูไนเต็ด วันนี้", "เมืองทอง ยูไนเต็ด"),
        ("สัญญากับบริษัท ทะเลทอง เฟอร์รี่ จำกัด แล้ว", "ทะเลทอง เฟอร์รี่"),
    ],
)
def test_the_name_of_a_club_a_stadium_or_a_company_keeps_its_halves(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("สมศักดิ์ ใจเด็ด ยิงประตู", "สมศักดิ์ ใจเด็ด"),
        ("ด้านนายธนกร บุญเรืองศรี กล่าวว่า", "ธนกร บุญเรืองศรี"),
        ("ลูกยิงของวรชิต ทองกัลยา เข้าประตู", "วรชิต ทองกัลยา"),
    ],
)
def test_a_person_is_found_by_a_name_of_the_list_a_title_or_a_function_word(text: str, name: str) -> None:
    assert names(text) == [name]


def test_two_places_are_no_name() -> None:
    assert names("อยู่ที่ ตำบลบางแก้ว อำเภอบางพลี ใกล้ทะเล") == []


def test_a_given_name_is_no_candidate_beside_the_full_name() -> None:
    text = "นายธนกร บุญเรืองศรี เปิดห้องสมุดริมคลอง ชาวบ้านชอบห้องสมุด ธนกร ระบุว่าจะขยายห้องสมุด"
    found = {candidate.form for candidate in find_candidates("เทศบาลเปิดห้องสมุด", text, "th")}
    assert "ธนกร บุญเรืองศรี" in found
    assert "ธนกร" not in found


def test_a_product_keeps_its_version() -> None:
    found = {c.form for c in find_candidates("รีวิวมือถือ", "มือถือใช้ชิป Kirion 9s Gen 2 และแบตเตอรี่ใหญ่", "th")}
    assert "Kirion 9s Gen 2" in found


def test_a_very_common_word_is_no_topic_although_the_title_has_it() -> None:
    text = (
        "กรมชลประทานเตือนเกษตรกรลุ่มน้ำยมว่า น้ำในเขื่อนสิริกิติ์เพิ่มขึ้น พายุโซนร้อนทำให้ฝนตกหนักในจังหวัดพิษณุโลก "
        "จังหวัดสุโขทัย "
        "และจังหวัดอุตรดิตถ์ นาข้าวและสวนส้มเสียหาย ถนนพหลโยธินปิดการจราจร โรงพยาบาลบางระกำย้ายผู้ป่วย กองทัพเรือส่งเรือยาง "
        "มูลนิธิกระจกเงาแจกถุงยังชีพ"
    )
    found = {candidate.form for candidate in find_candidates("น้ำท่วมหนัก บ้าน จมน้ำ นาข้าวเสียหาย", text, "th")}
    assert "นาข้าว" in found
    assert not found & {"น้ำ", "บ้าน"}


def forms(text: str, title: str = "ข่าววันนี้") -> list[str]:
    return [candidate.form for candidate in find_candidates(title, text, "th")]


@pytest.mark.parametrize(
    ("text", "name", "part"),
    [
        ("ร้านริมทางขายหมูปิ้งกับกาแฟ ลูกค้าต่อแถวยาว", "หมูปิ้ง", "หมู"),
        ("นักท่องเที่ยวชอบผัดไทยและส้มตำ ร้านขายดีขึ้น", "ผัดไทย", "ไทย"),
        ("กลุ่มแม่บ้านทอผ้าไหม ส่งไปขายญี่ปุ่น", "ผ้าไหม", "ผ้า"),
        ("ชาวบ้านเลี้ยงหนอนไหม ในโรงเรือนใหม่", "หนอนไหม", "หนอน"),
        ("แพทย์พบผู้ป่วยโควิด-19 เพิ่มขึ้น", "โควิด-19", "โควิด"),
        ("กองทัพซื้อเครื่องบินเอฟ-16 อีกหกลำ", "เอฟ-16", "เอฟ"),
        ("นักลงทุนซื้อบิตคอยน์ผ่านแอป ราคาขึ้นแรง", "บิตคอยน์", "บิต"),
    ],
)
def test_dishes_fabrics_and_numbered_names_are_whole(text: str, name: str, part: str) -> None:
    found = forms(text)
    assert name in found
    assert part not in found


def test_the_number_of_a_name_does_not_count_the_word_after_it() -> None:
    assert "เชียงราย" in forms("ค่าฝุ่น PM2.5 เชียงรายพุ่งถึงระดับอันตราย")
    assert "ลำ" not in forms("เรือประมง 12 ลำกลับเข้าฝั่ง")


def test_a_result_is_not_a_name() -> None:
    assert not [form for form in forms("ทีมเยือนชนะ-2 ประตู ผู้เล่นดีใจ") if "-2" in form]
