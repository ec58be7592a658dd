"""Fit the weights and the calibration of the tag rankers, and write alt_pipelines/tagging/extraction/weights.json.

    python -m benchmarks.fit_tag_weights [--dry-run]

One weight per feature and model by logistic regression on "is this candidate a gold key", then Platt's slope and
intercept on the tags chosen out of fold, on "does it agree with a gold key" (see tag_data.agrees). English is fitted on
DUC2001 dev; the generic path on the same articles, read without part-of-speech tags; Japanese on flatton with the
Wikinews headlines at a small weight, since flatton holds web pages and no news. The calibration of English also sees
Inspec, for short texts. Prints F1@5/10/15 out of fold (5 folds, several shuffles).
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from alt_pipelines.tagging.extraction import english, generic, ranking, refinement
from alt_pipelines.tagging.extraction.candidates import find_candidates, presentable
from alt_pipelines.tagging.extraction.features import FEATURES, Candidate, candidates
from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines_tests.support.tag_data import CUTS, PROJECT, Example, agrees, folds, load, normalise, scores

OUT = PROJECT / "alt_pipelines" / "tagging" / "extraction" / "weights.json"
SHUFFLES = 5
HEADLINE_WEIGHT = (
    0.07  # of a Wikinews article beside a flatton page: news F1@10 23 -> 31, flatton unchanged; 0.2 costs it 5 points
)
HEADLINE_LIMIT = 300


class Judged(NamedTuple):
    """A tag with its score, the number of candidates it was chosen from, the verdict, and the set it comes from."""

    score: float
    candidates: int
    good: bool
    set: str


@dataclass
class Doc:
    """A development article: its candidates, their features and whether each is gold."""

    example: Example
    clean: CleanText
    candidates: list[Candidate]
    x: np.ndarray  # (candidates, features)
    y: np.ndarray  # (candidates,) bool
    weight: float = 1.0
    total: int = 0  # candidates before a shortlist was taken


def read(name: str, path: str, limit: int | None = None, weight: float = 1.0) -> list[Doc]:
    """Articles of a set with candidates of a path ("en", "ja", or "generic": English as a language without a path)."""
    docs = []
    for example in load(name, limit):
        clean = clean_article(example.title, example.text)
        if not isinstance(clean, CleanText):
            continue
        if path == "generic":
            document = generic.analyse(clean.title, clean.text, "en")
            found = [c for c in candidates(document, english.rarity) if presentable(c.form)]
        else:
            found = find_candidates(clean.title, clean.text, path)
        known = frozenset().union(*example.gold)
        y = np.array([normalise(c.form) in known for c in found], bool)
        x = np.array([c.values for c in found], float).reshape(len(found), len(FEATURES))
        docs.append(Doc(example, clean, found, x, y, weight))
    return docs


def fit(docs: list[Doc], c: float) -> ranking.Model:
    """Logistic regression on standardised features, given back for raw ones; not calibrated yet."""
    x, y = np.vstack([d.x for d in docs]), np.concatenate([d.y for d in docs])
    weight = np.concatenate([np.full(len(d.y), d.weight) for d in docs])
    mean, spread = x.mean(0), x.std(0) + 1e-9
    fitted = LogisticRegression(C=c, max_iter=2000).fit((x - mean) / spread, y, sample_weight=weight)
    weights = fitted.coef_[0] / spread
    bias = float(fitted.intercept_[0] - mean @ weights)
    return ranking.Model(tuple(float(w) for w in weights), bias, 1.0, 0.0, 0.0)


def calibrated(model: ranking.Model, judged: list[Judged]) -> ranking.Model:
    """The model with slope, intercept and size fitted on judged tags, every set counting the same."""
    x = np.array([[tag.score, np.log(tag.candidates)] for tag in judged])
    share = Counter(tag.set for tag in judged)
    weight = [len(judged) / share[tag.set] for tag in judged]
    fitted = LogisticRegression(C=1e6).fit(x, np.array([tag.good for tag in judged]), sample_weight=weight)
    slope, size = (float(c) for c in fitted.coef_[0])
    return replace(model, slope=slope, intercept=float(fitted.intercept_[0]), size=size)


def judge(docs: list[Doc], model: ranking.Model, name: str, count: int = 10) -> list[Judged]:
    """The tags of articles the model has not seen."""
    return [
        Judged(score, doc.total or len(doc.candidates), agrees(form, doc.example.gold), name)
        for doc in docs
        for form, score in chosen(doc, model)[:count]
    ]


def chosen(doc: Doc, model: ranking.Model) -> list[tuple[str, float]]:
    """Forms and adjusted scores of the fifteen tags an article would get."""
    return [(c.form, score) for c, score in ranking.select(ranking.rank(doc.candidates, model), max(CUTS))]


def out_of_fold(docs: list[Doc], extra: list[Doc], c: float) -> tuple[tuple[float, ...], list[Judged]]:
    """(mean F1 over the shuffles, tags for the calibration); ``extra`` is in every training part and never judged."""
    figures: list[tuple[float, ...]] = []
    judged: list[Judged] = []
    for seed in range(SHUFFLES):
        tags: dict[int, list[str]] = {}
        for train, held_out in folds(len(docs), 5, seed):
            model = fit([docs[i] for i in train] + extra, c)
            judged += judge([docs[i] for i in held_out], model, "held out")
            for i in held_out:
                tags[i] = [form for form, _ in chosen(docs[i], model)]
        figures.append(scores([tags[i] for i in range(len(docs))], [d.example for d in docs]))
    return tuple(round(fmean(f), 2) for f in zip(*figures, strict=True)), judged


def with_topic(docs: list[Doc], encoder: refinement.Encoder) -> list[Doc]:
    """Shortlists only, by first-pass models that have not seen the article, with the likeness as one more feature."""
    out: dict[int, Doc] = {}
    for train, held_out in folds(len(docs), 5, seed=0):
        model = fit([docs[i] for i in train], 1.0)
        for i in held_out:
            doc = docs[i]
            scored = [model.score(c.values) for c in doc.candidates]
            short = np.argsort(-np.array(scored), kind="stable")[: refinement.SHORTLIST]
            forms = [doc.candidates[j].form for j in short]
            vectors = encoder.encode(
                [refinement.topic(doc.clean.title, doc.clean.text), *forms], ["en"] * (len(forms) + 1)
            )
            likeness = refinement.standardised(vectors[1:] @ vectors[0])
            x = np.hstack([doc.x[short], likeness[:, None]])
            kept = [doc.candidates[j]._replace(values=tuple(row)) for j, row in zip(short, x.tolist(), strict=True)]
            out[i] = Doc(doc.example, doc.clean, kept, x, doc.y[short], total=len(doc.candidates))
    return [out[i] for i in range(len(docs))]


def load_encoder() -> refinement.Encoder:
    """The configured encoder of the product."""
    from alt_pipelines.embedding.factory import load_embedder
    from alt_pipelines.settings import Settings

    return load_embedder(Settings.from_environment().embedding)


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry-run", action="store_true", help="print the figures and write nothing")
    parser.add_argument("--output", type=Path, default=OUT)
    options = parser.parse_args()

    duc = read("DUC2001 dev", "en")
    headlines = read("Wikinews headlines", "ja", HEADLINE_LIMIT, HEADLINE_WEIGHT)
    abstracts = read("Inspec", "en")
    encoder = load_encoder()
    jobs = {
        "en": (duc, [], 1.0, abstracts),
        "en+topic": (with_topic(duc, encoder), [], 1.0, with_topic(abstracts, encoder)),
        "generic": (read("DUC2001 dev", "generic"), [], 1.0, read("Inspec", "generic")),
        "ja": (read("flatton", "ja"), headlines, 0.1, []),
    }
    models = {}
    for name, (docs, extra, c, short) in jobs.items():
        figures, judged = out_of_fold(docs, extra, c)
        model = fit(docs + extra, c)
        model = calibrated(model, judged + judge(short, model, "short"))
        passing = [tag.good for tag in judged if model.confidence(tag.score, tag.candidates) >= 0.6]
        rest = [tag.good for tag in judged if model.confidence(tag.score, tag.candidates) < 0.6]
        print(
            f"{name:9s} F1@5/10/15 out of fold {figures}; of its top tags {len(passing) / len(judged):.0%} pass 0.6, "
            f"{fmean(passing or [0]):.0%} of them agree with a gold key, {fmean(rest or [0]):.0%} of the rest"
        )
        models[name] = {
            "weights": [round(w, 4) for w in model.weights],
            "bias": round(model.bias, 4),
            "slope": round(model.slope, 4),
            "intercept": round(model.intercept, 4),
            "size": round(model.size, 4),
        }
    if not options.dry_run:
        stored = {"features": list(FEATURES), "refined_features": [*FEATURES, "likeness"], "models": models}
        options.output.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
