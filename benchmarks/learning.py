"""Genre learning on 5000 rows: seconds, and how close 30 trials come to an exhaustive search.

    python -m benchmarks.learning [--rows 5000] [--seeds 10]

Rows are synthetic, with a hidden rule and 15 % of the labels flipped, for several seeds. For each seed, the training
part is searched

* by the product (`optimise.learn`: TPE with 30 trials, then one threshold at a time), and by its trials alone;
* by random search with the same number of trials;
* exhaustively: every combination of 41 margins, 60 boosts and 11 tag counts, 27 060 in total.

The table shows the accuracy of each winner on the training part and on the test part. The product's time covers
`take_snapshot` plus `learn`, which is everything except the database and the network.
"""

import argparse
import itertools
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from alt_pipelines.learning.optimise import (
    BOOST_THRESHOLD,
    GRAPH_MARGIN,
    TAG_COUNT_THRESHOLD,
    accuracy,
    learn,
    split,
)
from alt_pipelines.learning.report import REFERENCES, Thresholds
from alt_pipelines.learning.snapshot import Examples, LearningRow, take_snapshot
from alt_pipelines.settings import LearningSettings
from alt_pipelines_tests.support.report import recorded

NOISE = 0.15


def invented_rows(count: int, seed: int) -> tuple[list[LearningRow], dict[tuple[str, str], float]]:
    """Return rows whose strategy follows a noisy hidden rule of margin, boost and tag count, and their graph."""
    random = np.random.default_rng(seed)
    hidden = Thresholds(random.uniform(0.08, 0.2), random.uniform(0.3, 1.5), int(random.integers(2, 7)))
    graph = {("tech", f"tag {number}"): float(random.uniform(0.2, 1.0)) for number in range(200)}
    rows = []
    for _ in range(count):
        tags: list[dict[str, Any]] = [
            {"label": f"Tag {random.integers(0, 400)}", "confidence": round(float(random.uniform(0.3, 1)), 4)}
            for _ in range(random.integers(0, 11))
        ]
        boost = sum((graph.get(("tech", tag["label"].lower()), 0.0) * tag["confidence"] for tag in tags), 0.0)
        score = float(random.uniform(0.3, 0.9))
        second = score + boost - float(random.uniform(0, 0.4))
        candidates = [{"genre": "tech", "score": score}, {"genre": "sport", "score": max(0.0, second)}]
        holds = (
            score + boost - second >= hidden.graph_margin
            and boost >= hidden.boost_threshold
            and len(tags) >= hidden.tag_count_threshold
        )
        strategy = "graph_boost" if holds != (random.random() < NOISE) else "weighted_score"
        decision = {"final_genre": "tech", "confidence": 0.8, "strategy": strategy}
        rows.append(LearningRow(candidates, decision, {"top_tags": tags}, None))
    return rows, graph


def exhaustive(train: Examples) -> Thresholds:
    """Return the best grid point on the training part; ties go to the first."""
    margins = np.linspace(*GRAPH_MARGIN, 41)
    boosts = np.geomspace(*BOOST_THRESHOLD, 60)
    counts = range(TAG_COUNT_THRESHOLD[0], TAG_COUNT_THRESHOLD[1] + 1)
    points = (Thresholds(float(m), float(b), c) for m, b, c in itertools.product(margins, boosts, counts))
    return max(points, key=lambda point: accuracy(point, train))


def at_random(train: Examples, trials: int, seed: int) -> Thresholds:
    """Return the best of `trials` random points from the same ranges."""
    random = np.random.default_rng(seed)
    points = [
        Thresholds(
            random.uniform(*GRAPH_MARGIN),
            float(np.exp(random.uniform(*np.log(BOOST_THRESHOLD)))),
            int(random.integers(TAG_COUNT_THRESHOLD[0], TAG_COUNT_THRESHOLD[1] + 1)),
        )
        for _ in range(trials)
    ]
    return max(points, key=lambda point: accuracy(point, train))


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--seeds", type=int, default=10)
    arguments = parser.parse_args()
    settings = LearningSettings()
    names = (
        "the product",
        "its 30 trials of TPE alone",
        "30 random trials",
        "27 060 points of the grid",
        "the references",
    )
    measured: dict[str, list[tuple[float, float, float]]] = {name: [] for name in names}
    for seed in range(arguments.seeds):
        rows, graph = invented_rows(arguments.rows, seed)
        started = time.perf_counter()
        examples = take_snapshot(rows, graph).examples()
        learned = learn(examples, REFERENCES, settings)
        seconds = time.perf_counter() - started
        train, test = split(examples, settings)
        assert test is not None
        measured[names[0]].append((accuracy(learned.thresholds, train), accuracy(learned.thresholds, test), seconds))
        tried = max(learned.trials, key=lambda trial: trial.accuracy).thresholds
        measured[names[1]].append((accuracy(tried, train), accuracy(tried, test), seconds))
        searches: dict[str, Callable[[], Thresholds]] = {
            names[2]: partial(at_random, train, settings.trials, seed),
            names[3]: partial(exhaustive, train),
            names[4]: lambda: REFERENCES,
        }
        for name, search in searches.items():
            started = time.perf_counter()
            found = search()
            seconds = time.perf_counter() - started
            measured[name].append((accuracy(found, train), accuracy(found, test), seconds))
    print(f"{arguments.rows} rows, means over {arguments.seeds} seeds, {NOISE:.0%} of the labels flipped\n")
    print("| search | accuracy, train | accuracy, test | seconds |")
    print("|---|---|---|---|")
    for name, results in measured.items():
        train_mean, test_mean, seconds = (statistics.mean(column) for column in zip(*results, strict=True))
        print(f"| {name} | {train_mean:.4f} | {test_mean:.4f} | {seconds:.2f} |")


if __name__ == "__main__":
    with recorded(
        "benchmarks.learning",
        fitted="The rows are synthetic. Test accuracy is on the fifth of the rows that the search does not see.",
    ):
        main()
