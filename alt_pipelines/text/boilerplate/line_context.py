"""Judges a line by the lines around it: the second stage of ``line_classifier``.

Boilerplate stands in blocks, above and below the text: a title of another article has no words of its own that say so,
but "Read also" above it has. So a small network reads, beside a line's form, what the first stage says of the line and
of those around it (Cohen and Carvalho 2005, "Stacked sequential learning"; with the lines below too).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

CONTEXT = (
    "its own logit",
    "the line above",
    "the line below",
    "greatest of three above",
    "mean of it and all below",
    "greatest of it and all below",
    "mean of the others of its part",
    "least of it and all below, below the text",
    "least of it and all above, above the text",
    "lines of its part, below the text",
)
_MOST = 6.0  # greatest absolute value of a logit that counts
_ABOVE = 3

Values = NDArray[np.float64]


class Network(NamedTuple):
    """One hidden layer of rectified linear units: ``hidden``, (values, units); ``out``, (units,)."""

    hidden: NDArray[np.float32]
    hidden_bias: NDArray[np.float32]
    out: NDArray[np.float32]
    bias: float

    def logits(self, values: Values) -> Values:
        """Return the logit of being boilerplate for each row of values."""
        hidden = np.maximum(values @ self.hidden + self.hidden_bias, 0.0)
        return np.asarray(hidden @ self.out + self.bias, dtype=np.float64)


def context_values(logits: Values, forms: Values, parts: Values) -> Values:
    """Return the values of each line: its form, and ``CONTEXT``.

    Args:
        logits: (lines,), of the first stage, of consecutive lines.
        forms: (lines, values), what is known of each line alone.
        parts: (lines,), -1 for a line above the text, 1 for one below it, 0 for the others.
    """
    own, count = np.clip(logits, -_MOST, _MOST), len(logits)
    padded = np.concatenate([np.zeros(_ABOVE), own, np.zeros(1)])
    above = padded[_ABOVE - 1 : _ABOVE - 1 + count]
    greatest_above = np.max([padded[at : at + count] for at in range(_ABOVE)], axis=0)
    upwards = own[::-1]
    below_mean = (np.cumsum(upwards) / np.arange(1, count + 1))[::-1]
    below_greatest = np.maximum.accumulate(upwards)[::-1]
    below_least = np.minimum.accumulate(upwards)[::-1]
    same_part = parts[:, None] == parts
    sizes, sums = same_part.sum(axis=1), same_part @ own
    context = [
        own,
        above,
        padded[_ABOVE + 1 :],
        greatest_above,
        below_mean,
        below_greatest,
        (sums - own) / np.maximum(1, sizes - 1),
        below_least * (parts == 1),
        np.minimum.accumulate(own) * (parts == -1),
        sizes * (parts == 1),
    ]
    return np.column_stack([forms, *context])
