"""Whether document frequencies of the text that is tagged rank English tags better than a word list alone.

    python -m benchmarks.tag_vocabulary

Not part of the product: it shows what an archive's own frequencies would add to the features. Frequencies are counted
in 500N (450 articles) and in the training articles of DUC2001 dev, without their keys; weights are fitted on the
training articles, and F1@5/10/15 are of the held-out ones (5 folds, 3 shuffles). Per phrase there are:

* headlines  how often its words are in titles, as the logarithm of a share of their documents: mean, highest, lowest
* rarity     the inverse document frequency of its words: mean, highest, lowest
* phrase     the logarithm of the number of training articles with the same phrase
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean, pstdev

import numpy as np

from alt_pipelines.tagging.extraction import ranking, refinement
from alt_pipelines.tagging.extraction.features import Candidate
from alt_pipelines.text.terms import words
from alt_pipelines_tests.support.report import recorded
from alt_pipelines_tests.support.tag_data import folds, scores
from benchmarks.fit_tag_weights import (
    SECOND_STRENGTH,
    SHUFFLES,
    STRENGTH,
    Doc,
    LanguagePath,
    forms,
    load_encoder,
    paths,
    read,
    regression,
)

SMOOTHING = 3.0  # documents with the average share of titles that are added to each word's
KINDS = ((), ("headlines",), ("rarity",), ("headlines", "rarity"), ("headlines", "rarity", "phrase"))


@dataclass
class Vocabulary:
    """Numbers of documents, of documents by word, of titles by word, and of documents by phrase."""

    documents: int = 0
    words: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    phrases: Counter[str] = field(default_factory=Counter)

    def add(self, docs: Iterable[Doc], *, phrases: bool) -> None:
        """Count articles."""
        for doc in docs:
            found = {word for c in doc.candidates for word in words(c.form)}
            self.documents += 1
            self.words.update(found)
            self.titles.update(found & set(words(doc.clean.title)))
            if phrases:
                self.phrases.update({c.form.casefold() for c in doc.candidates})

    def values(self, candidate: Candidate, kinds: Sequence[str]) -> list[float]:
        """Return the features of a phrase."""
        found = words(candidate.form) or [candidate.form]
        average = self.titles.total() / max(1, self.words.total())
        shares = [math.log((self.titles[w] + SMOOTHING * average) / (self.words[w] + SMOOTHING)) for w in found]
        rare = [math.log((self.documents + 1) / (self.words[w] + 0.5)) for w in found]
        values = {
            "headlines": [fmean(shares), max(shares), min(shares)],
            "rarity": [fmean(rare), max(rare), min(rare)],
            "phrase": [math.log1p(self.phrases[candidate.form.casefold()])],
        }
        return [value for kind in kinds for value in values[kind]]


def tags(path: LanguagePath, other: Sequence[Doc], kinds: Sequence[str], seed: int) -> dict[str, list[list[str]]]:
    """Return, by pass, the tags of every article, each ranked by models that were fitted on other articles."""
    found: dict[str, dict[int, list[str]]] = {"first pass": {}, "second pass": {}}
    for train, held_out in folds(len(path.docs), 5, seed):
        vocabulary = Vocabulary()
        vocabulary.add(other, phrases=False)
        vocabulary.add([path.docs[i] for i in train], phrases=True)
        more = [
            np.array([vocabulary.values(c, kinds) for c in doc.candidates]).reshape(len(doc.candidates), -1)
            for doc in path.docs
        ]
        truth, weights = [path.docs[i].y for i in train], [1.0] * len(train)
        first_values = [np.hstack([doc.x, extra]) for doc, extra in zip(path.docs, more, strict=True)]
        first = regression([first_values[i] for i in train], truth, weights, STRENGTH[path.name])
        second_values = [np.hstack([path.second_values(path.docs[i], path.docs[i].candidates), more[i]]) for i in train]
        second = regression(second_values, truth, weights, SECOND_STRENGTH[path.name])
        for i in held_out:
            doc = path.docs[i]
            order, ranked = _ranked(doc.candidates, first_values[i], first, ranking.SHORTLIST)
            found["first pass"][i] = forms(ranked)
            short = order[: refinement.SHORTLIST]
            chosen = [doc.candidates[j] for j in short]
            values = np.hstack([path.second_values(doc, chosen), more[i][short]])
            found["second pass"][i] = forms(
                replace(_ranked(chosen, values, second, len(chosen))[1], total=ranked.total)
            )
    return {name: [rows[i] for i in range(len(path.docs))] for name, rows in found.items()}


def _ranked(
    chosen: Sequence[Candidate], values: np.ndarray, model: ranking.Model, count: int
) -> tuple[list[int], ranking.Ranked]:
    points = (values @ np.array(model.weights) + model.bias).tolist()
    order = sorted(range(len(points)), key=lambda i: (-points[i], i))[:count]
    best = tuple(chosen[i] for i in order)
    return order, ranking.Ranked(best, tuple(points[i] for i in order), model, len(chosen))


def main() -> None:
    """Print the F1 of each set of features."""
    path = paths(load_encoder())["en"][0]
    other = read("500N", "en")
    print("| features added | first pass, F1@5, @10, @15 | second pass |\n|---|---|---|")
    for kinds in KINDS:
        by_pass: dict[str, list[tuple[float, ...]]] = {}
        for seed in range(SHUFFLES):
            for name, found in tags(path, other, kinds, seed).items():
                by_pass.setdefault(name, []).append(scores(found, [doc.example for doc in path.docs]))
        cells = [
            ", ".join(f"{fmean(column):.1f} ± {pstdev(column):.1f}" for column in zip(*rows, strict=True))
            for rows in by_pass.values()
        ]
        print(f"| {', '.join(kinds) or 'none'} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    with recorded("benchmarks.tag_vocabulary", fitted="Out of fold: weights and frequencies of the training articles."):
        main()
