"""Whatever a result holds, what is written is JSON that Postgres takes."""

import json
import math
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alt_pipelines.recap.jsonable import to_json
from alt_pipelines.text.normal import storable

TEXTS = st.text(st.characters())
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


@given(VALUES)
def test_any_data_becomes_strict_json_without_nul_or_surrogates(value: Any) -> None:
    text = json.dumps(to_json(value), allow_nan=False, ensure_ascii=False)
    assert "\\u0000" not in text
    assert text.encode("utf-8")


def test_an_undefined_measure_is_absent_and_not_zero() -> None:
    assert to_json({"silhouette": math.nan, "p95": math.inf, "mean": 0.0}) == {"mean": 0.0}
    assert to_json([1.0, math.nan]) == [1.0, None]


def test_numpy_numbers_are_numbers() -> None:
    assert to_json({"n": np.int64(3), "x": np.float32(0.5), "v": np.array([1, 2])}) == {"n": 3, "x": 0.5, "v": [1, 2]}


def test_ordinary_text_is_untouched() -> None:
    text = "日本語 🚀 naïve\n\ttext"
    assert storable(text) == text
    assert storable("a\x00b\ud800c") == "ab\N{REPLACEMENT CHARACTER}c"


def test_a_moment_is_iso_text_and_an_object_is_refused_by_name() -> None:
    assert to_json(datetime(2026, 1, 2, tzinfo=UTC)) == "2026-01-02T00:00:00+00:00"
    with pytest.raises(TypeError, match="object cannot be converted to JSON"):
        to_json(object())
