"""Order candidates by a fitted linear score, then choose tags that differ from one another.

    ranked = rank(candidates, models()["en"])
    select(ranked, 10)  ->  [(Candidate, adjusted score), ...] best first

The choice is maximal marginal relevance (Carbonell and Goldstein 1998), as in KeyBERT, but on words instead of
vectors: a candidate loses score by the words it shares with a tag already chosen. Scores are logits; what they mean as
a chance is ``calibration``'s.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from alt_pipelines.tagging.extraction.calibration import logistic
from alt_pipelines.tagging.extraction.features import FEATURES, Candidate
from alt_pipelines.text.scripts import CJK

SHORTLIST = 30  # candidates that are kept after scoring: three times the tags of an article
DIVERSITY = 0.5  # logits lost for sharing every word: costs nothing; 1 costs half a point of F1@10, 2 two points


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted model of one language path and pass.

    ``weights`` in the order of ``FEATURES``, in a second pass with the likeness to the article's topic behind them;
    ``slope``, ``intercept`` and ``size`` turn a score into a confidence.
    """

    weights: tuple[float, ...]
    bias: float
    slope: float
    intercept: float
    size: float

    def confidence(self, score: float, candidates: int) -> float:
        """The chance (0..1) that a tag with this score, out of so many candidates, is good; see ``calibration``."""
        return logistic(self.slope * score + self.intercept + self.size * math.log(max(candidates, 1)))

    def score(self, values: Sequence[float]) -> float:
        """The linear score: the logit of being somebody's key phrase."""
        return self.bias + sum(v * w for v, w in zip(values, self.weights, strict=True))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A shortlist, best first, its scores under ``model``, and how many candidates it was taken from."""

    candidates: tuple[Candidate, ...]
    scores: tuple[float, ...]
    model: Model
    total: int


@lru_cache(maxsize=1)
def models() -> dict[str, Model]:
    """The fitted models by name: ``en``, ``ja``, ``generic``, and ``en+topic`` for the second pass of English.

    Raises:
        ValueError: weights.json was fitted for other features than this code computes.
    """
    stored = json.loads(files(__package__).joinpath("weights.json").read_text("utf-8"))
    if tuple(stored["features"]) != FEATURES:
        raise ValueError(f"weights.json is for the features {stored['features']}, not {FEATURES}: fit it again.")
    return {
        name: Model(tuple(m["weights"]), m["bias"], m["slope"], m["intercept"], m["size"])
        for name, m in stored["models"].items()
    }


def rank(candidates: Sequence[Candidate], model: Model, shortlist: int = SHORTLIST) -> Ranked:
    """The best candidates by score; ties go to the earlier one in the text, then to the alphabet."""
    scored = sorted(
        ((model.score(c.values), c) for c in candidates), key=lambda pair: (-pair[0], pair[1].values[3], pair[1].stems)
    )[:shortlist]
    return Ranked(tuple(c for _, c in scored), tuple(s for s, _ in scored), model, len(candidates))


def select(ranked: Ranked, count: int, diversity: float = DIVERSITY) -> list[tuple[Candidate, float]]:
    """Up to ``count`` candidates that say different things, with their scores less what they repeat; best first.

    Adjusted scores never rise along the list. Two candidates that read the same (whatever their case) never both
    appear.
    """
    left = list(range(len(ranked.candidates)))
    repeated = [0.0] * len(left)
    chosen: list[tuple[Candidate, float]] = []
    read: set[str] = set()
    while left and len(chosen) < count:
        best = max(left, key=lambda i: (ranked.scores[i] - diversity * repeated[i], -i))
        left.remove(best)
        candidate = ranked.candidates[best]
        if candidate.form.casefold() in read:
            continue
        read.add(candidate.form.casefold())
        chosen.append((candidate, ranked.scores[best] - diversity * repeated[best]))
        for i in left:
            repeated[i] = max(repeated[i], similarity(candidate, ranked.candidates[i]))
    return chosen


def similarity(one: Candidate, other: Candidate) -> float:
    """How far two phrases repeat each other, 0..1: Jaccard of their words; in Japanese, the share of one in another."""
    if CJK.search(one.form) and CJK.search(other.form):
        short, long = sorted((one.form, other.form), key=len)
        return len(short) / len(long) if short in long else 0.0
    a, b = set(one.stems), set(other.stems)
    return len(a & b) / len(a | b)
