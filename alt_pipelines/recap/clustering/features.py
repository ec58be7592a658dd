"""Compute and compare the features of articles: embeddings of leads, words and publication times.

    similarity = (1 - w) * cosine(embeddings) + w * cosine(TF-IDF) + allowance - cost of the time between them

The similarity is a difference of dot products, so the average similarity of two groups is the similarity of their
averages. Groups are therefore never compared pair by pair. Shapes: n articles, d embedding size, v terms, k groups.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import scipy.sparse as sp

from alt_pipelines.recap.arrays import Floats, Integers
from alt_pipelines.text.scripts import CJK, HAN
from alt_pipelines.text.terms import names, words

_COUNTED = re.compile(rf"\d{{1,12}}(?:\.\d{{1,6}})?[{HAN}]")
_BLOCK = 1024
_DAY = 86_400.0


@dataclass(frozen=True)
class FeatureSettings:
    """Settings chosen on English and Japanese development sets; nearby values change the scores by less than 0.005."""

    lead_sentences: int = 4  # texts averaged into the embedding of an article; more would blur it
    lexical_sentences: int = 8  # texts counted in its TF-IDF vector
    lexical_weight_short: float = 0.40  # w of an article of one sentence ...
    lexical_weight_long: float = 0.65  # ... rising to this with its length, as TF-IDF is more reliable on more words
    name_boost: int = 2  # extra counts of a capitalised word, a number, a katakana or kanji run
    fading_singles: int = 20  # number of documents over which the weight of a term in only one of them falls ...
    lone_term_weight: float = 0.3  # ... to this, so that two texts with one shared word do not look alike
    counted_boost: int = 2  # extra counts of a number with its counter ("18号"), which identifies one of a kind
    long_allowance: float = 0.04  # similarity added for two long texts, which differ more because they say more
    time_scales: tuple[tuple[float, float], ...] = ((4.0, 0.10), (90.0, 0.70))  # (days, highest cost)


@dataclass(frozen=True)
class Features:
    """n articles, or the averages of n groups of them.

    Attributes:
        dense: (n, d) embeddings, scaled.
        sparse: (n, v) weighted terms and times, scaled.
        timed: (n,) above 0 if the publication time is known; for pairs of such articles, the time between them costs.
    """

    dense: Floats
    sparse: sp.csr_matrix
    timed: Floats

    def __len__(self) -> int:
        return len(self.dense)

    def __getitem__(self, rows: Integers | slice) -> "Features":
        return Features(self.dense[rows], self.sparse[rows], self.timed[rows])

    def similarity(self, other: "Features") -> Floats:
        """(n, m) similarity of each row of this to each row of `other`. Blocks bound the additional memory."""
        out = np.empty((len(self), len(other)), np.float32)
        there = other.sparse.T.tocsc()
        for start in range(0, len(self), _BLOCK):
            rows = slice(start, start + _BLOCK)
            out[rows] = self.dense[rows] @ other.dense.T
            out[rows] += (self.sparse[rows] @ there).toarray()
            out[rows] -= np.outer(self.timed[rows], other.timed)
        return out

    def own_similarity(self) -> Floats:
        """(n,) similarity of each row with itself; below 1 if it has no words or no embedding."""
        words = np.asarray(self.sparse.multiply(self.sparse).sum(1)).ravel()
        return np.asarray((self.dense**2).sum(1) + words - self.timed**2, np.float32)

    def averages(self, group: Integers, count: int) -> "Features":
        """Mean features of groups 0..count-1, given each row's group; rows with group -1 are left out."""
        member = np.flatnonzero(group >= 0)
        size = np.bincount(group[member], minlength=count)
        mean = sp.csr_matrix((1 / size[group[member]], (group[member], member)), shape=(count, len(self)))
        return Features(
            np.asarray(mean @ self.dense, np.float32),
            sp.csr_matrix(mean @ self.sparse, dtype=np.float32),
            np.asarray(mean @ self.timed, np.float32),
        )

    def cohesion(self) -> float:
        """Mean similarity of two different rows, computed without comparing pairs; n >= 2."""
        n = len(self)
        total = self.dense.sum(0), np.asarray(self.sparse.sum(0)).ravel(), float(self.timed.sum())
        own = float(self.own_similarity().sum())
        every = float(total[0] @ total[0] + total[1] @ total[1] - total[2] ** 2)
        return (every - own) / (n * (n - 1))


