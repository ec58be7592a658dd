"""What an archive's vocabulary adds to the ranking of English tags, by the kinds of its features.

    python -m benchmarks.tag_vocabulary

The vocabulary is counted on 500N (450 articles of English web news), without their keys, as `vocabulary.run` counts it.
Weights are fitted on the training articles of DUC2001 dev, and F1@5/10/15 are of the held-out ones (5 folds, 5
shuffles). The kinds are those of `vocabulary.words.FEATURES`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import fmean, pstdev

import numpy as np

from alt_pipelines.tagging.extraction import ranking, refinement
from alt_pipelines.tagging.extraction.features import FEATURES as OWN
from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.vocabulary.words import FEATURES
from alt_pipelines_tests.support.report import recorded
from alt_pipelines_tests.support.tag_data import folds, scores
from benchmarks.fit_tag_weights import (
    SECOND_STRENGTH,
    STRENGTH,
    Doc,
    LanguagePath,
    forms,
    load_encoder,
    read,
    regression,
    vocabulary_of_archive,
)

SHUFFLES = 5
KINDS = ("title_share", "rarity", "capitals")
CHOSEN = ((), ("title_share",), ("rarity",), ("capitals",), ("title_share", "rarity"), KINDS)


def tags(path: LanguagePath, kinds: Sequence[str], seed: int) -> dict[str, list[list[str]]]:
    """Return, by pass, the tags of every article, each ranked by models that were fitted on other articles."""
    columns = [i for i, name in enumerate(FEATURES) if name.partition("_")[2] in kinds]
    plain = len(OWN)
    first_values = [doc.x[:, [*range(plain), *(plain + i for i in columns)]] for doc in path.docs]
    found: dict[str, dict[int, list[str]]] = {"first pass": {}, "second pass": {}}
    for train, held_out in folds(len(path.docs), 5, seed):
        truth, weights = [path.docs[i].y for i in train], [1.0] * len(train)
        first = regression([first_values[i] for i in train], truth, weights, STRENGTH["en"])
        second_values = [_second(path, path.docs[i], path.docs[i].candidates, columns) for i in train]
        second = regression(second_values, truth, weights, SECOND_STRENGTH["en"])
        for i in held_out:
            doc = path.docs[i]
            order, ranked = _ranked(doc.candidates, first_values[i], first, ranking.SHORTLIST)
            found["first pass"][i] = forms(ranked)
            short = [doc.candidates[j] for j in order[: refinement.SHORTLIST]]
            values = _second(path, doc, short, columns)
            found["second pass"][i] = forms(replace(_ranked(short, values, second, len(short))[1], total=ranked.total))
    return {name: [rows[i] for i in range(len(path.docs))] for name, rows in found.items()}


def _second(path: LanguagePath, doc: Doc, chosen: Sequence[Candidate], columns: Iterable[int]) -> np.ndarray:
    plain = len(ranking.SECOND_PASS)
    return path.second_values(doc, chosen)[:, [*range(plain), *(plain + i for i in columns)]]


def _ranked(
    chosen: Sequence[Candidate], values: np.ndarray, model: ranking.Model, count: int
) -> tuple[list[int], ranking.Ranked]:
    points = (values @ np.array(model.weights) + model.bias).tolist()
    order = sorted(range(len(points)), key=lambda i: (-points[i], i))[:count]
    best = tuple(chosen[i] for i in order)
    return order, ranking.Ranked(best, tuple(points[i] for i in order), model, len(chosen))


def main() -> None:
    """Print the F1 of each choice of features."""
    docs = read("DUC2001 dev", "en", None, vocabulary_of_archive("en"))
    path = LanguagePath("en+vocabulary", docs, [], load_encoder())
    print("| features of the vocabulary | first pass, F1@5, @10, @15 | second pass |\n|---|---|---|")
    for kinds in CHOSEN:
        by_pass: dict[str, list[tuple[float, ...]]] = {}
        for seed in range(SHUFFLES):
            for name, found in tags(path, kinds, seed).items():
                by_pass.setdefault(name, []).append(scores(found, [doc.example for doc in path.docs]))
        cells = [
            ", ".join(f"{fmean(column):.1f} ± {pstdev(column):.1f}" for column in zip(*rows, strict=True))
            for rows in by_pass.values()
        ]
        print(f"| {', '.join(kinds).replace('_', ' ') or 'none'} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    with recorded(
        "benchmarks.tag_vocabulary",
        fitted="Out of fold: weights are fitted on training articles, frequencies are counted on another set.",
    ):
        main()
