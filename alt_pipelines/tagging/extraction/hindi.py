"""Hindi nouns in the oblique plural, which precedes a postposition. A tag has the dictionary form.

is_oblique_plural("आरोपियों")  ->  True    (आरोपी)
is_oblique_plural("ढिल्लों")  ->  False    (a surname)
"""

from functools import lru_cache

from alt_pipelines.tagging.extraction.frequencies import frequency

_ENDING = "ों"
_AFTER_I = "ियों"  # of nouns in -i, long or short
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
