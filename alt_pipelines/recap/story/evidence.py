"""Turn groups of articles into clusters with sizes, statistics and representative sentences.

    groups -> embed candidates -> drop copies -> number by size -> representatives

Only candidates are embedded: opening sentences have embeddings already, and more than a few candidates per
representative change nothing that a reader sees. No cluster is left without a sentence: if every candidate is a copy of
another cluster's sentence, the copy is shown.
"""

from collections.abc import Sequence
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.recap.clustering.density import NOISE, Labels
from alt_pipelines.recap.corpus.boilerplate import REPEATED
from alt_pipelines.recap.corpus.deduplicate import keep_distinct
from alt_pipelines.recap.corpus.selection import Selection
from alt_pipelines.recap.corpus.vectors import Floats, TextVectors
from alt_pipelines.recap.story.representatives import (
    MIN_CHARACTERS,
    UNREADABLE,
    choose,
    fitness,
    rank_scores,
)
from alt_pipelines.recap.story.result import NOISE_LABEL, Cluster, Representative
from alt_pipelines.text.code import is_code

Integers = NDArray[np.intp]

CANDIDATES_PER_REPRESENTATIVE = 3


class Shown:
    """The texts that can represent an article: its fittest sentences or, if none is readable, its joined opening."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._fitness = [fitness(sentence.text) for sentence in selection.sentences]

    def anything(self, articles: Labels) -> bool:
        """Whether any of these articles can represent a cluster."""
        return any(self.texts(int(article)) for article in articles)

    def texts(self, article: int) -> list[tuple[int, str]]:
        """Return (row, text as sent) of an article's fittest candidates, in order."""
        rows = self._selection.rows_of(article)
        best = max(self._fitness[row] for row in rows)
        if best == UNREADABLE:
            return self._opening(rows)
        return [(row, self._selection.sentences[row].written) for row in rows if self._fitness[row] == best]

    def _opening(self, rows: list[int]) -> list[tuple[int, str]]:
        """Join the first sentences until they are long enough, for verse, lists of scores and one-word lines."""
        text = ""
        for row in rows:
            text = f"{text} {self._selection.sentences[row].written}".strip()
            if len(" ".join(text.split())) >= MIN_CHARACTERS:
                return [] if is_code(text) else [(rows[0], text)]
        return []


def repeated_across(labels: Labels, selection: Selection) -> NDArray[np.bool_]:
    """Return (m,) True for sentences that three or more articles of different stories share, such as boilerplate.

    An article in no story counts as a story of its own.
    """
    articles: dict[str, set[int]] = {}
    keys = selection.repeat_keys
    for key, article in zip(keys, selection.article_of.tolist(), strict=True):
        articles.setdefault(key, set()).add(article)
    homes = np.where(labels == NOISE, -1 - np.arange(len(labels)), labels)
    shared = {
        key
        for key, owners in articles.items()
        if len(owners) >= REPEATED and len({int(homes[article]) for article in owners}) > 1
    }
    return np.array([key in shared for key in keys], bool)


def drop_copies(labels: Labels, selection: Selection, vectors: TextVectors, thresholds: Floats) -> NDArray[np.bool_]:
    """Return (m,) True for distinct sentences: not shared by stories, not a copy by words or meaning.

    A cluster that would lose all of its sentences keeps its first.
    """
    seen: set[str] = set()
    distinct = ~repeated_across(labels, selection)
    for row in np.flatnonzero(distinct).tolist():
        words = " ".join(selection.sentences[row].text.casefold().split())
        distinct[row] = words not in seen
        seen.add(words)
    rows = np.flatnonzero(distinct & vectors.made[: len(distinct)])
    distinct[rows] = keep_distinct(vectors.rows(rows), thresholds[rows])
    home = labels[selection.article_of]
    for number in np.setdiff1d(home[home != NOISE], home[distinct]):
        distinct[np.flatnonzero(home == number)[0]] = True
    return distinct


