"""Names are found without the role, the body or the noun that describes them, in German and English."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.english.roles import without_roles
from alt_pipelines.tagging.extraction.ranking import first_model, rank
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import is_lower_case_word, nominative

REST = {
    "de": " Im Hafen warten die Schiffe auf Ladung. Die Reederei plant neue Linien nach Island.",
    "en": " The Coast Guard closed Prince William Sound to all ships.",
}


def forms(text: str, language: str) -> list[str]:
    ranked = rank(find_candidates("", text + REST[language], language), first_model(language))
    ranked = without_roles(ranked) if language == "en" else ranked
    return [candidate.form for candidate in ranked.candidates]


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("Den Film dreht Regisseur Jan Anton Weller.", "Jan Anton Weller", "Regisseur Jan Anton Weller"),
        ("Den Ausgleich erzielte Stürmer Torgersen.", "Torgersen", "Stürmer Torgersen"),
        ("Auch beim Konkurrenten Velmora fehlen Aufträge.", "Velmora", "Konkurrenten Velmora"),
        ("Das sagt ein Sprecher des Branchenverbands VDW.", "VDW", "Branchenverbands VDW"),
        ("Die Busse des Verkehrsverbunds Rivano fahren wieder.", "Rivano", "Verkehrsverbunds Rivano"),
    ],
)
def test_a_german_name_stands_without_its_role(text: str, name: str, whole: str) -> None:
    found = forms(text, "de")
    assert name in found
    assert whole not in found


@pytest.mark.parametrize("name", ["Füchse Berlin", "Landgericht Celle", "Ursula von der Leyen", "Reeder & Thoms"])
def test_a_german_noun_that_belongs_to_its_name_stays(name: str) -> None:
    assert name in forms(f"Am Montag haben {name} den Plan abgelehnt.", "de")


def test_a_german_noun_and_its_complement_are_two_things() -> None:
    found = forms("Das zeigt eine Studie der Universität Ulm. Ina Tappert von der Feuerwehr warnt.", "de")
    assert {"Studie", "Universität Ulm", "Ina Tappert", "Feuerwehr"} <= set(found)


def test_a_german_noun_and_its_complement_stay_together_if_the_text_repeats_them() -> None:
    found = forms("Das Haus der Statistik ist voll. Viele lieben das Haus der Statistik.", "de")
    assert "Haus der Statistik" in found


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Dort steht das schnelle Lastenrad.", "Lastenrad"),
        ("Sie fuhren ins Gebirge.", "Gebirge"),
        ("Das Amt plant bisher keinen Stellenabbau.", "Stellenabbau"),
    ],
)
def test_a_german_noun_stands_without_words_that_have_their_form_from_the_sentence(text: str, form: str) -> None:
    found = forms(text, "de")
    assert form in found
    assert not any(other.endswith(f" {form}") for other in found)


def test_a_german_word_that_only_begins_its_sentence_is_no_noun() -> None:
    assert is_lower_case_word("Künftig")
    assert is_lower_case_word("Wer")
    assert not is_lower_case_word("Abstriche")
    assert "Künftig" not in forms("Künftig fährt der Zug öfter.", "de")


def test_a_german_place_is_no_compound_with_a_plural_at_its_end() -> None:
    assert nominative("Ofterdingen", genitive=False) == "Ofterdingen"
    assert nominative("Rübenfeldern", genitive=False) == "Rübenfelder"


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("Talks with Welsh Secretary Owen Prysdale failed.", "Owen Prysdale", "Welsh Secretary Owen Prysdale"),
        ("A letter from Labour MP Orla Fennick arrived.", "Orla Fennick", "Labour MP Orla Fennick"),
        ("They fined the rail regulator Ofrail.", "Ofrail", "rail regulator Ofrail"),
        ("She founded the charity Havenlight.", "Havenlight", "charity Havenlight"),
    ],
)
def test_an_english_name_stands_without_its_role(text: str, name: str, whole: str) -> None:
    found = forms(text, "en")
    assert name in found
    assert whole not in found


@pytest.mark.parametrize("name", ["King Charles III", "General Motors Europe", "central Europe", "state Supreme Court"])
def test_an_english_word_that_belongs_to_its_name_stays(name: str) -> None:
    assert name in forms(f"They met the head of {name}.", "en")


def test_an_english_name_that_occurs_with_and_without_its_role_is_one_phrase() -> None:
    assert forms("They fined the rail regulator Ofrail. Ofrail had no comment.", "en").count("Ofrail") == 1


def test_an_english_name_ends_at_its_number_and_before_its_verb() -> None:
    assert "League One" in forms("They are second in League One, behind Wexley.", "en")
    assert "Harbour Bus" in forms("Harbour Bus plans to close the line.", "en")


def test_a_german_unit_is_no_part_of_what_it_measures() -> None:
    found = forms("Die Teilchen haben etwa drei Mikrometer Größe.", "de")
    assert "Teilchen" in found
    assert "Mikrometer Größe" not in found
