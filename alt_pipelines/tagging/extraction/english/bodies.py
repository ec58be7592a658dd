"""Names of English public bodies with "and" or "on" inside: Food and Drug Administration, Institute on Aging.

    joins_body([("Food", "NNP"), ("and", "CC"), ("Drug", "NNP"), ("Administration", "NNP")], 1, {"FDA"})  ->  True

"and" usually stands between two names. It is inside a name whose acronym the text has, between common nouns that a
body's kind follows or precedes, and after "the" where a second body would have an article of its own.
"""

from collections.abc import Set
from itertools import pairwise, takewhile

from alt_pipelines.tagging.extraction.english.lexicon import is_common_word, usual_tag
from alt_pipelines.tagging.extraction.english.offices import OFFICES
from alt_pipelines.tagging.extraction.english.tagger import NAME, Tagged
from alt_pipelines.tagging.extraction.words.dictionaries import starts_of_ends
from alt_pipelines.text.stopwords import DAYS, word_set

KINDS = word_set(
    """
    administration agency association authority board bureau center centers centre commission committee conference
    council department departments federation foundation fund institute ministry office organisation organization panel
    party service services society union
    """
)
_LED = word_set("university school college faculty academy journal minister secretary")
# Bodies whose name is one word: the Treasury and the Defense Department are two.
ALONE = word_set(
    "army navy police treasury senate congress parliament government cabinet house court bank force forces"
)
_OWNERS = frozenset({"US", "UK", "EU", "UN"})  # of bodies, before their names
DIRECTIONS = word_set("north south east west northern southern eastern western")
_SMALL = frozenset({"of", "for", "on", "the", "and"})
_LAWS = word_set("act bill court code law convention")
_BOARDS = word_set("trust hospital hospitals tribunal institution college")
_SHORTEST_ACRONYM = 3  # letters
_LONGEST_LEFT = 2  # words before the "and" of an act
_MANY = 4  # words after an "and" that are too many for the name of another body
_SHORTEST_START, _SHORTEST_END = 3, 6  # letters of the parts of a compound


def joins_body(tagged: list[Tagged], index: int, acronyms: Set[str]) -> bool:
    """Whether the "and" or "on" at this index, between capitalised words, is inside a body's name.

    ``tagged``: the words before the index have their final tags. ``acronyms``: the text's words in capitals.
    """
    left = [*takewhile(lambda pair: _inside(pair), reversed(tagged[:index]))][::-1]
    right = [*takewhile(lambda pair: pair[0][0].isupper() and pair[0].isalpha(), tagged[index + 1 :])]
    if not left or not right or right[0][0].lower() in DAYS:
        return False
    last, first = left[-1][0].lower(), right[0][0].lower()
    if tagged[index][0] == "on":
        return last in KINDS and is_common_word(first)
    if _has_acronym([word for word, _ in left], [word for word, _ in right], acronyms):
        return True
    if last in ALONE or last in KINDS or first in ALONE or first in KINDS:
        return False
    begins = index == len(left)  # the sentence: the capital of one word says nothing
    if not begins and tagged[index - len(left) - 1][0].lower() == "the" and _has_one_article(left, right):
        return True
    if not (is_common_word(last) and is_common_word(first)):
        return False
    return _describes_one(left, right) or (not begins and _is_governed(left, right))


def _is_governed(left: list[Tagged], right: list[Tagged]) -> bool:
    """Whether common nouns with an "and" follow a body's kind and a preposition, or precede a body's kind."""
    head = right[-1][0].lower()
    if any(word in ("of", "for", "on") for word, _ in left):  # Centers for Disease Control and Prevention
        heads = [before.lower() for (before, _), (word, _) in pairwise(left) if word in ("of", "for", "on")]
        return head not in KINDS and not KINDS.union(_LED).isdisjoint(heads)
    return len(left) == 1 and len(right) > 1 and head in KINDS


def _has_acronym(left: list[str], right: list[str], acronyms: Set[str]) -> bool:
    """Whether the text has the initials of the right words and of the last left ones as an abbreviation: CISA of
    "US Cybersecurity and Infrastructure Security Agency"."""
    initials = ["".join(word[0] for word in words if word not in _SMALL) for words in (left, right)]
    both = "".join(initials)
    return any(both[at:] in acronyms for at in range(len(initials[0])) if len(both) - at >= _SHORTEST_ACRONYM)


def _has_one_article(left: list[Tagged], right: list[Tagged]) -> bool:
    """Whether words after "the" are one name with an "and": the second of two bodies would have its own article.

    An act or a court is one name (the Housing and Planning Act); so is a body after a single word that is a noun (the
    Cybersecurity and Infrastructure Security Agency), or one of many words (the Avon and Wilts Mental Health Trust).
    """
    (last, _), head = left[-1], right[-1][0].lower()
    if len(right) > 1 and head in _LAWS:
        return len(left) <= _LONGEST_LEFT
    if len(left) > 1 and left[0][0] in _OWNERS:
        left = left[1:]  # the UK Medicines and Healthcare Products Regulatory Agency
    if len(left) > 1 or last.isupper() or not (head in KINDS or head in _BOARDS):
        return False
    return len(right) >= _MANY or (len(right) > 1 and _is_noun(last.lower()))


def _describes_one(left: list[Tagged], right: list[Tagged]) -> bool:
    """Whether a place's name and its common nouns go on after the "and" to a body's kind: Cornwall Fire and Rescue
    Service. A second body of common nouns would have an article.
    """
    (place, pos), last = left[0], left[-1][0].lower()
    if len(left) == 1 or len(right) == 1 or last in OFFICES or any(word in _SMALL for word, _ in left):
        return False
    placed = pos == "JJ" or place.lower() in DIRECTIONS or not is_common_word(place.lower())
    return placed and right[-1][0].lower() in KINDS and all(is_common_word(word.lower()) for word, _ in right)


def _is_noun(word: str) -> bool:
    """Whether a lower-case word is a noun of the lexicon, or ends in one: cybersecurity."""
    ends = (word[at:] for at in starts_of_ends(word, _SHORTEST_START, _SHORTEST_END))
    return any(usual_tag(end) in ("NN", "NNS") for end in (word, *ends))


def _inside(pair: Tagged) -> bool:
    """Whether a word before the "and" may belong to the same name."""
    word, pos = pair
    return (word[0].isupper() and word.isalpha() and pos != "DT") or (pos == NAME and word in _SMALL)
