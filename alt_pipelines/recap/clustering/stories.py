"""Group articles into stories: find dense groups at any scale, split loose ones, join near ones, adopt lone articles.

HDBSCAN finds groups of any density but also chains unrelated articles together. Average linkage compares whole groups
but works at one scale. Therefore HDBSCAN proposes groups, those with a high mean distance are split, and average
linkage joins the results. All functions are pure and work on `features.Features`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from alt_pipelines.recap.arrays import Floats, Integers
from alt_pipelines.recap.clustering.density import NOISE, Labels, dense_groups, spanning_tree
from alt_pipelines.recap.clustering.features import Features
from alt_pipelines.recap.clustering.reduce import reduce_features

Check = Callable[[], None]

_BACKGROUND = 0.9  # share of the pairs of a corpus that are taken for pairs of unrelated articles


@dataclass(frozen=True)
class StorySettings:
    """Settings measured on development sets; none depends on a data set or a language. A distance is 1 - similarity."""

    core_size: int = 3  # HDBSCAN's min_cluster_size over articles; it grows with n, see the function `core_size`
    join_distance: float = 0.60  # groups and lone articles are joined up to this mean distance
    far_distance: float = 0.75  # ... and up to this one while there are more groups than max_clusters
    far_distance_named: float = 0.68  # the same for texts with names, of which fewer are near by chance
    pair_distance: float = 0.55  # two articles without a third must be this near; this halves the wrong pairs
    split_distance: float = 0.60  # a group with a larger mean distance is split ...
    persistence_bonus: float = 0.15  # ... unless HDBSCAN found it persistent, which allows up to this much more
    adopt_share: float = 0.7  # a lone article joins a story at this share of the story's own mean similarity
    adopt_floor: float = 0.25  # ... and at least this similarity
    adopting_size: int = 3  # minimum articles of a story that adopts lone articles
    largest_split: int = 6000  # articles; splitting a larger group would need too much memory
    dense_limit: int = 10_000  # articles up to which all similarities are kept (400 MB); above, UMAP reduces first
    clear_bonus: float = 0.16  # groups are joined up to this much further where near articles stand out clearly ...
    clear_from: float = 0.28  # ... which begins at this gap between a median article's nearest and most others
    clear_to: float = 0.32  # ... and is complete at this one
    max_clusters: int = 100
    second_look_size: int = 12  # minimum articles of a story that is grouped again in its own vocabulary
    second_look_part: int = 5  # minimum articles of a part found there
    second_look_parts: int = 3  # more parts than this are aspects of one story, not separate stories
    second_look_length: int = 4  # minimum texts of the story's median article; shorter ones have too few words


def group_stories(features: Features, settings: StorySettings, check: Check = lambda: None) -> Labels:
    """Return (n,) story labels in no particular order; -1 for articles in no story. `check` may raise to stop."""
    if len(features) < 2:
        return np.full(len(features), NOISE)
    similarity = features.similarity(features) if len(features) <= settings.dense_limit else None
    further = _further(similarity, settings)
    if further > 0:
        labels, settings = np.full(len(features), NOISE), _reaching(settings, further)
    else:
        labels, persistence = _propose(features, similarity, settings, check)
        labels = _take_apart(labels, persistence, features, settings)
    del similarity  # up to 400 MB that joining needs for its own matrix
    check()
    labels = _join(labels, features, settings, check)
    return _without_weak(_adopt(labels, features, settings), features, settings)


def look_again(
    labels: Labels, lengths: Integers, features_of: Callable[[Integers], Features], settings: StorySettings
) -> Labels:
    """Divide each story in which a second grouping finds two or three stories; all others stay unchanged.

    In a whole corpus, two pirate raids share rare words. Among raids those words are common, and the ship, the place
    and the year weigh more. Therefore a larger story is grouped again with its own TF-IDF.

    Args:
        labels: (n,) stories, -1 for none.
        lengths: (n,) number of texts of each article.
        features_of: computes the features of some articles (indices) as if there were no others.
    """
    labels = labels.copy()
    for story in np.unique(labels[labels != NOISE]):
        members = np.flatnonzero(labels == story)
        if len(members) < settings.second_look_size or np.median(lengths[members]) < settings.second_look_length:
            continue
        features = features_of(members)
        found, part, size = np.unique(group_stories(features, settings), return_inverse=True, return_counts=True)
        large = np.flatnonzero((found != NOISE) & (size >= settings.second_look_part))
        if not 2 <= len(large) <= settings.second_look_parts:
            continue
        rank = np.full(len(found), NOISE)
        rank[large] = np.arange(len(large))
        nearest = features.similarity(features.averages(rank[part], len(large))).argmax(1)
        parts = np.where(rank[part] != NOISE, rank[part], nearest)
        labels[members] = np.where(parts == 0, story, labels.max() + parts)
    return labels


def core_size(articles: int, settings: StorySettings) -> int:
    """HDBSCAN's min_cluster_size: half the size that `max_clusters` equal stories would have, at least `core_size`."""
    return max(settings.core_size, articles // (2 * settings.max_clusters))


def _further(similarity: Floats | None, settings: StorySettings) -> float:
    """Return how much further groups are joined where the nearest article of most articles stands out from all others.

    In a corpus of a few stories that every source reports, chance hardly brings two articles near, so what is left
    between 0.6 and 0.75 tells one story in other words. `similarity` is None for a corpus too large to compare in full.
    """
    if settings.clear_bonus <= 0 or similarity is None:
        return 0.0
    background = float(np.quantile(similarity[np.triu_indices(len(similarity), 1)], _BACKGROUND))
    own = similarity.diagonal().copy()
    np.fill_diagonal(similarity, -np.inf)  # in place, because a copy would cost up to 400 MB
    gap = float(np.median(similarity.max(1))) - background
    np.fill_diagonal(similarity, own)
    share = (gap - settings.clear_from) / (settings.clear_to - settings.clear_from)
    return settings.clear_bonus * min(1.0, max(0.0, share))


def _reaching(settings: StorySettings, further: float) -> StorySettings:
    join = settings.join_distance + further
    return replace(
        settings,
        join_distance=join,
        far_distance=max(settings.far_distance, join),
        pair_distance=settings.pair_distance + further,
    )


def _propose(
    features: Features, similarity: Floats | None, settings: StorySettings, check: Check
) -> tuple[Labels, NDArray[np.float64]]:
    size = core_size(len(features), settings)
    if similarity is not None:
        return dense_groups(similarity, size, check)
    import hdbscan

    model = hdbscan.HDBSCAN(min_cluster_size=size, min_samples=1, core_dist_n_jobs=1)
    model.fit(reduce_features(features))
    check()
    return model.labels_, model.cluster_persistence_


def _take_apart(
    labels: Labels, persistence: NDArray[np.float64], features: Features, settings: StorySettings
) -> Labels:
    """Split each group that is too loose into its parts under average linkage, and any other one at its gaps.

    Two small stories have a low mean distance together, however far apart they are, because each is near in itself.
    """
    labels = labels.copy()
    following = int(labels.max()) + 1
    for group, persistent in enumerate(persistence):
        members = np.flatnonzero(labels == group)
        if not 1 < len(members) <= settings.largest_split:
            continue
        bonus = min(settings.persistence_bonus, float(persistent))
        bonus *= 1 - len(members) / len(labels)  # the persistence of a group of nearly all articles means nothing
        inside = features[members]
        limit = settings.split_distance + bonus
        if 1 - inside.cohesion() > limit:
            labels[members] = following + _average_linkage(inside, settings.split_distance)
        else:
            part = _apart(inside, limit)
            labels[members] = np.where(part > 0, following + part, group)
        following = int(labels.max()) + 1
    return labels


def _apart(features: Features, limit: float) -> Labels:
    """Return the parts between which no two articles are within `limit`; 0 for the largest and for single articles."""
    edges = spanning_tree(features.similarity(features))
    ends = edges[edges[:, 2] <= limit, :2].astype(np.intp).T
    links = sp.csr_matrix((np.ones(ends.shape[1], bool), tuple(ends)), shape=(len(features), len(features)))
    part = connected_components(links, directed=False)[1]
    size = np.bincount(part)
    size[size.argmax()] = 0
    return np.asarray(np.where(size[part] > 1, part + 1, 0), np.intp)


def _average_linkage(features: Features, limit: float) -> Labels:
    distance = 1 - features.similarity(features)
    distance = np.maximum((distance + distance.T) / 2, 0)
    np.fill_diagonal(distance, 0)
    return np.asarray(fcluster(linkage(squareform(distance, checks=False), "average"), limit, "distance"), np.intp)


def _join(labels: Labels, features: Features, settings: StorySettings, check: Check) -> Labels:
    """Join groups by average linkage, starting from the given groups; an article in no group starts alone."""
    labels = labels.copy()
    alone = np.flatnonzero(labels == NOISE)
    if len(alone) > settings.dense_limit:
        alone = alone[:0]  # too many to compare with each other; `_adopt` still processes each
    labels[alone] = labels.max() + 1 + np.arange(len(alone))
    taking_part = labels != NOISE
    _, group = np.unique(labels[taking_part], return_inverse=True)
    if len(group) == 0:
        return labels
    merged = _merge(features[np.flatnonzero(taking_part)], group, settings, check)
    labels[taking_part] = merged[group]
    return labels


def _merge(features: Features, group: Labels, settings: StorySettings, check: Check) -> Labels:
    """Merge the two nearest groups until none are near enough. Return the final group of each group.

    The mean similarity of a merged group to another group is the weighted mean of its parts' similarities, so one
    (k, k) matrix suffices.
    """
    count = int(group.max()) + 1
    size = np.bincount(group).astype(np.float64)
    means = features.averages(group, count)
    similarity = means.similarity(means)
    similarity = np.maximum(similarity, similarity.T)  # make it symmetric despite rounding
    np.fill_diagonal(similarity, -np.inf)
    best, nearest, into = similarity.max(1), similarity.argmax(1), np.arange(count)
    for step in range(count - 1):
        if step % 64 == 0:
            check()
        first = int(best.argmax())
        crowded = np.count_nonzero(size[best > -np.inf] > 1) > settings.max_clusters
        if best[first] < 1 - (settings.far_distance if crowded else settings.join_distance):
            break
        second = int(nearest[first])
        row = (size[first] * similarity[first] + size[second] * similarity[second]) / (size[first] + size[second])
        row[[first, second]] = -np.inf
        size[first] += size[second]
        into[into == second] = first
        similarity[first] = similarity[:, first] = row
        similarity[second] = similarity[:, second] = -np.inf
        best[second] = -np.inf
        stale = np.flatnonzero(((nearest == first) | (nearest == second)) & (best > -np.inf))
        stale = np.union1d(stale, first)
        best[stale], nearest[stale] = similarity[stale].max(1), similarity[stale].argmax(1)
        better = similarity[first] > best
        best[better], nearest[better] = similarity[first][better], first
    return into


def _adopt(labels: Labels, features: Features, settings: StorySettings) -> Labels:
    """Add each lone article to the nearest story if it is nearly as similar to the story as its articles are."""
    ids, group, count = np.unique(labels, return_inverse=True, return_counts=True)
    stories = np.flatnonzero((count >= settings.adopting_size) & (ids != NOISE))
    lone = np.flatnonzero((count[group] == 1) | (labels == NOISE))
    if not len(stories) or not len(lone):
        return labels
    labels = labels.copy()
    order = np.full(len(ids), NOISE)
    order[stories] = np.arange(len(stories))
    means = features.averages(order[group], len(stories))
    cohesion = np.array([features[np.flatnonzero(group == story)].cohesion() for story in stories])
    near: Floats = features[lone].similarity(means)
    best = near.argmax(1)
    value = near[np.arange(len(lone)), best]
    joins = (value >= settings.adopt_share * cohesion[best]) & (value >= settings.adopt_floor)
    labels[lone[joins]] = ids[stories[best[joins]]]
    return labels


def _without_weak(labels: Labels, features: Features, settings: StorySettings) -> Labels:
    """Turn single articles and loose pairs into noise."""
    labels = labels.copy()
    _, group, count = np.unique(labels, return_inverse=True, return_counts=True)
    labels[count[group] == 1] = NOISE
    for pair in np.flatnonzero(count == 2):
        members = np.flatnonzero(group == pair)
        if 1 - features[members].cohesion() > settings.pair_distance:
            labels[members] = NOISE
    return labels
