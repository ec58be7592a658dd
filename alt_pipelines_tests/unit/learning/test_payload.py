"""The payload: every key of the contract, no NaN in any case, and numbers that 32 bits keep."""

import json
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alt_pipelines.learning.float32 import survive_32_bits
from alt_pipelines.learning.optimise import Learned
from alt_pipelines.learning.payload import make_payload
from alt_pipelines.learning.report import REFERENCES, Thresholds
from alt_pipelines.learning.snapshot import Entry, Snapshot

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
SUMMARY = {
    "total_records", "graph_boost_count", "graph_boost_percentage", "avg_margin", "avg_top_boost", "avg_confidence",
    "tag_coverage_pct", "graph_margin_reference", "boost_threshold_reference", "tag_count_threshold_reference",
    "accuracy_estimate", "test_accuracy",
}  # fmt: skip

_SINGLES = st.floats(width=32, allow_nan=False, allow_infinity=False)
_ENTRIES = st.builds(
    Entry,
    strategy=st.sampled_from(["graph_boost", "weighted_score", "coarse_only"]),
    margin=_SINGLES,
    top_boost=_SINGLES,
    tag_count=st.integers(0, 1000),
    confidence=st.none() | st.floats(0, 1),
    label=st.none() | st.booleans(),
    from_feedback=st.booleans(),
)


def snapshot(entries: list[Entry]) -> Snapshot:
    return Snapshot(entries, len(entries), {}, 0)


def no_constant(name: str) -> None:
    raise AssertionError(f"{name} in the payload")


def test_the_payload_of_no_rows_has_every_key_and_sends_the_references() -> None:
    body = make_payload(snapshot([]), Learned(REFERENCES, "too little"), NOW).as_json()
    assert set(body) == {"summary", "graph_override", "metadata"}
    assert set(body["summary"]) == SUMMARY
    assert body["graph_override"] == {"graph_margin": 0.15, "boost_threshold": 0.0, "tag_count_threshold": 0}
    assert body["summary"]["avg_margin"] is None
    assert body["summary"]["graph_boost_percentage"] == 0
    assert (body["metadata"]["optimised"], body["metadata"]["reason"]) == (False, "too little")


def test_the_summary_counts_what_the_entries_say() -> None:
    entries = [
        Entry("graph_boost", 0.25, 0.5, 3, 0.8, True, False),
        Entry("weighted_score", 0.75, 0.0, 0, None, False, True),
        Entry("coarse_only", 0.5, 0.25, 1, 0.6, None, False),
    ]
    learned = Learned(Thresholds(0.1, 0.3, 2), None, 0.91, 0.9, 0.8)
    body = make_payload(snapshot(entries), learned, NOW).as_json()
    assert body["summary"] == {
        "total_records": 3,
        "graph_boost_count": 1,
        "graph_boost_percentage": 33.33,
        "avg_margin": 0.5,
        "avg_top_boost": 0.25,
        "avg_confidence": 0.7,
        "tag_coverage_pct": 66.67,
        "graph_margin_reference": 0.1,
        "boost_threshold_reference": 0.3,
        "tag_count_threshold_reference": 2,
        "accuracy_estimate": 0.91,
        "test_accuracy": 0.9,
    }
    assert body["metadata"] == {
        "captured_at": "2026-03-01T08:00:00Z",
        "source": "alt-pipelines",
        "entries_observed": 3,
        "rows_learned_from": 2,
        "feedback_rows": 1,
        "optimised": True,
        "reason": None,
    }


@given(st.lists(_ENTRIES, max_size=30), st.none() | st.floats(0, 1))
def test_no_entries_give_a_number_that_json_or_32_bits_do_not_know(
    entries: list[Entry], measured: float | None
) -> None:
    body = make_payload(snapshot(entries), Learned(Thresholds(0.05, 5.0, 10), None, measured, measured), NOW).as_json()
    text = json.dumps(body, allow_nan=False)
    summary = json.loads(text, parse_constant=no_constant)["summary"]
    for value in summary.values():
        if isinstance(value, float):
            assert float(str(np.float32(value))) == value
    assert summary["tag_count_threshold_reference"] >= 0


@given(_SINGLES)
def test_what_survives_is_the_same_float_and_stays_so(value: float) -> None:
    kept = survive_32_bits(value)
    assert np.float32(kept) == np.float32(value)
    assert survive_32_bits(kept) == kept


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 1e39])
def test_what_32_bits_cannot_hold_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="32-bit"):
        survive_32_bits(value)
