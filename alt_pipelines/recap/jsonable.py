"""Convert values to what Postgres' JSONB accepts: no U+0000, lone surrogates, NaN, Infinity or numpy numbers.

A request's text can contain such characters, and a measure can be undefined. Neither may lose the result of a finished
run.
"""

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from alt_pipelines.text.normal import storable

_MISSING = object()


def to_json(value: Any) -> Any:
    """Return the same data as plain JSON values. Undefined numbers are omitted from objects and are null elsewhere.

    Raises:
        TypeError: a value cannot be represented in JSON; the message names its type.
    """
    found = _to_json(value)
    return None if found is _MISSING else found


def _to_json(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else _MISSING
    if isinstance(value, Mapping):
        pairs = ((storable(str(key)), _to_json(item)) for key, item in value.items())
        return {key: item for key, item in pairs if item is not _MISSING}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "tolist"):  # numpy numbers and arrays
        return _to_json(value.tolist())
    raise TypeError(f"{type(value).__name__} cannot be converted to JSON; pass text, numbers, lists or objects")
