"""Group a selection's articles by the configured strategy within a time limit, with k-means as the fallback.

    strategy -> (over its limit: k-means) -> groups that can be shown -> groups of the requested size -> at most 100

The strategies are `by_articles` and `by_sentences`; this module holds the choice, the fallback and the limits common to
both. Apart from the fallback, dissimilar articles are never grouped: there may be no group at all.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from alt_pipelines.recap.arrays import Floats
from alt_pipelines.recap.clustering.by_articles import ArticleStrategy
from alt_pipelines.recap.clustering.by_sentences import SentenceStrategy
from alt_pipelines.recap.clustering.deadline import Deadline, OutOfTimeError
from alt_pipelines.recap.clustering.density import NOISE, Labels
from alt_pipelines.recap.clustering.grouping import Grouping, Strategy
from alt_pipelines.recap.corpus.request import GenreRunRequest
from alt_pipelines.recap.corpus.selection import Selection
from alt_pipelines.recap.corpus.vectors import TextVectors
from alt_pipelines.recap.threads import one_thread
from alt_pipelines.settings import RecapSettings

MAX_CLUSTERS = 100  # of a run's answer; noise is one of them
OUT_OF_TIME = "k-means, because clustering exceeded its time limit"

_SEED = 42
_SENTENCES_OF_AN_ARTICLE = 3  # minimum count per article when a group's sentences are counted
_KMEANS_LEAD = 4
_CRUMBS = 0.1  # share of the grouped articles that may be dropped because their groups are smaller than requested


def choose_strategy(request: GenreRunRequest, settings: RecapSettings, duplicate_thresholds: Floats) -> Strategy:
    """Build the strategy that `settings.clustering_strategy` names, with the request's parameters."""
    params = request.params
    if settings.clustering_strategy == "articles":
        return ArticleStrategy(min_sentences=params.hdbscan_min_cluster_size)
    return SentenceStrategy(
        components=params.umap_n_components,
        min_cluster_size=params.hdbscan_min_cluster_size,
        min_samples=settings.default_min_samples,
        duplicate_thresholds=duplicate_thresholds,
        classifier=request.metadata.classifier if request.metadata else None,
    )


def group_articles(
    strategy: Strategy,
    selection: Selection,
    vectors: TextVectors,
    limit_seconds: float,
    check: Callable[[], None] = lambda: None,
) -> Grouping:
    """Group the articles by the strategy, or by k-means if the strategy exceeds its time limit.

    The rows of `strategy.rows_needed` must be embedded already, so that embedding does not count towards the limit. The
    limit is checked between steps and inside long loops, so a run may exceed it by one step. `check` is the caller's
    own limit; its exceptions are not caught.
    """
    deadline = Deadline(limit_seconds, "Clustering")

    def check_both() -> None:
        check()
        deadline.check()

    try:
        with one_thread():
            return strategy.group(selection, vectors, check_both)
    except OutOfTimeError:
        return k_means(selection, vectors)


def k_means(selection: Selection, vectors: TextVectors) -> Grouping:
    """Group article leads by MiniBatchKMeans with k = √(n/2) between 2 and 50: coarse, but fast at any size."""
    from sklearn.cluster import MiniBatchKMeans

    n = len(selection.articles)
    points = np.array([vectors.rows(selection.rows_of(article, _KMEANS_LEAD)).mean(0) for article in range(n)])
    count = min(n, max(2, min(50, round((n / 2) ** 0.5))))
    with one_thread():
        labels = MiniBatchKMeans(count, random_state=_SEED, n_init=3).fit_predict(points)
    return Grouping(np.asarray(labels, np.intp), fallback=OUT_OF_TIME)


def limit_groups(grouping: Grouping, selection: Selection, can_be_shown: Callable[[Labels], bool]) -> Grouping:
    """Number the groups that become clusters 0..k-1, largest first; all other articles become noise.

    A group without a sentence that can be shown is noise. Groups with fewer than `grouping.min_sentences` sentences are
    noise only if they hold at most 10 % of the grouped articles together: clients send a size that suited the
    clustering of sentences, but a few short articles can still tell a story.

    Args:
        grouping: the strategy's groups.
        selection: the articles and their sentences.
        can_be_shown: says whether a set of articles (indices) has a text that can represent it.
    """
    kept = np.array(selection.kept)
    counted = np.maximum(kept, _SENTENCES_OF_AN_ARTICLE)
    groups = [
        np.flatnonzero(grouping.labels == label) for label in np.unique(grouping.labels[grouping.labels != NOISE])
    ]
    groups = [g for g in groups if can_be_shown(g)]
    large = [g for g in groups if counted[g].sum() >= grouping.min_sentences]
    if sum(map(len, large)) >= (1 - _CRUMBS) * sum(map(len, groups)):
        groups = large
    groups.sort(key=lambda g: (-len(g), -int(kept[g].sum()), int(g[0])))
    labels = np.full(len(kept), NOISE)
    has_noise = sum(map(len, groups[:MAX_CLUSTERS])) < len(kept)
    stories = groups[: MAX_CLUSTERS - has_noise]
    for number, members in enumerate(stories):
        labels[members] = number
    return replace(grouping, labels=labels, groups_over_limit=len(groups) - len(stories))
