"""Adverbs of spaced languages, by their form: one test per language, in a table."""

from collections.abc import Callable, Mapping

from alt_pipelines.tagging.extraction.spaced.indonesian.words import is_no_topic
from alt_pipelines.tagging.extraction.spaced.persian.words import is_persian_adverb
from alt_pipelines.tagging.extraction.words.verbs import is_verb, is_word, lemma_of


def is_adverb(word: str, language: str) -> bool:
    """Whether a lower-case word is an adverb, or another form without a topic, of a language in the table.

    In Persian also a noun with a possessive pronoun, in Indonesian a word without a topic by its affixes.
    """
    test = ADVERBS.get(language)
    return test is not None and test(word)


def _is_romance(word: str) -> bool:
    return word.endswith("mente")


def _is_catalan(word: str) -> bool:
    return word.endswith(("mente", "ment"))


def _is_french(word: str) -> bool:
    """Whether a word is a demonstrative's second part (ce jour-là), or ends in -ment after an adjective."""
    if word.endswith(("-là", "-ci")):
        return True
    stem = word.removesuffix("ment")
    if stem == word:
        return False
    return stem.endswith(("am", "em")) or (is_word(stem, "fr") and not is_verb(stem, "fr"))


def _is_polish(word: str) -> bool:
    """Whether a word ends in -ie in place of the -y of an adjective: ładnie (ładny)."""
    adjective = f"{word[:-2]}y"
    return word.endswith("ie") and lemma_of(adjective, "pl") == adjective


ADVERBS: Mapping[str, Callable[[str], bool]] = {
    "ca": _is_catalan,
    "es": _is_romance,
    "fa": is_persian_adverb,
    "fr": _is_french,
    "id": is_no_topic,
    "it": _is_romance,
    "pl": _is_polish,
    "pt": _is_romance,
}
