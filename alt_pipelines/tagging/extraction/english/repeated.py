"""English noun phrases that a text has more than once, of which a single place does not tell the parts of speech.

33 sleeping cars ... and sleeping cars sell out     ->  "sleeping" describes the cars, also without the number
a gapped spin liquid ... its spin liquid state      ->  "liquid" is a noun
Europe's night trains ... Night trains now link     ->  "night" describes the trains, also at the start
"""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from alt_pipelines.tagging.extraction.english.lexicon import is_common_word, usual_tag
from alt_pipelines.tagging.extraction.english.noun_runs import JUDGING, WEAK
from alt_pipelines.tagging.extraction.english.tagger import Tagged
from alt_pipelines.tagging.extraction.english.times import describes_noun
from alt_pipelines.text.stopwords import word_set

Pair = tuple[str, str]

_BEFORE_ATTRIBUTE = frozenset({"DT", "CD", "PRP$", "POS", "JJ"})
_WITHIN = frozenset({"JJ", "NN", "VBN", "VBD", "NNP", "VBG"})  # between an article and the noun that it has
_BEGINS = frozenset({"DT", "PRP$", "POS"})
_AFTER_SUBJECT = frozenset({"VBP", "VB"})
_BEFORE_SUBJECT = frozenset({".", ",", ":", "CC", "DT", "JJ"})
_ENDS = frozenset({".", ",", ":", ")", "CC"})
# Forms in -ing that say how something changes, and name no kind of it: growing numbers, rising prices.
_CHANGING = word_set(
    """
    growing rising falling increasing declining decreasing shrinking dwindling soaring mounting surging widening
    expanding climbing dropping varying differing worsening improving remaining
    """
)
_FARTHEST = 4  # words from an article to its noun
_FEWEST = 2


class Pairs(NamedTuple):
    """Pairs of words that the text has more than once, in lower case: what the first or second word of each is."""

    attributes: frozenset[Pair] = frozenset()
    nominal: frozenset[Pair] = frozenset()
    times: frozenset[Pair] = frozenset()


def repeated_pairs(sentences: Iterable[Sequence[Tagged]]) -> frozenset[Pair]:
    """Return the pairs of adjacent words, in lower case, that a text has more than once."""
    counts = Counter(pair for sentence in sentences for pair in pairwise([word.lower() for word, _ in sentence]))
    return frozenset(pair for pair, count in counts.items() if count >= _FEWEST)


def find_pairs(sentences: Iterable[Sequence[Tagged]], again: Set[Pair]) -> Pairs:
    """Return the pairs among ``again``, the repeated ones, whose parts of speech one of their places tells."""
    return Pairs(*(frozenset(again & found) for found in _told(sentences)))


def _told(sentences: Iterable[Sequence[Tagged]]) -> tuple[set[Pair], set[Pair], set[Pair]]:
    """Return the pairs that one place tells: with an attribute in -ing, a nominal adjective, a word of time."""
    attributes, nominal, times = set(), set(), set()
    for tagged in sentences:
        for at in range(len(tagged) - 1):
            (first, pos), (second, next_pos) = tagged[at : at + 2]
            pair = first.lower(), second.lower()
            if _may_be_kind(tagged, at) and _is_attribute(tagged, at):
                attributes.add(pair)
            elif pos == "NN" and next_pos == "JJ" and _is_nominal(tagged, at + 1):
                nominal.add(pair)
            elif pos == "NN" and describes_noun(tagged, at):
                times.add(pair)
    return attributes, nominal, times


def mend_pairs(tagged: list[Tagged], pairs: Pairs) -> list[Tagged]:
    """Return the sentence with such words tagged as nouns."""
    out = tagged
    for at in range(len(tagged) - 1):
        (first, pos), (second, next_pos) = tagged[at : at + 2]
        pair = first.lower(), second.lower()
        if _may_be_kind(tagged, at) and (pair in pairs.attributes or _is_subject(tagged, at)):
            place = at
        elif pos == "NN" and next_pos == "JJ" and pair in pairs.nominal:
            place = at + 1
        else:
            continue
        out = [*tagged] if out is tagged else out
        out[place] = (tagged[place][0], "NN")
    return out


def _may_be_kind(tagged: Sequence[Tagged], at: int) -> bool:
    """Whether a form in -ing before a plural may say what kind of things these are: not growing numbers."""
    (first, pos), (second, next_pos) = tagged[at : at + 2]
    return pos == "VBG" and next_pos == "NNS" and first.lower() not in _CHANGING and second.lower() not in WEAK


def _is_attribute(tagged: Sequence[Tagged], at: int) -> bool:
    return (at > 0 and tagged[at - 1][1] in _BEFORE_ATTRIBUTE) or _is_subject(tagged, at)


def _is_subject(tagged: Sequence[Tagged], at: int) -> bool:
    """Whether a form in -ing and a plural are the subject of a plural verb: sleeping cars sell out."""
    before = tagged[at - 1][1] if at else "."
    after = tagged[at + 2] if at + 2 < len(tagged) else (".", ".")
    plural = after[1] in _AFTER_SUBJECT and after[0].islower() and usual_tag(after[0]) in ("VB", "VBP", None)
    return plural and before in _BEFORE_SUBJECT and tagged[at + 1][0].islower()


def _is_nominal(tagged: Sequence[Tagged], at: int) -> bool:
    """Whether an adjective that has a plural is the noun of an article: a gapped spin liquid."""
    word = tagged[at][0]
    after = tagged[at + 1][1] if at + 1 < len(tagged) else "."
    if after not in _ENDS or word in WEAK or word in JUDGING or not word.islower() or not is_common_word(f"{word}s"):
        return False
    for before in range(at - 1, max(-1, at - 1 - _FARTHEST), -1):
        if tagged[before][1] in _BEGINS:
            return True
        if tagged[before][1] not in _WITHIN:
            return False
    return False
