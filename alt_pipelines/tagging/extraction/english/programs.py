"""English names of programs in lower case, known by their version: curl 8.17, nginx 1.29.

    find_programs([["curl", "8.17", "turns", "on", "HTTP/3"]])  ->  {"curl"}

A word in lower case before a version is a name if no dictionary has it, or if it begins a sentence, where any other
word has a capital. What is counted or measured has a unit after the number instead: approx 3.5 kg.
"""

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from alt_pipelines.tagging.extraction.english.lexicon import is_common_word, usual_tag
from alt_pipelines.tagging.extraction.english.tagger import NAME, Tagged
from alt_pipelines.tagging.extraction.english.unknown_words import is_unit
from alt_pipelines.text.stopwords import word_set

_VERSION = re.compile(r"\d{1,3}(?:\.\d{1,4}){1,3}")
_NAME = re.compile(r"[a-z][a-z0-9_-]{2,30}")
_ABBREVIATED = word_set("approx circa around about avg max min ver version magnitude eur usd gbp chf inr aud cad")
_COUNTED = ("NNS", "CD", "$")  # tags of what is after an amount
_AFTER_AMOUNT = frozenset({*"%°€£$¥×", "percent", "per", "million", "billion", "trillion"})


def find_programs(sentences: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the names in lower case that have a version in the tokenised sentences."""
    return frozenset(
        word
        for sentence in sentences
        for at, (word, after) in enumerate(pairwise(sentence))
        if after[0].isdigit() and word[0].islower() and _VERSION.fullmatch(after) and _is_program(sentence, at)
    )


def mark_programs(tagged: list[Tagged], programs: Set[str]) -> list[Tagged]:
    """Return the sentence with the tag ``NAME`` on the programs and on the versions after them."""
    out = list(tagged)
    for at, (word, _) in enumerate(tagged):
        if word in programs or (at and out[at - 1] == (tagged[at - 1][0], NAME) and _is_version(tagged, at, programs)):
            out[at] = (word, NAME)
    return out


def _is_version(tagged: list[Tagged], at: int, programs: Set[str]) -> bool:
    return tagged[at - 1][0] in programs and _VERSION.fullmatch(tagged[at][0]) is not None


def _is_program(sentence: Sequence[str], at: int) -> bool:
    """Whether a word in lower case before a version is a name: no common word, and no amount follows."""
    word = sentence[at]
    if not _NAME.fullmatch(word) or word in _ABBREVIATED:
        return False
    if at + 2 < len(sentence):
        after = sentence[at + 2]
        if is_unit(after) or after in _AFTER_AMOUNT or (usual_tag(after) in _COUNTED and at):
            return False
    return at == 0 or not is_common_word(word)
