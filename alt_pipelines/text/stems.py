"""Stems: one form for the inflected forms of a word, to count and compare words, never to show them.

    stem("kronenberger", "de")  ->  "kronenberg"
    stem("хлеба", "ru")         ->  "хлеб"

Snowball's algorithms; a Slavic or Baltic language without one keeps the first letters of a word, which finds documents
nearly as well (McNamee and Mayfield 2004, Character n-gram tokenization). English words keep their form: `terms.fold`
removes their plural, and every setting of the stories was chosen with it.
"""

import re
from collections.abc import Callable
from functools import lru_cache

import Stemmer

_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "es": "spanish",
    "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali",
    "nb": "norwegian", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
_ARTICLE = re.compile("(?:[وفبك]?ال|لل)(?=\\w{3})")  # Arabic, with the particles that are written together with it
_BY_LETTERS = frozenset({"be", "bg", "cs", "hr", "lt", "lv", "mk", "pl", "sk", "sl", "sr", "uk"})
_LETTERS = 6


def stem(word: str, language: str) -> str:
    """Return the stem of a lower-case word, or the word itself in a language without a rule."""
    return _stemmer(language)(word)


@lru_cache(maxsize=64)
def _stemmer(language: str) -> Callable[[str], str]:
    algorithm = _ALGORITHMS.get(language, "")
    if algorithm in Stemmer.algorithms():
        stem_word = Stemmer.Stemmer(algorithm, 0).stemWord

        @lru_cache(maxsize=1 << 15)
        def by_rules(word: str) -> str:
            if language == "ar" and (article := _ARTICLE.match(word)):
                word = word[article.end() :]
            try:
                return str(stem_word(word))
            except UnicodeEncodeError:  # a lone surrogate
                return word

        return by_rules
    return _first_letters if language in _BY_LETTERS else str


def _first_letters(word: str) -> str:
    return word[:_LETTERS] if word.isalpha() else word
