"""Names of places and bodies that Japanese and Chinese analysers split or take for verbs."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates


def forms(text: str, language: str) -> list[str]:
    return [candidate.form for candidate in find_candidates("", text, language)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("週末に鷹寝山を歩いた。", "鷹寝山"),
        ("杉見峠の茶屋で休む。", "杉見峠"),
        ("船は竹似島へ向かう。", "竹似島"),
        ("杉見峠と石出川を歩く。", "石出川"),
    ],
)
def test_a_japanese_place_with_a_verb_inside_is_whole(text: str, name: str) -> None:
    assert name in forms(text, "ja")


def test_a_verb_before_a_place_stays_outside() -> None:
    found = forms("彼は山を見、島に住む。夕方出町を歩く。", "ja")
    assert not any("見" in form or "夕方出" in form for form in found)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("資保署今天宣布封閉步道。", "資保署"),
        ("资保署呼吁游客勿擅闯。", "资保署"),
        ("游客认为航检局太慢。", "航检局"),
    ],
)
def test_a_chinese_body_that_the_segmenter_guesses_is_a_name(text: str, name: str) -> None:
    assert name in forms(text, "zh")


def test_what_is_done_at_a_police_station_is_no_name() -> None:
    found = forms("他被带到警局,大家赶赴警署,昨天又去报案。", "zh")
    assert not any(form.startswith(("赶赴", "带到")) for form in found)
