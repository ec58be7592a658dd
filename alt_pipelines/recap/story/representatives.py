"""Choose the representative sentences of a cluster: understandable alone, relevant and different from each other.

Candidates are chosen by maximal marginal relevance. `fitness` and `mentions` rank them first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.recap.arrays import Floats

OPENING = 3  # first candidates of an article, which say what happened; its first representative is one of them
LEAST_LIKENESS = 0.5  # minimum similarity to the other sentences, as a share of the best sentence's


@dataclass(frozen=True)
class Pool:
    """The m candidates of a story.

    Attributes:
        vectors: (m, d) unit rows.
        groups: (m,) the article of each row; the rows of an article are best first.
        spaces: (m,) the language of each row. Each language has its own centroid, because embeddings from different
            monolingual encoders are not comparable.
        ranks: (m,) how well each sentence can be understood alone; higher is better.
    """

    vectors: Floats
    groups: Sequence[int] | None = None
    spaces: Sequence[str] | None = None
    ranks: Sequence[int] | None = None


def choose(pool: Pool, count: int, balance: float) -> list[int]:
    """Choose up to `count` rows by maximal marginal relevance, best first.

    The first row is the most relevant one. Each next row maximises
    `balance * cos(row, centroid) - (1 - balance) * max cos(row, chosen)`. A row whose similarity to the other rows is
    less than half of the best row's in its space is never chosen, so that a small `balance` shows different sides of a
    story and not unrelated sentences.

    No article is chosen twice before every article is chosen once, so that evidence has as many sources as possible.
    Among the articles of a turn, only the rows of the highest rank compete, and an article's first representative comes
    from its opening.

    Args:
        pool: the candidates.
        count: maximum number of rows.
        balance: λ, 1 for relevance only, 0 for diversity only.

    Source: Carbonell and Goldstein (1998), The Use of MMR.
    """
    vectors = pool.vectors
    m = len(vectors)
    if m == 0:
        return []
    source = np.asarray(pool.groups if pool.groups is not None else range(m))
    rank = np.asarray(pool.ranks if pool.ranks is not None else [0] * m)
    relevance, like = _relevance(vectors, np.asarray(pool.spaces if pool.spaces is not None else [""] * m))
    turns = np.zeros(int(source.max()) + 1, int)
    place = np.array([int((source[:row] == source[row]).sum()) for row in range(m)])
    repeats = np.full(m, -np.inf)
    chosen: list[int] = []
    free = like.copy()
    while len(chosen) < min(count, int(like.sum())):
        value = relevance if not chosen else balance * relevance - (1 - balance) * repeats
        allowed = free & (turns[source] == turns[source[free]].min())
        allowed &= rank == rank[allowed].max()
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
