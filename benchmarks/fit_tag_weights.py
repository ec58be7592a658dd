"""Fit the weights and the calibration of the tag rankers, and write alt_pipelines/tagging/extraction/weights.json.

    python -m benchmarks.fit_tag_weights [--dry-run]

Weights are fitted by logistic regression on the label "this candidate is a gold key", one weight per feature and
model. The second pass is fitted on all candidates although it ranks shortlists: Japanese F1@10 is 56.3 this way and
55.6 when fitted on shortlists. English is fitted on DUC2001 dev. For other languages see fit_generic_weights.
Japanese is fitted on flatton, plus the Wikinews headlines at a small weight because flatton holds web pages and no
news.

The rankings are then judged (``judgement``), by the shipped networks, which know none of these articles. Confidences
use Platt scaling on the out-of-fold tags, with the label "the stemmed tag is exactly a gold key". The
calibration of English also uses Inspec, for short texts.

Everything printed is out of fold (5 folds, several shuffles; no number is fitted on the articles that it is measured
on): F1@5/10/15 with the spread over the shuffles, the expected calibration error, and the precision on both sides of
the consumers' gate.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, pstdev
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from alt_pipelines.embedding.cache import CachedEmbedder
from alt_pipelines.embedding.router import LanguageRouter
from alt_pipelines.tagging.extraction import ranking, refinement
from alt_pipelines.tagging.extraction.candidates import find_candidates
from alt_pipelines.tagging.extraction.features import FEATURES, Candidate
from alt_pipelines.tagging.extraction.judgement import judged
from alt_pipelines.tagging.extraction.selection import select
from alt_pipelines.tagging.extraction.shortlist import prepared
from alt_pipelines.text.clean import CleanText, clean_article
from alt_pipelines.text.language import detect
from alt_pipelines.vocabulary.words import FEATURES as VOCABULARY
from alt_pipelines.vocabulary.words import Vocabulary, counted
from alt_pipelines_tests.support.report import recorded
from alt_pipelines_tests.support.tag_data import CUTS, PROJECT, Example, archive, folds, load, normalise, scores
from benchmarks.tag_calibration import (
    Confidences,
    Judged,
    calibrated,
    calibration_error,
    held_out_confidences,
    least_error,
)

OUT = PROJECT / "alt_pipelines" / "tagging" / "extraction" / "weights.json"
SHUFFLES = 3
GATE = 0.6
SPLITS = range(1, 5)  # divisions of the articles into folds of the calibration; one alone is off by up to 0.02
HEADLINE_LIMIT = 300
HEADLINE_WEIGHT = 0.07  # Wikinews candidate relative to a flatton one: 0.2 costs flatton 5 points in either pass
# Languages whose first pass uses the vocabulary too. In Japanese it costs the first pass 0.8 of F1@10.
FIRST_PASS_VOCABULARY = frozenset({"en"})
STRENGTH = {"en": 1.0, "ja": 0.1}  # inverse of the regularisation, first pass
SECOND_STRENGTH = {"en": 1.0, "ja": 0.02}  # second pass, with three times the features


@dataclass
class Doc:
    """A development article: its candidates, their features and gold labels."""

    example: Example
    clean: CleanText
    candidates: list[Candidate]
    x: np.ndarray  # (candidates, features)
    y: np.ndarray  # (candidates,) bool
    views: np.ndarray | None = field(default=None, repr=False)  # vectors of refinement.document_views


@dataclass(frozen=True)
class Fitted:
    """The models of both passes of a path; ``second`` is None if the path has no second pass."""

    first: ranking.Model
    second: ranking.Model | None


@dataclass(frozen=True)
class LanguagePath:
    """A language path: the articles it is evaluated on, extra training articles, and the encoder of its second pass.
    The candidates of a path named "en+vocabulary" have the values of a vocabulary.
    """

    name: str
    docs: list[Doc]
    extra: list[Doc]
    encoder: refinement.Encoder | None

    @property
    def language(self) -> str:
        """Two letters."""
        return self.name.partition("+")[0]

    def key(self, pass_: str) -> str:
        """Return the name of a pass's model (see `ranking.models`)."""
        return self.name if pass_ == "first pass" else self.name.replace(self.language, f"{self.language}+document", 1)

    def fit(self, train: Sequence[Doc]) -> Fitted:
        """Fit both passes on ``train`` and the extra articles, without calibration."""
        strength = STRENGTH[self.language]
        weights = [1.0] * len(train) + [HEADLINE_WEIGHT] * len(self.extra)
        docs = [*train, *self.extra]
        first = regression([d.x for d in docs], [d.y for d in docs], weights, strength)
        if self.encoder is None:
            return Fitted(first, None)
        x = [self.second_values(d, d.candidates) for d in docs]
        return Fitted(first, regression(x, [d.y for d in docs], weights, SECOND_STRENGTH[self.language]))

    def rankings(self, doc: Doc, fitted: Fitted) -> dict[str, ranking.Ranked]:
        """Return the article's judged rankings by pass."""
        text, language = f"{doc.clean.title}\n{doc.clean.text}", doc.example.language
        found = {}
        for name, ranked in self._rankings(doc, fitted).items():
            ranked = prepared(ranked, text, language)
            encoder = self.encoder if name == "second pass" else None
            vectors = refinement.phrase_vectors([ranked], [text], encoder) if encoder is not None else None
            found[name] = judged(ranked, text, language, vectors[0] if vectors is not None else None)
        return found

    def _rankings(self, doc: Doc, fitted: Fitted) -> dict[str, ranking.Ranked]:
        first = ranking.rank(doc.candidates, fitted.first)
        found = {"first pass": first}
        if fitted.second is not None and first.candidates:
            short = first.candidates[: refinement.SHORTLIST]
            values = self.second_values(doc, short)
            found_scores = (values @ np.array(fitted.second.weights) + fitted.second.bias).tolist()
            order = sorted(range(len(found_scores)), key=lambda i: (-found_scores[i], i))
            found["second pass"] = ranking.Ranked(
                tuple(short[i] for i in order),
                tuple(found_scores[i] for i in order),
                fitted.second,
                first.total,
            )
        elif fitted.second is not None:
            found["second pass"] = first
        return found

    def second_values(self, doc: Doc, chosen: Sequence[Candidate]) -> np.ndarray:
        """Return features of shape (candidates, second-pass features); the encoder caches the vectors."""
        assert self.encoder is not None
        language = doc.example.language
        if doc.views is None:
            views = refinement.document_views(doc.clean.title, doc.clean.text, language)
            doc.views = self.encoder.encode(views, [language] * len(views))
        if not chosen:
            return np.empty((0, len(ranking.SECOND_PASS) + len(VOCABULARY) * ("+vocabulary" in self.name)))
        vectors = self.encoder.encode([c.form for c in chosen], [language] * len(chosen))
        return refinement.second_pass_values(chosen, vectors, doc.views)


