"""English names with numbers, dots and small letters are whole: 737 MAX 8, blink-182, whisper.cpp, nginx 1.29."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates

REST = " The ferry to Skarholm was late again. Nobody on the quay in Ternby complained about the delay."


def forms(text: str, title: str = "", language: str = "en") -> list[str]:
    return [candidate.form for candidate in find_candidates(title, text + REST, language)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The airline parked its 737 MAX 8 for a week.", "737 MAX 8"),
        ("In June, matchbook-20 recorded a song.", "matchbook-20"),
        ("Whoever met 50 Cent in Leeds met 50 Cent twice.", "50 Cent"),
        ("The maintainers of whisper.cpp shipped fixes.", "whisper.cpp"),
        ("The tool reads package.json first.", "package.json"),
        ("Those who run nginx 1.29 need a patch.", "nginx 1.29"),
        ("Rosetta reached 67P/Churyumov-Gerasimenko in 2014.", "67P/Churyumov-Gerasimenko"),
        ("Amateurs saw the comet 12P/Pons near Jupiter.", "comet 12P/Pons"),
        ("The choir recorded a charity single for the hospice.", "charity single"),
        ("They staged a school musical in June.", "school musical"),
        ("Cheap type 2 diabetes drugs ran out.", "type 2 diabetes"),
        ("Peat bogs hold carbon.", "Peat bogs"),
        ("The Exynos 2400 throttles early.", "Exynos 2400"),
        ("We tested the Ryzen 7600 twice.", "Ryzen 7600"),
        ("The plant works to ISO 9001 already.", "ISO 9001"),
        ("Copper thieves cut cables.", "Copper thieves"),
    ],
)
def test_a_name_or_term_is_whole(text: str, name: str) -> None:
    assert name in forms(text)


@pytest.mark.parametrize(
    ("text", "not_a_name"),
    [
        ("In all 30 Airbus jets came, and the 30 Airbus jets left.", "30 Airbus"),
        ("Some 500 US troops came, and 500 US troops left.", "500 US"),
        ("They added approx 3.5 kg of salt.", "approx 3.5"),
        ("He won for Lincoln 2024 and again.", "Lincoln 2024"),
        ("She gave Norlink 4000 of its shares back.", "Norlink 4000"),
        ("The bridge cost EUR 4500 then.", "EUR 4500"),
        ("Sales rose 3.5 percent.", "rose 3.5"),
        ("They reached the end.Then it rained.", "end.Then"),
        ("The injection halves attacks.", "injection halves"),
        ("The law helps protect bees.", "law helps"),
        ("Buyers passed over Malawian and Zimbabwean leaf.", "Malawian"),
        ("The Bhutanese and Nepali delegations left.", "Bhutanese"),
    ],
)
def test_amounts_and_verbs_are_in_no_name(text: str, not_a_name: str) -> None:
    assert not_a_name not in forms(text)


def test_a_name_in_lower_case_at_the_start_of_a_headline_is_known_by_its_version() -> None:
    found = forms("The new release speaks HTTP/3.", "curl 8.17 turns on HTTP/3 by default")
    assert "curl 8.17" in found


def test_a_verb_of_a_headline_after_a_plural_in_ves_is_no_part_of_the_name() -> None:
    found = forms("Orchid thieves broke into a glasshouse.", "Orchid Thieves Target Kew, Police Warn Growers")
    assert "Orchid thieves" in found
    assert "target Kew" not in found


@pytest.mark.parametrize("language", ["de", "fr", "es", "pl", "ja", "zh"])
def test_a_file_name_is_one_word_in_every_language(language: str) -> None:
    assert "whisper.cpp" in forms("whisper.cpp: 1, 2, 3.", "whisper.cpp 2026", language)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("de", "Die Boeing 737 MAX 9 steht am Boden.", "Boeing 737 MAX 9"),
        ("de", "Die Firma Ostermann wechselt zu .NET 10 im Mai.", ".NET 10"),
        ("ja", "書店は.NET 10の入門書を出す。", ".NET 10"),
        ("ja", "開発者はcurl 8.17に対応したと話す。", "curl 8.17"),
        ("sv", "Regeringen vill ändra 3:12-reglerna i vår.", "3:12-reglerna"),
    ],
)
def test_a_name_keeps_its_numbers_in_other_languages(language: str, text: str, name: str) -> None:
    assert name in [candidate.form for candidate in find_candidates("", text, language)]


def test_a_score_in_german_is_in_no_name() -> None:
    found = [c.form for c in find_candidates("", "Nach dem 3:1-Sieg feierte Velden am Sonntag im Stadion.", "de")]
    assert not any("3:1" in form for form in found)
