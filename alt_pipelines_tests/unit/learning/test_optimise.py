"""Learning thresholds: when, how well, the same every time, and only values that 32 bits keep."""

import re

import numpy as np
import pytest

from alt_pipelines.learning.optimise import (
    BOOST_THRESHOLD,
    GRAPH_MARGIN,
    TAG_COUNT_THRESHOLD,
    accuracy,
    learn,
    split,
)
from alt_pipelines.learning.report import REFERENCES, Thresholds
from alt_pipelines.learning.snapshot import Examples
from alt_pipelines.settings import LearningSettings

SETTINGS = LearningSettings()
HIDDEN = Thresholds(0.12, 0.6, 3)


def examples(count: int, seed: int = 0, noise: float = 0.1) -> Examples:
    """Examples labelled by a hidden rule, some of them wrongly."""
    random = np.random.default_rng(seed)
    made = Examples(
        margin=random.uniform(0, 0.4, count).astype(np.float32),
        top_boost=random.uniform(0, 2, count).astype(np.float32),
        tag_count=random.integers(0, 11, count),
        label=np.zeros(count, dtype=np.bool_),
    )
    holds = (made.margin >= HIDDEN.graph_margin) & (made.top_boost >= HIDDEN.boost_threshold) & (made.tag_count >= 3)
    return Examples(made.margin, made.top_boost, made.tag_count, holds ^ (random.random(count) < noise))


def test_the_hidden_rule_is_found_to_within_the_noise() -> None:
    learned = learn(examples(2000), REFERENCES, SETTINGS)
    assert learned.reason is None
    assert learned.test_accuracy is not None
    assert learned.test_accuracy >= 0.9 - 0.03  # nobody can be right on the tenth that is turned over
    assert learned.test_accuracy > (learned.previous_accuracy or 0)


def test_new_thresholds_are_not_worse_than_the_current_ones_on_the_training_rows() -> None:
    given = examples(1000)
    train, _ = split(given, SETTINGS)
    learned = learn(given, HIDDEN, SETTINGS)
    assert learned.train_accuracy is not None
    assert learned.train_accuracy >= accuracy(HIDDEN, train)


def test_the_same_examples_give_the_same_thresholds() -> None:
    first, second = (learn(examples(600), REFERENCES, SETTINGS) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("seed", range(5))
def test_learned_values_are_in_range_and_survive_32_bits(seed: int) -> None:
    learned = learn(examples(400, seed, noise=0.4), REFERENCES, SETTINGS)
    found = learned.thresholds
    for value, bounds in ((found.graph_margin, GRAPH_MARGIN), (found.boost_threshold, BOOST_THRESHOLD)):
        assert bounds[0] <= value <= bounds[1]
        assert float(str(np.float32(value))) == value
    assert isinstance(found.tag_count_threshold, int)
    assert TAG_COUNT_THRESHOLD[0] <= found.tag_count_threshold <= TAG_COUNT_THRESHOLD[1]


def test_thirty_points_are_tried_and_reported() -> None:
    learned = learn(examples(300), REFERENCES, SETTINGS)
    assert len(learned.trials) == 30
    assert max(trial.accuracy for trial in learned.trials) <= (learned.train_accuracy or 0)


@pytest.mark.parametrize(("rows", "tested"), [(100, False), (199, False), (200, True)])
def test_a_test_part_is_kept_from_two_hundred_rows_on(rows: int, tested: bool) -> None:
    learned = learn(examples(rows), REFERENCES, SETTINGS)
    assert (learned.test_accuracy is not None) is tested
    assert learned.previous_accuracy is not None


def test_the_test_part_is_a_fifth_with_the_labels_in_proportion() -> None:
    given = examples(1000)
    train, test = split(given, SETTINGS)
    assert test is not None
    assert (len(train), len(test)) == (800, 200)
    assert abs(train.label.mean() - test.label.mean()) < 0.01
    pairs = {
        (m, b) for part in (train, test) for m, b in zip(part.margin.tolist(), part.top_boost.tolist(), strict=True)
    }
    assert pairs == set(zip(given.margin.tolist(), given.top_boost.tolist(), strict=True))


def test_too_little_data_leaves_the_references() -> None:
    learned = learn(examples(99), REFERENCES, SETTINGS)
    assert learned.thresholds == REFERENCES == Thresholds(0.15, 0.0, 0)
    assert re.findall(r"\d+", str(learned.reason)) == ["99", "100"]
    assert learned.train_accuracy is learned.test_accuracy is None


def test_no_data_at_all_leaves_the_references() -> None:
    assert learn(examples(0), REFERENCES, SETTINGS).thresholds == REFERENCES


def test_boosts_that_are_all_zero_leave_the_references() -> None:
    given = examples(300)
    flat = Examples(given.margin, np.zeros_like(given.top_boost), given.tag_count, given.label)
    learned = learn(flat, REFERENCES, SETTINGS)
    assert learned.thresholds == REFERENCES
    assert learned.reason == "all graph boosts are zero"


@pytest.mark.parametrize("label", [True, False])
def test_labels_that_are_all_the_same_can_be_learned_from(label: bool) -> None:
    given = examples(300)
    same = Examples(given.margin, given.top_boost, given.tag_count, np.full(300, label))
    learned = learn(same, REFERENCES, SETTINGS)
    assert learned.reason is None
    assert learned.test_accuracy is not None


def test_the_rule_compares_in_single_precision() -> None:
    # 0.1 as a double is less than 0.1 as a float: compared as doubles this example would fall out.
    one = Examples(np.array([0.1], np.float32), np.array([0.3], np.float32), np.array([1]), np.array([True]))
    assert accuracy(Thresholds(0.1, 0.3, 1), one) == 1.0


def test_thresholds_that_do_worse_than_those_in_use_are_never_sent() -> None:
    # Those in use are outside the search's range, where the start of the search cannot be put.
    count = 200
    label = np.zeros(count, dtype=np.bool_)
    label[:100] = True
    boost = np.where(label, np.float32(9), np.float32(6))
    given = Examples(np.full(count, np.float32(0.2)), boost.astype(np.float32), np.full(count, 3), label)
    in_use = Thresholds(0.1, 7.5, 0)
    assert accuracy(in_use, given) == 1.0

    learned = learn(given, in_use, SETTINGS)

    assert learned.withheld is not None
    assert "current thresholds 100.0%" in learned.withheld
    assert learn(given, learned.thresholds, SETTINGS).withheld is None


def test_the_references_are_not_sent_either_where_those_in_use_do_better() -> None:
    count = 200
    label = np.arange(count) % 2 == 0
    margin = np.where(label, np.float32(0.5), np.float32(0.2)).astype(np.float32)
    given = Examples(margin, np.zeros(count, dtype=np.float32), np.full(count, 3), label)
    assert learn(given, Thresholds(0.4, 0.0, 0), SETTINGS).withheld is not None
    assert learn(given, REFERENCES, SETTINGS).withheld is None
