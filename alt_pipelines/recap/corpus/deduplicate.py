"""Find sentences that repeat the meaning of an earlier one, such as syndicated copies and repeated leads.

The search is greedy in order, and its memory is linear in the number of sentences. The caller chooses the sentences to
compare and ensures that no story becomes empty.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from alt_pipelines.recap.arrays import Floats
from alt_pipelines.recap.corpus.request import ClassifierSummary

_BLOCK = 1024

# Shift of the threshold relative to the default English model, for which pairs from a cosine of 0.92 on paraphrase one
# fact.
_SHIFTS = {"multilingual-e5": -0.02}  # with its language centre subtracted, as this project's encoder does

UNSURE, SURE, SURE_COVERAGE = 0.35, 0.75, 0.6  # average confidence of the caller's classifier


def keep_distinct(vectors: Floats, threshold: float | Floats) -> NDArray[np.bool_]:
    """Return (m,) True for the rows to keep: a row is dropped if an earlier kept row's cosine reaches its threshold.

    Args:
        vectors: (m, d) unit rows; a zero row resembles no other and is kept.
        threshold: one value for all rows, or (m,) one for each row if their encoders differ.
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
    """Adapt the threshold to the caller's classifier: higher if it was unsure, lower if it was sure of most documents.

    A summary of zeros means that nothing was classified and changes nothing.
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
    """Return (m,) thresholds: the setting, adapted to the corpus and shifted for the encoder of each row's language.

    `model_id` names one model, or one per language as a router does: "en=all-MiniLM-L6-v2-int8,*=...".
    """
    adapted = adapted_threshold(base, classifier)
    routes = (part.rpartition("=") for part in model_id.split(","))
    by_language = {language or "*": model for language, _, model in routes}
    shifts = {language: _shift(by_language.get(language, by_language.get("*", ""))) for language in set(languages)}
    return np.array([min(1.0, adapted + shifts[language]) for language in languages], np.float32)


def _shift(model: str) -> float:
    return next((shift for name, shift in _SHIFTS.items() if name in model), 0.0)
