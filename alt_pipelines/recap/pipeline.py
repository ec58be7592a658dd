"""The stages of one genre run in order: from a validated request to clusters with evidence.

    articles -> budgets -> embed leads -> cluster -> embed candidates -> drop copies -> representatives -> topics

Input and output are plain data; there is no database, no Dagster and no environment. Equal requests give equal results,
except for the measured times. The caller limits the time of the whole run: `check` is called between stages and may
raise.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.embedding.protocol import Embedder
from alt_pipelines.recap.clustering.by_sentences import min_samples_of
from alt_pipelines.recap.clustering.cluster import choose_strategy, group_articles, limit_groups
from alt_pipelines.recap.clustering.density import Labels
from alt_pipelines.recap.corpus.articles import prepare_corpus
from alt_pipelines.recap.corpus.budget import Limits, take_turns
from alt_pipelines.recap.corpus.deduplicate import row_thresholds
from alt_pipelines.recap.corpus.request import GenreRunRequest, RunParams
from alt_pipelines.recap.corpus.selection import Selection
from alt_pipelines.recap.corpus.vectors import TextVectors
from alt_pipelines.recap.story import evidence
from alt_pipelines.recap.story.diagnostics import adjusted_parameters, describe
from alt_pipelines.recap.story.labels import choose_label
from alt_pipelines.recap.story.result import Assignment, Cluster, GenreResult
from alt_pipelines.recap.story.topics import Topic, find_topics, operator_stop_words
from alt_pipelines.settings import RecapSettings

Check = Callable[[], None]
Progress = Callable[[str, int, int], None]
"""Called with a stage's name, the number of parts done and the total number of parts."""


def run_genre(
    request: GenreRunRequest,
    settings: RecapSettings,
    embedder: Embedder,
    *,
    progress: Progress = lambda stage, done, total: None,
    check: Check = lambda: None,
) -> GenreResult:
    """Cluster a request's articles into stories.

    Args:
        request: the validated body of `POST /v1/runs`.
        settings: budgets, thresholds, strategy.
        embedder: the loaded sentence encoder.
        progress: called at the beginning and end of each stage and after each chunk of embeddings.
        check: called between stages and between chunks of embeddings; raises to end the run.
    """
    stages = _Stages(progress, check)
    params, classifier = request.params, request.metadata.classifier if request.metadata else None
    with stages("sentences"):
        corpus = prepare_corpus(request, settings.max_sentences_per_doc)
        budget = take_turns(
            [[sentence.tokens for sentence in article.sentences] for article in corpus.articles],
            Limits(params.max_sentences_total, settings.max_total_sentences, settings.max_tokens_budget),
        )
        selection = Selection.of(corpus.articles, budget.kept)
    thresholds = row_thresholds(settings.dedup_threshold, classifier, embedder.model_id, selection.languages)
    strategy = choose_strategy(request, settings, thresholds)
    vectors = TextVectors(selection.texts, selection.languages, embedder, stages.part)
    with stages("embedding"):
        vectors.rows(strategy.rows_needed(selection))
    with stages("clustering"):
        found = group_articles(strategy, selection, vectors, settings.clustering_timeout_seconds, check)
        shown = evidence.Shown(selection)
        grouping = limit_groups(found, selection, shown.anything)
    with stages("embedding candidates"):
        evidence.embed_candidates(grouping.labels, shown, vectors, params.max_sentences_per_cluster)
    with stages("representatives"):
        distinct = evidence.drop_copies(grouping.labels, selection, vectors, thresholds)
        labels = evidence.number_by_size(grouping.labels, selection, distinct)
        stories = _clusters(labels, distinct, selection, shown, vectors, params)
    with stages("topics"):
        topics = find_topics(
            evidence.told(labels, selection),
            [article.language for article in selection.articles],
            labels,
            operator_stop_words(settings.stopwords_file, settings.stopwords_extra),
        )
        clusters = tuple(_with_topic(story, topics[story.cluster_id], selection, labels, vectors) for story in stories)
        noise = evidence.noise_cluster(labels, selection, distinct, vectors)
    diagnostics = describe(corpus, budget, selection, grouping, vectors) | {
        "dedup_pairs": int((~distinct).sum()),
        "dedup_threshold": round(float(thresholds.min()), 4),
        "hdbscan_ms": round(stages.seconds["clustering"] * 1000, 3),
        "clusters_below_min_cluster_size": sum(story.size < params.hdbscan_min_cluster_size for story in clusters),
        "strategy": settings.clustering_strategy,
        "model_id": embedder.model_id,
        "backend": embedder.backend,
    }
    requested = {
        "hdbscan_min_cluster_size": params.hdbscan_min_cluster_size,
        "umap_n_components": params.umap_n_components,
        "dedup_threshold": settings.dedup_threshold,
    }
    partial = bool(budget.over_installed or grouping.fallback or vectors.unusable)
    mapped = np.flatnonzero(vectors.made[: len(distinct)] & distinct)
    return GenreResult(
        status="partial" if partial else "succeeded",
        clusters=clusters + noise,
        diagnostics={
            "hdbscan": _requested_hdbscan(params, settings),
            **diagnostics,
            **adjusted_parameters(requested, diagnostics),
            "partial": partial,
        },
        assignments=_assignments(labels, selection),
        seconds=stages.seconds,
        map_vectors=vectors.rows(mapped),
        map_clusters=tuple(labels[selection.article_of[mapped]].tolist()),
    )


