"""Round numbers for a receiver that parses them as 32-bit floats."""

import numpy as np


def survive_32_bits(value: float) -> float:
    """Return the shortest decimal of the 32-bit float nearest to `value`. Parsing it as 32 bits gives that float again.

    Raises:
        ValueError: the value is NaN, infinite or outside the range of 32-bit floats.
    """
    with np.errstate(over="ignore"):
        single = np.float32(value)
    if not np.isfinite(single):
        raise ValueError(f"{value!r} cannot be represented as a finite 32-bit float")
    return float(str(single))
