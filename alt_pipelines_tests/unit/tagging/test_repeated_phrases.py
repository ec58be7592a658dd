"""English phrases that one place of the text tells to be whole, and names with an apostrophe, a stop or a role."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.english.roles import without_roles
from alt_pipelines.tagging.extraction.ranking import first_model, rank


def forms(text: str, language: str = "en", title: str = "") -> list[str]:
    return [candidate.form for candidate in find_candidates(title, text, language)]


def folded(text: str) -> list[str]:
    return [form.lower() for form in forms(text)]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Norway's night ferries are full. Night ferries sail at ten.", "night ferries"),
        ("The town's day nurseries closed. Parents miss day nurseries now.", "day nurseries"),
        ("The line bought 12 sleeping coaches. It likes sleeping coaches most.", "sleeping coaches"),
        ("They hired 40 singing waiters last May.", "singing waiters"),
        ("It rained, and floating homes sell fast.", "floating homes"),
        ("The tests show a strange quantum liquid. Its quantum liquid state lasts.", "quantum liquid state"),
    ],
)
def test_a_phrase_that_one_place_tells_is_whole_everywhere(text: str, phrase: str) -> None:
    assert phrase in folded(text)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("He was fined for spilling drinks. She was fined for spilling drinks.", "spilling drinks"),
        ("Selling cars pays well. He enjoys selling cars.", "selling cars"),
        ("The person responsible was fined. The person responsible fled.", "person responsible"),
        ("Rising rents hurt families. Rising rents hurt shops.", "rising rents"),
        ("Dwindling numbers of owls nest here. Dwindling numbers worry the town.", "dwindling numbers"),
        ("The oven is brand new. The roof is brand new.", "brand new"),
        ("On Monday night police came. By Monday night police left.", "night police"),
    ],
)
def test_a_verb_an_adjective_and_a_time_stay_outside(text: str, phrase: str) -> None:
    assert phrase not in folded(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("New GraphQL gateway lands this week.", "GraphQL gateway"),
        ("New Node.js runtime, with builds.", "Node.js runtime"),
        ("Early iOS betas crashed.", "iOS betas"),
    ],
)
def test_an_adjective_that_opens_a_sentence_is_no_part_of_a_coined_name(text: str, name: str) -> None:
    assert name in forms(text)


@pytest.mark.parametrize("name", ["New York Times", "New START", "New Caledonia"])
def test_an_adjective_that_belongs_to_a_name_stays(name: str) -> None:
    assert name in forms(f"{name} was in the news. Nobody read it.")


def shortlist(text: str) -> list[str]:
    ranked = without_roles(rank(find_candidates("", text, "en"), first_model("en")), text)
    return [candidate.form for candidate in ranked.candidates]


def test_the_plural_of_an_occupation_is_no_part_of_a_firms_name() -> None:
    rest = " The quay is empty. Nobody complained about the plan in Ternby."
    assert "Orvexa Living" in shortlist(f"Developers Orvexa Living had wanted to build 90 flats.{rest}")
    assert "Farmers Insurance Group" in shortlist(f"Farmers Insurance Group had wanted to build 90 flats.{rest}")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Gli studenti di Ca' Dolfin protestano. A Ca' Dolfin arriva il prefetto."),
        ("fr", "Les étudiants de Ca' Dolfin protestent. À Ca' Dolfin, le préfet arrive."),
        ("nl", "De studenten van Ca' Dolfin protesteren. In Ca' Dolfin is het druk."),
        ("de", "Die Studenten von Ca' Dolfin streiken. In Ca' Dolfin ist es voll."),
        ("en", "Students of Ca' Dolfin marched. At Ca' Dolfin, the gates were shut."),
    ],
)
def test_an_italian_name_with_a_shortened_word_is_whole(language: str, text: str) -> None:
    assert "Ca' Dolfin" in forms(text, language)


def test_an_apostrophe_that_closes_a_quotation_shortens_nothing() -> None:
    assert not any("'" in form for form in forms("Il film 'Ca' Rossi lo ama. Rossi vede 'Co' Bianchi.", "it"))
