"""Well-known names that no grammar reads: each is one phrase as the text has it, and no piece of it is one."""

from importlib.resources import files

import numpy as np
import pytest

from alt_pipelines.tagging.extraction.candidates import MAX_SPACED, find_candidates
from alt_pipelines.tagging.extraction.judgement import Logits, of_known_names
from alt_pipelines.tagging.extraction.known_names import is_known
from alt_pipelines.tagging.extraction.languages import languages
from alt_pipelines.tagging.extraction.ranking import first_model, rank
from alt_pipelines.text.scripts import CJK

FILE = files("alt_pipelines.tagging.extraction").joinpath("data", "known_names.tsv")
ROWS = [tuple(line.split("\t")) for line in FILE.read_text("utf-8").splitlines()]


def forms(text: str, language: str, title: str = "") -> set[str]:
    return {candidate.form for candidate in find_candidates(title, text, language)}


@pytest.mark.parametrize(
    ("language", "text", "name", "pieces"),
    [
        ("en", "She spent the weekend with Papers, Please and a pot of tea.", "Papers, Please", {"Papers"}),
        ("en", "The festival ends with Kermit the Frog on Sunday.", "Kermit the Frog", {"Kermit", "Frog"}),
        ("en", "They bought chairs at Trader Joe’s on Monday.", "Trader Joe’s", {"Trader Joe", "Trader"}),
        ("sv", "Hon spelar Return of the Obra Dinn varje kväll.", "Return of the Obra Dinn", {"Obra Dinn"}),
        ("ja", "昨年の「時をかける少女」の上映会には長い列ができた。", "時をかける少女", {"少女"}),
        ("zh", "昨天，观众再次讨论让子弹飞的结局。", "让子弹飞", {"子弹"}),
        ("ko", "어제 관객들은 서울의 봄 이야기를 나눴다.", "서울의 봄", {"서울"}),
        ("ko", "올해도 한글날 행사가 열렸다.", "한글날", {"한글"}),
        ("fr", "Hier soir, On n'est pas couché recevait une chanteuse.", "On n'est pas couché", set()),
        ("it", "Ieri a L'Aquila la scuola ha riaperto.", "L'Aquila", {"Aquila"}),
    ],
)
def test_a_known_name_is_a_phrase_and_its_pieces_are_not(language: str, text: str, name: str, pieces: set[str]) -> None:
    found = forms(text, language)
    assert name in found
    assert found.isdisjoint(pieces)
    assert is_known(name, language)


def test_a_piece_that_the_text_also_has_alone_stays() -> None:
    text = "Kermit the Frog was on stage. Beside the stage, a tree frog sat in a pond, and the tree frog croaked."
    assert {"Kermit the Frog", "tree frog"} <= forms(text, "en")


@pytest.mark.parametrize(
    ("language", "text", "no_name"),
    [
        ("en", "The ferry to King's Lynn Town Football Club was late.", "King's Lynn"),  # the name goes on
        ("de", "Die Zeit drängt, sagt der Minister. Die Welt sieht zu.", "Die Zeit"),  # a sentence begins
        ("fr", "Dix pour cent des élèves sont absents.", "Dix pour cent"),
        ("en", "the strait of hormuz was closed", "strait of hormuz"),  # written otherwise
    ],
)
def test_what_is_written_or_goes_on_otherwise_is_no_known_name(language: str, text: str, no_name: str) -> None:
    assert no_name not in forms(text, language)


def test_a_headline_in_capitals_has_the_names_that_the_body_has() -> None:
    headline = "Council Will Call the Midwife Back To Work"
    assert "Call the Midwife" not in forms("The council needs more nurses, it said on Monday.", "en", headline)
    assert "Call the Midwife" in forms("Viewers of Call the Midwife know the street.", "en", headline)


def test_the_judgement_takes_a_known_name_for_a_name() -> None:
    ranked = rank(find_candidates("", "They play Papers, Please at the old library.", "en"), first_model("en"))
    doubtful = Logits(np.full(len(ranked.candidates), 2.0), np.full(len(ranked.candidates), -1.0))
    logits = of_known_names(doubtful, ranked, "en", "")
    fit = {c.form for c, unfit in zip(ranked.candidates, logits.unfit, strict=True) if unfit < 0}
    assert fit == {"Papers, Please"}
    assert (logits.chosen == doubtful.chosen).all()


def test_every_row_is_a_name_of_a_language_that_can_be_a_tag() -> None:
    assert sorted(set(ROWS)) == ROWS
    assert {code for code, _ in ROWS} <= languages().keys() | {"en"}
    for code, name in ROWS:
        assert is_known(name, code), name
        assert name == name.strip(), name
        assert len(name) <= MAX_SPACED, name
        plain_word = name.isalpha() and not CJK.search(name) and name.isascii()
        assert not plain_word, name  # one word is found by its capital