def read(name: str, path: str, limit: int | None = None, vocabulary: Vocabulary | None = None) -> list[Doc]:
    """Read a set and find candidates by a path, "en" or "ja", with the values of a vocabulary if there is one."""
    docs = []
    for example in load(name, limit):
        clean = clean_article(example.title, example.text)
        if not isinstance(clean, CleanText):
            continue
        found = find_candidates(clean.title, clean.text, path)
        if vocabulary is not None:
            found = [c._replace(vocabulary=vocabulary.values(c.form)) for c in found]
        known = frozenset().union(*example.gold)
        y = np.array([normalise(c.form) in known for c in found], bool)
        counts = path in FIRST_PASS_VOCABULARY
        x = np.array([(*c.values, *(c.vocabulary if counts else ())) for c in found], float).reshape(len(found), -1)
        docs.append(Doc(example, clean, found, x, y))
    return docs


def regression(x: list[np.ndarray], y: list[np.ndarray], weights: list[float], strength: float) -> ranking.Model:
    """Fit a logistic regression on standardised features and return its model for raw features, not calibrated."""
    rows, truth = np.vstack(x), np.concatenate(y)
    weight = np.concatenate([np.full(len(part), w) for part, w in zip(y, weights, strict=True)])
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    fitted = LogisticRegression(C=strength, max_iter=3000).fit((rows - mean) / spread, truth, sample_weight=weight)
    weights_ = fitted.coef_[0] / spread
    return ranking.Model(
        tuple(float(w) for w in weights_), float(fitted.intercept_[0] - mean @ weights_), 1.0, 0.0, 0.0
    )


