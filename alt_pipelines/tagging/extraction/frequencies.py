"""How common a word of a language is, from wordfreq's lists, read when the first text of a language needs them."""

import math
from functools import lru_cache

from wordfreq import available_languages, get_frequency_dict, top_n_list

from alt_pipelines.text.stopwords import WEB


def rarity(word: str, language: str) -> float:
    """0 for the commonest words of the language, 1 for words its frequency list does not know or when there is none."""
    share = frequency(word.strip(), language)
    return min(1.0, (8 - (math.log10(share) + 9 if share else 1.0)) / 7)


def frequency(word: str, language: str) -> float:
    """The word's share (0..1) of all words of the language, 0 when its list does not have it or there is none."""
    return _frequencies(language).get(word.lower(), 0.0)


def has_frequencies(language: str) -> bool:
    """Whether a frequency list of the language is installed."""
    return bool(_frequencies(language))


@lru_cache(maxsize=64)
def function_words(language: str, count: int) -> frozenset[str]:
    """Web and code words, and the commonest words of a language; of a language without a list, only the former."""
    if language not in available_languages("best"):
        return WEB
    return WEB | {word for word in top_n_list(language, count) if not word.isdigit()}


@lru_cache(maxsize=16)
def _frequencies(language: str) -> dict[str, float]:
    if language not in available_languages("best"):  # asked anyway, wordfreq answers with the "nearest" language
        return {}
    found: dict[str, float] = get_frequency_dict(language, "best")
    return found
