"""Choose the representative sentences of a cluster: readable, relevant and different from each other.

A sentence is rated by its fitness (long enough, prose, not code, understandable by itself). Candidates are chosen by
maximal marginal relevance. All patterns are bounded, so no sentence takes more than linear time.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.text.code import is_code
from alt_pipelines.text.scripts import CJK, HIRAGANA, has_kana
from alt_pipelines.text.sentences import mask_addresses

Floats = NDArray[np.float32]

MIN_CHARACTERS = 20
OPENING = 3  # first candidates of an article, which say what happened; its first representative is one of them
LEAST_LIKENESS = 0.5  # minimum similarity to the other sentences, as a share of the best sentence's

_LEANING = re.compile(
    r"[\"'“‘(]{0,2}(?:(?:i|we|you|he|she|they|it|his|her|their|its|our|my|this|that|these|those|there|who|which)\b"
    r"|(?:but|and|or|so|then|however|meanwhile|also|still|yet|instead|moreover|nevertheless|the (?:latter|former))\b)"
    r"|[「『（(]{0,2}(?:それ|これ|あれ|その|この|あの|ここ|そこ|彼|我々|私|僕|しかし|だが|また|そして|一方|なお|ただ|さらに"
    r"|ちなみに|だから|でも|しかも|すると|ところが|同(?:社|国|県|市|町|村|署|庁|省|局|氏|大|日|年|時|党|団|店|紙|機))",
    re.I,
)
_LETTER = re.compile(r"[^\W\d_]")
_WORD_IN_LOWER_CASE = re.compile(r"(?<![\w.])(?![ap]\.?m\b)[^\W\d_A-Z]{2,}")
_HIRAGANA = re.compile(f"[{HIRAGANA}]")
_SUBJECT = re.compile("[はがも]")
_ENDS = tuple(".!?。！？…\"'”’」』）)")
_MIN_LETTERS = 0.5
_WORDS_OF_PROSE = 3  # minimum lower-case words; datelines, bylines, "Published …" and tables have fewer
_HIRAGANA_OF_PROSE = 4

UNREADABLE, LEANING, FRAGMENT, SENTENCE = range(4)


def fitness(text: str) -> int:
    """Rate how fit a sentence is to represent a story: UNREADABLE < LEANING < FRAGMENT < SENTENCE.

    LEANING begins with a word that refers to the previous sentence. FRAGMENT is a headline, a dateline or a sentence
    without a beginning or an end. SENTENCE can be understood by itself.
    """
    if not is_readable(text):
        return UNREADABLE
    if not stands_alone(text):
        return LEANING
    return SENTENCE if is_sentence(text) else FRAGMENT


def is_readable(text: str) -> bool:
    """Whether a sentence may represent a story: 20 characters or more, mostly letters, no code, no web address."""
    letters = len(_LETTER.findall(text))
    mostly_letters = letters >= _MIN_LETTERS * (len(text) - text.count(" "))
    return len(text) >= MIN_CHARACTERS and mostly_letters and not is_code(text) and mask_addresses(text) == text


def stands_alone(text: str) -> bool:
    """Whether a sentence does not begin with a word that refers to the previous sentence."""
    return _LEANING.match(text) is None


def is_sentence(text: str) -> bool:
    """Whether a text is a complete sentence and not a headline, a dateline or a fragment."""
    if not text.endswith(_ENDS):
        return False
    if CJK.search(text):
        prose = len(_HIRAGANA.findall(text)) >= _HIRAGANA_OF_PROSE and _SUBJECT.search(text) is not None
        return prose or not has_kana(text)
    first = _LETTER.search(text)
    cased = any(letter.isupper() for letter in text)
    if first is None or not cased:  # without capitals, prose and headlines look alike
        return True
    return not first[0].islower() and len(_WORD_IN_LOWER_CASE.findall(text)) >= _WORDS_OF_PROSE


def choose(
    vectors: Floats,
    count: int,
    balance: float,
    groups: Sequence[int] | None = None,
    spaces: Sequence[str] | None = None,
) -> list[int]:
    """Choose up to `count` rows by maximal marginal relevance, best first.

    The first row is the most relevant one. Each next row maximises
    `balance * cos(row, centroid) - (1 - balance) * max cos(row, chosen)`. A row whose similarity to the other rows is
    less than half of the best row's in its space is never chosen, so that a small `balance` shows different sides of a
    story and not unrelated sentences.

    Args:
        vectors: (m, d) unit rows.
        balance: λ, 1 for relevance only, 0 for diversity only.
        groups: (m,) the article of each row; the rows of an article are in text order. No article is chosen twice
            before every article is chosen once, so that evidence has as many sources as possible. An article's first
            representative comes from its opening.
        spaces: (m,) the language of each row. Each language has its own centroid, because embeddings from different
            monolingual encoders are not comparable.

    Source: Carbonell and Goldstein (1998), The use of MMR.
    """
    m = len(vectors)
    if m == 0:
        return []
    source = np.asarray(groups if groups is not None else range(m))
    relevance, like = _relevance(vectors, np.asarray(spaces if spaces is not None else [""] * m))
    turns = np.zeros(int(source.max()) + 1, int)
    place = np.array([int((source[:row] == source[row]).sum()) for row in range(m)])
    repeats = np.full(m, -np.inf)
    chosen: list[int] = []
    free = like.copy()
    while len(chosen) < min(count, int(like.sum())):
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


def _relevance(vectors: Floats, spaces: NDArray[np.str_]) -> tuple[Floats, NDArray[np.bool_]]:
    """Return (m,) cosines with the centroid of a row's space, and (m,) whether it is similar enough to the others."""
    relevance, like = np.zeros(len(vectors), np.float32), np.zeros(len(vectors), bool)
    for space in np.unique(spaces):
        here = np.flatnonzero(spaces == space)
        centre = vectors[here].mean(0)
        relevance[here] = vectors[here] @ (centre / max(float(np.linalg.norm(centre)), 1e-9))
        others = vectors[here] @ vectors[here].sum(0) - (vectors[here] ** 2).sum(1)
        like[here] = others >= LEAST_LIKENESS * others.max()
        like[here[relevance[here].argmax()]] = True
    return relevance, like


def rank_scores(count: int) -> list[float]:
    """Return scores that start at 1 and fall evenly without reaching 0."""
    return [round(1 - rank / (count + 1), 4) for rank in range(count)]