def _requested_hdbscan(params: RunParams, settings: RecapSettings) -> dict[str, int]:
    """Return HDBSCAN's parameters as requested, for a result that it did not make: the contract has the key in all."""
    size = params.hdbscan_min_cluster_size
    return {"min_cluster_size": size, "min_samples": min_samples_of(settings.default_min_samples, size)}


class _Stages:
    """Time each stage, report its progress and check the caller's limit before it starts."""

    def __init__(self, progress: Progress, check: Check) -> None:
        self.seconds: dict[str, float] = {}
        self._progress, self._check = progress, check
        self._current = ""

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        self._check()
        self._current = stage
        self._progress(stage, 0, 1)
        started = time.perf_counter()
        yield
        self.seconds[stage] = time.perf_counter() - started
        self._progress(stage, 1, 1)

    def part(self, done: int, total: int) -> None:
        """Report that `done` of `total` parts of the current stage are done."""
        self._check()
        self._progress(self._current, done, total)


def _clusters(
    labels: Labels,
    distinct: NDArray[np.bool_],
    selection: Selection,
    shown: evidence.Shown,
    vectors: TextVectors,
    params: RunParams,
) -> list[Cluster]:
    """Build the clusters without topics, from (n,) each article's cluster and (m,) True for distinct sentences."""
    clusters = []
    for number in range(int(labels.max(initial=-1)) + 1):
        articles = np.flatnonzero(labels == number)
        rows, candidates = evidence.gather(articles, selection, shown, vectors, distinct)
        representatives = evidence.represent(
            candidates, selection, vectors, params.max_sentences_per_cluster, params.mmr_lambda
        )
        ids = [r.article_id for r in representatives] + [selection.articles[article].article_id for article in articles]
        clusters.append(
            Cluster(
                cluster_id=number,
                size=len(rows),
                label=None,
                top_terms=(),
                stats=evidence.statistics(articles, rows, selection, vectors),
                representatives=representatives,
                article_ids=tuple(dict.fromkeys(ids)),
            )
        )
    return clusters


def _with_topic(cluster: Cluster, topic: Topic, selection: Selection, labels: Labels, vectors: TextVectors) -> Cluster:
    """Add the terms of a cluster's topic, and its label."""
    articles = np.flatnonzero(labels == cluster.cluster_id)
    return replace(cluster, top_terms=topic.terms, label=choose_label(articles, selection, vectors, topic.label))


def _assignments(labels: Labels, selection: Selection) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(selection.articles[article].article_id, sentence.position, int(labels[article]))
        for article, sentence in zip(selection.article_of.tolist(), selection.sentences, strict=True)
    )
