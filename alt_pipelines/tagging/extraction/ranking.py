"""Ranking: orders candidates by a fitted linear score.

    rank(candidates, first_model("en"))  ->  Ranked, a shortlist of the best candidates with their scores

Scores are logits; ``calibration`` turns them into probabilities. The fitted models of weights.json have one loader,
which refuses weights of other features than this code computes.

Scope: the score of each candidate. Out of scope: which of them name the same thing (``selection``).
"""

import json
import math
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import mul
from typing import Any, NamedTuple

from alt_pipelines.data_files import data_file
from alt_pipelines.tagging.extraction.calibration import logistic
from alt_pipelines.tagging.extraction.evidence import EVIDENCE, evidence_values
from alt_pipelines.tagging.extraction.features import FEATURES, Candidate
from alt_pipelines.vocabulary.words import FEATURES as VOCABULARY

SHORTLIST = 30  # candidates kept after scoring: three times the tags of an article
FEWEST = 20  # candidates; the calibration data has few articles with fewer, so it is not extrapolated below this
# Logits subtracted from the confidences of languages without gold texts, because their rows of the table of languages
# were never checked against a text.
UNPROVEN = 0.5
LIKENESS = ("lead", "opening", "whole", "centroid")  # similarity of the phrase to parts of its document
SECOND_PASS = (*FEATURES, *EVIDENCE, *LIKENESS)
_LENGTHS = {  # of a model's weights
    len(names) + more for names in (FEATURES, (*FEATURES, *EVIDENCE), SECOND_PASS) for more in (0, len(VOCABULARY))
}
_CALIBRATION = ("slope", "intercept", "size")


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted model of one language path and pass.

    ``weights`` are in the order of ``FEATURES``, of ``FEATURES`` and ``EVIDENCE`` (the generic model, in both
    passes), or of ``SECOND_PASS``. A model that uses a vocabulary has those of ``VOCABULARY`` after them.
    ``slope``, ``intercept`` and ``size`` turn a score into a confidence.
    """

    weights: tuple[float, ...]
    bias: float
    slope: float
    intercept: float
    size: float

    def confidence(self, score: float, candidates: int) -> float:
        """Return the probability (0..1) that a tag with this score, out of ``candidates`` candidates, is good."""
        return logistic(self.slope * score + self.intercept + self.size * math.log(max(candidates, FEWEST)))

    def score(self, values: Sequence[float]) -> float:
        """Return the linear score: the logit of being a reader's key phrase."""
        weighted: float = sum(map(mul, values, self.weights))
        return self.bias + weighted


@dataclass(frozen=True, slots=True)
class Ranked:
    """A shortlist, best first, with its scores under ``model`` and the number of candidates it was taken from."""

    candidates: tuple[Candidate, ...]
    scores: tuple[float, ...]
    model: Model
    total: int

    def without(self, dropped: AbstractSet[int], scores: Sequence[float]) -> "Ranked":
        """Return the shortlist without the candidates at these places, ordered by the new scores of all places."""
        if not dropped:
            return self
        left = sorted((i for i in range(len(self.candidates)) if i not in dropped), key=lambda i: (-scores[i], i))
        return replace(self, candidates=tuple(self.candidates[i] for i in left), scores=tuple(scores[i] for i in left))


class Fitted(NamedTuple):
    """The contents of weights.json: the models by name, and by model name the logits added for a language."""

    models: dict[str, Model]
    offsets: dict[str, dict[str, float]]


def models() -> dict[str, Model]:
    """Return the fitted models by name: ``en``, ``ja`` and ``generic``; and ``en+document``, ``ja+document`` and
    ``generic+vectors`` for the second pass. With ``+vocabulary``, the same for languages that have a vocabulary.
    """
    return fitted().models


@lru_cache(maxsize=1)
def fitted() -> Fitted:
    """Return the contents of weights.json.

    Raises:
        DataFileError: it cannot be used, or was fitted for other features than this code computes.
    """
    with data_file(__package__, "weights.json") as file:
        stored: Any = json.loads(file.read_text("utf-8"))
        features = tuple(tuple(stored[name]) for name in ("features", "second_pass", "vocabulary"))
        if features != (FEATURES, SECOND_PASS, VOCABULARY):
            raise ValueError("it was fitted to different features; fit again by `python -m benchmarks.fit_tag_weights`")
        by_name = {
            name: Model(tuple(map(float, m["weights"])), *(float(m[key]) for key in ("bias", *_CALIBRATION)))
            for name, m in stored["models"].items()
        }
        if not by_name.keys() >= {"en", "ja", "generic"} or not {len(m.weights) for m in by_name.values()} <= _LENGTHS:
            raise ValueError("a model is missing, or has another number of weights than there are features")
        return Fitted(by_name, stored.get("offsets", {}))


@lru_cache(maxsize=128)
def first_model(language: str, vocabulary: bool = False, vectors: bool = False) -> Model:
    """Return the first-pass model of a language: its own, or the generic one with the language's offset.

    With ``vocabulary``, the one that uses a vocabulary, if there is one: in Japanese, only the second pass does. With
    ``vectors``, the generic one with the calibration of tags whose phrases are judged by their vectors.
    """
    if vocabulary and f"{language}+vocabulary" in models():
        return models()[f"{language}+vocabulary"]
    if language in models():
        return models()[language]
    name = "generic+vectors" if vectors else "generic"
    generic, offsets = models()[name], fitted().offsets.get(name, {})
    return replace(generic, intercept=generic.intercept + offsets.get(language, -UNPROVEN))


# The values that a first-pass model weighs, by the number of its weights.
_VALUES: dict[int, Callable[[Candidate], Sequence[float]]] = {
    len(FEATURES): lambda candidate: candidate.values,
    len(FEATURES) + len(VOCABULARY): lambda candidate: (*candidate.values, *candidate.vocabulary),
    len(FEATURES) + len(EVIDENCE): lambda candidate: (*candidate.values, *evidence_values(candidate)),
}


def rank(candidates: Sequence[Candidate], model: Model, shortlist: int = SHORTLIST) -> Ranked:
    """Return the best candidates by score; ties are broken by position in the text, then alphabetically."""
    values = _VALUES[len(model.weights)]
    scored = sorted(
        [(model.score(values(c)), c) for c in candidates],
        key=lambda pair: (-pair[0], pair[1].values[3], pair[1].stems),
    )[:shortlist]
    return Ranked(tuple(c for _, c in scored), tuple(s for s, _ in scored), model, len(candidates))