def embed_candidates(labels: Labels, shown: Shown, vectors: TextVectors, representatives: int) -> None:
    """Embed three candidates per representative in each group, in rounds over the articles, first sentences first."""
    wanted: list[int] = []
    for number in range(int(labels.max(initial=NOISE)) + 1):
        articles = np.flatnonzero(labels == number)
        in_turn = zip_longest(*([row for row, _ in shown.texts(int(article))] for article in articles))
        rows = [row for turn in in_turn for row in turn if row is not None]
        wanted += rows[: representatives * CANDIDATES_PER_REPRESENTATIVE]
    vectors.rows(wanted)


def gather(
    articles: Integers, selection: Selection, shown: Shown, vectors: TextVectors, distinct: NDArray[np.bool_]
) -> tuple[Integers, list[tuple[int, str]]]:
    """Return a group's distinct rows, and its candidates: embedded ones, distinct if possible."""
    rows = np.array([row for article in articles for row in selection.rows_of(int(article)) if distinct[row]], np.intp)
    texts = [candidate for article in articles for candidate in shown.texts(int(article)) if vectors.made[candidate[0]]]
    return rows, [found for found in texts if distinct[found[0]]] or texts[:1]


def represent(
    candidates: Sequence[tuple[int, str]], selection: Selection, vectors: TextVectors, count: int, balance: float
) -> tuple[Representative, ...]:
    """Choose at most `count` representatives from (row, text) candidates by maximal marginal relevance."""
    owners = [int(selection.article_of[row]) for row, _ in candidates]
    languages = [selection.articles[owner].language for owner in owners]
    chosen = choose(vectors.rows([row for row, _ in candidates]), count, balance, owners, languages)
    found = []
    for at, score in zip(chosen, rank_scores(len(chosen)), strict=True):
        row, text = candidates[at]
        sentence, article = selection.sentences[row], selection.articles[owners[at]]
        found.append(
            Representative(article.article_id, sentence.paragraph, sentence.position, text, article.language, score)
        )
    return tuple(found)


def statistics(rows: Integers, selection: Selection, vectors: TextVectors) -> dict[str, float | int]:
    """Tokens of a cluster's distinct sentences and, if at least two are embedded, their mean pairwise cosine."""
    stats: dict[str, float | int] = {"token_count": sum(selection.sentences[row].tokens for row in rows)}
    made = vectors.rows(rows[vectors.made[rows]])
    if len(made) > 1:
        total = made.sum(0, dtype=np.float64)
        pairs = len(made) * (len(made) - 1)
        stats["avg_sim"] = round(float((total @ total - (made.astype(np.float64) ** 2).sum()) / pairs), 4)
    return stats


def number_by_size(labels: Labels, selection: Selection, distinct: NDArray[np.bool_]) -> Labels:
    """Renumber the groups (n,) as 0..k-1: most distinct sentences first, then most articles, then the earliest."""
    groups = [np.flatnonzero(labels == number) for number in range(int(labels.max(initial=NOISE)) + 1)]
    size = np.bincount(selection.article_of, weights=distinct, minlength=len(labels))
    order = sorted(range(len(groups)), key=lambda g: (-int(size[groups[g]].sum()), -len(groups[g]), int(groups[g][0])))
    renumbered = np.full(len(labels), NOISE)
    for number, group in enumerate(order):
        renumbered[groups[group]] = number
    return renumbered


def told(labels: Labels, selection: Selection) -> list[tuple[str, ...]]:
    """Return each article's title and sentences without those shared across stories, or all if none would be left."""
    shared = {
        s.text
        for s, is_shared in zip(selection.sentences, repeated_across(labels, selection), strict=True)
        if is_shared
    }
    return [
        tuple(text for text in article.lead if text not in shared) or article.lead for article in selection.articles
    ]


def noise_cluster(
    labels: Labels, selection: Selection, distinct: NDArray[np.bool_], vectors: TextVectors
) -> tuple[Cluster, ...]:
    """Build cluster −1 of the articles in no story, without representatives; an empty tuple if there are none."""
    articles = np.flatnonzero(labels == NOISE)
    if not len(articles):
        return ()
    rows = np.flatnonzero(distinct & (labels[selection.article_of] == NOISE))
    return (
        Cluster(
            cluster_id=NOISE,
            size=len(rows),
            label=NOISE_LABEL,
            top_terms=(),
            stats=statistics(rows, selection, vectors),
            representatives=(),
            article_ids=tuple(selection.articles[article].article_id for article in articles.tolist()),
        ),
    )
