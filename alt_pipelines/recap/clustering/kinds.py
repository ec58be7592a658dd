"""Take apart groups that share a kind of event and no name: the typhoons of a summer, the medals of one day.

Articles of one story share who, where or when: a name, a number or a date that most of them mention. What shares the
words of a kind only (typhoon, earthquake, election) is parted by the names and numbers of its articles.
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
    """Chosen on English and Japanese development sets; `share` from 0.6 to 0.65 and `smallest` from 4 to 6 do alike."""

    opening: int = 4  # title and sentences of an article whose names count
    smallest: int = 2  # articles
    few: int = 5  # articles below which one name that two of them share is enough
    share: float = 0.6  # a group in which more articles than this mention one name is one story
    part_distance: float = 0.8  # parts join up to this mean distance of their names and numbers
    largest: int = 2000  # articles; a larger group would cost too much time


def part_kinds(
    labels: Labels, texts: Sequence[Sequence[str]], settings: KindSettings, check: Callable[[], None] = lambda: None
) -> Labels:
    """(n,) the same groups, but those that are only a kind in their parts; an article that is alone then is noise.

    Args:
        labels: (n,) groups, -1 for none.
        texts: the title and sentences of each article.
        settings: what counts as sharing.
        check: called for each group; may raise to stop.
    """
    labels = labels.copy()
    for group in np.unique(labels[labels != NOISE]):
        check()
        members = np.flatnonzero(labels == group)
        openings = [texts[member][: settings.opening] for member in members.tolist()]
        if not settings.smallest <= len(members) <= settings.largest or not any(map(has_names, openings)):
            continue
        named = [identifiers(opening) for opening in openings]
        if sum(map(bool, named)) <= settings.share * len(members):  # nothing to judge by
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
    """(m, m) cosine over names and numbers, rarer ones counting more, one that nobody shares counting half."""
    column = {name: at for at, name in enumerate(mentions)}
    rows = np.zeros((len(named), max(1, len(column))), np.float32)
    for row, names in enumerate(named):
        for name in names:
            shared = mentions[name] > 1
            rows[row, column[name]] = np.log((len(named) + 1) / mentions[name]) * (1 if shared else 0.5)
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    likeness = rows @ rows.T
    return np.asarray((likeness + likeness.T) / 2, np.float32)
