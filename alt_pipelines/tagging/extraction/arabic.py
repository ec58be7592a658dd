"""Arabic clitics and verbs, by pairs of forms in the frequency list, since the script has neither vowels nor capitals.

clitic("لعلاج")  ->  1          (علاج, treatment, is by far the more common word)
is_arabic_verb("ينتج")  ->  True    (تنتج exists too, and the verb never has an article)
"""

import re
from functools import lru_cache

from alt_pipelines.tagging.extraction.frequencies import frequency

_COMMONER = 3.0  # the word without its clitic is this much more common
_DEFINITE = 0.02  # a noun's uses with the article are at least this share of those without it
# The third persons of a verb are about equally common, those of a name that begins with the same letter are not.
_IMPERFECT = 0.3
_PERFECT = 0.1
_OBJECT = re.compile("(?:ها|هم|ه|نا)$")


def clitic(word: str, clitics: str) -> int:
    """Return the length of a conjunction or preposition attached to this word; 0 if there is none.

    A letter before the article is always one (والحكومة). Elsewhere, a letter is one if the rest is by far the more
    common word (لعلاج, وتعمل).
    """
    if len(word) < 4 or word[0] not in clitics:
        return 0
    if word[1:3] == "ال" and len(word) > 5:
        return 1
    long_enough = word[0] == "و" or len(word) > 4
    return int(long_enough and frequency(word[1:], "ar") > _COMMONER * frequency(word, "ar"))


@lru_cache(maxsize=65536)
def is_arabic_verb(word: str) -> bool:
    """Whether a word is a verb: one that never takes the article, and whose other forms occur."""
    if len(word) < 3 or word.startswith("ال") or frequency(f"ال{word}", "ar") > _DEFINITE * frequency(word, "ar"):
        return False
    if word.endswith("وا") and len(word) > 4:  # the plural of the past
        return True
    for form in {word, _OBJECT.sub("", word), word.removeprefix("س")}:
        if len(form) > 3 and form[0] in "يت" and _pairs(form, ("ت" if form[0] == "ي" else "ي") + form[1:], _IMPERFECT):
            return True
    past = word.removesuffix("ت") if len(word) > 3 else word
    stem = past[1:] if past[0] == "أ" else past
    return len(stem) > 2 and _pairs(word, f"ي{stem}", _PERFECT)


def _pairs(one: str, other: str, share: float) -> bool:
    first, second = frequency(one, "ar"), frequency(other, "ar")
    return second > share * first > 0 if first else second > 0
