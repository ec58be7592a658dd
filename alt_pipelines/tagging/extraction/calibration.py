"""Confidences: what a score or an article's set of tags is worth, as a chance between 0 and 1.

A tag's confidence is Platt's logistic of its score (Platt 1999), fitted out of fold per language path and pass, with
the logarithm of the number of candidates as a second term: a short text has as many good tags as a long one, among far
fewer phrases. It estimates the chance that the tag is, but for inflection, exactly one of the readers' key phrases.
Readers of one article disagree with each other most of the time, so even the best tags seldom pass 0.8.
"""

import math
from collections.abc import Sequence

_LEADING = 5  # tags that speak for an article
_ENOUGH_TAGS = 5  # fewer are a sign of trouble, however good they are


def logistic(x: float) -> float:
    """1 / (1 + e^-x), without overflow."""
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def article_confidence(confidences: Sequence[float]) -> float:
    """Confidence in an article's tags as a whole, in 0..1, from its tags' confidences, best first.

    The mean of the leading five, times the share of five tags that there are. (The older formula, 0.7 · tags/10 + 0.3 ·
    length/1200, knew only how many tags and how much text there was: any ten bad tags of a long article scored 1.)
    """
    leading = confidences[:_LEADING]
    if not leading:
        return 0.0
    return sum(leading) / len(leading) * min(1.0, len(confidences) / _ENOUGH_TAGS)
