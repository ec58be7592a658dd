"""Verbs and adverbs of spaced languages: the tables of rules, and what the rules decide by a word's place."""

from dataclasses import fields

import pytest

from alt_pipelines.tagging.extraction.languages import Language, language_of, languages
from alt_pipelines.tagging.extraction.spaced.adverbs import ADVERBS, is_adverb
from alt_pipelines.tagging.extraction.spaced.arabic.words import is_arabic_verb
from alt_pipelines.tagging.extraction.spaced.reading import occurrence, read
from alt_pipelines.tagging.extraction.spaced.tokens import tokenise
from alt_pipelines.tagging.extraction.spaced.verbs import AFTER_FORM, BEFORE_FORM, reads_as_verb, rules_of
from alt_pipelines.tagging.extraction.words.frequencies import function_words

KEYS = [key for table in (BEFORE_FORM, AFTER_FORM) for key, _ in table]


def is_verb_in(text: str, word: str, code: str) -> bool:
    row = language_of(code)
    tokens = tokenise(text, row)
    at = [token.text for token in tokens].index(word)
    return reads_as_verb(tokens, at, read(code, row, function_words(code, row.function_words), tokens))


@pytest.mark.parametrize("key", dict.fromkeys(KEYS))
def test_a_rule_belongs_to_a_language_or_to_a_property_of_its_row(key: str) -> None:
    assert (key in languages()) != (key in {field.name for field in fields(Language)})


def test_each_rule_is_taken_by_a_language_and_a_language_without_a_row_has_the_rule_of_the_form_alone() -> None:
    taken = {id(rule) for code in languages() for rule in rules_of(code)}
    assert {id(rule) for table in (BEFORE_FORM, AFTER_FORM) for _, rule in table} <= taken
    assert len(rules_of("xx")) == 1


def test_a_test_of_adverbs_belongs_to_a_language() -> None:
    assert set(ADVERBS) <= set(languages())


@pytest.mark.parametrize(
    ("code", "text", "word", "verb"),
    [
        ("fr", "Un code de garde", "garde", False),  # garder
        ("fr", "Le voisin garde la clef", "garde", True),
        ("fr", "Combien pèse-t-elle encore", "pèse-t-elle", True),
        ("fr", "Il est fatigué d'attendre", "attendre", True),
        ("es", "Cobran al vencer el plazo", "vencer", True),
        ("it", "Il Comune ha scoperto una fonte", "scoperto", True),
        ("pt", "As barracas foram arrastadas pelo temporal", "arrastadas", True),
        ("pt", "O grupo mudou-se para Braga", "mudou-se", True),
        ("pt", "Um prato com queijo ralado.", "ralado", False),
        ("cs", "Soused opravuje starou střechu", "opravuje", True),
        ("cs", "Soused opravuje starou střechu", "střechu", False),
        ("sv", "Grannen målade staketet", "målade", True),
        ("tr", "Komşular duvarı boyadı", "boyadı", True),
        ("xx", "Komşular duvarı boyadı", "boyadı", False),
    ],
)
def test_the_rules_of_a_language_decide_on_a_word_in_its_place(code: str, text: str, word: str, *, verb: bool) -> None:
    assert is_verb_in(text, word, code) is verb


@pytest.mark.parametrize(
    ("word", "verb"), [("ينتج", True), ("هددت", True), ("تطوير", False), ("تقرير", False), ("يوسف", False)]
)
def test_an_arabic_verb_is_told_from_nouns_and_names_that_begin_like_one(word: str, *, verb: bool) -> None:
    assert is_arabic_verb(word) is verb


def test_an_occurrence_at_the_edge_of_a_text_has_full_stops_for_neighbours() -> None:
    row = language_of("nl")
    tokens = tokenise("Brood", row)
    here = occurrence(tokens, 0, read("nl", row, frozenset(), tokens))
    assert (here.before.text, here.word, here.after, here.articled) == (".", "brood", ".", False)


@pytest.mark.parametrize(
    ("word", "code", "found"),
    [
        ("rapidement", "fr", True),
        ("appartement", "fr", False),
        ("cour-là", "fr", True),
        ("lentamente", "it", True),
        ("ràpidament", "ca", True),
        ("ràpidament", "es", False),
        ("ładnie", "pl", True),
        ("ubranie", "pl", False),
        ("langsam", "de", False),
    ],
)
def test_an_adverb_is_known_by_its_form_in_its_language(word: str, code: str, *, found: bool) -> None:
    assert is_adverb(word, code) is found
