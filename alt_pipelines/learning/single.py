"""Numbers for a receiver that reads them into 32 bits."""

import numpy as np


def survive_32_bits(value: float) -> float:
    """The shortest decimal of the 32-bit float nearest to `value`: parsing it into 32 bits gives that float again.

    Raises:
        ValueError: the value is NaN, infinite or beyond the range of 32 bits.
    """
    with np.errstate(over="ignore"):
        single = np.float32(value)
    if not np.isfinite(single):
        raise ValueError(f"{value!r} has no finite 32-bit float")
    return float(str(single))
