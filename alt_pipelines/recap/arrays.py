"""Types of the arrays of recap: vectors and similarities, and the row numbers and labels that belong to them."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.intp]
