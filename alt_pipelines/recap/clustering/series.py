"""Give the bulletins of a series back to their events: warnings, police reports and filings that one desk words alike.

    "Storm warning for Norland. ..."   "Storm warning for Kirsund. ..."    twins: most of their pairs of words agree
    "A ferry to Kirsund turned back."                                      follows the second by what only it says

Twins are near by meaning and by words, so they are grouped, and each is torn from the other reports of its event. What
a bulletin shares with its twins is the form of the series. The rest is its own. A report that shares more of a
bulletin's own words than of the form follows it. Where the twins of a group are followed by different reports, the
group is a series and each bulletin goes with its followers.

Versions of one agency report are twins too, but other reports share what all versions say, so none follows only one.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from alt_pipelines.recap.arrays import Floats
from alt_pipelines.recap.clustering.density import NOISE, Labels
from alt_pipelines.recap.clustering.identity import distinctive
from alt_pipelines.recap.corpus.frames import word_tokens
from alt_pipelines.text.korean import korean
from alt_pipelines.text.stopwords import stop_words
from alt_pipelines.text.terms import words

Word = tuple[str, str]
"""A language and a word of it."""

_Said = TypeVar("_Said")
_KOREAN_NOUNS = frozenset({"NNG", "NNP", "SL"})


@dataclass(frozen=True)
class SeriesSettings:
    """Settings chosen on small requests in English, German, Spanish and Japanese, and on the versions of ECB+.

    With an `alike` of 0.30, single stories of the Japanese sets are torn.
    """

    opening: int = 8  # texts of an article, title first, that are compared
    readable: int = 2  # minimum texts of an article
    alike: float = 0.40  # minimum share of their pairs of words that two twins have in common (Dice) ...
    nearest: float = 0.85  # ... and as a share of that of the most alike
    common: float = 0.5  # share of a bulletin's twins from which on their word is of the form
    shared: int = 2  # own words of a bulletin that a report must share to follow it
    follows: float = 0.06  # minimum cosine of a bulletin's own words and those of a report that follows it
    more: float = 3.0  # minimum weight of own words in the best follower, by that of the form in any other report
    everywhere: float = 0.2  # share of the articles above which a pair of words tells nothing ...
    seldom: int = 100  # ... if more than this have it
    largest: int = 1500  # articles; more would cost too much time


def part_series(
    labels: Labels,
    texts: Sequence[Sequence[str]],
    languages: Sequence[str],
    settings: SeriesSettings,
    check: Callable[[], None] = lambda: None,
) -> Labels:
    """Return (n,) labels with the bulletins of each series in the stories of their events. One left alone is noise.

    Args:
        labels: (n,) groups, -1 for none.
        texts: the title and sentences of each article.
        languages: (n,) two-letter codes.
        settings: how alike twins are, and what follows them.
        check: called between steps; may raise to stop.
    """
    if not 3 <= len(texts) <= settings.largest:
        return labels
    openings = [list(text[: settings.opening]) for text in texts]
    akin, twins = _twins(openings, languages, settings)
    if not twins.any():
        return labels
    check()
    followers = _followers(akin, twins, openings, languages, settings)
    check()
    labels = labels.copy()
    for group in np.unique(labels[labels != NOISE]).tolist():
        _part(labels, np.flatnonzero(labels == group), twins, followers)
    for article in np.flatnonzero((labels == NOISE) & (followers.any(0) | followers.any(1))).tolist():
        _join(labels, article, twins, followers)
    return labels


def _twins(
    openings: Sequence[Sequence[str]], languages: Sequence[str], settings: SeriesSettings
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return (n, n) whether two articles of one language are worded alike, and whether one is the other's nearest."""
    n = len(openings)
    column: dict[tuple[str, str, str], int] = {}
    rows, columns = [], []
    for row, (opening, language) in enumerate(zip(openings, languages, strict=True)):
        if len(opening) >= settings.readable:
            said = {(language, *pair) for text in opening for pair in pairwise(word_tokens(text))}
            rows += [row] * len(said)
            columns += [column.setdefault(pair, len(column)) for pair in sorted(said)]
    pairs = sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(n, max(1, len(column))))
    size = np.asarray(pairs.sum(1)).ravel()
    spread = np.bincount(pairs.indices, minlength=pairs.shape[1])
    telling = pairs[:, spread <= max(settings.seldom, settings.everywhere * n)]
    alike: Floats = (telling @ telling.T).toarray() * 2 / np.maximum(size[:, None] + size[None, :], 1)
    np.fill_diagonal(alike, 0)
    least = np.maximum(settings.alike, settings.nearest * alike.max(1))
    found: NDArray[np.bool_] = alike >= least[:, None]
    return alike >= settings.alike, found | found.T


