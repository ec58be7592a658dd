"""Names and terms of common words are whole: species, countries with "and", terms with "of", events, models, bodies."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates

REST = " The ferry to Skarholm was late again. Nobody on the quay in Ternby complained about the delay."


def forms(text: str, title: str = "") -> list[str]:
    return [candidate.form for candidate in find_candidates(title, text + REST, "en")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The vet found S. aureus in the milk.", "S. aureus"),
        ("A strain of M. tuberculosis resists three drugs.", "M. tuberculosis"),
        ("An L. monocytogenes outbreak closed the deli.", "L. monocytogenes"),
        ("Sprouts carried E. coli O104:H4 to nine towns.", "E. coli O104:H4"),
        ("Envoys of Bosnia and Herzegovina left early.", "Bosnia and Herzegovina"),
        ("A storm hit Saint Vincent and the Grenadines.", "Saint Vincent and the Grenadines"),
        ("Farms in Dumfries and Galloway lost sheep.", "Dumfries and Galloway"),
        ("Councillors of Cheshire West and Chester met.", "Cheshire West and Chester"),
        ("Voters of Mid and East Antrim chose.", "Mid and East Antrim"),
        ("Ships left South Georgia and the South Sandwich Islands.", "South Georgia and the South Sandwich Islands"),
        ("He moved to the Isle of Dogs in May.", "Isle of Dogs"),
        ("They walked the Trail of Tears.", "Trail of Tears"),
        ("The Department for Business and Trade replied.", "Department for Business and Trade"),
        ("Department for Transport figures show a rise.", "Department for Transport"),
        ("The Ministry of Agriculture, Fisheries and Food closed.", "Ministry of Agriculture, Fisheries and Food"),
        ("Judges fear for the rule of law.", "rule of law"),
        ("The rising cost of living hits pensioners.", "cost of living"),
        ("Two birds of prey nest on the tower.", "birds of prey"),
        ("She won the 400m hurdles.", "400m hurdles"),
        ("Kenya lost the 4x100m relay.", "4x100m relay"),
        ("Norway led the 4×200m freestyle.", "4×200m freestyle"),
        ("The airline bought a Boeing 777-300ER.", "Boeing 777-300ER"),
        ("An ATR 72-600 skidded.", "ATR 72-600"),
        ("He shoots with a Nikon 70-200 lens.", "Nikon 70-200 lens"),
        ("We tested Phi3.5-mini and GPT-4.1 on it.", "Phi3.5-mini"),
        ("We tested Phi3.5-mini and GPT-4.1 on it.", "GPT-4.1"),
        ("She runs Llama-3.1-8B at home.", "Llama-3.1-8B"),
        ("He dropped an iPhone 15 Pro Max.", "iPhone 15 Pro Max"),
        ("Porters work night shifts at the clinic.", "night shifts"),
        ("The hotel offers day trips.", "day trips"),
        ("Time travel is the theme.", "Time travel"),
    ],
)
def test_a_name_or_term_of_common_words_is_whole(text: str, name: str) -> None:
    assert name in forms(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Patients took vitamin D. levels rose.", "D. levels"),
        ("They met the head of state Supreme Court.", "head of state"),
        ("Cause of death: drowning.", "Cause of death"),
        ("The Ministry of Defence, Parliament and Treasury met.", "Ministry of Defence, Parliament and Treasury"),
        ("The Lakers beat the Bulls 118-104.", "Bulls 118-104"),
        ("He stood 400m away.", "400m away"),
        ("Last night police searched two homes.", "night police"),
        ("At night temperatures fell.", "night temperatures"),
        ("The day voters chose was wet.", "day voters"),
        ("Night falls on the harbour.", "Night falls"),
        ("Sales in the quarter saw a rise.", "quarter saw"),
        ("A film with Adam West and Chester Morris opened.", "Adam West and Chester Morris"),
        ("The heir of Vikram Sethna of Counterpoint Research spoke.", "Vikram Sethna of Counterpoint Research"),
        ("The board has 64 GB of RAM.", "GB of RAM"),
    ],
)
def test_words_that_only_look_like_such_a_name_are_not_joined(text: str, name: str) -> None:
    assert name not in forms(text)


def test_members_with_commas_are_one_name_where_the_text_has_them_only_together() -> None:
    text = "Tallow, Flint & Rooke will play two nights. The city invited Tallow, Flint & Rooke in May."
    assert "Tallow, Flint & Rooke" in forms(text)
    listed = "Tallow, Flint & Rooke gained. Flint & Rooke rose most after Tallow, Flint & Rooke met."
    assert "Tallow, Flint & Rooke" not in forms(listed)


def test_an_item_of_two_words_that_may_be_verbs_is_a_phrase_in_a_list_with_prices() -> None:
    text = "Bass clarinet\n£650\nSnare drum\n£60\nAlto horn\n£90\n\n"
    assert {"Bass clarinet", "Snare drum", "Alto horn"} <= set(forms(text))


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        (
            "Six Pillars, Vane and Kestrel come to Tarnworth",
            "Six Pillars takes over the old mill. Callow waits.",
            "Six Pillars",
        ),
        ("Four Guys, Vane and Moor come to Tarnworth", "Four Guys is moving into the old mill.", "Four Guys"),
    ],
)
def test_a_numeral_and_a_plural_before_a_verb_in_the_singular_are_a_name(title: str, text: str, name: str) -> None:
    found = forms(text, title)
    assert name in found
    assert name.split()[1] not in found


def test_a_numeral_before_a_plural_that_is_counted_is_no_name() -> None:
    assert "Four Guys" not in forms("Four Guys were seen at the old mill.", "Four guys seen in Tarnworth")
