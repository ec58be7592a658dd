"""Indonesian: affixes of verbs, headlines in title case, and names without offices and what follows them."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.spaced.indonesian.words import is_no_topic, plain_title


def forms(title: str, text: str) -> set[str]:
    return {candidate.form for candidate in find_candidates(title, text, "id")}


@pytest.mark.parametrize(
    ("word", "empty"),
    [
        ("menahan", True),
        ("dimuat", True),
        ("tetapkan", True),
        ("berharap", True),
        ("rumahnya", True),
        ("rata-rata", True),
        ("menteri", False),
        ("dinas", False),
        ("masakan", False),
        ("undang-undang", False),
        ("kupu-kupu", False),
        ("beras", False),
    ],
)
def test_affixes_show_which_words_are_no_topic(word: str, empty: bool) -> None:
    assert is_no_topic(word) == empty


def test_a_headline_in_title_case_has_its_common_words_in_lower_case() -> None:
    text = "Banjir di Kota Sorowaru merusak ratusan rumah, kata BNPB."
    assert plain_title("Banjir Rusak Ratusan Rumah di Kota Sorowaru", text) == (
        "banjir rusak ratusan rumah di Kota Sorowaru"
    )
    assert plain_title("Banjir merusak ratusan rumah di Sorowaru", text) == "Banjir merusak ratusan rumah di Sorowaru"


def test_no_run_of_the_words_of_a_headline_is_a_candidate() -> None:
    found = forms("BNPB Tetapkan Status Darurat Banjir Sorowaru", "BNPB menetapkan status darurat banjir di Sorowaru.")
    assert "BNPB" in found
    assert not [form for form in found if "etapkan" in form]


@pytest.mark.parametrize(
    ("text", "name", "glued"),
    [
        ("Menurut Menteri Pertanian Rendra Wiskito, stok cukup.", "Rendra Wiskito", "Menteri"),
        ("Kemarin Kepala BNPX Agus Budi Wiskito datang.", "Agus Budi Wiskito", "Kepala"),
        ("Tersangka lain, Direktur PT Sinar Wiskita, ditahan.", "PT Sinar Wiskita", "Direktur"),
        ("Ratusan ayam Pak Wiskito mati.", "Wiskito", "Pak"),
    ],
)
def test_a_name_is_found_without_the_office_before_it(text: str, name: str, glued: str) -> None:
    found = forms("", text)
    assert name in found
    assert not [form for form in found if glued in form.split() and name in form]


def test_the_institution_before_its_heads_name_is_a_candidate_of_its_own() -> None:
    assert "BNPX" in forms("", "Kemarin Kepala BNPX Agus Budi Wiskito datang ke Palu.")


def test_a_name_ends_before_lower_case_and_an_amount_is_no_candidate() -> None:
    found = forms("", "Kemarin Partai Mawar langsung membayar Rp16.580 dan Rp3,4 miliar kepada Sorowaru.")
    assert "Partai Mawar" in found
    assert not [form for form in found if "langsung" in form or "Rp" in form]


def test_a_weak_word_stays_in_a_name() -> None:
    assert "Perang Dunia Kedua" in forms("", "Museum itu menyimpan senjata dari Perang Dunia Kedua di Palu.")


def test_a_long_run_of_names_and_words_is_read_without_recursion() -> None:
    assert forms("", "Sorowaru beras " * 3000)


def test_common_words_before_a_full_name_are_another_phrase() -> None:
    found = forms("", "Ganda campuran Sorowaru Rinta Wiskita menang di Poso.")
    assert "Ganda campuran" in found
    assert "Ganda" not in found


def test_an_everyday_word_is_no_topic_unless_the_title_has_it() -> None:
    text = (
        "Warga Kota Sorowaru menanam mangrove di pantai. Warga dibantu Dinas Kehutanan. Bibit mangrove berasal dari "
        "Palu, Poso, Donggala dan Buol. Universitas Tadulako meneliti terumbu karang, abrasi, kepiting bakau dan "
        "sedimen. Yayasan Bakau Lestari menyumbang perahu nelayan."
    )
    found = {form.lower() for form in forms("Hutan mangrove Sorowaru pulih", text)}
    assert "mangrove" in found
    assert "warga" not in found
