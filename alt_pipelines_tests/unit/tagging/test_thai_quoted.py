"""Thai candidates: quoted titles and abbreviations with full stops are whole names."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.unspaced.thai_names import spans_of_names, spans_of_quoted


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("คณะกรรมการการเลือกตั้ง หรือ กกต. แถลงผลวันนี้", "กกต."),
        ("เขาร้องเพลง “ลมหนาวริมโขง” บนเวที", "ลมหนาวริมโขง"),
        ("พิมพ์ดาว วงษ์ทอง อายุ 31 ปี เป็นครู", "พิมพ์ดาว วงษ์ทอง"),
    ],
)
def test_a_name_is_whole(text: str, name: str) -> None:
    assert name in [candidate.form for candidate in find_candidates("ข่าว", text, "th")]


def test_neither_months_titles_nor_units_are_names() -> None:
    text = "วันที่ 5 พ.ย. พ.ต.ท. และ จ.ส.ต. มาถึงที่ดิน 8 ตร.กม. หรือ 3 ลบ.ม. แล้ว"
    assert not {"พ.ย.", "พ.ต.ท.", "จ.ส.ต.", "ตร.กม.", "ลบ.ม."} & {text[slice(*span)] for span in spans_of_names(text)}


@pytest.mark.parametrize("text", ["คนขับ รถบรรทุก อายุ 40 ปี หลบหนี", "ผู้โดยสาร หญิงชรา วัย 70 ปี ปลอดภัย"])
def test_two_nouns_before_an_age_are_no_name(text: str) -> None:
    assert not spans_of_names(text)


def test_what_somebody_says_is_no_title() -> None:
    assert not list(spans_of_quoted("เธอตอบว่า “ไม่ไปค่ะ” แล้วยิ้ม"))
