"""Calibration of the tag rankers: Platt scaling on tags of articles unknown to the weights, and its error."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import fmean
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from alt_pipelines.tagging.extraction import ranking
from alt_pipelines_tests.support.tag_data import folds

Confidences = Sequence[tuple[float, bool]]  # of tags: the confidence, and whether the tag is a gold key


class Judged(NamedTuple):
    """A tag's score, its article's number of candidates, whether it is a gold key, its data set and its article."""

    score: float
    candidates: int
    good: bool
    set: str
    article: str


def calibrated(model: ranking.Model, judged: Sequence[Judged]) -> ranking.Model:
    """Return the model with slope, intercept and size fitted on judged tags; every set has the same total weight."""
    x = np.array([[tag.score, np.log(max(tag.candidates, ranking.FEWEST))] for tag in judged])
    share = Counter(tag.set for tag in judged)
    weight = [len(judged) / share[tag.set] for tag in judged]
    fitted = LogisticRegression(C=1e6).fit(x, np.array([tag.good for tag in judged]), sample_weight=weight)
    slope, size = (float(c) for c in fitted.coef_[0])
    return replace(model, slope=slope, intercept=float(fitted.intercept_[0]), size=size)


def held_out_confidences(model: ranking.Model, judged: Sequence[Judged], seed: int) -> Iterator[tuple[float, bool]]:
    """Yield (confidence, is gold) of the held-out tags, by calibrations that were not fitted on their articles."""
    articles = sorted({tag.article for tag in judged if tag.set == "held out"})
    for train, test in folds(len(articles), 5, seed):
        chosen = {articles[i] for i in test}
        fitted = calibrated(model, [t for t in judged if t.set != "held out" or t.article not in chosen])
        assert len(train) + len(test) == len(articles)
        for tag in judged:
            if tag.set == "held out" and tag.article in chosen:
                yield fitted.confidence(tag.score, tag.candidates), tag.good


def calibration_error(pairs: Confidences, bins: int = 10) -> float:
    """Return the expected calibration error (Naeini 2015) over equal-width bins, 0..1."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, good in pairs:
        groups.setdefault(min(bins - 1, int(confidence * bins)), []).append((confidence, good))
    return sum(
        len(group) / len(pairs) * abs(fmean(c for c, _ in group) - fmean(g for _, g in group))
        for group in groups.values()
    )


def least_error(pairs: Confidences, rounds: int = 200) -> float:
    """Return the mean error that a perfect calibration would measure on tags of these confidences.

    It is not 0, because the share of good tags in a bin of a few dozen deviates from their chance by accident.
    """
    random = np.random.RandomState(0)
    confidences = np.array([confidence for confidence, _ in pairs])
    errors = []
    for _ in range(rounds):
        good = random.rand(len(confidences)) < confidences
        errors.append(calibration_error(list(zip(confidences.tolist(), good.tolist(), strict=True))))
    return fmean(errors)
