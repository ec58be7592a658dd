"""Names of English public bodies with "and" or "on" inside: Food and Drug Administration, Institute on Aging.

    joins_body([("Food", "NNP"), ("and", "CC"), ("Drug", "NNP"), ("Administration", "NNP")], 1, {"FDA"})  ->  True

"and" usually stands between two names. It is inside a name whose acronym the text has, and between common nouns that a
body's kind follows or precedes.
"""

from collections.abc import Set
from itertools import pairwise, takewhile

from alt_pipelines.tagging.extraction.english_tagger import NAME, Tagged, is_common_word
from alt_pipelines.text.stopwords import word_set

_KINDS = word_set(
    """
    administration agency association authority board bureau center centers centre commission committee conference
    council department departments federation foundation fund institute ministry office organisation organization panel
    party service services society union
    """
)
_LED = word_set("university school college faculty academy journal minister secretary")
# Bodies whose name is one word: the Treasury and the Defense Department are two.
_ALONE = word_set(
    "army navy police treasury senate congress parliament government cabinet house court bank force forces"
)
_SMALL = frozenset({"of", "for", "on", "the", "and"})
_CALENDAR_START = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december"
)


def joins_body(tagged: list[Tagged], index: int, acronyms: Set[str]) -> bool:
    """Whether the "and" or "on" at this index, between capitalised words, is inside a body's name.

    ``tagged``: the words before the index have their final tags. ``acronyms``: the text's words in capitals.
    """
    left = [*takewhile(lambda pair: _inside(pair), reversed(tagged[:index]))][::-1]
    right = [*takewhile(lambda pair: pair[0][0].isupper() and pair[0].isalpha(), tagged[index + 1 :])]
    if not left or not right or right[0][0].lower() in _CALENDAR_START:
        return False
    last, first, head = left[-1][0].lower(), right[0][0].lower(), right[-1][0].lower()
    if tagged[index][0] == "on":
        return last in _KINDS and is_common_word(first)
    initials = "".join(word[0] for word, _ in [*left, *right] if word not in _SMALL)
    if initials in acronyms and len(initials) > 2:
        return True
    common = is_common_word(last) and is_common_word(first)
    if not common or last in _ALONE | _KINDS or first in _ALONE | _KINDS or index == len(left):
        return False
    if any(word in ("of", "for", "on") for word, _ in left):  # Centers for Disease Control and Prevention
        heads = [before.lower() for (before, _), (word, _) in pairwise(left) if word in ("of", "for", "on")]
        return head not in _KINDS and not _KINDS.union(_LED).isdisjoint(heads)
    return len(left) == 1 and len(right) > 1 and head in _KINDS


def _inside(pair: Tagged) -> bool:
    """Whether a word before the "and" may belong to the same name."""
    word, pos = pair
    return (word[0].isupper() and word.isalpha() and pos != "DT") or (pos == NAME and word in _SMALL)
