"""Everyday nouns of Polish, Turkish and Ukrainian are no candidates, nor are Polish oblique nouns and nationalities."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.spaced.slavic.polish import is_national, is_oblique

_POLISH = (
    "Austriak Jonas Gruber wygrał zawody w Zakopanem. Wieczorem zmieniła się sytuacja. Maciej Wrona zajął drugie "
    "miejsce. Skoczek Paweł Lis upadł. Związek ocenia zeskok, wyciąg, rozbieg i belkę. Trybuna była pełna. "
    "Rzecznik pochwalił ratowników, sędziego i kibiców. Sponsorem jest Orlen. Telewizja TVN pokazała konkurs. "
    "Nartosan i Slatnar dostarczają kombinezony oraz wiązania. Puchar Tatr organizuje Bukowina."
)
_TURKISH = (
    "Ankara Üniversitesi yeni bir arkeoloji müzesi açtı. Müze müdürü Kerem Sağlam konuştu. "
    "Sergide toplum, sanat, çocuk ve gelenek var. "
    "Zeugma mozaikleri, Hitit tabletleri, Frig heykelleri ve Roma sikkeleri sergileniyor. Gaziantep Valiliği destek "
    "verdi. Mardin Kalesi, Efes Antik Kenti, Göbeklitepe ve Çatalhöyük haritada. Kültür Bakanlığı açıkladı."
)
_UKRAINIAN = (
    "Археологи знайшли майстерню в Галичі. Людина жила тут давно. Експедиція дослідила піч, тигель, кераміку. "
    "Тарас Миленко показав формочки. Заповідник отримав бронзу. Музей Прикарпаття виставить браслет, перстень, "
    "фібулу, монету. Академія наук опише артефакт. Реставратор Олена Гнатюк очистить кинджал. Буковель допоміг."
)


@pytest.mark.parametrize(
    ("language", "title", "text", "everyday", "topic"),
    [
        ("pl", "Gruber wygrał w Zakopanem", _POLISH, "sytuacja", "zeskok"),
        ("tr", "Ankara'da müze açıldı", _TURKISH, "çocuk", "göbeklitepe"),
        ("uk", "Археологи знайшли майстерню", _UKRAINIAN, "людина", "заповідник"),
    ],
)
def test_everyday_nouns_are_no_candidates(language: str, title: str, text: str, everyday: str, topic: str) -> None:
    found = {candidate.form.lower() for candidate in find_candidates(title, text, language)}
    assert topic in found
    assert everyday not in found


@pytest.mark.parametrize("word", ["okien", "redakcji", "straży", "teatrze", "wysokości"])
def test_polish_oblique_nouns_are_no_tags(word: str) -> None:
    assert is_oblique([word])


@pytest.mark.parametrize("word", ["okno", "opony", "mecze", "straż", "mecz"])
def test_polish_nominatives_are_tags(word: str) -> None:
    assert not is_oblique([word])


def test_a_nationality_is_not_part_of_a_polish_name() -> None:
    found = {candidate.form for candidate in find_candidates("Gruber wygrał w Zakopanem", _POLISH, "pl")}
    assert "Jonas Gruber" in found
    assert "Austriak Jonas Gruber" not in found
    assert not is_national("Kubiak")
