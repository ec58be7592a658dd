"""Learn the three thresholds that maximize the accuracy of the rule, with Optuna's tree-structured Parzen estimator.

    margin ≥ graph_margin and top_boost ≥ boost_threshold and tag_count ≥ tag_count_threshold

Thirty trials find the region of the best rule but seldom its edge. Therefore each threshold is swept over a grid,
starting from the best trial, until no sweep improves the accuracy. That takes milliseconds and closes the gap to an
exhaustive search (benchmarks/learning.py).

Pure: examples in, thresholds and accuracies out. The same examples and seed give the same thresholds. Every value tried
is exactly representable in 32 bits, so the reported accuracies are those of the numbers that are sent.

Source: Bergstra et al. (2011), Algorithms for Hyper-Parameter Optimization.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.learning.float32 import survive_32_bits
from alt_pipelines.learning.report import REFERENCES, Thresholds, Trial
from alt_pipelines.learning.snapshot import Examples
from alt_pipelines.settings import LearningSettings

if TYPE_CHECKING:
    import optuna

GRAPH_MARGIN = (0.05, 0.25)
BOOST_THRESHOLD = (0.1, 5.0)
TAG_COUNT_THRESHOLD = (0, 10)

TEST_SHARE = 0.2
_DECIMALS = 6


@dataclass(frozen=True)
class Learned:
    """Thresholds with their accuracies. If nothing was learned, they are the references and `reason` says why.

    `withheld` says why nothing may be sent: the current thresholds are better on the rows that were learned from.

    `previous_accuracy` is the accuracy of the current thresholds on the same rows as `test_accuracy`, or on all rows if
    there are too few for a test part. It is None if nothing was learned.
    """

    thresholds: Thresholds
    reason: str | None
    train_accuracy: float | None = None
    test_accuracy: float | None = None
    previous_accuracy: float | None = None
    trials: tuple[Trial, ...] = ()
    withheld: str | None = None


def accuracy(thresholds: Thresholds, examples: Examples) -> float:
    """Share of examples on which the rule agrees with the label, compared in single precision; n >= 1."""
    says = (
        (examples.margin >= np.float32(thresholds.graph_margin))
        & (examples.top_boost >= np.float32(thresholds.boost_threshold))
        & (examples.tag_count >= thresholds.tag_count_threshold)
    )
    return float(np.mean(says == examples.label))


def learn(examples: Examples, current: Thresholds, settings: LearningSettings) -> Learned:
    """Learn thresholds from the examples, or return the references with the reason why nothing can be learned."""
    if len(examples) < settings.min_rows:
        return Learned(REFERENCES, f"too few labeled rows: {len(examples)}, at least {settings.min_rows} are needed")
    if not np.any(examples.top_boost > 0):
        withheld = _withheld_reason(current, accuracy(REFERENCES, examples), examples)
        return Learned(REFERENCES, "all graph boosts are zero", withheld=withheld)
    train, test = split(examples, settings)
    trials = _search(train, current, settings)
    best = _polished(max(trials, key=lambda trial: trial.accuracy), train)
    return Learned(
        thresholds=best.thresholds,
        reason=None,
        withheld=_withheld_reason(current, best.accuracy, train),
        train_accuracy=best.accuracy,
        test_accuracy=accuracy(best.thresholds, test) if test is not None else None,
        previous_accuracy=accuracy(current, train if test is None else test),
        trials=tuple(trials),
    )


def _withheld_reason(current: Thresholds, new: float, train: Examples) -> str | None:
    """Return why thresholds of accuracy `new` may not be sent, or None if they may.

    The current thresholds are compared as they are, even outside the ranges of the search.
    """
    old = accuracy(current, train)
    if new >= old:
        return None
    return f"accuracy on the training rows: current thresholds {old:.1%}, best new thresholds {new:.1%}"


def split(examples: Examples, settings: LearningSettings) -> tuple[Examples, Examples | None]:
    """Split off 20 % for the test, with the same proportion of labels; no test part below `split_rows` examples."""
    if len(examples) < settings.split_rows:
        return examples, None
    random = np.random.default_rng(settings.seed)
    tested: list[NDArray[np.intp]] = []
    for value in (False, True):
        positions = np.flatnonzero(examples.label == value)
        random.shuffle(positions)
        tested.append(positions[: round(len(positions) * TEST_SHARE)])
    in_test = np.zeros(len(examples), dtype=np.bool_)
    in_test[np.concatenate(tested)] = True
    return examples.take(np.flatnonzero(~in_test)), examples.take(np.flatnonzero(in_test))


def _search(train: Examples, current: Thresholds, settings: LearningSettings) -> list[Trial]:
    import optuna  # 13 MB in every process that imports the definitions

    trials: list[Trial] = []

    def objective(trial: "optuna.Trial") -> float:
        thresholds = Thresholds(
            graph_margin=_bounded(trial.suggest_float("graph_margin", *GRAPH_MARGIN), GRAPH_MARGIN),
            # Boosts are sums of a few weights below 1, so most of the range is empty; a log scale favours small values.
            boost_threshold=_bounded(
                trial.suggest_float("boost_threshold", *BOOST_THRESHOLD, log=True), BOOST_THRESHOLD
            ),
            tag_count_threshold=trial.suggest_int("tag_count_threshold", *TAG_COUNT_THRESHOLD),
        )
        trials.append(Trial(thresholds, accuracy(thresholds, train)))
        return trials[-1].accuracy

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=settings.seed))
    for first in _starting_points(current):
        study.enqueue_trial(first, skip_if_exists=True)
    study.optimize(objective, n_trials=settings.trials)
    return trials


def _polished(best: Trial, train: Examples) -> Trial:
    while True:
        at = best.thresholds
        candidates = [
            *(replace(at, graph_margin=value) for value in _MARGINS),
            *(replace(at, boost_threshold=value) for value in _BOOSTS),
            *(replace(at, tag_count_threshold=value) for value in _TAG_COUNTS),
        ]
        better = max((Trial(point, accuracy(point, train)) for point in candidates), key=lambda trial: trial.accuracy)
        if better.accuracy <= best.accuracy:
            return best
        best = better


def _starting_points(current: Thresholds) -> list[dict[str, float | int]]:
    """The current thresholds and the most permissive corner, both clipped to the ranges of the search."""
    return [
        {
            "graph_margin": float(np.clip(point.graph_margin, *GRAPH_MARGIN)),
            "boost_threshold": float(np.clip(point.boost_threshold, *BOOST_THRESHOLD)),
            "tag_count_threshold": int(np.clip(point.tag_count_threshold, *TAG_COUNT_THRESHOLD)),
        }
        for point in (current, Thresholds(GRAPH_MARGIN[0], BOOST_THRESHOLD[0], TAG_COUNT_THRESHOLD[0]))
    ]


def _bounded(value: float, bounds: tuple[float, float]) -> float:
    rounded = survive_32_bits(round(value, _DECIMALS))
    return min(max(rounded, bounds[0]), bounds[1])


_MARGINS = [_bounded(value, GRAPH_MARGIN) for value in np.linspace(*GRAPH_MARGIN, 41)]
_BOOSTS = [_bounded(value, BOOST_THRESHOLD) for value in np.geomspace(*BOOST_THRESHOLD, 80)]
_TAG_COUNTS = range(TAG_COUNT_THRESHOLD[0], TAG_COUNT_THRESHOLD[1] + 1)
