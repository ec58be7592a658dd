"""Split groups that share a kind of event but not an event: the typhoons of a summer, bulletins of one template.

Articles of one story share who, where or when: a name, a number or a date that most of them mention. A group that
shares only the vocabulary of a kind (typhoon, earthquake, election) is split by the names and numbers of its articles.

Two to four articles are judged more strictly, because in a small corpus of unlike things the nearest article is often
one about another event of the same kind. Each must share names with another one that the rest of the corpus and
everyday language rarely use: two elections share a weekday, "president" and the observers of one union.

Bulletins of one template may share a name too, that of the institution or of the month. They are recognised by their
other words: without names and numbers, a bulletin is closer to one about another event than to the other reports of its
own event.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from alt_pipelines.recap.arrays import Floats
from alt_pipelines.recap.clustering.density import NOISE, Labels
from alt_pipelines.recap.clustering.identity import distinctive, has_names, identifiers
from alt_pipelines.text.stems import stem
from alt_pipelines.text.terms import fold, words


@dataclass(frozen=True)
class KindSettings:
    """Settings chosen on English and Japanese development sets; a `share` from 0.6 to 0.65 gives the same results.

    A `templated` of 0.7 splits true stories: it costs 0.006 to 0.008 of F1 on full articles.
    """

    opening: int = 4  # texts of an article, title first, in which names count
    readable: int = 2  # median number of texts per article; with fewer, a group has too few names to be judged
    readable_pair: int = 3  # the same for a pair
    smallest: int = 2  # articles
    few: int = 5  # articles; a smaller group is judged by its distinctive names
    few_opening: int = 8  # texts of its articles, title first, in which these count
    connected: float = 0.3  # minimum similarity of distinctive names for two articles of it to be in one story
    connected_caseless: float = 0.1  # the same where names cannot be distinguished, so that all words count
    least_names: int = 2  # an article with fewer names cannot be judged
    few_names: int = 3  # of two articles that both have more names than this, one shared name may be chance ...
    shared_names: int = 2  # ... so this many must be shared
    shared_words: int = 3  # ... or this many where all words count
    single: float = 0.5  # weight of a name that only one of its articles has
    share: float = 0.6  # a group is one story if more than this share of its articles mention the same name
    part_distance: float = 0.8  # parts are joined up to this mean cosine distance of their names and numbers
    largest: int = 2000  # articles; a larger group would cost too much time
    templated: float = 0.88  # minimum share of a group's articles whose words are closest to an article of another part
    alike: float = 0.45  # minimum similarity of words for two bulletins to be of one template
    alike_alone: float = 0.6  # the same for a bulletin that is the only report of its event


def part_kinds(
    labels: Labels,
    texts: Sequence[Sequence[str]],
    languages: Sequence[str],
    settings: KindSettings,
    check: Callable[[], None] = lambda: None,
) -> Labels:
    """Return (n,) labels with groups that share only a kind of event split. An article left alone becomes noise.

    Args:
        labels: (n,) groups, -1 for none.
        texts: the title and sentences of each article.
        languages: (n,) two-letter codes.
        settings: thresholds for shared names and numbers.
        check: called for each group; may raise to stop.
    """
    labels = labels.copy()
    spread, stems = _Spread(texts, languages, settings), _Spread(texts, languages, settings, stem)
    for group in np.unique(labels[labels != NOISE]):
        check()
        members = np.flatnonzero(labels == group)
        least = settings.readable_pair if len(members) == 2 else settings.readable
        if np.median([len(texts[member]) for member in members.tolist()]) < least:
            continue
        openings = [texts[member][: settings.opening] for member in members.tolist()]
        if not settings.smallest <= len(members) <= settings.largest:
            continue
        if len(members) < settings.few:
            part = _connected(members.tolist(), spread, stems, settings)
        elif any(map(has_names, openings)):
            part = _parts([identifiers(opening) for opening in openings], openings, settings)
        else:
            continue
        if part is not None:
            size = np.bincount(part)
            labels[members] = np.where(size[part] > 1, labels.max() + 1 + part, NOISE)
    return labels


class _Spread:
    """The distinctive names of articles, and the number of articles of the corpus that have each.

    `form` maps a name and its language to what is compared.
    """

    def __init__(
        self,
        texts: Sequence[Sequence[str]],
        languages: Sequence[str],
        settings: KindSettings,
        form: Callable[[str, str], str] = lambda name, language: name,
    ) -> None:
        self._texts, self._languages, self._settings, self._form = texts, languages, settings, form

    @cached_property
    def count(self) -> Counter[str]:
        """Number of articles with each name in their opening; computed when the first small group is judged."""
        every = range(len(self._texts))
        return Counter(name for article in every for name in self.names(article, self._settings.opening))

    def names(self, article: int, opening: int) -> frozenset[str]:
        """The distinctive names in an article's first texts, in one form for "Greek" and "Greeks"."""
        language = self._languages[article]
        found = distinctive(self._texts[article][:opening], language)
        return frozenset(self._form(fold(name), language) for name in found)

    def caseless(self, article: int) -> bool:
        """Whether the names of an article cannot be distinguished from its other words."""
        return not has_names(self._texts[article][: self._settings.few_opening])

    def __len__(self) -> int:
        return len(self._texts)


