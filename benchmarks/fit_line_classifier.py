"""Fit the classifier of boilerplate lines, and say how many lines it finds and takes away by mistake.

    python -m benchmarks.fit_line_classifier [--dry-run]

It writes alt_pipelines/text/boilerplate/line_classifier.npz, in about six minutes. The second stage is fitted on
what the first says of articles that it was not fitted on.

The data are alt_pipelines_tests/support/data/labelled_lines.jsonl: articles in 30 languages, written for this project
by six writers who knew neither the code nor its results, with a label for each line; and articles of
judged_articles.jsonl, whose lines are all their own. Each labelled article is fitted as it is, after the rules, without
boilerplate, with some of it, and in part, so that no place and no share of boilerplate means much by itself.

The figures are out of fold by articles, and count only the lines that the rules leave. The writers write alike, so on
feeds there is more that they did not think of.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import KFold
from sklearn.neural_network import MLPClassifier

from alt_pipelines.settings import PROJECT_ROOT
from alt_pipelines.text.boilerplate.line_classifier import (
    BUCKETS,
    FILE,
    Classifier,
    WordWeights,
    buckets_of,
    form_values,
    hashed_value,
    logits,
    second_values,
    without_boilerplate,
)
from alt_pipelines.text.boilerplate.line_context import Network, Values
from alt_pipelines.text.boilerplate.removal import lines_after_rules
from alt_pipelines.text.lines import Line
from alt_pipelines.text.normal import nfkc
from alt_pipelines_tests.support.judged_data import judged_articles
from alt_pipelines_tests.support.labelled_lines import LabelledArticle, labelled_articles
from alt_pipelines_tests.support.report import recorded

OUT = PROJECT_ROOT / "alt_pipelines" / "text" / "boilerplate" / FILE
STRENGTH = 1.0  # inverse of the regularisation; 0.3 and 3 give the same area under the curve within 0.003
OWN_ARTICLES = 1200  # judged articles
LISTED = 0.6  # of them, with a list
BETWEEN = (" · ", " | ", " • ", " – ", " / ", ", ")  # items of a row
KEPT_SHARES = (0.15, 0.4)  # of an article's boilerplate
PART = (2, 6)  # lines
FOLDS = 6
INNER_FOLDS = 3  # of the first stage, for fitting the second
UNITS = 32
DECAY = 1.0  # L2 regularisation of the second stage; 0.1 and 3 find fewer lines
RATE, EPOCHS = 0.003, 120
SEED = 1


def main() -> None:
    """Fit, print the figures and write the classifier."""
    parser = argparse.ArgumentParser(description="Fit the classifier of boilerplate lines.")
    parser.add_argument("--dry-run", action="store_true", help="print the figures and write nothing")
    options = parser.parse_args()
    labelled, own = list(labelled_articles()), list(islice(_own_articles(), OWN_ARTICLES))
    with recorded("benchmarks.fit_line_classifier", fitted="The figures are of articles that were not fitted on."):
        _report(labelled, own)
    if not options.dry_run:
        words, context = fit(labelled, own)
        np.savez_compressed(
            OUT,
            hashed=words.hashed.astype(np.float16),
            form=words.form,
            bias=np.float32(words.bias),
            hidden=context.hidden,
            hidden_bias=context.hidden_bias,
            out=context.out,
            out_bias=np.float32(context.bias),
        )


def fit(labelled: Sequence[LabelledArticle], own: Sequence[LabelledArticle]) -> Classifier:
    """Return a classifier fitted to these articles."""
    rows: list[Values] = []
    labels: list[bool] = []
    folds = KFold(INNER_FOLDS, shuffle=True, random_state=SEED)
    for (train, test), (kept, left_out) in zip(folds.split(labelled), folds.split(own), strict=True):
        words = _fit_words([*_variants([labelled[i] for i in train]), *(own[i] for i in kept)])
        for article in [*_variants([labelled[i] for i in test]), *(own[i] for i in left_out)]:
            lines = [line for line, _ in article.lines]
            if lines:
                places = range(len(lines))
                rows.append(second_values(lines, places, form_values(article.title, lines, places), words))
                labels.extend(label for _, label in article.lines)
    return Classifier(_fit_words([*_variants(labelled), *own]), _fit_context(np.vstack(rows), np.array(labels)))


def _fit_context(values: NDArray[np.float64], labels: NDArray[np.bool_]) -> Network:
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    model = MLPClassifier((UNITS,), alpha=DECAY, max_iter=EPOCHS, learning_rate_init=RATE, random_state=SEED)
    model.fit((values - mean) / spread, labels)
    (hidden, out), (hidden_bias, bias) = model.coefs_, model.intercepts_
    hidden = hidden / spread[:, None]
    single = np.float32
    return Network(
        hidden.astype(single), (hidden_bias - mean @ hidden).astype(single), out[:, 0].astype(single), float(bias[0])
    )


def _fit_words(articles: Sequence[LabelledArticle]) -> WordWeights:
    values, labels = _values(articles)
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    hashed = _hashed([line for article in articles for line, _ in article.lines])
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    model.fit(hstack([hashed, csr_matrix((values - mean) / spread)]).tocsr(), labels)
    weights = model.coef_[0]
    form = weights[BUCKETS:] / spread
    bias = float(model.intercept_[0] - form @ mean)
    return WordWeights(weights[:BUCKETS].astype(np.float32), form.astype(np.float32), bias)


def _report(labelled: Sequence[LabelledArticle], own: Sequence[LabelledArticle]) -> None:
    """Print the figures out of fold."""
    languages = len({article.language.partition("-")[0] for article in labelled})
    print(f"{len(labelled)} labelled articles in {languages} languages, {len(own)} others")
    scores: list[float] = []
    labels: list[bool] = []
    removed: list[bool] = []
    labelled_here: list[bool] = []  # whether a line is of a labelled article
    folds = KFold(FOLDS, shuffle=True, random_state=SEED)
    for (train, test), (kept, left_out) in zip(folds.split(labelled), folds.split(own), strict=True):
        fitted = fit([labelled[i] for i in train], [own[i] for i in kept])
        tested = [_after_rules(labelled[i]) for i in test]
        for place, article in enumerate([*tested, *(own[i] for i in left_out)]):
            lines = [line for line, _ in article.lines]
            if not lines:
                continue
            labelled_here.extend([place < len(tested)] * len(lines))
            left = without_boilerplate(article.title, lines, fitted)
            places = range(len(lines))
            scores.extend(logits(lines, places, form_values(article.title, lines, places), fitted)[1])
            labels.extend(label for _, label in article.lines)
            removed.extend(line not in left for line in lines)
    score, label, gone, known = np.array(scores), np.array(labels), np.array(removed), np.array(labelled_here)
    print(f"lines that the rules leave: {label.sum()} of boilerplate, {(~label).sum()} others")
    print(f"area under the ROC curve: {roc_auc_score(label, score):.3f}")
    print(
        f"removed: {gone[label].mean():.1%} of boilerplate, {gone[known & ~label].mean():.2%} of the text's own lines"
    )
    print(
        f"and {gone[~known].mean():.2%} of the lines of articles without labels, half of which have a list of names "
        "that is not theirs"
    )


def _own_articles() -> Iterator[LabelledArticle]:
    """Yield the judged articles, whose lines are all their own, with lists of what editors chose in others.

    Rows of names and items of lists have the form of boilerplate, but not its words.
    """
    articles = list(judged_articles())
    chance = random.Random(SEED)
    chance.shuffle(articles)
    for article, other in zip(articles, [*articles[1:], articles[0]], strict=True):
        lines = [nfkc(line) for line in article.content.split("\n") if line.strip()]
        names = [form for form, verdict in other.verdicts.items() if verdict == 1]
        if chance.random() < LISTED and names:
            items = chance.sample(names, min(len(names), chance.randint(*PART)))
            place = chance.randint(0, len(lines))
            lines[place:place] = items if chance.random() < 0.5 else [chance.choice(BETWEEN).join(items)]
        yield LabelledArticle(article.language, article.title, tuple((line, False) for line in lines))


def _variants(articles: Sequence[LabelledArticle]) -> Iterator[LabelledArticle]:
    """Yield the articles as they are, after the rules, without boilerplate, with some of it, and in part."""
    chance = random.Random(SEED)
    for article in articles:
        lines = article.lines
        kept = [tuple(line for line in lines if not line[1] or chance.random() < share) for share in (0, *KEPT_SHARES)]
        count = chance.randint(*PART)
        start = chance.randint(0, max(0, len(lines) - count))
        for variant in (lines, *kept, lines[start : start + count], _after_rules(article).lines):
            if variant:
                yield article._replace(lines=variant)


def _after_rules(article: LabelledArticle) -> LabelledArticle:
    left = set(lines_after_rules(article.title, [Line(line) for line, _ in article.lines]))
    return article._replace(lines=tuple(line for line in article.lines if line[0] in left))


def _values(articles: Sequence[LabelledArticle]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    rows = []
    for article in articles:
        lines = [line for line, _ in article.lines]
        rows.append(form_values(article.title, lines, range(len(lines))))
    return np.vstack(rows), np.array([label for article in articles for _, label in article.lines])


def _hashed(lines: Sequence[str]) -> csr_matrix:
    buckets = [buckets_of(line) for line in lines]
    values = np.concatenate([np.full(len(found), hashed_value(len(found))) for found in buckets])
    ends = np.cumsum([0, *map(len, buckets)])
    return csr_matrix((values, np.concatenate(buckets), ends), shape=(len(lines), BUCKETS))


if __name__ == "__main__":
    main()
