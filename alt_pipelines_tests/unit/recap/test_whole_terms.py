"""Terms of a topic are whole words and names, and none says what another one says."""

import pytest

from alt_pipelines.recap.story.closed_words import closed_words
from alt_pipelines.recap.story.pieces import without_pieces
from alt_pipelines.recap.story.whole_names import complete
from alt_pipelines.recap.story.whole_words import complete_caseless, with_letters_and_digits


@pytest.mark.parametrize(
    ("terms", "kept"),
    [
        (["Park", "Cook National Park"], ("Cook National Park",)),
        (["Tarn League", "Tarn League's best player"], ("Tarn League's best player",)),
        (["北浜県知事選", "東氏", "北浜知事選"], ("北浜県知事選", "東氏")),
        (["山野恵子氏", "山野氏"], ("山野恵子氏",)),
        (["東京都", "東京大学", "北氏", "東氏"], ("東京都", "東京大学", "北氏", "東氏")),
    ],
)
def test_no_term_is_a_part_or_a_shortened_form_of_another(terms: list[str], kept: tuple[str, ...]) -> None:
    assert without_pieces(terms) == kept


def test_a_term_of_syllables_has_those_that_are_always_beside_it() -> None:
    texts = [
        "Nhà máy điện gió Bạch Vân khởi công.",
        "Họ xây nhà máy điện gió trên đảo.",
        "Chi phí nhà máy điện gió tăng.",
    ]
    assert complete_caseless("điện gió", texts, frozenset(), 2) == "nhà máy điện gió"
    assert complete_caseless("khởi công", texts, frozenset(), 2) == "khởi công"


def test_a_name_without_capitals_needs_three_uses_with_the_same_word() -> None:
    texts = ["سجل عبد الله هدفا", "دخل عبد الله بديلا", "أشاد المدرب بأداء عبد الله"]
    assert complete_caseless("عبد", texts, frozenset(), 3) == "عبد الله"
    assert complete_caseless("عبد", texts[:2], frozenset(), 3) == "عبد"
    assert complete_caseless("عبد", texts, frozenset({"الله"}), 3) == "عبد"


@pytest.mark.parametrize(
    ("term", "texts", "whole"),
    [
        ("QRX", ["한빛전자가 QRX7을 만든다.", "QRX7 양산은 내년이다."], "QRX7"),
        ("QRX", ["한빛전자가 QRX7을 만든다.", "QRX8 양산은 내년이다."], "QRX"),
        ("Max", ["召回云Max系列汽车。", "云Max车主可以免费更换。", "唐和云Max共五万辆。"], "云Max"),
        ("半導体", ["半導体の工場。", "半導体が不足。"], "半導体"),
    ],
)
def test_latin_letters_beside_other_ones_are_whole(term: str, texts: list[str], whole: str) -> None:
    assert with_letters_and_digits(term, texts) == whole


@pytest.mark.parametrize(
    ("term", "texts", "whole"),
    [
        ("Lumen", ["The Lumen 4 is a small car.", "It sold more than the Lumen 4 did."], "Lumen 4"),
        ("Rovers", ["In the end Rovers 3 United 2 it was.", "It was Rovers 3-2."], "Rovers"),
        ("Cross", ["A train left King's Cross late.", "The fire at King's Cross is out."], "King's Cross"),
        (
            "Freedom Party",
            [
                "Voters left Gert Wolders' Freedom Party.",
                "So Gert Wolders lost.",
                "Of Gert Wolders' Freedom Party little is left.",
            ],
            "Freedom Party",
        ),
    ],
)
def test_a_name_keeps_its_number_and_loses_an_owner_who_is_named_alone(term: str, texts: list[str], whole: str) -> None:
    assert complete(term, texts) == whole


def test_closed_words_are_those_of_the_table_of_languages() -> None:
    assert "dezember" in closed_words("de").calendar
    assert closed_words("de").noun_capitals
    assert closed_words("tr").suffixes
    assert closed_words("vi").function_words == 0
    assert closed_words("xx").calendar == frozenset()
