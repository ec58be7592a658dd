"""Turn groups of articles into clusters with sizes, statistics and representative sentences.

    groups -> embed candidates -> drop copies -> number by size -> representatives

Only candidates are embedded: opening sentences have embeddings already, and more than a few candidates per
representative change nothing that a reader sees. No cluster is left without a sentence: if every candidate is a copy of
another cluster's sentence, the copy is shown.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.recap.arrays import Floats, Integers
from alt_pipelines.recap.clustering.density import NOISE, Labels
from alt_pipelines.recap.corpus.deduplicate import keep_distinct
from alt_pipelines.recap.corpus.likeness import REPEATED
from alt_pipelines.recap.corpus.selection import Selection
from alt_pipelines.recap.corpus.vectors import TextVectors
from alt_pipelines.recap.story.fitness import MIN_CHARACTERS, SENTENCE, UNREADABLE, VAGUE, fitness
from alt_pipelines.recap.story.mentions import mention_patterns, shared_names
from alt_pipelines.recap.story.representatives import Pool, choose, rank_scores
from alt_pipelines.recap.story.result import NOISE_LABEL, Cluster, Representative
from alt_pipelines.text.code import is_code

CANDIDATES_PER_REPRESENTATIVE = 3
_MENTION = 2  # added to the fitness of a sentence with a name of its story: VAGUE with one ranks above SENTENCE without


class Candidate(NamedTuple):
    """A text that can represent an article: its row, its spelling as sent, and how well it is understood alone."""

    row: int
    text: str
    rank: int


class Shown:
    """The texts that can represent the articles of a group: their fittest sentences or a joined opening."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        languages = selection.languages
        self._fitness = [fitness(s.text, languages[row]) for row, s in enumerate(selection.sentences)]
        self._known: dict[tuple[int, ...], list[list[Candidate]]] = {}

    def anything(self, articles: Integers) -> bool:
        """Whether any of these articles can represent a cluster."""
        return any(
            any(self._fitness[row] != UNREADABLE for row in rows) or self._opening(rows)
            for rows in map(self._selection.rows_of, articles.tolist())
        )

    def candidates(self, articles: Integers) -> list[list[Candidate]]:
        """Return the candidates of each article of a group, best first.

        A sentence that mentions a name that the group shares ranks before one that does not. Sentences that are not
        understood alone are candidates only if their article has no better one.
        """
        members = tuple(articles.tolist())
        if members not in self._known:
            chosen = [self._selection.articles[member] for member in members]
            languages = [article.language for article in chosen]
            patterns = mention_patterns(shared_names([article.lead for article in chosen], languages))
            self._known[members] = _without_strays(
                [
                    self._ranked(self._selection.rows_of(member), patterns[language])
                    for member, language in zip(members, languages, strict=True)
                ]
            )
        return self._known[members]

    def _ranked(self, rows: list[int], mentioned: re.Pattern[str] | None) -> list[Candidate]:
        found = []
        for row in rows:
            sentence, fit = self._selection.sentences[row], self._fitness[row]
            named = fit >= VAGUE and (mentioned is None or mentioned.search(sentence.text) is not None)
            found.append(Candidate(row, sentence.written, fit + _MENTION * named))
        best = max(candidate.rank for candidate in found)
        if best == UNREADABLE:
            return self._opening(rows)
        return sorted((c for c in found if c.rank >= min(best, SENTENCE)), key=lambda c: (-c.rank, c.row))

    def _opening(self, rows: list[int]) -> list[Candidate]:
        """Join the first sentences until they are long enough, for verse, lists of scores and one-word lines."""
        text = ""
        for row in rows:
            text = f"{text} {self._selection.sentences[row].written}".strip()
            if len(" ".join(text.split())) >= MIN_CHARACTERS:
                return [] if is_code(text) else [Candidate(rows[0], text, UNREADABLE)]
        return []


def _without_strays(candidates: list[list[Candidate]]) -> list[list[Candidate]]:
    """Remove the candidates of articles that never mention their story, if at least two and half of them do."""
    mentions = [any(candidate.rank >= VAGUE + _MENTION for candidate in own) for own in candidates]
    if sum(mentions) < max(2, len(candidates) / 2):
        return candidates
    return [own if mentioned else [] for own, mentioned in zip(candidates, mentions, strict=True)]


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
        in_turn = zip_longest(*shown.candidates(articles))
        rows = [candidate.row for turn in in_turn for candidate in turn if candidate is not None]
        wanted += rows[: representatives * CANDIDATES_PER_REPRESENTATIVE]
    vectors.rows(wanted)


def gather(
    articles: Integers, selection: Selection, shown: Shown, vectors: TextVectors, distinct: NDArray[np.bool_]
) -> tuple[Integers, list[Candidate]]:
    """Return a group's distinct rows, and its candidates: embedded ones, distinct if possible."""
    rows = np.array([row for article in articles for row in selection.rows_of(int(article)) if distinct[row]], np.intp)
    made = [candidate for own in shown.candidates(articles) for candidate in own if vectors.made[candidate.row]]
    return rows, [candidate for candidate in made if distinct[candidate.row]] or made[:1]


def represent(
    candidates: Sequence[Candidate], selection: Selection, vectors: TextVectors, count: int, balance: float
) -> tuple[Representative, ...]:
    """Choose at most `count` representatives by maximal marginal relevance."""
    rows = [candidate.row for candidate in candidates]
    owners = selection.article_of[rows].tolist()
    languages = [selection.articles[owner].language for owner in owners]
    pool = Pool(vectors.rows(rows), owners, languages, [candidate.rank for candidate in candidates])
    chosen = choose(pool, count, balance)
    found = []
    for at, score in zip(chosen, rank_scores(len(chosen)), strict=True):
        row, text, _ = candidates[at]
        sentence, article = selection.sentences[row], selection.articles[owners[at]]
        found.append(
            Representative(article.article_id, sentence.paragraph, sentence.position, text, article.language, score)
        )
    return tuple(found)


def statistics(
    articles: Integers, rows: Integers, selection: Selection, vectors: TextVectors
) -> dict[str, float | int]:
    """Tokens of a cluster's distinct sentences (`rows`), and the mean pairwise cosine of those that are embedded.

    If fewer than two are, the copies count too: articles that tell a story in one sentence are alike. A cluster without
    sentences, or with a single embedded one, has no cosine.
    """
    stats: dict[str, float | int] = {"token_count": sum(selection.sentences[row].tokens for row in rows)}
    embedded = rows[vectors.made[rows]]
    if len(rows) and len(embedded) < 2:
        every = np.array([row for article in articles.tolist() for row in selection.rows_of(article)], np.intp)
        embedded = every[vectors.made[every]]
    made = vectors.rows(embedded)
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
            stats=statistics(articles, rows, selection, vectors),
            representatives=(),
            article_ids=tuple(selection.articles[article].article_id for article in articles.tolist()),
        ),
    )
