"""Values as Postgres' JSONB takes them: no U+0000, no lone surrogate, no NaN or Infinity, no numpy number.

A request can carry such characters in a text and a measure can come out undefined; neither may cost a finished run its
result. Pure functions on plain data; what is written where is the stores' business.
"""

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from alt_pipelines.text.normal import storable

_MISSING = object()


def plain(value: Any) -> Any:
    """The same data as JSON has it. Undefined numbers are left out of objects and are null elsewhere.

    Raises:
        TypeError: a value that has no form in JSON; the message names its type.
    """
    found = _plain(value)
    return None if found is _MISSING else found


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else _MISSING
    if isinstance(value, Mapping):
        pairs = ((storable(str(key)), _plain(item)) for key, item in value.items())
        return {key: item for key, item in pairs if item is not _MISSING}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "tolist"):  # numpy's numbers and arrays
        return _plain(value.tolist())
    raise TypeError(f"{type(value).__name__} has no form in JSON; give text, numbers, lists or objects")
