"""Split groups whose articles share a kind of event but no name, such as the typhoons of a summer.

Articles of one story share who, where or when: a name, a number or a date that most of them mention. A group that
shares only the vocabulary of a kind (typhoon, earthquake, election) is split by the names and numbers of its articles.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from alt_pipelines.recap.clustering.density import NOISE, Floats, Labels
from alt_pipelines.recap.clustering.identity import has_names, identifiers


@dataclass(frozen=True)
class KindSettings:
    """Settings chosen on English and Japanese development sets; a `share` from 0.6 to 0.65 gives the same results."""

    opening: int = 4  # texts of an article, title first, in which names count
    readable: int = 2  # median number of texts per article; with fewer, a group has too few names to be judged
    readable_pair: int = 3  # the same for a pair
    smallest: int = 2  # articles
    few: int = 5  # articles; in a smaller group, one name that two articles share makes it one story
    share: float = 0.6  # a group is one story if more than this share of its articles mention the same name
    part_distance: float = 0.8  # parts are joined up to this mean cosine distance of their names and numbers
    largest: int = 2000  # articles; a larger group would cost too much time


def part_kinds(
    labels: Labels, texts: Sequence[Sequence[str]], settings: KindSettings, check: Callable[[], None] = lambda: None
) -> Labels:
    """Return (n,) labels with groups that share only a kind of event split. An article left alone becomes noise.

    Args:
        labels: (n,) groups, -1 for none.
        texts: the title and sentences of each article.
        settings: thresholds for shared names and numbers.
        check: called for each group; may raise to stop.
    """
    labels = labels.copy()
    for group in np.unique(labels[labels != NOISE]):
        check()
        members = np.flatnonzero(labels == group)
        least = settings.readable_pair if len(members) == 2 else settings.readable
        if np.median([len(texts[member]) for member in members.tolist()]) < least:
            continue
        openings = [texts[member][: settings.opening] for member in members.tolist()]
        if not settings.smallest <= len(members) <= settings.largest or not any(map(has_names, openings)):
            continue
        named = [identifiers(opening) for opening in openings]
        if sum(map(bool, named)) <= settings.share * len(members):  # too few articles have names or numbers
            continue
        mentions = Counter(name for names in named for name in names)
        enough = settings.share * len(members) if len(members) >= settings.few else 1
        if max(mentions.values(), default=0) > enough:
            continue
        distance = np.maximum(1 - _likeness(named, mentions), 0)
        np.fill_diagonal(distance, 0)
        tree = linkage(squareform(distance, checks=False), "average")
        _, part, size = np.unique(
            fcluster(tree, settings.part_distance, "distance"), return_inverse=True, return_counts=True
        )
        labels[members] = np.where(size[part] > 1, labels.max() + 1 + part, NOISE)
    return labels


def _likeness(named: Sequence[frozenset[str]], mentions: Counter[str]) -> Floats:
    """Return the (m, m) cosine similarity of names and numbers. Rare ones weigh more; those of one article, half."""
    column = {name: at for at, name in enumerate(mentions)}
    rows = np.zeros((len(named), max(1, len(column))), np.float32)
    for row, names in enumerate(named):
        for name in names:
            shared = mentions[name] > 1
            rows[row, column[name]] = np.log((len(named) + 1) / mentions[name]) * (1 if shared else 0.5)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    likeness = rows @ rows.T
    return np.asarray((likeness + likeness.T) / 2, np.float32)