def judge(doc: Doc, ranked: ranking.Ranked, name: str, count: int = 10) -> list[Judged]:
    """Return the article's tags, each with whether it is exactly a gold key."""
    known = frozenset().union(*doc.example.gold)
    return [
        Judged(score, ranked.total, normalise(c.form) in known, name, doc.example.id)
        for c, score in select(ranked, count)
    ]


def forms(ranked: ranking.Ranked) -> list[str]:
    """Return the tags of a ranking, up to the largest cut of the score."""
    return [c.form for c, _ in select(ranked, max(CUTS))]


def out_of_fold(
    path: LanguagePath, shuffles: int = SHUFFLES
) -> tuple[dict[str, list[tuple[float, ...]]], dict[str, list[Judged]]]:
    """Return, by pass, the F1 of every shuffle and the judged tags for the calibration."""
    figures: dict[str, list[tuple[float, ...]]] = {}
    judged_tags: dict[str, list[Judged]] = {}
    for seed in range(shuffles):
        tags: dict[str, dict[int, list[str]]] = {}
        for train, held_out in folds(len(path.docs), 5, seed):
            fitted = path.fit([path.docs[i] for i in train])
            for i in held_out:
                for name, ranked in path.rankings(path.docs[i], fitted).items():
                    tags.setdefault(name, {})[i] = forms(ranked)
                    judged_tags.setdefault(name, []).extend(judge(path.docs[i], ranked, "held out"))
        for name, found in tags.items():
            rows = [found[i] for i in range(len(path.docs))]
            figures.setdefault(name, []).append(scores(rows, [d.example for d in path.docs]))
    return figures, judged_tags


