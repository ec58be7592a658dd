"""The judgement of a shortlist: which phrases an editor would choose as tags, and which a reader would find unfit.

    judged(ranked, text, "fr")            by the features of each phrase and its surroundings
    judged(ranked, text, "fr", vectors)   also by the phrase's meaning and context

A small neural network for all languages, fitted on articles whose candidates readers judged one by one
(``benchmarks.fit_judgement``), gives two probabilities for each phrase. One that may well be unfit is left out: a
fragment, two things glued together, an empty word. The others are ordered by both and by the score of the ranking.

With vectors from the multilingual encoder's phrase layers, which were fitted with it, the network knows what a phrase
means (that "Hälfte", 半分 and "half" name nothing to search for) and what stands beside it in the text (a role, a verb,
another part of its name). On articles that it was not fitted on, the area under the ROC curve for unfit phrases is
0.93 with vectors and 0.78 without.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from math import inf, log
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.data_files import data_file
from alt_pipelines.embedding.contexts import PARTS
from alt_pipelines.embedding.protocol import Vectors
from alt_pipelines.tagging.extraction.calibration import logistic
from alt_pipelines.tagging.extraction.evidence import EVIDENCE, evidence_values
from alt_pipelines.tagging.extraction.features import FEATURES
from alt_pipelines.tagging.extraction.known_names import is_known
from alt_pipelines.tagging.extraction.languages import Reader, language_of
from alt_pipelines.tagging.extraction.ranking import FEWEST, Ranked
from alt_pipelines.tagging.extraction.rulers import is_ruler
from alt_pipelines.tagging.extraction.surroundings import SURROUNDINGS, surroundings

Weights = NDArray[np.float32]
Script = Literal["english", "japanese", "unspaced", "capitals", "inflected", "no_capitals"]
SCRIPTS: tuple[Script, ...] = ("english", "japanese", "unspaced", "capitals", "inflected", "no_capitals")
JUDGED = (*FEATURES, *EVIDENCE, *SURROUNDINGS, "score", "rank", "log_candidates", *SCRIPTS)
VECTOR = 1 + PARTS * 384  # values of a phrase in its context (``embedding.contexts``)
_WIDTHS = {"features": len(JUDGED), "vectors": len(JUDGED) + VECTOR}  # values that each network reads
_LIMITS = ("cut", "late", "margin", "short", "short_late", "short_margin")

FARTHEST = 8.0  # standard deviations: rarer values of a feature count as this one
LEAST = 5  # tags that an article keeps, however unfit
LEAST_SHORT = 2  # the same for an article of fewer than ``FEWEST`` candidates
CERTAIN = 3  # tags at the head of a list, which stay however small their margin
# How much the ranking's own score counts beside the network. The rankings of English and Japanese are fitted on
# readers' key phrases of their language, so they know more than the network does of what is central in a text. With 3,
# 5, 8 and 12, 2.8, 3.2, 3.4 and 3.6 % of the tags of 235 English articles are unfit, and F1@10 on DUC 2001 is 40.4 with
# 5, and 41.1 with 8 and 12 (out of fold, one shuffle, a cut of 0.1). With 2, 3 and 4, 2.8, 2.6 and 3.0 % of the tags of
# 147 Japanese articles, and F1@10 on flatton is 58.2, 58.8 and 59.4.
_RANKING = {"en": 8.0, "ja": 3.0}
_OTHER_RANKINGS = 1.0
# The highest margin of these languages, for the same reason. With none, 0 and 1.5, F1@10 is 41.2, 41.1 and 40.1 on DUC
# 2001; of the tags of 235 long English articles, 4.2, 3.2 and 2.5 % are unfit.
_HIGHEST_MARGIN = {"en": 0.0, "ja": 0.0}
_OF_KNOWN_NAMES = -3.0  # the highest logit of a well-known name being unfit
_UNPROVEN_CUT = 0.5  # of languages that no reader has judged; in Burmese, 0.3 and 0.2 cost 0.17 of F1@10 once
_ENOUGH = 400  # characters that show whether a script has capitals
_READERS: dict[Reader, Script] = {
    "english": "english",
    "japanese": "japanese",
    "chinese": "unspaced",
    "korean": "unspaced",
    "unspaced": "unspaced",
    "inflected": "inflected",
}


class Logits(NamedTuple):
    """The output of a network for n phrases: the (n,) logits of being unfit, and those of being chosen."""

    unfit: NDArray[np.float64]
    chosen: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Network:
    """A neural network with one hidden layer of rectified linear units, for f features, h units and two logits.

    Attributes:
        mean, spread: (f,), by which the values are standardised.
        hidden, hidden_bias: (f, h) and (h,).
        output, output_bias: (h, 2) and (2,).
    """

    mean: Weights
    spread: Weights
    hidden: Weights
    hidden_bias: Weights
    output: Weights
    output_bias: Weights

    def logits(self, values: NDArray[np.float64]) -> Logits:
        """Return the logits of (n, f) values."""
        standard = standardised(values, self.mean, self.spread)
        both = np.maximum(standard @ self.hidden + self.hidden_bias, 0) @ self.output + self.output_bias
        return Logits(both[:, 0].astype(np.float64), both[:, 1].astype(np.float64))


def standardised(values: NDArray[np.float64], mean: NDArray[Any], spread: NDArray[Any]) -> Weights:
    """Return (n, f) values as distances from the mean in standard deviations, the input of a network."""
    standard: Weights = np.minimum(np.maximum((values - mean) / spread, -FARTHEST), FARTHEST).astype(np.float32)
    return standard


@dataclass(frozen=True, slots=True)
class Limits:
    """What leaves phrases out. All limits are those of the ``languages`` that readers have judged.

    Attributes:
        cut, late: the probabilities of being unfit from which phrases are left out; ``late`` applies from the sixth
            phrase on in languages without a ranking of their own.
        margin: the least logit of being chosen minus that of being unfit, after the first ``CERTAIN`` phrases. A phrase
            with which the body begins may have less: it is what the text is about.
        short, short_late, short_margin: the same for articles of fewer than ``FEWEST`` candidates.
    """

    cut: float
    late: float
    margin: float
    short: float
    short_late: float
    short_margin: float
    languages: frozenset[str]

    def of_article(self, language: str, *, short: bool) -> tuple[float, float]:
        """Return the two limits of an article; in an unproven language, each is at least ``_UNPROVEN_CUT``."""
        cut, late = (self.short, self.short_late) if short else (self.cut, self.late)
        least = 0.0 if language in self.languages else _UNPROVEN_CUT
        return max(cut, least), max(late, least)

    def margin_of_article(self, language: str, *, short: bool) -> float:
        """Return the least margin of a phrase in an article; there is none in an unproven language."""
        if language not in self.languages:
            return -inf
        return min(self.short_margin if short else self.margin, _HIGHEST_MARGIN.get(language, inf))


class Judge(NamedTuple):
    """The network of one set of values, and the limits of what it judges."""

    network: Network
    limits: Limits


class Judgement(NamedTuple):
    """The fitted judges: by features, and by a phrase's vector in context after them, which the layers with the
    fingerprint ``phrase_layers`` have to compute (``embedding.contexts.Reader``).
    """

    features: Judge
    vectors: Judge
    phrase_layers: str


@lru_cache(maxsize=1)
def judgement() -> Judgement:
    """Return what was fitted.

    Raises:
        DataFileError: judgement.json or judgement.npz cannot be used, or was fitted for other features than this code
            computes.
    """
    with data_file(__package__, "judgement.json") as file:
        stored: Any = json.loads(file.read_text("utf-8"))
        if tuple(stored["features"]) != JUDGED:
            raise ValueError("it was fitted to different features; fit again by `python -m benchmarks.fit_judgement`")
        languages = frozenset(stored["languages"])
        limits = {name: {key: float(stored["judges"][name][key]) for key in _LIMITS} for name in _WIDTHS}
        phrase_layers = str(stored["phrase_layers"])
    with data_file(__package__, "judgement.npz") as file, file.open("rb") as opened, np.load(opened) as arrays:
        judges = {
            name: Judge(_network(arrays, name, width), Limits(**limits[name], languages=languages))
            for name, width in _WIDTHS.items()
        }
    return Judgement(**judges, phrase_layers=phrase_layers)


def judged(ranked: Ranked, text: str, language: str, vectors: Vectors | None = None) -> Ranked:
    """Return a shortlist without its unfit phrases, by descending score.

    The ``LEAST`` least unfit ones stay, unless an editor would hardly choose them (``Limits.margin``). In an article of
    fewer than ``FEWEST`` candidates, ``LEAST_SHORT`` do, and the limits leave out less: there, a word says more.

    Args:
        ranked: the shortlist with the scores of its ranking.
        text: title and body.
        language: of the text.
        vectors: of the phrases in the text, (phrases, ``VECTOR``) (``refinement.phrase_vectors``).
    """
    if not ranked.candidates:
        return ranked
    judges, values = judgement(), judged_values(ranked, text, language)
    _, _, body = text.partition("\n")
    if vectors is None:
        logits = of_known_names(judges.features.network.logits(values), ranked, language, text)
        return apply(judges.features.limits, ranked, logits, language, body)
    logits = judges.vectors.network.logits(np.hstack([values, vectors]))
    if is_short(ranked):
        logits = combined(logits, judges.features.network.logits(values))
    return apply(judges.vectors.limits, ranked, of_known_names(logits, ranked, language, text), language, body)


def is_short(ranked: Ranked) -> bool:
    """Return whether an article has too few candidates to choose strictly among them."""
    return ranked.total < FEWEST


def combined(by_vectors: Logits, by_features: Logits) -> Logits:
    """Return the logits of a short article in the second pass: those of being unfit are the mean of both networks.

    A short text shows the phrase layers little around a phrase. With the mean, 9 instead of 18 of 935 small cases lose
    a tag that an editor expects, where the share of unfit tags is the same (6.4 and 6.5 % out of fold).
    """
    return Logits((by_vectors.unfit + by_features.unfit) / 2, by_vectors.chosen)


def of_known_names(logits: Logits, ranked: Ranked, language: str, text: str) -> Logits:
    """Return the logits with well-known and rulers' names as fit as names are, whatever words they are made of."""
    forms = [candidate.form for candidate in ranked.candidates]
    known = [is_known(form, language) or is_ruler(form, language, text) for form in forms]
    return logits._replace(unfit=np.where(known, np.minimum(logits.unfit, _OF_KNOWN_NAMES), logits.unfit))


