"""The `umap` strategy of the older service: cluster sentences, then assign each article by majority vote.

Distinct sentences are reduced by UMAP to the requested number of dimensions and grouped by HDBSCAN. The strategy is
kept for callers whose parameters are tuned for it. On news stories the default strategy is better and several times
faster.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from alt_pipelines.recap.arrays import Floats
from alt_pipelines.recap.clustering.density import NOISE, Labels
from alt_pipelines.recap.clustering.grouping import Grouping
from alt_pipelines.recap.clustering.reduce import SMALLEST, reduce_vectors
from alt_pipelines.recap.corpus.deduplicate import SURE, SURE_COVERAGE, UNSURE, keep_distinct
from alt_pipelines.recap.corpus.request import ClassifierSummary
from alt_pipelines.recap.corpus.selection import Selection
from alt_pipelines.recap.corpus.vectors import TextVectors
from alt_pipelines.recap.threads import one_thread

SENTENCES_PER_CLUSTER_UNSURE = 12  # divisor: in an unsure corpus, a cluster has at least 1/12 of the sentences


@dataclass(frozen=True)
class SentenceStrategy:
    """HDBSCAN over sentences in `components` UMAP dimensions (0: as they are)."""

    components: int
    min_cluster_size: int
    min_samples: int | None
    duplicate_thresholds: Floats  # (rows,) cosine from which a sentence repeats an earlier one
    classifier: ClassifierSummary | None

    def rows_needed(self, selection: Selection) -> list[int]:
        """Every sentence, no titles."""
        return list(range(len(selection.sentences)))

    def group(self, selection: Selection, vectors: TextVectors, check: Callable[[], None]) -> Grouping:
        """Cluster the distinct sentences, then let every sentence vote for its article.

        A copy of an earlier sentence does not increase the density; it gets that sentence's label and votes.
        """
        import hdbscan

        every = vectors.rows(self.rows_needed(selection))
        distinct = np.flatnonzero(keep_distinct(every, self.duplicate_thresholds[: len(every)]))
        points = every[distinct]
        check()
        reduced = 0 < self.components < points.shape[1] and len(points) >= SMALLEST
        if reduced:
            points = reduce_vectors(points, self.components)
            check()
        size = adapted_size(self.min_cluster_size, len(distinct), self.classifier)
        samples = min_samples_of(self.min_samples, size)
        labels = np.full(len(points), NOISE)
        if len(points) > max(size, samples):
            model = hdbscan.HDBSCAN(min_cluster_size=size, min_samples=samples, core_dist_n_jobs=1)
            with one_thread():
                labels = model.fit(points.astype(np.float64)).labels_
        check()
        return Grouping(
            labels=vote(selection, _spread(every, distinct, labels)),
            hdbscan={"min_cluster_size": size, "min_samples": samples},
            umap_components=points.shape[1] if reduced else 0,
        )


def min_samples_of(chosen: int | None, size: int) -> int:
    """Return HDBSCAN's min_samples: the chosen one, or half of min_cluster_size."""
    return chosen or max(1, size // 2)


def adapted_size(size: int, sentences: int, classifier: ClassifierSummary | None) -> int:
    """Adapt min_cluster_size: larger if the caller's classifier was unsure of the corpus, smaller if it was sure."""
    if classifier is None or classifier.avg_confidence == 0:
        return size
    if classifier.avg_confidence < UNSURE:
        return max(size, sentences // SENTENCES_PER_CLUSTER_UNSURE)
    if classifier.avg_confidence > SURE and classifier.coverage_ratio > SURE_COVERAGE:
        return max(2, round(size * 0.75))
    return size


def vote(selection: Selection, sentence_labels: Labels) -> Labels:
    """Return (n,) the cluster that holds most of each article's clustered sentences; ties go to the larger cluster.

    Sentences in noise do not vote, so an article is in noise only if all of its sentences are.
    """
    labels = np.full(len(selection.articles), NOISE)
    voting = sentence_labels != NOISE
    if voting.any():
        size = np.bincount(sentence_labels[voting])
        ballots = np.zeros((len(selection.articles), len(size)))
        np.add.at(ballots, (selection.article_of[voting], sentence_labels[voting]), 1)
        ballots += (ballots > 0) * size / (2 * size.sum())
        labels = np.where(ballots.any(1), ballots.argmax(1), NOISE)
    return labels


def _spread(every: Floats, distinct: Labels, labels: Labels) -> Labels:
    """Extend the labels of the distinct sentences to all sentences: a copy gets the label of its original."""
    spread = np.full(len(every), NOISE)
    spread[distinct] = labels
    copies = np.setdiff1d(np.arange(len(every)), distinct)
    for start in range(0, len(copies), 1024):
        block = copies[start : start + 1024]
        spread[block] = labels[(every[block] @ every[distinct].T).argmax(1)]
    return spread