def _connected(members: Sequence[int], spread: _Spread, stems: _Spread, settings: KindSettings) -> Labels | None:
    """Return the part of each article of a small group, None if too few articles have names.

    Parts are the connected components of articles whose names are similar enough, as they are written or by their
    stems: an inflected name is the same name, but where every word counts, its forms together say more than its stem.
    """
    named = [spread.names(member, settings.few_opening) for member in members]
    judged = [len(names) >= settings.least_names for names in named]
    if sum(judged) <= settings.share * len(named):
        return None
    alike = _alike(members, named, spread, settings)
    stemmed = [stems.names(member, settings.few_opening) for member in members]
    if stemmed != named:
        alike |= _alike(members, stemmed, stems, settings)
    return _with_nameless(np.asarray(connected_components(alike, directed=False)[1], np.intp), judged)


def _alike(
    members: Sequence[int], named: Sequence[frozenset[str]], spread: _Spread, settings: KindSettings
) -> NDArray[np.bool_]:
    """Return (m, m) whether two articles share enough names; a name weighs less if more articles outside have it."""
    mentions = Counter(name for names in named for name in names)
    column = {name: at for at, name in enumerate(mentions)}
    others = len(spread) - len(members)
    rows = np.zeros((len(named), len(column)), np.float32)
    for row, names in enumerate(named):
        for name in names:
            outside = max(0, spread.count[name] - mentions[name])
            shared = 1 if mentions[name] > 1 else settings.single
            rows[row, column[name]] = shared * np.log((others + 4) / (outside + 1))
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    caseless = all(map(spread.caseless, members))
    alike = np.asarray(rows @ rows.T >= (settings.connected_caseless if caseless else settings.connected))
    for one, other in np.argwhere(alike).tolist():
        shared = len(named[one] & named[other])
        if min(len(named[one]), len(named[other])) > settings.few_names:
            alike[one, other] = shared >= (settings.shared_words if caseless else settings.shared_names)
    return alike


def _with_nameless(part: Labels, judged: Sequence[bool]) -> Labels:
    """Return the parts with each article that has too few names to be judged moved to the only story of the others."""
    stories = np.flatnonzero(np.bincount(part[np.asarray(judged)], minlength=1) > 1)
    return part if len(stories) != 1 else np.where(judged, part, stories[0])


def _parts(named: Sequence[frozenset[str]], openings: Sequence[Sequence[str]], settings: KindSettings) -> Labels | None:
    """Return the part of each article of a group that is only a kind of event, None for a group that is one story."""
    if sum(map(bool, named)) <= settings.share * len(named):  # too few articles have names or numbers
        return None
    mentions = Counter(name for names in named for name in names)
    most = settings.share * len(named)
    if max(mentions.values(), default=0) <= most:
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
    """Whether most articles of a group are worded at least as much like one of another part as like their own part."""
    likeness = bags @ bags.T
    np.fill_diagonal(likeness, -1)
    same: NDArray[np.bool_] = part[:, None] == part[None, :]
    other = np.where(same, -1, likeness).max(1)
    own = np.where(same, likeness, -1).max(1)
    least = np.where(own >= 0, settings.alike, settings.alike_alone)
    return bool(np.mean((other >= least) & (other >= own)) >= settings.templated)