def apply(limits: Limits, ranked: Ranked, logits: Logits, language: str, body: str) -> Ranked:
    """Return the shortlist as ``judged`` does, by the logits of its phrases. ``body`` is the text without its title."""
    own = _RANKING.get(language, _OTHER_RANKINGS) * np.array(ranked.scores)
    margins = logits.chosen - logits.unfit
    scores = margins + own
    doubts = [logistic(float(logit)) for logit in logits.unfit]
    order = sorted(range(len(doubts)), key=lambda i: (-float(scores[i]), i))
    short = is_short(ranked)
    least_unfit = set(sorted(order, key=lambda i: doubts[i])[: LEAST_SHORT if short else LEAST])
    cut, late = limits.of_article(language, short=short)
    order = [i for i in order if doubts[i] <= cut or i in least_unfit]
    if language not in _RANKING:
        order = order[:LEAST] + [i for i in order[LEAST:] if doubts[i] <= late]
    least = limits.margin_of_article(language, short=short)
    forms = [candidate.form for candidate in ranked.candidates]
    order = order[:CERTAIN] + [i for i in order[CERTAIN:] if margins[i] >= least or body.startswith(forms[i])]
    return replace(
        ranked, candidates=tuple(ranked.candidates[i] for i in order), scores=tuple(float(scores[i]) for i in order)
    )


