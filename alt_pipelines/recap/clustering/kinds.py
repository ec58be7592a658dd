"""Split groups whose articles share a kind of event but no event: the typhoons of a summer, bulletins of one template.

Articles of one story share who, where or when: a name, a number or a date that most of them mention. A group that
shares only the vocabulary of a kind (typhoon, earthquake, election) is split by the names and numbers of its articles.

Bulletins of one template may share a name too, that of the institution or of the month. They are recognised by their
other words: without names and numbers, a bulletin is closer to one about another event than to the other reports of its
own event.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from alt_pipelines.recap.clustering.density import NOISE, Floats, Labels
from alt_pipelines.recap.clustering.identity import has_names, identifiers
from alt_pipelines.text.terms import words


@dataclass(frozen=True)
class KindSettings:
    """Settings chosen on English and Japanese development sets; a `share` from 0.6 to 0.65 gives the same results.

    A `templated` of 0.7 splits true stories: it costs 0.006 to 0.008 of F1 on full articles.
    """

    opening: int = 4  # texts of an article, title first, in which names count
    readable: int = 2  # median number of texts per article; with fewer, a group has too few names to be judged
    readable_pair: int = 3  # the same for a pair
    smallest: int = 2  # articles
    few: int = 5  # articles; in a smaller group, one name that two articles share makes it one story
    share: float = 0.6  # a group is one story if more than this share of its articles mention the same name
    part_distance: float = 0.8  # parts are joined up to this mean cosine distance of their names and numbers
    largest: int = 2000  # articles; a larger group would cost too much time
    templated: float = 0.88  # minimum share of a group's articles whose words are closest to an article of another part
    alike: float = 0.45  # minimum similarity of words for two bulletins to be of one template
    alike_alone: float = 0.6  # the same for a bulletin that is the only report of its event


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
        part = _parts([identifiers(opening) for opening in openings], openings, settings)
        if part is not None:
            size = np.bincount(part)
            labels[members] = np.where(size[part] > 1, labels.max() + 1 + part, NOISE)
    return labels


def _parts(named: Sequence[frozenset[str]], openings: Sequence[Sequence[str]], settings: KindSettings) -> Labels | None:
    """Return the part of each article of a group that is only a kind of event, None for a group that is one story."""
    if sum(map(bool, named)) <= settings.share * len(named):  # too few articles have names or numbers
        return None
    mentions = Counter(name for names in named for name in names)
    most = settings.share * len(named)
    if max(mentions.values(), default=0) <= (most if len(named) >= settings.few else 1):
        return _linked(named, mentions, settings)
    common = {name for name, count in mentions.items() if count > most}
    own = [names - common for names in named]
    if not all(own) or sum(map(len, own)) <= sum(map(len, named)) / 2:  # most of their names are common: one story
        return None
    part = _linked(own, mentions, settings)
    return part if part.max() > 0 and _is_template(part, _bags(openings, mentions), settings) else None


def _linked(named: Sequence[frozenset[str]], mentions: Counter[str], settings: KindSettings) -> Labels:
    distance = np.maximum(1 - _likeness(named, mentions), 0)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average")
    return np.asarray(fcluster(tree, settings.part_distance, "distance") - 1, np.intp)


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


def _bags(openings: Sequence[Sequence[str]], mentions: Counter[str]) -> Floats:
    """Return (m, v) unit rows: which words other than names and numbers each opening uses."""
    named = {word for name in mentions for word in words(name)}
    bags = [set(words("\n".join(opening))) - named for opening in openings]
    column = {word: at for at, word in enumerate(sorted(set().union(*bags)))}
    rows = np.zeros((len(bags), max(1, len(column))), np.float32)
    for row, bag in enumerate(bags):
        rows[row, [column[word] for word in bag]] = 1
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)


def _is_template(part: Labels, bags: Floats, settings: KindSettings) -> bool:
    """Whether most articles of a group are written like one about another event, and no less than like their own."""
    likeness = bags @ bags.T
    np.fill_diagonal(likeness, -1)
    same: NDArray[np.bool_] = part[:, None] == part[None, :]
    other = np.where(same, -1, likeness).max(1)
    own = np.where(same, likeness, -1).max(1)
    least = np.where(own >= 0, settings.alike, settings.alike_alone)
    return bool(np.mean((other >= least) & (other >= own)) >= settings.templated)
