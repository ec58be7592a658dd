"""Swedish candidates: no verbs, no roles before names, nouns in the indefinite form, genitives with their nouns."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.spaced.germanic.swedish import indefinite, is_genitive, is_swedish_verb


def _forms(title: str, text: str) -> set[str]:
    return {candidate.form for candidate in find_candidates(title, text, "sv")}


@pytest.mark.parametrize("word", ["sjunkit", "räknas", "bygga", "sprang", "började", "stängdes"])
def test_forms_of_verbs_are_verbs(word: str) -> None:
    assert is_swedish_verb(word)


@pytest.mark.parametrize("word", ["flickor", "kvinna", "skolan", "val", "åtal", "tåget"])
def test_nouns_that_share_a_stem_with_a_verb_are_none(word: str) -> None:
    assert not is_swedish_verb(word)


@pytest.mark.parametrize(
    ("word", "base"),
    [("parkavgiften", "parkavgift"), ("elnätet", "elnät"), ("vargstammen", "vargstam"), ("bergen", "berg")],
)
def test_a_definite_noun_begins_with_its_indefinite_form(word: str, base: str) -> None:
    assert indefinite(word) == base


@pytest.mark.parametrize("word", ["vatten", "egensinniga", "sjukdom"])
def test_other_words_have_no_other_form(word: str) -> None:
    assert indefinite(word) == word


def test_a_genitive_is_commoner_without_its_ending() -> None:
    assert is_genitive("Gotlands")
    assert not is_genitive("Lars")


def test_a_role_is_not_part_of_a_name() -> None:
    text = "Trafikminister Siv Ekdahl besökte Umeå. Konstnären Bo Nyqvist var där. Hon såg även ön Tynningö."
    found = _forms("", text)
    assert {"Siv Ekdahl", "Bo Nyqvist", "Tynningö"} <= found
    assert not {"Trafikminister Siv Ekdahl", "Konstnären Bo Nyqvist", "ön Tynningö"} & found


def test_an_institution_keeps_the_genitive_before_it() -> None:
    text = "Föremålen visas på Värmlands museum. Polisen fann dem vid höstens stora razzia i Karlstad."
    found = _forms("", text)
    assert "Värmlands museum" in found
    assert not any(form.startswith("höstens") for form in found)


def test_a_definite_noun_ends_its_phrase_before_a_verb() -> None:
    text = "Vattenavgiften har stigit kraftigt. Kommunen vill sänka vattenavgiften, säger Siv Ekdahl i Umeå."
    found = {form.lower() for form in _forms("", text)}
    assert "vattenavgift" in found
    assert not any("stigit" in form or "sänka" in form for form in found)


def test_a_public_body_keeps_its_definite_form() -> None:
    found = _forms("Brand i Umeå", "Räddningstjänsten släckte branden i ett garage. Ingen person skadades i Umeå.")
    assert "Räddningstjänsten" in found


@pytest.mark.parametrize(
    ("text", "name", "no_name"),
    [
        ("Kön på E6:an växte. Polisen spärrade E6:an.", "E6", "E6:an"),
        ("ABB:s vinst ökade. Chefen var nöjd.", "ABB", "ABB:s"),
        ("Marinens Visby K31 låg vid kajen.", "Visby K31", "Marinens Visby K31"),
        ("Kommunen köpte Scanias R450 i våras.", "R450", "Scanias R450"),
        ("Museet visar brev av Karin af Ström.", "Karin af Ström", "Ström"),
    ],
)
def test_an_ending_or_an_owner_is_not_part_of_a_name(text: str, name: str, no_name: str) -> None:
    shown = {candidate.form for candidate in find_candidates("", f"{text} Skolan fick nya fönster.", "sv")}
    assert name in shown
    assert no_name not in shown