def judged_values(ranked: Ranked, text: str, language: str) -> NDArray[np.float64]:
    """Return the values of a shortlist's n phrases, (n, len(JUDGED))."""
    folded, count = text.casefold(), len(ranked.candidates)
    script = script_of(text, language)
    article = (log(max(ranked.total, 1)), *(float(one == script) for one in SCRIPTS))
    rows = [
        (*c.values, *evidence_values(c), *surroundings(c.form, text, folded, language), score, place / count, *article)
        for place, (c, score) in enumerate(zip(ranked.candidates, ranked.scores, strict=True))
    ]
    return np.array(rows, dtype=np.float64)


def script_of(text: str, language: str) -> Script:
    """Return how a text is written, as far as the network tells languages apart."""
    reader = language_of(language).reader
    if reader in _READERS:
        return _READERS[reader]
    letters = [letter for letter in text[:_ENOUGH] if letter.isalpha()]
    cased = sum(letter.lower() != letter.upper() for letter in letters)
    return "capitals" if 2 * cased >= len(letters) else "no_capitals"


def _network(arrays: Mapping[str, NDArray[np.floating[Any]]], name: str, width: int) -> Network:
    """Return a network of ``width`` values.

    Raises:
        ValueError, KeyError: it is incomplete or has other shapes.
    """
    network = Network(*(arrays[f"{name}.{field.name}"].astype(np.float32) for field in fields(Network)))
    units = len(network.hidden_bias)
    shapes = [(width,), (width,), (width, units), (units,), (units, 2), (2,)]
    if [getattr(network, field.name).shape for field in fields(Network)] != shapes:
        raise ValueError(f"the network {name!r} has other shapes; fit again by `python -m benchmarks.fit_judgement`")
    return network
