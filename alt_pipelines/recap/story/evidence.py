"""From groups of articles to clusters with sizes, statistics and sentences that stand for them.

    groups -> candidates, embedded now -> copies dropped -> numbered by size -> representatives

Only candidates are embedded: an article's opening sentences are there already, and beyond a few per wanted
representative more candidates change nothing that a reader sees. No group leaves here empty: where every candidate is
a copy of another cluster's sentence, the copy is shown. Topics and diagnostics are made elsewhere.
"""

from collections.abc import Sequence
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.recap.clustering.density import NOISE, Labels
from alt_pipelines.recap.corpus.deduplicate import keep_distinct
from alt_pipelines.recap.corpus.selection import Selection
from alt_pipelines.recap.corpus.vectors import Floats, TextVectors
from alt_pipelines.recap.story.representatives import (
    MIN_CHARACTERS,
    choose,
    is_code,
    is_readable,
    rank_scores,
    stands_alone,
)
from alt_pipelines.recap.story.result import Representative

Integers = NDArray[np.intp]

CANDIDATES_PER_REPRESENTATIVE = 4


class Shown:
    """Which texts are fit to represent their article: whole sentences where there are any, else its opening."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._readable = [is_readable(sentence.text) for sentence in selection.sentences]

    def anything(self, articles: Labels) -> bool:
        """Whether any of these articles can represent a cluster."""
        return any(self.texts(int(article)) for article in articles)

    def texts(self, article: int) -> list[tuple[int, str]]:
        """(row, text) of an article's candidates, in order: those that stand alone, where there are any."""
        rows = self._selection.rows_of(article)
        readable = [(row, self._selection.sentences[row].text) for row in rows if self._readable[row]]
        return [pair for pair in readable if stands_alone(pair[1])] or readable or self._opening(rows)

    def _opening(self, rows: list[int], allow_code: bool = False) -> list[tuple[int, str]]:
        """The first sentences joined until they are long enough: short verse, lists of scores, one-word lines."""
        text = ""
        for row in rows:
            text = f"{text} {self._selection.sentences[row].text}".strip()
            if len(text) >= MIN_CHARACTERS:
                return [(rows[0], text)] if allow_code or not is_code(text) else []
        return []

    def last_resort(self, articles: Integers) -> list[tuple[int, str]]:
        """One candidate for articles that have none: symbols or code, where a corpus holds nothing else.

        Raises:
            ValueError: none of the articles has 20 characters in all.
        """
        for article in articles:
            opening = self._opening(self._selection.rows_of(int(article)), allow_code=True)
            if opening:
                return opening
        raise ValueError(
            f"None of the {len(articles)} documents has {MIN_CHARACTERS} characters of text once white space is "
            "collapsed, so no story can be shown; send documents with sentences."
        )


def drop_copies(labels: Labels, selection: Selection, vectors: TextVectors, thresholds: Floats) -> NDArray[np.bool_]:
    """(m,) True for sentences that are no copy of an earlier one, neither in words nor, if embedded, in meaning.

    A cluster whose every sentence is a copy of another cluster's keeps its first.
    """
    seen: set[str] = set()
    distinct = np.ones(len(selection.sentences), bool)
    for row, sentence in enumerate(selection.sentences):
        words = " ".join(sentence.text.casefold().split())
        distinct[row] = words not in seen
        seen.add(words)
    rows = np.flatnonzero(distinct & vectors.made[: len(distinct)])
    distinct[rows] = keep_distinct(vectors.rows(rows), thresholds[rows])
    home = labels[selection.article_of]
    for number in np.setdiff1d(home[home != NOISE], home[distinct]):
        distinct[np.flatnonzero(home == number)[0]] = True
    return distinct


def embed_candidates(labels: Labels, shown: Shown, vectors: TextVectors, representatives: int) -> None:
    """Embed enough sentences of each group to choose `representatives` from, every article's first ones first."""
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
    """A group's distinct rows, and its candidates: embedded, distinct where possible."""
    rows = np.array([row for article in articles for row in selection.rows_of(int(article)) if distinct[row]], np.intp)
    texts = [candidate for article in articles for candidate in shown.texts(int(article)) if vectors.made[candidate[0]]]
    return rows, [found for found in texts if distinct[found[0]]] or texts[:1] or shown.last_resort(articles)


def represent(
    candidates: Sequence[tuple[int, str]], selection: Selection, vectors: TextVectors, count: int, balance: float
) -> tuple[Representative, ...]:
    """At most `count` representatives from (row, text) candidates by maximal marginal relevance."""
    owners = [int(selection.article_of[row]) for row, _ in candidates]
    chosen = choose(vectors.rows([row for row, _ in candidates]), count, balance, owners)
    found = []
    for at, score in zip(chosen, rank_scores(len(chosen)), strict=True):
        row, text = candidates[at]
        sentence, article = selection.sentences[row], selection.articles[owners[at]]
        found.append(
            Representative(article.article_id, sentence.paragraph, sentence.position, text, article.language, score)
        )
    return tuple(found)


def central_title(articles: Integers, selection: Selection, vectors: TextVectors) -> str:
    """The title nearest to the middle of a cluster's openings, "" where no article has one."""
    openings = [selection.title_row.get(article, int(selection.first_row[article])) for article in articles.tolist()]
    titles: list[str] = [selection.articles[article].title for article in articles.tolist()]
    if not any(titles):
        return ""
    rows = vectors.rows(openings)
    nearness = rows @ rows.mean(0)
    titled = [at for at, title in enumerate(titles) if title]
    return titles[max(titled, key=lambda at: float(nearness[at]))]


def statistics(rows: Integers, selection: Selection, vectors: TextVectors) -> dict[str, float | int]:
    """Tokens of a cluster's distinct sentences and, from two embedded ones on, their mean cosine with one another."""
    stats: dict[str, float | int] = {"token_count": sum(selection.sentences[row].tokens for row in rows)}
    made = vectors.rows(rows[vectors.made[rows]])
    if len(made) > 1:
        total = made.sum(0, dtype=np.float64)
        pairs = len(made) * (len(made) - 1)
        stats["avg_sim"] = round(float((total @ total - (made.astype(np.float64) ** 2).sum()) / pairs), 4)
    return stats


def number_by_size(labels: Labels, selection: Selection, distinct: NDArray[np.bool_]) -> Labels:
    """(n,) the same groups renumbered 0..k-1: most distinct sentences first, then most articles, then the earliest."""
    groups = [np.flatnonzero(labels == number) for number in range(int(labels.max(initial=NOISE)) + 1)]
    size = np.bincount(selection.article_of, weights=distinct, minlength=len(labels))
    order = sorted(range(len(groups)), key=lambda g: (-int(size[groups[g]].sum()), -len(groups[g]), int(groups[g][0])))
    renumbered = np.full(len(labels), NOISE)
    for number, group in enumerate(order):
        renumbered[groups[group]] = number
    return renumbered
