"""Arabic names of persons and holders of an office.

مصطفى بايتاس                        two words without the article, of which one never takes it
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.spaced.arabic.numbers import ARTICLE
from alt_pipelines.tagging.extraction.spaced.arabic.words import is_person, takes_article
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.stopwords import word_set

PARTS_OF_NAMES = word_set("أبو أبي أبا ابن بن بنت بني عبد أم آل أيت آيت")
LAST_PARTS = word_set("الدين الله")  # of given names: شمس الدين
# Forms of address before a person's name.
TITLES = word_set(
    "الدكتور الدكتورة السيد السيدة الأستاذ الأستاذة المهندس المهندسة الشيخ الشيخة الفنان الفنانة الشيف"
    " اللواء العميد العقيد النقيب الحاج القاضي المحامي المحامية"
)
# Verbal nouns of the forms II, IV and VII to X, which seldom take the article.
_VERBAL_NOUN = re.compile("ت..ي.ة?|است..ا.|ان..ا.|ا.ت.ا.|إ..ا.")
_FULL_NAME = 2  # words
_NISBA_SHARE = 0.1
_BOTH_GENDERS = 0.4  # the rarer gender of an adjective is at least this share of the other; of a noun's seldom


def begins_full_name(words: Sequence[str], at: int) -> bool:
    """Whether a name of two words begins here: neither has the article, and one never takes it."""
    two = words[at : at + 2]
    if words[at] in PARTS_OF_NAMES:
        return True
    return len(two) == 2 and not any(word.startswith(ARTICLE) for word in two) and any(map(is_name, two))


def is_described(words: Sequence[str], start: int, at: int) -> bool:
    """Whether a definite noun of a person begins here and a given name with a definite surname follows.

    الباحث التربوي | عصام الفيومي
    """
    two = words[at : at + 2]
    named = len(two) == _FULL_NAME and is_name(two[0]) and two[1].startswith(ARTICLE)
    return named and words[start].startswith(ARTICLE) and words[at - 1].startswith(ARTICLE) and is_person(words[start])


def holds_office(words: Sequence[str], start: int) -> bool:
    """Whether an office of a place and its holder's name begin here: محافظ نينوى | عصام الحديدي."""
    four = words[start : start + 4]
    if len(four) < 4 or any(word.startswith(ARTICLE) for word in four[:3]) or not four[3].startswith(ARTICLE):
        return False
    return is_person(ARTICLE + four[0]) and is_name(four[1]) and not is_nisba(four[2])


def is_role(words: Sequence[str], start: int, at: int) -> bool:
    """Whether the words between two places are a role or a form of address of the person named after them."""
    if words[at - 1].startswith(ARTICLE) and begins_full_name(words, at):
        return True
    if is_described(words, start, at):
        return True
    if words[at - 1] in TITLES and not words[at].startswith(ARTICLE):
        return True
    return at - start == 2 and holds_office(words, start)


@lru_cache(maxsize=65536)
def is_name(word: str) -> bool:
    """Whether a word without the article never takes it, as names do."""
    if word.startswith(ARTICLE) or len(word) < 3 or word.endswith("ة") or is_verbal_noun(word):
        return False
    return not takes_article(word)


@lru_cache(maxsize=65536)
def is_nisba(word: str) -> bool:
    """Whether an indefinite word is an adjective in -iyya: مصرية (مصري), but not قضية."""
    return word.endswith("ية") and frequency(word[:-1], "ar") > _NISBA_SHARE * frequency(word, "ar")


@lru_cache(maxsize=65536)
def is_definite_nisba(word: str) -> bool:
    """Whether a definite word is an adjective in both genders: الصحي (الصحية), السينمائية, but not القضية."""
    if not word.startswith(ARTICLE) or not word.endswith(("ي", "ية")):
        return False
    masculine = word.removesuffix("ة")
    one, other = frequency(masculine, "ar"), frequency(f"{masculine}ة", "ar")
    return min(one, other) > _BOTH_GENDERS * max(one, other) and frequency(word[2:], "ar") < frequency(word, "ar")


def is_verbal_noun(word: str) -> bool:
    """Whether a word has the form of a verbal noun, whose object is the genitive after it: استخدام."""
    return _VERBAL_NOUN.fullmatch(word) is not None


def surnames(forms: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of a surname and of the full name that it is a part of: البشير and عبد الرحيم البشير.

    Given names never take the article.
    """
    full: dict[str, list[int]] = {}
    for at, form in enumerate(forms):
        *given, last = form.split(" ")
        named = not any(word.startswith(ARTICLE) or takes_article(word) for word in given)
        if given and (named or given[0] in PARTS_OF_NAMES):
            full.setdefault(last, []).append(at)
    for at, form in enumerate(forms):
        owners = full.get(form, [])
        if len(owners) == 1:
            yield at, owners[0]
