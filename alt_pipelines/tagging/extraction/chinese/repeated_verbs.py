"""Chinese terms of verbs that an article repeats as one thing: 停班|停課, 扫黑|除恶, 3D|打印.

The segmenter has such words as verbs, which end a phrase. Two verbs of two characters that the article never has apart
are a term if they are rare and no object follows them. So is a verb after a name of letters and digits that the article
repeats with it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from alt_pipelines.tagging.extraction.chinese.frequencies import share
from alt_pipelines.text.segmentation import Word

# Shares of verbs that are terms together: fewer than of two that stand side by side by chance (鼓掌|欢呼), unless both
# begin with the same character.
_RARE = 2e-6
_RARE_PARALLEL = 2e-5
_VERBS = ("v", "vn", "d")
_OBJECTS = ("n", "m", "r", "q", "l", "i", "eng", "ul", "ug", "uz")  # tags of what follows a verb, and of 了, 过 and 着
_MODEL = re.compile(r"\d+[A-Z]|[A-Z]+-?\d+")  # 3D, 5G, M4


class Counts(NamedTuple):
    """How often an article has each word, each pair of adjacent words, and each pair before an object."""

    words: Counter[str]
    pairs: Counter[tuple[str, str]]
    governing: Counter[tuple[str, str]]


def counted(words: Sequence[Word]) -> Counts:
    """Return the counts of the words of a title and body, with a sign between these."""
    counts = Counts(Counter(word.surface for word in words), Counter(), Counter())
    for one, other, after in zip(words, words[1:], [*words[2:], Word("\n", -1, "x")], strict=False):
        counts.pairs[one.surface, other.surface] += 1
        counts.governing[one.surface, other.surface] += after.pos.startswith(_OBJECTS)
    return counts


def with_repeated_verbs(words: Sequence[Word], counts: Counts) -> list[Word]:
    """Return the words with two verbs that are a term as one, and a verb after a name of letters and digits as a noun.

    Linear in the number of words.
    """
    out: list[Word] = []
    for word in words:
        before = out[-1] if out else None
        if before is not None and before.start + len(before.surface) == word.start:
            if _is_term(before, word, counts):
                out[-1] = Word(before.surface + word.surface, before.start, "nz")
                continue
            if _is_done_with(before, word, counts):
                word = word._replace(pos="vn")
        out.append(word)
    return out


def _is_term(one: Word, other: Word, counts: Counts) -> bool:
    both = (one.surface, other.surface)
    times = counts.pairs[both]
    verbs = one.pos in _VERBS and other.pos in _VERBS and len(one.surface) == len(other.surface) == 2
    if times < 2 or not verbs or one.surface == other.surface or counts.governing[both]:
        return False
    if not times == counts.words[one.surface] == counts.words[other.surface]:
        return False
    highest = _RARE_PARALLEL if one.surface[0] == other.surface[0] else _RARE
    return max(share(one.surface), share(other.surface)) < highest


def _is_done_with(name: Word, verb: Word, counts: Counts) -> bool:
    """Whether a verb follows a name of letters and digits as a noun would: 3D|打印 twice."""
    repeated = counts.pairs[name.surface, verb.surface] > 1
    return repeated and verb.pos == "v" and len(verb.surface) == 2 and _MODEL.fullmatch(name.surface) is not None
