"""The sentences that stand for a cluster: relevant to it, different from one another, fit to be read.

Here: which sentences may represent (long enough, prose, not code), and choosing among candidates by maximal marginal
relevance. Which rows are candidates is decided by the pipeline.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.text.sentences import mask_addresses

Floats = NDArray[np.float32]

MIN_CHARACTERS = 20
OPENING = 3  # sentences of an article that its first representative is looked for in: there it says what happened
_CODE_LINES = re.compile(
    r"Traceback \(most recent call last\)"
    r"|\bFile \"[^\"]+\", line \d+"
    r"|^\s*at [\w$.<>]+\([\w$.]*(?::\d+)?\)"  # a frame of a Java or JavaScript stack
    r"|\b\w+(?:\.\w+)+(?:Error|Exception)\b(?::|$)"
    r"|^\s*(?:[$>#]|>>>|PS>)\s*\w+[ \w./-]* -{1,2}\w"  # a shell command with options
    r"|^\s*(?:(?:export |async |public |private |static )*(?:def|function|class|void|const|let|var) \w+ ?[(={:])"
    r"|^\s*(?:import [\w.{}*, ]+(?: from ['\"]|;|$)|from [\w.]+ import |#include\s*<|using [\w.]+;|package [\w.]+;)"
    r"|\bSELECT\b.+\bFROM\b.+(?:\bWHERE\b|;)"
    r"|=>\s*[{(]|\)\s*\{|\};|\$\(|</\w+>|&&\s*\w+\("
)
_LEANING = re.compile(
    r"(?:he|she|they|it|his|her|their|its|this|that|these|those|but|and|however|meanwhile|also|the (?:latter|former))\b"
    r"|(?:それ|これ|その|この|彼|しかし|だが|また|そして|一方|なお|ただ|さらに|ちなみに|そこで|だから|でも)",
    re.I,
)
_MARKS = re.compile(r"[{}<>=;|\\_$#@*^~`\[\]]")
_LETTER = re.compile(r"[^\W\d_]")
_MAX_MARKS = 0.08  # of the characters; prose stays under 0.02
_MIN_LETTERS = 0.5


def is_code(text: str) -> bool:
    """Whether a text is code, a command or a stack trace rather than something said."""
    return len(_MARKS.findall(text)) > _MAX_MARKS * len(text) or _CODE_LINES.search(text) is not None


def is_readable(text: str) -> bool:
    """Whether a sentence may represent a story: 20 characters or more, mostly letters, no code, no web address."""
    letters = len(_LETTER.findall(text))
    mostly_letters = letters >= _MIN_LETTERS * (len(text) - text.count(" "))
    return len(text) >= MIN_CHARACTERS and mostly_letters and not is_code(text) and mask_addresses(text) == text


def stands_alone(text: str) -> bool:
    """Whether a sentence can be understood by itself: it does not open with a word that points back."""
    return _LEANING.match(text) is None


def choose(vectors: Floats, count: int, balance: float, groups: Sequence[int] | None = None) -> list[int]:
    """Up to `count` rows by maximal marginal relevance, best first.

    Each next row maximises `balance * cos(row, centroid) - (1 - balance) * max cos(row, chosen)`. The first is the most
    relevant one.

    Args:
        vectors: (m, d) unit rows.
        balance: λ, 1 for relevance only, 0 for diversity only.
        groups: (m,) the article of each row, rows of one article in its order. Every article has a turn before one has
            its second, so that evidence comes from as many sources as there are, and speaks first from its opening.

    Source: Carbonell and Goldstein (1998), The use of MMR.
    """
    m = len(vectors)
    if m == 0:
        return []
    source = np.asarray(groups if groups is not None else range(m))
    centre = vectors.mean(0)
    relevance = vectors @ (centre / max(float(np.linalg.norm(centre)), 1e-9))
    turns = np.zeros(int(source.max()) + 1, int)
    place = np.array([int((source[:row] == source[row]).sum()) for row in range(m)])
    repeats = np.full(m, -np.inf)
    chosen: list[int] = []
    free = np.ones(m, bool)
    while len(chosen) < min(count, m):
        value = relevance if not chosen else balance * relevance - (1 - balance) * repeats
        allowed = free & (turns[source] == turns[source[free]].min())
        opening = allowed & (place < OPENING * (turns[source] + 1))
        allowed = opening if opening.any() else allowed
        best = int(np.where(allowed, value, -np.inf).argmax())
        chosen.append(best)
        free[best] = False
        turns[source[best]] += 1
        repeats = np.maximum(repeats, vectors @ vectors[best])
    return chosen


def rank_scores(count: int) -> list[float]:
    """1 for the first, then falling evenly and never to 0."""
    return [round(1 - rank / (count + 1), 4) for rank in range(count)]