def _followers(
    akin: NDArray[np.bool_],
    twins: NDArray[np.bool_],
    openings: Sequence[Sequence[str]],
    languages: Sequence[str],
    settings: SeriesSettings,
) -> Floats:
    """Return (n, n) how much of the own words of a bulletin (row) a report (column) shares; 0 if it does not follow it.

    A report follows at most one of several twins.
    """
    n = len(openings)
    bags = {article: _bag(*read) for article, read in enumerate(zip(openings, languages, strict=True))}
    spread = Counter(word for bag in bags.values() for word in bag)
    rarity = {word: float(np.log((n + 1) / count)) ** 2 for word, count in spread.items()}
    length = np.array([_weight(bag, rarity) for bag in bags.values()])
    following = np.zeros((n, n), np.float32)
    in_series = np.flatnonzero(twins.any(1)).tolist()
    named = {article: distinctive(openings[article], languages[article]) for article in in_series}
    for bulletin in in_series:
        own_twins = np.flatnonzero(twins[bulletin]).tolist()
        if not _is_named(bulletin, own_twins, named, settings):
            continue
        form = _of_form(bags, bulletin, own_twins, settings)
        own = bags[bulletin] - form
        apart = ~twins[bulletin]
        apart[bulletin] = False
        others = np.flatnonzero(apart).tolist()
        shared = np.array([_weight(own & bags[report], rarity, settings.shared) for report in others])
        formal = np.array([_weight(form & bags[report], rarity) for report in others])
        likeness = shared / np.maximum(np.sqrt(_weight(own, rarity) * length[others]), 1e-9)
        follows = (likeness >= settings.follows) & (shared > formal)
        unlike = ~akin[bulletin, others]
        if follows.any() and shared[likeness.argmax()] >= settings.more * (formal * unlike).max():
            following[bulletin, others] = np.where(follows, likeness, 0)
    best = np.zeros_like(following)
    for bulletin in np.flatnonzero(following.any(1)).tolist():
        best[bulletin] = following[twins[bulletin]].max(0, initial=0)
    return np.where(following > best, following, 0)


def _is_named(
    bulletin: int, own_twins: Sequence[int], named: Mapping[int, frozenset[str]], settings: SeriesSettings
) -> bool:
    """Whether a bulletin has at least as many names of its own as it shares with its twins: versions share theirs."""
    common = _of_form(named, bulletin, own_twins, settings)
    words_of_form = sum(not name[0].isdigit() for name in common)  # every bulletin may have the same hours and amounts
    return len(named[bulletin]) - len(common) >= max(1, words_of_form)


def _of_form(
    said: Mapping[int, frozenset[_Said]], bulletin: int, own_twins: Sequence[int], settings: SeriesSettings
) -> frozenset[_Said]:
    """Return what a bulletin says that `common` of its twins say too."""
    count = Counter(one for twin in own_twins for one in said[twin])
    return frozenset(one for one in said[bulletin] if count[one] >= settings.common * len(own_twins))


def _weight(shared: Set[Word], rarity: Mapping[Word, float], least: int = 0) -> float:
    """Return the weight of some words, rare ones most; 0 if they are fewer than `least`."""
    return sum(rarity[word] for word in shared) if len(shared) >= least else 0.0


def _bag(opening: Sequence[str], language: str) -> frozenset[Word]:
    """Return the words of an article that can be its own, in one form each, with their language."""
    if language == "ko":  # its words end with their particles
        return frozenset((language, m.surface) for text in opening for m in korean(text) if m.pos in _KOREAN_NOUNS)
    return frozenset((language, word) for word in words("\n".join(opening), stop_words(language), language))


def _part(labels: Labels, members: Labels, twins: NDArray[np.bool_], followers: Floats) -> None:
    """Split a group whose twins are followed by different reports, in place."""
    seeds = [int(m) for m in members if twins[m, members].any() and followers[m].any()]
    if not any(twins[one, other] for one in seeds for other in seeds):
        return
    part = {int(member): NOISE for member in members}
    linked = connected_components(followers[np.ix_(seeds, seeds)], directed=False)[1]
    part |= zip(seeds, linked.tolist(), strict=True)
    for member in members.tolist():
        if part[member] == NOISE:
            best = max(seeds, key=lambda seed: followers[seed, member])
            if followers[best, member] > 0:
                part[member] = part[best]
    sizes = Counter(own for own in part.values() if own != NOISE)
    largest = max(sorted(sizes), key=lambda own: sizes[own])
    for member in members.tolist():
        if part[member] == NOISE and not twins[member, members].any():
            part[member] = largest
    following = int(labels.max()) + 1
    labels[members] = [
        NOISE if part[m] == NOISE or sizes[part[m]] < 2 else following + part[m] for m in members.tolist()
    ]


def _join(labels: Labels, article: int, twins: NDArray[np.bool_], followers: Floats) -> None:
    """Add an article in no group to the group of the one that it follows, or that follows it, in place."""
    near = np.maximum(followers[article], followers[:, article])
    other = int(near.argmax())
    if near[other] == 0 or (twins[article] & (labels == labels[other]) & (labels != NOISE)).any():
        return
    labels[other] = labels[other] if labels[other] != NOISE else labels.max() + 1
    labels[article] = labels[other]
