"""Arabic chains of genitives: what a chain is about, without the nouns that only say what happens to it.

تقرير | بعثة | صندوق التنمية العربي     the outer nouns are events and persons; the inner ones are the term
قانون حماية البيانات                       an institution, an office, a law, a science or a disease is the whole chain
"""

from collections.abc import Sequence
from functools import lru_cache

from alt_pipelines.tagging.extraction.spaced.arabic.adjectives import takes_feminine
from alt_pipelines.tagging.extraction.spaced.arabic.institutions import NAMED_AFTER
from alt_pipelines.tagging.extraction.spaced.arabic.names import LAST_PARTS
from alt_pipelines.tagging.extraction.spaced.arabic.numbers import ARTICLE
from alt_pipelines.tagging.extraction.spaced.arabic.words import takes_article
from alt_pipelines.tagging.extraction.words.frequencies import frequency
from alt_pipelines.text.stopwords import word_set

_CHAIN = 3  # nouns
_MASCULINE_SHARE = 0.02  # an adjective's masculine is at least this share of its feminine; a noun's seldom is
_BODIES = word_set("جامعة حكومة دائرة ديوان سلطة وزارة وزير وزيرة")  # of the state, and their heads
_PARTIES = word_set("حركة حزب كتلة")
_LAWS = word_set("اتفاق اتفاقية إعلان دستور قانون مرسوم معاهدة ميثاق نظام")
_SCIENCES = word_set("طب علم علوم فقه هندسة")
_DISEASES = word_set("التهاب حمى داء سرطان فيروس متلازمة مرض")
# Nouns that begin the name of a thing, so that the whole chain is the term: سرطان عنق الرحم, علم نفس الطفل.
_NAMED_BY_CHAINS = NAMED_AFTER | _BODIES | _PARTIES | _LAWS | _SCIENCES | _DISEASES


def inner_term(words: Sequence[str]) -> int:
    """Return how many words at the beginning of a phrase are outer nouns of a chain that ends in a definite noun."""
    definite = next((at for at, word in enumerate(words) if word.startswith(ARTICLE)), 0)
    if words[definite] in LAST_PARTS or words[definite].endswith("ي"):
        return 0  # a person's name: وليد صلاح الدين, كريم سعيد العتيبي
    first = 0
    while definite + 1 - first >= _CHAIN and _is_outer(words[first], words[first + 1]):
        first += 1
    return first


@lru_cache(maxsize=65536)
def _is_outer(head: str, noun: str) -> bool:
    """Whether a noun governs another one in a chain and names nothing itself."""
    both = takes_article(head) and takes_article(noun)
    return both and head not in _NAMED_BY_CHAINS and not _is_adjective(noun, head)


def _is_adjective(word: str, head: str) -> bool:
    """Whether an indefinite word may be the adjective of a noun: تقرير صحفي, سفينة كبيرة, but not بدء دورة."""
    if not word.endswith("ة"):
        return word.endswith("ي")
    return takes_feminine(head) and frequency(word[:-1], "ar") > _MASCULINE_SHARE * frequency(word, "ar")
