"""Fit the weights of the ranking of languages other than English and Japanese, and write them to weights.json.

    python -m benchmarks.fit_generic_weights [--dry-run]

The gold tags are those of alt_pipelines_tests/support/data/gold_tags.jsonl: three short news texts per language,
written and tagged for this project. They are few, so there is one model for all languages. It has the features of both
passes and needs no encoder. Its weights are also fitted on DUC2001 dev, read as a generic language, at a smaller
weight, because the gold texts are all short.

Run `python -m benchmarks.fit_judgement` afterwards: it fits the judgement of the shortlists and their calibration.

Every figure printed is for languages that were left out of the fit, as a language without gold would see it.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
from sklearn.linear_model import LogisticRegression

from alt_pipelines.tagging.extraction import ranking
from alt_pipelines.tagging.extraction.candidates import find_candidates, presentable
from alt_pipelines.tagging.extraction.english import analysis as english
from alt_pipelines.tagging.extraction.evidence import EVIDENCE, evidence_values
from alt_pipelines.tagging.extraction.features import FEATURES, Candidate, candidates
from alt_pipelines.tagging.extraction.selection import select
from alt_pipelines.tagging.extraction.spaced import analysis as spaced
from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines_tests.support.report import recorded
from alt_pipelines_tests.support.tag_data import Example, f1, load, load_languages, normalise
from benchmarks.fit_tag_weights import OUT

STRENGTH = 0.03  # inverse of the regularisation; between 0.01 and 0.1 the left-out figure varies by 0.01
LONG_TEXTS = 0.5  # total weight of DUC2001 relative to the gold texts; between 0.2 and 0.5 nothing changes
WIDTH = len(FEATURES) + len(EVIDENCE)
# Without weight: hardly any gold tag has digits or hyphens, so a weight would say nothing about names such as 5G, F-35
# or COVID-19; the logarithm of the length would rank every such name last.
UNSEEN = ("marked", "digits", "katakana", "hyphen", "log_characters")


@dataclass(frozen=True)
class Doc:
    """A text with its candidates, their feature values and whether each is a gold tag."""

    example: Example
    candidates: list[Candidate]
    x: np.ndarray  # (candidates, WIDTH)
    y: np.ndarray  # (candidates,) bool


def main() -> None:
    """Fit the model, print its figures by language and write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry-run", action="store_true", help="print the figures and write nothing")
    parser.add_argument("--output", type=Path, default=OUT)
    options = parser.parse_args()

    texts, long_texts = read_languages(), read_long_texts()
    for language in sorted({doc.example.language for doc in texts}):
        left_out = [doc for doc in texts if doc.example.language == language]
        model = fit([doc for doc in texts if doc.example.language != language], long_texts)
        print(f"* {language}: F1@10 {100 * fmean(score(doc, model) for doc in left_out):.1f} without its own texts")
    model = fit(texts, long_texts)
    if not options.dry_run:
        stored = json.loads(options.output.read_text("utf-8"))
        for name in ("generic", "generic+vectors"):
            stored["models"][name] |= {"weights": [round(w, 4) for w in model.weights], "bias": round(model.bias, 4)}
        options.output.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def read_languages() -> list[Doc]:
    """Return the gold texts; one that is refused as unreadable is an error."""
    docs = []
    for example in load_languages():
        clean = clean_article(example.title, example.text)
        assert isinstance(clean, CleanText)
        docs.append(_doc(example, find_candidates(clean.title, clean.text, example.language)))
    return docs


def read_long_texts() -> list[Doc]:
    """Return the articles of DUC2001 dev, read without parts of speech."""
    docs = []
    for example in load("DUC2001 dev"):
        clean = clean_article(example.title, example.text)
        if isinstance(clean, CleanText):
            found = candidates(spaced.analyse(clean.title, clean.text, "en"), english.rarity, "")
            docs.append(_doc(example, [c for c in found if presentable(c.form)]))
    return docs


def _doc(example: Example, found: list[Candidate]) -> Doc:
    known = frozenset().union(*example.gold)
    x = np.array([(*c.values, *evidence_values(c)) for c in found], float).reshape(len(found), WIDTH)
    x[:, [(*FEATURES, *EVIDENCE).index(name) for name in UNSEEN]] = 0.0
    return Doc(example, found, x, np.array([normalise(c.form) in known for c in found], bool))


def fit(texts: Sequence[Doc], long_texts: Sequence[Doc]) -> ranking.Model:
    """Fit a logistic regression on standardised features; return its model for raw features, not calibrated."""
    x = np.vstack([doc.x for doc in (*texts, *long_texts)])
    y = np.concatenate([doc.y for doc in (*texts, *long_texts)])
    short, long = (sum(len(doc.candidates) for doc in docs) for docs in (texts, long_texts))
    weight = np.concatenate([np.ones(short), np.full(long, LONG_TEXTS * short / max(long, 1))])
    mean = np.average(x, axis=0, weights=weight)
    spread = np.sqrt(np.average((x - mean) ** 2, axis=0, weights=weight)) + 1e-9
    fitted = LogisticRegression(C=STRENGTH, max_iter=3000).fit((x - mean) / spread, y, sample_weight=weight)
    weights = fitted.coef_[0] / spread
    return ranking.Model(tuple(map(float, weights)), float(fitted.intercept_[0] - mean @ weights), 1.0, 0.0, 0.0)


def score(doc: Doc, model: ranking.Model) -> float:
    """Return the F1@10 of the text's tags, by the ranking alone."""
    tags = select(ranking.rank(doc.candidates, model), 10)
    return f1([c.form for c, _ in tags], doc.example.gold, 10)


if __name__ == "__main__":
    with recorded(
        "benchmarks.fit_generic_weights",
        fitted="Every figure is for a language that was left out of the fit. Fitted on the gold texts of the other "
        "languages (`gold_tags.jsonl`, three per language) and on DUC 2001 dev at a smaller weight.",
    ):
        main()
