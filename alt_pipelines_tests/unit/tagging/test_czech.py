"""Czech candidates: no verbs, adverbs or oblique common phrases, no roles before names."""

import pytest

from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.spaced.slavic.czech import is_czech_verb, is_no_tag

_TEXT = (
    "Fyzioterapeutka Hana Dvořáčková přitom pracuje v Nymburce. Nové lázně vynesou městu peníze. "
    "Továrna Zetor dodá komplikovanými cestami rychlou sanitku Falcon. Lázeňský dům opraví Metrostav. "
    "Lázeňského domu si všimla i Evropská komise. Spolek Zelený Nymburk podal žalobu. "
    "Krajský soud žalobu zamítl. Lázeňský dům je památka."
)


def _forms(text: str) -> set[str]:
    return {candidate.form for candidate in find_candidates("Lázně v Nymburce", text, "cs")}


@pytest.mark.parametrize("word", ["vynese", "dokážeme", "nepoběží", "spokojeni", "prodražila", "budou"])
def test_forms_of_verbs_are_verbs(word: str) -> None:
    assert is_czech_verb(word)


@pytest.mark.parametrize("word", ["trať", "světe", "výlety", "stížnost", "zahrada", "nový"])
def test_nouns_and_adjectives_are_none(word: str) -> None:
    assert not is_czech_verb(word)


@pytest.mark.parametrize(
    "form", [("komplikovanými", " zkouškami"), ("korun",), ("kole", " extraligy"), ("poměrem", " hlasů"), ("nové",)]
)
def test_oblique_and_lone_common_words_are_no_tags(form: tuple[str, ...]) -> None:
    assert is_no_tag(form, in_title=False)


@pytest.mark.parametrize("form", [("vlhkost", " půdy"), ("ústavní", " stížnost"), ("drahé", " baterie")])
def test_terms_in_the_nominative_are_tags(form: tuple[str, ...]) -> None:
    assert not is_no_tag(form, in_title=False)


def test_a_role_or_an_adverb_is_not_part_of_a_name() -> None:
    found = _forms(_TEXT)
    assert "Hana Dvořáčková" in found
    assert not any("Fyzioterapeutka" in form or "přitom" in form for form in found)


def test_what_describes_a_name_is_apart_from_it() -> None:
    found = _forms(_TEXT)
    assert "Falcon" in found
    assert "sanitku Falcon" not in found


def test_forms_of_one_phrase_are_one_tag() -> None:
    found = _forms(_TEXT)
    assert "Lázeňský dům" in found
    assert "Lázeňského domu" not in found


def test_a_name_of_two_words_has_one_capital() -> None:
    text = (
        "Festival Pražské jaro otevře cyklus Má vlast. Soubor chce, aby Má vlast patřila všem. "
        "Na podzim skončí Moravské léto, na Moravské léto přijelo sto lidí."
    )
    found = {candidate.form for candidate in find_candidates("Pražské jaro zahájí koncert", text, "cs")}
    assert {"Pražské jaro", "Má vlast", "Moravské léto"} <= found


def test_a_verb_a_season_and_a_polite_pronoun_after_a_capital_are_no_part_of_a_name() -> None:
    text = (
        "Novák má dům a pan Novák má kočku. V Praze jaro začne a v Praze jaro končí. "
        "Hledáme Vaše dary a čekáme Vaše dary."
    )
    assert not {"Novák má", "Praze jaro", "Vaše dary"} & _forms(text)
