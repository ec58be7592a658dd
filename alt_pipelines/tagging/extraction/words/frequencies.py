"""Word frequencies per language from wordfreq's lists, which are read on first use of a language."""

import math
import re
from functools import lru_cache

from wordfreq import available_languages, get_frequency_dict, top_n_list

from alt_pipelines.tagging.extraction.unspaced import thai_words
from alt_pipelines.text.stopwords import WEB

_VOWEL_SIGNS = re.compile("[\u064b-\u0655\u0670\u0591-\u05c7]")


@lru_cache(maxsize=65536)
def rarity(word: str, language: str) -> float:
    """Return a word's rarity: 0 for the most common words, 1 for words not in the list or languages without one."""
    share = frequency(word.strip(), language)
    return min(1.0, (8 - (math.log10(share) + 9 if share else 1.0)) / 7)


def frequency(word: str, language: str) -> float:
    """Return a word's share (0..1) of all words of the language; 0 if it is not in the list or there is no list."""
    if language == "th":
        return thai_words.frequency(word)
    return _frequencies(language).get(unmarked(word).lower(), 0.0)


def unmarked(word: str) -> str:
    """Return a word without the vowel signs of Arabic and Hebrew, which are seldom written: خفّض, خفض."""
    return word if word.isalpha() else _VOWEL_SIGNS.sub("", word)


def has_frequencies(language: str) -> bool:
    """Whether a frequency list of the language is installed."""
    return bool(_frequencies(language))


@lru_cache(maxsize=64)
def function_words(language: str, count: int) -> frozenset[str]:
    """Return web and code words plus the ``count`` most common words, if the language has a frequency list."""
    if language not in available_languages("best"):
        return WEB
    return WEB | {word for word in top_n_list(language, count) if not word.isdigit()}


@lru_cache(maxsize=16)
def _frequencies(language: str) -> dict[str, float]:
    if language not in available_languages("best"):  # otherwise wordfreq would use the "nearest" language
        return {}
    found: dict[str, float] = get_frequency_dict(language, "best")
    return found
