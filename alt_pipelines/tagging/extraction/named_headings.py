"""Headings that are names, as in a guide to islands: Lundy, Eigg, Foula.

    named(frozenset({"Lundy", "Eigg", "Getting"}), "en")  ->  {"lundy", "eigg"}

A heading of one word is otherwise a label of a part of the article (``CleanText.labels``). It is a name if the
language's dictionary does not have the word nor, where nouns are compounded, its last part, and if the word is rare,
because the dictionary lacks some. A Japanese heading is a name if its morphemes have a proper noun. An article has at
least two such headings, and they are at least half of those of one word.
"""

from collections.abc import Set
from functools import partial

from alt_pipelines.tagging.extraction.dictionary import has_dictionary, has_word
from alt_pipelines.tagging.extraction.languages import language_of
from alt_pipelines.tagging.extraction.spaced.germanic.german_nouns import has_noun_at_end
from alt_pipelines.tagging.extraction.words.dictionaries import starts_of_ends
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.morphemes import morphemes

_COMPOUNDING = frozenset({"nl", "sv", "da", "no", "fi", "hu"})  # beside German, whose nouns have their own dictionary
_FEWEST = 2  # headings
_SHORTEST = 3  # letters
_RARE = 1e-5  # share of all words of the language
_VERY_RARE = 1.5e-7  # the same where the dictionary lacks many words: compounds, and English ones of computing
_SHORTEST_PART = 5  # letters of the last part of a compound


def named(headings: Set[str], language: str) -> frozenset[str]:
    """Return the headings that are names, case-folded; none for a language without a dictionary."""
    if len(headings) < _FEWEST or not (language == "ja" or has_dictionary(language)):
        return frozenset()
    is_name = _is_japanese_name if language == "ja" else partial(_is_name, language=language)
    names = frozenset(heading.casefold() for heading in headings if is_name(heading))
    return names if len(names) >= _FEWEST and 2 * len(names) >= len(headings) else frozenset()


def _is_japanese_name(heading: str) -> bool:
    return any(morpheme.pos2 == "固有名詞" for morpheme in morphemes(heading))


def _is_name(heading: str, language: str) -> bool:
    if len(heading) < _SHORTEST or not heading.isalpha() or not heading[0].isupper() or heading.isupper():
        return False
    if language_of(language).noun_capitals and has_noun_at_end(heading):
        return False
    word, compounds = heading.lower(), language in _COMPOUNDING
    rare = _VERY_RARE if compounds or language == "en" else _RARE
    if has_word(word, language) or frequency(word, language) >= rare:
        return False
    ends = starts_of_ends(word, 1, _SHORTEST_PART) if compounds else ()
    return not any(has_word(word[at:], language) for at in ends)
