"""Words of time before the noun that they describe: night trains, day care, time zone, weekend edition.

    describes_noun([("a", "DT"), ("night", "NN"), ("train", "NN")], 1)  ->  True
    describes_noun([("last", "JJ"), ("night", "NN"), ("police", "NN")], 1)  ->  False

Most words of time beside a noun say when something happened, and are no part of its phrase. In a text without commas
only the word before can tell: an article or a possessive, a preposition that is not one of time, or nothing at all.
"""

from collections.abc import Sequence

from alt_pipelines.tagging.extraction.english.lexicon import may_be_verb
from alt_pipelines.tagging.extraction.english.noun_runs import WEAK
from alt_pipelines.tagging.extraction.english.tagger import Tagged
from alt_pipelines.text.stopwords import word_set

_DESCRIBING = word_set("morning afternoon evening night midnight day weekend time year hour minute")
_OF_TIME = word_set(  # prepositions and conjunctions before a time: by day tourists come, until night clubs open
    "at by over into during from until till since through throughout within before after around about towards past"
    " per all than as if because while that"
)
_ORDINALS = word_set("first second third fourth fifth sixth seventh eighth ninth tenth final opening")
_PARTS = word_set("morning afternoon evening")  # of a day: in the evening head for the old town
_OF_PARTS = word_set("in during by until throughout")
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
# Tags before a bare noun; "last" and "first" are adjectives of times.
_BEFORE_BARE = frozenset({"IN", "TO", "CC", ",", ":", "VB", "VBG", "VBN", "PRP$", "POS", "JJ", "."}) | _FINITE


def describes_noun(tagged: Sequence[Tagged], at: int) -> bool:
    """Whether a word of time describes the common noun after it."""
    word = tagged[at][0].lower()
    if word not in _DESCRIBING or at + 1 >= len(tagged):
        return False
    noun, pos = tagged[at + 1]
    if pos not in ("NN", "NNS") or not noun.islower() or not noun.isalpha():
        return False
    before, before_pos = tagged[at - 1] if at else (".", ".")
    beyond = tagged[at + 2][1] if at + 2 < len(tagged) else "."
    low = before.lower()
    if low in ("a", "an"):
        return True
    if low == "the":  # but not "the day voters go", "the night war broke out"
        outer = tagged[at - 2][0].lower() if at > 1 else ""
        return pos == "NN" and beyond not in _FINITE and not (outer in _OF_PARTS and word in _PARTS)
    if before_pos not in _BEFORE_BARE or low in _OF_TIME or low in _ORDINALS or low in WEAK:
        return False
    # Without an article, "night falls" may be a clause.
    clause = may_be_verb(noun.removesuffix("s")) or may_be_verb(noun.removesuffix("es"))
    return not clause or beyond in _FINITE or before_pos not in (".", ",", ":", "CC")