def article_features(
    texts: Sequence[Sequence[str]],
    vectors: Sequence[Floats],
    times: Sequence[datetime | None],
    languages: Sequence[str],
    settings: FeatureSettings | None = None,
) -> Features:
    """Compute the features of n articles.

    Args:
        texts: each article's title and sentences, in order.
        vectors: for each article, (s, d) unit rows that embed its opening texts; s >= 1, a zero row is ignored.
        times: publication time of each article, None if unknown.
        languages: two-letter codes, which decide how inflected forms of one word are recognised.
        settings: the defaults if None.
    """
    settings = settings or FeatureSettings()
    dense = _unit(np.array([lead[: settings.lead_sentences].sum(0) for lead in vectors], np.float32))
    bags = []
    for sentences, language in zip(texts, languages, strict=True):
        text = "\n".join(sentences[: settings.lexical_sentences])
        counted = Counter(_COUNTED.findall(text) * settings.counted_boost)
        named = Counter(names(text, language=language) * settings.name_boost)
        bags.append(Counter(words(text, language=language)) + named + counted)
    length = np.array([min(len(sentences), settings.lexical_sentences) for sentences in texts], np.float32)
    share = np.asarray(np.maximum(length - 1, 0) / max(1, settings.lexical_sentences - 1), np.float32)
    weight = settings.lexical_weight_short + (settings.lexical_weight_long - settings.lexical_weight_short) * share
    columns, timed = _time_columns(times, settings.time_scales)
    allowance = _allowance(texts, share, settings)
    lexical = sp.diags(np.sqrt(weight)) @ tfidf(bags, settings)
    return Features(
        dense * np.sqrt(1 - weight)[:, None].astype(np.float32),
        sp.hstack([lexical, columns, allowance], format="csr", dtype=np.float32),
        timed,
    )


def tfidf(bags: Sequence[Counter[str]], settings: FeatureSettings) -> sp.csr_matrix:
    """(n, v) float32 TF-IDF rows of length 1 (0 for an empty bag): (1 + log tf) * (1 + log idf).

    A term of a single document connects nothing. Dropping it, however, would leave only shared terms and make unrelated
    documents look alike, most of all in a small corpus. Such a term has full weight in a small corpus and less in a
    large one.
    """
    vocabulary: dict[str, int] = {}
    indptr, columns, counts = [0], [], []
    for bag in bags:
        for term, count in bag.items():
            columns.append(vocabulary.setdefault(term, len(vocabulary)))
            counts.append(1 + np.log(count))
        indptr.append(len(columns))
    n, v = len(bags), max(1, len(vocabulary))
    matrix = sp.csr_matrix((np.array(counts, np.float64), np.array(columns, np.int32), np.array(indptr)), shape=(n, v))
    spread = np.bincount(matrix.indices, minlength=v)
    weight = np.log((1 + n) / (1 + spread)) + 1
    weight[spread == 1] *= max(settings.lone_term_weight, 1 - n / settings.fading_singles)
    matrix = matrix.multiply(weight[None]).tocsr()
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(1)).ravel())
    matrix = sp.diags(1 / np.where(length > 0, length, 1)) @ matrix
    matrix.eliminate_zeros()
    return sp.csr_matrix(matrix, dtype=np.float32)


def _time_columns(
    times: Sequence[datetime | None], scales: Sequence[tuple[float, float]]
) -> tuple[sp.csr_matrix, Floats]:
    """Encode times as sparse columns whose product falls with the time between two articles.

    On a scale of h days, a time lies between two marks that are h days apart and is encoded as a cosine at the first
    and a sine at the second. The product of two times is 1 if they are equal and 0 from 2 h apart on. The cost
    `1 - product` is thus between 0 and 1 and very small for near times.

    Returns:
        The columns, and (n,) the constants whose products are subtracted (`Features.timed`).
    """
    n = len(times)
    known = np.array([time is not None for time in times], bool)
    rows = np.flatnonzero(known)
    days = np.array([time.timestamp() / _DAY for time in times if time is not None], np.float64)
    blocks = [sp.csr_matrix((n, 1), dtype=np.float32)]
    for scale, cost in scales if len(rows) else ():
        mark = np.floor(days / scale)
        angle = (days / scale - mark) * np.pi / 2
        _, column = np.unique(np.concatenate([mark, mark + 1]), return_inverse=True)
        value = np.sqrt(cost) * np.concatenate([np.cos(angle), np.sin(angle)])
        shape = (n, int(column.max()) + 1)
        blocks.append(sp.csr_matrix((value, (np.concatenate([rows, rows]), column)), shape=shape, dtype=np.float32))
    timed = np.sqrt(sum(cost for _, cost in scales)) * known
    return sp.hstack(blocks, format="csr"), timed.astype(np.float32)


def _allowance(texts: Sequence[Sequence[str]], share: Floats, settings: FeatureSettings) -> sp.csr_matrix:
    """(n, 1) column whose products are added to the similarity of two long articles.

    Chinese and Japanese texts get none: they are compared by pairs of characters, and long texts share many of them.
    """
    leads = [" ".join(sentences[: settings.lexical_sentences]) for sentences in texts]
    long = np.sqrt(settings.long_allowance) * share * [CJK.search(lead) is None for lead in leads]
    return sp.csr_matrix(long[:, None], dtype=np.float32)


def _unit(rows: Floats) -> Floats:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(length, 1e-9), np.float32)
