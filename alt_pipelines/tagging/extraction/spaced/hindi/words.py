"""Hindi nouns, verbs and numbers by their forms and the words around them. A tag has the dictionary form.

is_oblique_plural("आरोपियों")  ->  True    (आरोपी)
is_oblique_plural("ढिल्लों")  ->  False    (a surname)
is_hindi_verb("मचाई")       ->  True     (मचाना)
"""

import re
from functools import lru_cache

from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.tagging.extraction.words.verbs import lemma_of
from alt_pipelines.text.stopwords import word_set

_ENDING = "ों"
_AFTER_I = "ियों"  # of nouns in -i, long or short
_LEAST = 0.005  # minimum frequency of a noun's oblique plural, relative to the noun
_CASE_MARKERS = word_set("का की के को ने से में पर")
_VERSION = re.compile(r"\d{1,4}(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Endings of a participle, a subjunctive, a future and an oblique infinitive; after -ā also of a perfect.
_VERBAL = re.compile("(?:त[ािीे]|तीं|[एे]ं|एँ|[एे]गा|[एे]गी|[एे]ंगे|[एे]ंगी|ने|(?<=ा)(?:ए|ई|ईं|या))$")
_SHARE = 0.02  # minimum frequency of the dictionary form, relative to the oblique plural


@lru_cache(maxsize=65536)
def is_oblique_plural(word: str) -> bool:
    """Whether a word is the oblique plural of a noun whose singular occurs: ठगों (ठग), घोड़ों (घोड़ा), नदियों (नदी)."""
    if not word.endswith(_ENDING):
        return False
    stem = word.removesuffix(_ENDING)
    singulars = [stem, f"{stem}ा"]
    if word.endswith(_AFTER_I):
        stem = word.removesuffix(_AFTER_I)
        singulars += [f"{stem}ी", f"{stem}ि"]
    return max(frequency(singular, "hi") for singular in singulars) > _SHARE * frequency(word, "hi")


@lru_cache(maxsize=65536)
def is_hindi_noun(word: str) -> bool:
    """Whether a word has an oblique plural, which names do not have: योजना (योजनाओं), परिषद (परिषदों)."""
    least = _LEAST * frequency(word, "hi")
    forms = [f"{word}ों", f"{word}ओं"]
    if word[-1] in "ाे":
        forms.append(f"{word[:-1]}ों")
    if word[-1] == "ी":
        forms.append(f"{word[:-1]}ियों")
    return any(frequency(form, "hi") > least for form in forms)


@lru_cache(maxsize=65536)
def is_hindi_verb(word: str) -> bool:
    """Whether a word that the dictionary lacks has the stem of a verb and the ending of one: मांगते, फैलाएं, मचाई."""
    found = _VERBAL.search(word)
    if found is None or lemma_of(word, "hi") is not None:
        return False
    infinitive = f"{word[: found.start()]}ना"
    return lemma_of(infinitive, "hi") is not None


def is_version(before: str, number: str, after: str) -> bool:
    """Whether a number belongs to the name before it, since no noun that it might count follows: उबंटू 24 (पर).

    A year before "in" says when: भारत 2011 (में).
    """
    if _VERSION.fullmatch(number) is None or is_hindi_noun(before):
        return False
    if before.isascii() and before[0].isupper():
        return not (after.isascii() and after.islower())  # Kazam 70 fps
    return after in _CASE_MARKERS and not (after == "में" and _YEAR.fullmatch(number))
