"""Whether a language's dictionary has a word: simplemma's, and the tagger's lexicon in English.

    has_word("athletic", "en")  ->  True
    has_word("gigha", "en")     ->  False

Out of scope: Japanese, Chinese and Korean, which have analysers.
"""

from alt_pipelines.tagging.extraction.english.lexicon import lexicon
from alt_pipelines.tagging.extraction.words.dictionaries import lemmas

_CODES = {"no": "nb"}  # of simplemma


def has_dictionary(language: str) -> bool:
    """Whether there is a dictionary of the language."""
    return language == "en" or bool(lemmas(_CODES.get(language, language)))


def has_word(word: str, language: str) -> bool:
    """Whether the dictionary of a language has a lower-case word; False without a dictionary."""
    if language == "en":
        return not lexicon().get(word, "NNP").startswith("NNP")
    return word in lemmas(_CODES.get(language, language))
