"""Fit the weights and the calibration of the tag rankers, and write alt_pipelines/tagging/weights.json.

    python benchmarks/fit_tag_weights.py [--dry-run]

Nine weights per model by logistic regression on "is this candidate a gold key", then Platt's slope and intercept on the tags
chosen out of fold, on "does it agree with a gold key" (see tag_data.agrees). English is fitted on DUC2001 dev; the generic
path on the same articles, read without part-of-speech tags; Japanese on flatton with the Wikinews headlines at a small
weight, since flatton holds web pages and no news. Prints F1@5/10/15 out of fold (5 folds, several shuffles).
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
from sklearn.linear_model import LogisticRegression
from tag_data import CUTS, PROJECT, Example, agrees, folds, load, normalise, scores

from alt_pipelines.tagging import english, generic, ranking, refinement
from alt_pipelines.tagging.candidates import find_candidates, presentable
from alt_pipelines.tagging.features import FEATURES, Candidate, candidates
from alt_pipelines.text.clean import CleanText, clean_article

OUT = PROJECT / "alt_pipelines" / "tagging" / "weights.json"
SHUFFLES = 5
HEADLINE_WEIGHT = 0.07  # of a Wikinews article beside a flatton page: news F1@10 23 -> 31, flatton unchanged; 0.2 costs it 5 points
HEADLINE_LIMIT = 300


@dataclass
class Doc:
    """A development article: its candidates, their features and whether each is gold."""

    example: Example
    clean: CleanText
    candidates: list[Candidate]
    x: np.ndarray  # (candidates, features)
    y: np.ndarray  # (candidates,) bool
    weight: float = 1.0


def read(name: str, path: str, limit: int | None = None, weight: float = 1.0) -> list[Doc]:
    """Articles of a set with candidates of a path ("en", "ja", or "generic": English read as a language without one)."""
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
    return ranking.Model(tuple(float(w) for w in weights), bias, 1.0, 0.0)


def calibrated(model: ranking.Model, scored: list[tuple[float, bool]]) -> ranking.Model:
    """The model with Platt's slope and intercept fitted on (adjusted score, agrees) pairs."""
    s = np.array([[a] for a, _ in scored])
    fitted = LogisticRegression(C=1e6).fit(s, np.array([b for _, b in scored]))
    return ranking.Model(model.weights, model.bias, float(fitted.coef_[0][0]), float(fitted.intercept_[0]))


def chosen(doc: Doc, model: ranking.Model) -> list[tuple[str, float]]:
    """Forms and adjusted scores of the fifteen tags an article would get."""
    return [(c.form, score) for c, score in ranking.select(ranking.rank(doc.candidates, model), max(CUTS))]


def out_of_fold(docs: list[Doc], extra: list[Doc], c: float, count: int = 10) -> tuple[tuple, list]:
    """(mean F1 over the shuffles, pairs for the calibration); ``extra`` is in every training part and never judged."""
    figures, pairs = [], []
    for seed in range(SHUFFLES):
        tags: dict[int, list[str]] = {}
        for train, held_out in folds(len(docs), 5, seed):
            model = fit([docs[i] for i in train] + extra, c)
            for i in held_out:
                found = chosen(docs[i], model)
                tags[i] = [form for form, _ in found]
                pairs += [(score, agrees(form, docs[i].example.gold)) for form, score in found[:count]]
        figures.append(scores([tags[i] for i in range(len(docs))], [d.example for d in docs]))
    return tuple(round(fmean(f), 2) for f in zip(*figures, strict=True)), pairs


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
            vectors = encoder.encode([refinement.topic(doc.clean.title, doc.clean.text), *forms], ["en"] * (len(forms) + 1))
            likeness = refinement.standardised(vectors[1:] @ vectors[0])
            x = np.hstack([doc.x[short], likeness[:, None]])
            kept = [doc.candidates[j]._replace(values=tuple(row)) for j, row in zip(short, x.tolist(), strict=True)]
            out[i] = Doc(doc.example, doc.clean, kept, x, doc.y[short])
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
    jobs = {
        "en": (duc, [], 1.0),
        "en+topic": (with_topic(duc, load_encoder()), [], 1.0),
        "generic": (read("DUC2001 dev", "generic"), [], 1.0),
        "ja": (read("flatton", "ja"), headlines, 0.1),
    }
    models = {}
    for name, (docs, extra, c) in jobs.items():
        figures, pairs = out_of_fold(docs, extra, c)
        model = calibrated(fit(docs + extra, c), pairs)
        chance = [1 / (1 + np.exp(-(model.slope * s + model.intercept))) for s, _ in pairs]
        passing = [good for p, (_, good) in zip(chance, pairs, strict=True) if p >= 0.6]
        rest = [good for p, (_, good) in zip(chance, pairs, strict=True) if p < 0.6]
        print(
            f"{name:9s} F1@5/10/15 out of fold {figures}; of its top tags {len(passing) / len(pairs):.0%} pass 0.6, "
            f"{fmean(passing or [0]):.0%} of them agree with a gold key, {fmean(rest or [0]):.0%} of the rest"
        )
        models[name] = {
            "weights": [round(w, 4) for w in model.weights],
            "bias": round(model.bias, 4),
            "slope": round(model.slope, 4),
            "intercept": round(model.intercept, 4),
        }
    if not options.dry_run:
        stored = {"features": list(FEATURES), "refined_features": [*FEATURES, "likeness"], "models": models}
        options.output.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
