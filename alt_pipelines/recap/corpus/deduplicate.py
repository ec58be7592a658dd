"""Drop sentences that say what an earlier one says already: syndicated copies, repeated leads.

Greedy in order, in memory linear in the sentences. Here: the rule and its thresholds. Which sentences are compared,
and that a story is never emptied by it, is the pipeline's business.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.recap.corpus.request import ClassifierSummary

Floats = NDArray[np.float32]
_BLOCK = 1024

# What 0.92 of the default English model is elsewhere: the cosine from which pairs read as one fact in other words.
_SHIFTS = {"multilingual-e5": -0.02}  # with its language centre taken off, as the encoder here does

UNSURE, SURE, SURE_COVERAGE = 0.35, 0.75, 0.6  # average confidence of the caller's classifier


def keep_distinct(vectors: Floats, threshold: float | Floats) -> NDArray[np.bool_]:
    """(m,) True for the rows to keep: a row goes when an earlier kept row's cosine with it reaches its threshold.

    Args:
        vectors: (m, d) unit rows; a zero row resembles nothing and stays.
        threshold: one for all, or (m,) one for each row where encoders differ.
    """
    m = len(vectors)
    limit = np.broadcast_to(np.asarray(threshold, np.float32), (m,))
    keep = np.ones(m, bool)
    for start in range(0, m, _BLOCK):
        stop = min(start + _BLOCK, m)
        block, least = vectors[start:stop], limit[start:stop]
        for earlier in range(0, start, _BLOCK):
            kept = vectors[earlier : earlier + _BLOCK][keep[earlier : earlier + _BLOCK]]
            if len(kept):
                keep[start:stop] &= (block @ kept.T).max(1) < least
        near = np.tril(block @ block.T >= least[:, None], -1)
        for row in np.flatnonzero(near.any(1)):
            if keep[start + row] and (near[row] & keep[start:stop]).any():
                keep[start + row] = False
    return keep


def adapted_threshold(threshold: float, classifier: ClassifierSummary | None) -> float:
    """Stricter where the caller's classifier was unsure of the corpus, looser where it was sure of most of it.

    A summary of zeros says that nothing was classified, and changes nothing.
    """
    if classifier is None or classifier.avg_confidence == 0:
        return threshold
    if classifier.avg_confidence < UNSURE:
        return max(threshold, min(0.97, threshold + 0.03))
    if classifier.avg_confidence > SURE and classifier.coverage_ratio > SURE_COVERAGE:
        return min(threshold, max(0.82, threshold - 0.04))
    return threshold


def row_thresholds(
    base: float, classifier: ClassifierSummary | None, model_id: str, languages: Sequence[str]
) -> Floats:
    """(m,) the threshold of each row: the setting, adapted to the corpus, shifted as the encoder of its language needs.

    `model_id` names one model, or several by language as a router does: "en=all-MiniLM-L6-v2-int8,*=...".
    """
    adapted = adapted_threshold(base, classifier)
    routes = (part.rpartition("=") for part in model_id.split(","))
    by_language = {language or "*": model for language, _, model in routes}
    shifts = {language: _shift(by_language.get(language, by_language.get("*", ""))) for language in set(languages)}
    return np.array([min(1.0, adapted + shifts[language]) for language in languages], np.float32)


def _shift(model: str) -> float:
    return next((shift for name, shift in _SHIFTS.items() if name in model), 0.0)
