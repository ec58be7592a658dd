"""Ukrainian: readings follow from the dictionary form and the ending, and phrases are shown in the nominative."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.inflected.russian_words import readings as russian
from alt_pipelines.tagging.extraction.inflected.ukrainian_words import readings


def cases(word: str) -> set[tuple[str, str, str]]:
    return {(r.lemma, r.case, r.number) for r in readings(word) if r.kind == "noun"}


@pytest.mark.parametrize(
    ("word", "lemma", "case", "number"),
    [
        ("ветеранів", "ветеран", "gent", "plur"),
        ("заводом", "завод", "ablt", "sing"),
        ("терапії", "терапія", "gent", "sing"),
        ("місто", "місто", "nomn", "sing"),
        ("фахівців", "фахівець", "gent", "plur"),
        ("кошти", "кошти", "nomn", "plur"),
        ("чернівцях", "чернівці", "loct", "plur"),
    ],
)
def test_a_noun_has_the_reading_that_its_ending_says(word: str, lemma: str, case: str, number: str) -> None:
    assert (lemma, case, number) in cases(word)


def test_a_locative_of_a_hard_stem_is_not_a_nominative() -> None:
    assert {case for _, case, _ in cases("заводі")} == {"loct"}


@pytest.mark.parametrize("word", ["прибула", "працюють", "відкрили", "швидко"])
def test_verbs_and_adverbs_are_no_part_of_a_phrase(word: str) -> None:
    assert {reading.kind for reading in readings(word)} == {"other"}


def test_an_adjective_agrees_with_its_noun_in_every_case() -> None:
    text = "Стара пристань згоріла. Біля старої пристані стояв катер. Про стару пристань написали книгу."
    found = next(c for c in find_candidates("", text, "uk") if c.form == "Стара пристань")
    assert found.evidence is not None
    assert len(found.evidence.alone) == 3


def test_a_name_that_the_dictionary_lacks_is_shown_in_the_nominative_that_the_text_has() -> None:
    forms = [c.form for c in find_candidates("", "Музей у Суботівцях відкрили. Суботівці чекають гостей.", "uk")]
    assert "Суботівці" in forms
    assert "Суботівцях" not in forms


def test_the_given_name_decides_on_the_dictionary_form_of_a_surname() -> None:
    text = "Медалі привезла додому Олена Бартіна. Бартіна присвятила перемогу мамі."
    assert ("бартіна",) in {c.stems for c in find_candidates("", text, "uk")}


def test_a_word_is_not_cut_to_another_word_that_it_may_be_a_form_of() -> None:
    text = "Родина живе в сірій зоні. Мер відкрив міст. Робітники фарбують паркан. Завод купив верстати."
    forms = {c.form for c in find_candidates("Сіра зона", f"{text} У зоні тихо.", "uk")}
    assert "зон" not in forms


@pytest.mark.parametrize("word", ["вищий", "більшого", "найкращою", "нижчому", "старша", "кращі"])
def test_a_comparative_is_an_adjective_in_every_process(word: str) -> None:
    assert {r.kind for r in readings(word)} == {"adjective"}


def test_both_dictionaries_are_used_in_one_process_in_any_order() -> None:
    assert {r.kind for r in russian("плотина")} == {"noun"}
    assert {r.kind for r in readings("гребля")} == {"noun"}
    assert {r.kind for r in russian("водолазами")} == {"noun"}  # not read before, after the other one was loaded
    assert {r.kind for r in russian("первому")} == {"ordinal"}
    assert {r.kind for r in readings("водолазами")} == {"noun"}


def test_a_person_is_shown_by_the_nominative_that_the_text_has() -> None:
    text = "Книгу Сергія Жадана переклали. Жадан виступив у клубі. Мер відкрив міст. Завод купив верстати."
    forms = {c.form for c in find_candidates("", text, "uk")}
    assert "Жадан" in forms
    assert "Сергія Жадана" not in forms


def test_the_kind_of_thing_before_a_designation_is_not_part_of_it() -> None:
    text = "Вертоліт Мі-8 сів на поле. Мер відкрив міст. Завод купив верстати. Лікарі чекають на вакцину."
    forms = {c.form for c in find_candidates("", text, "uk")}
    assert "Мі-8" in forms
    assert "Вертоліт Мі-8" not in forms


def test_a_colon_may_be_inside_the_name_of_a_product() -> None:
    assert "1С:Бухгалтерія" in {c.form for c in find_candidates("", "Фірма купила 1С:Бухгалтерія для обліку.", "uk")}