class _Remembering:
    """An encoder that computes the states of the tokens of each window of a text only once."""

    def __init__(self, encoder: Any) -> None:
        self._encoder = encoder
        self._states: dict[tuple[int, ...], NDArray[np.float32]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def phrase_states(self, sequences: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        """See `OnnxEmbedder.phrase_states`."""
        keys = [tuple(sequence) for sequence in sequences]
        missing = [key for key in dict.fromkeys(keys) if key not in self._states]
        self._states |= dict(zip(missing, self._encoder.phrase_states(missing), strict=True))
        return [self._states[key] for key in keys]


def load_encoder() -> refinement.Encoder:
    """Return the product's shipped encoder. It computes each phrase and each window of a text once."""
    from alt_pipelines.embedding.factory import load_embedder
    from alt_pipelines.settings import Settings

    router = load_embedder(Settings.from_environment().embedding.model_copy(update={"cache_size": 0}))
    assert isinstance(router, LanguageRouter), "the weights are fitted on the shipped encoders"
    english, multilingual = router.encoders
    remembering: Any = _Remembering(multilingual)
    return CachedEmbedder(LanguageRouter({"en": english}, default=remembering, detect=detect), 200_000)


def paths(encoder: refinement.Encoder) -> dict[str, tuple[LanguagePath, list[Doc]]]:
    """Return, by name, the path and the short texts that its calibration uses besides the held-out articles."""
    found: dict[str, tuple[LanguagePath, list[Doc]]] = {}
    for suffix in ("", "+vocabulary"):
        words = {name: vocabulary_of_archive(name) if suffix else None for name in ("en", "ja")}
        english = LanguagePath(f"en{suffix}", read("DUC2001 dev", "en", None, words["en"]), [], encoder)
        found[english.name] = english, read("Inspec", "en", None, words["en"])
        headlines = read("Wikinews headlines", "ja", HEADLINE_LIMIT, words["ja"])
        japanese = LanguagePath(f"ja{suffix}", read("flatton", "ja", None, words["ja"]), headlines, encoder)
        found[japanese.name] = japanese, []
    return found


def vocabulary_of_archive(language: str) -> Vocabulary:
    """Return a vocabulary as the product would count it on an archive that has none of the evaluated articles."""
    clean = (clean_article(title, text) for title, text in archive(language, HEADLINE_LIMIT))
    return counted(language, ((c.title, c.text) for c in clean if isinstance(c, CleanText)))


def main() -> None:
    """Fit the models, print their figures and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry-run", action="store_true", help="print the figures and write nothing")
    parser.add_argument("--output", type=Path, default=OUT)
    parser.add_argument("--only", nargs="+", help="paths to fit; the others keep their stored models")
    options = parser.parse_args()

    stored = json.loads(options.output.read_text("utf-8"))  # keeps the models of other languages
    models = stored["models"]
    for name, (path, short) in paths(load_encoder()).items():
        if options.only and name not in options.only:
            continue
        figures, judged_tags = out_of_fold(path)
        fitted = path.fit(path.docs)
        for doc in short:
            for pass_, ranked in path.rankings(doc, fitted).items():
                judged_tags[pass_] += judge(doc, ranked, "short")
        for pass_, model in (("first pass", fitted.first), ("second pass", fitted.second)):
            key = path.key(pass_)
            same = key.endswith("+vocabulary") and pass_ == "first pass" and path.language not in FIRST_PASS_VOCABULARY
            if model is not None and not same:
                model = calibrated(model, judged_tags[pass_])
                splits: list[Confidences] = [
                    list(held_out_confidences(model, judged_tags[pass_], seed)) for seed in SPLITS
                ]
                _report(key, figures[pass_], splits)
                models[key] = _rounded(model)
    if not options.dry_run:
        stored |= {"features": list(FEATURES), "second_pass": list(ranking.SECOND_PASS)}
        stored |= {"vocabulary": list(VOCABULARY), "models": models}
        options.output.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _report(name: str, figures: list[tuple[float, ...]], confidences: list[Confidences]) -> None:
    f1 = ", ".join(f"{fmean(column):.1f} ± {pstdev(column):.1f}" for column in zip(*figures, strict=True))
    pairs = [pair for split in confidences for pair in split]
    over, under = ([good for c, good in pairs if (c >= GATE) == side] for side in (True, False))
    print(
        f"* {name}: F1@5, @10, @15 {f1}; calibration error {fmean(map(calibration_error, confidences)):.3f} "
        f"(a perfect one would measure {least_error(confidences[0][::SHUFFLES]):.3f}); "
        f"{len(over) / len(pairs):.0%} of tags pass {GATE}, precision {fmean(over or [0]):.2f}, "
        f"of the rest {fmean(under or [0]):.2f}",
        flush=True,
    )


def _rounded(model: ranking.Model) -> dict[str, object]:
    return {
        "weights": [round(w, 4) for w in model.weights],
        "bias": round(model.bias, 4),
        "slope": round(model.slope, 4),
        "intercept": round(model.intercept, 4),
        "size": round(model.size, 4),
    }


if __name__ == "__main__":
    with recorded(
        "benchmarks.fit_tag_weights",
        fitted="Out of fold (5 folds, 3 shuffles): weights and calibration are fitted without the articles that "
        "they are judged on. English is fitted on DUC 2001 dev, Japanese on flatton and on Wikinews "
        "headlines at a small weight. The features and constants were chosen on these sets, so expect "
        "lower figures on other text.",
    ):
        main()
