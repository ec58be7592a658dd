"""Arabic adjectives: which definite words may be one, and to which noun of a phrase one belongs.

منظومة | الذكاء الاصطناعي     the adjective is masculine, so that it belongs to the genitive
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.spaced.arabic.numbers import ARTICLE
from alt_pipelines.tagging.extraction.words.frequencies import frequency

ADJECTIVE_END = re.compile("(?:ي|ية|ة|اء|ى|يون|يين|يات|ات)$")
_ELATIVE = re.compile("الأ...")  # الأعلى, الأبيض
_SHARE = 0.02  # minimum frequency of an adjective in the other gender
_PLURAL_SHARE = 0.1
_FEMININE_OR_PLURAL = re.compile("(?:ة|اء|ى|ات|يون|يين)$")
_CHAIN = 3  # words of a noun, its genitive and an adjective
_BROKEN_PLURAL = re.compile("أ..ا.|م.ا.ي?.|..ائ.")  # أطباق, مصادر, وسائل


@lru_cache(maxsize=65536)
def is_adjective(word: str, after: str = "") -> bool:
    """Whether a definite word may be an adjective: by its ending, or because its feminine form occurs.

    After a single noun it agrees with that noun: no masculine singular follows a feminine or a plural in -un.
    """
    feminine_plural = _FEMININE_OR_PLURAL.search(word) is not None
    if after.endswith("ة") and not feminine_plural:
        return False
    if after.endswith("ون") and _is_plural(after) and not word.endswith(("ون", "ين")):
        return False
    if word.endswith("ة"):
        return frequency(word[:-1], "ar") > _SHARE * frequency(word, "ar")  # not النتيجة
    if ADJECTIVE_END.search(word) or _ELATIVE.fullmatch(word):
        return True
    return frequency(f"{word}ة", "ar") > _SHARE * frequency(word, "ar")


def _is_plural(word: str) -> bool:
    """Whether a word in -un is a plural: المعلمون (المعلمين), but not الكون."""
    return frequency(f"{word[:-2]}ين", "ar") > _PLURAL_SHARE * frequency(word, "ar")


def ends_in_noun_and_adjective(words: Sequence[str]) -> bool:
    """Whether the last two words are a noun with its adjective, which does not belong to the head of the phrase.

    قطاع | الطاقة المتجددة, منظومة | الذكاء الاصطناعي
    """
    if len(words) < _CHAIN or words[0].startswith(ARTICLE):
        return False
    noun, adjective = words[-2:]
    if not (noun.startswith(ARTICLE) and adjective.startswith(ARTICLE)):
        return False
    feminine = adjective.endswith("ة")
    return takes_feminine(noun) == feminine != takes_feminine(words[0])


def takes_feminine(noun: str) -> bool:
    """Whether the adjectives of a noun are feminine: it is one, or the plural of things."""
    return noun.endswith(("ة", "ات")) or _BROKEN_PLURAL.fullmatch(noun.removeprefix(ARTICLE)) is not None
