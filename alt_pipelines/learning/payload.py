"""The body of `POST /admin/genre-learning` to the recap worker, exactly as the contract defines it.

The receiver parses numbers as 32-bit floats and crashes on NaN. Therefore every number is finite and the shortest
decimal of a 32-bit float, so the parsed value is the intended one. The average of no values is null, not 0 or NaN.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from alt_pipelines.learning.float32 import survive_32_bits
from alt_pipelines.learning.optimise import Learned
from alt_pipelines.learning.snapshot import GRAPH_BOOST, Snapshot

_DECIMALS = 6
_UNSIGNED_32 = 2**32 - 1


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Summary(_Part):
    """Statistics of the observed rows and, as the references, the thresholds that the receiver should use."""

    total_records: int = Field(ge=0)
    graph_boost_count: int = Field(ge=0)
    graph_boost_percentage: float = Field(ge=0, le=100)
    avg_margin: float | None
    avg_top_boost: float | None
    avg_confidence: float | None
    tag_coverage_pct: float = Field(ge=0, le=100)
    graph_margin_reference: float
    boost_threshold_reference: float
    tag_count_threshold_reference: int = Field(ge=0, le=_UNSIGNED_32)
    accuracy_estimate: float | None = Field(ge=0, le=1)
    test_accuracy: float | None = Field(ge=0, le=1)


class GraphOverride(_Part):
    """The thresholds that the receiver saves and uses."""

    graph_margin: float
    boost_threshold: float
    tag_count_threshold: int = Field(ge=0, le=_UNSIGNED_32)


class Metadata(_Part):
    """Origin of the numbers. `reason` says why the references are sent unchanged; null if thresholds were learned."""

    captured_at: datetime
    source: str = "alt-pipelines"
    entries_observed: int
    rows_learned_from: int
    feedback_rows: int
    optimised: bool
    reason: str | None


class Payload(_Part):
    """The whole body."""

    summary: Summary
    graph_override: GraphOverride
    metadata: Metadata

    def as_json(self) -> dict[str, Any]:
        """Plain values for json.dumps."""
        return self.model_dump(mode="json")


def make_payload(snapshot: Snapshot, learned: Learned, captured_at: datetime) -> Payload:
    """Build the payload from the snapshot and the learned thresholds.

    Raises:
        ValueError: an average has no finite 32-bit float; a defect, because the snapshot leaves such rows out.
    """
    entries, thresholds = snapshot.entries, learned.thresholds
    boosted = sum(entry.strategy == GRAPH_BOOST for entry in entries)
    override = GraphOverride(
        graph_margin=survive_32_bits(thresholds.graph_margin),
        boost_threshold=survive_32_bits(thresholds.boost_threshold),
        tag_count_threshold=thresholds.tag_count_threshold,
    )
    return Payload(
        summary=Summary(
            total_records=len(entries),
            graph_boost_count=boosted,
            graph_boost_percentage=_percentage(boosted, len(entries)),
            avg_margin=_mean([entry.margin for entry in entries]),
            avg_top_boost=_mean([entry.top_boost for entry in entries]),
            avg_confidence=_mean([entry.confidence for entry in entries if entry.confidence is not None]),
            tag_coverage_pct=_percentage(sum(entry.tag_count > 0 for entry in entries), len(entries)),
            graph_margin_reference=override.graph_margin,
            boost_threshold_reference=override.boost_threshold,
            tag_count_threshold_reference=override.tag_count_threshold,
            accuracy_estimate=_optional(learned.train_accuracy),
            test_accuracy=_optional(learned.test_accuracy),
        ),
        graph_override=override,
        metadata=Metadata(
            captured_at=captured_at,
            entries_observed=len(entries),
            rows_learned_from=sum(entry.label is not None for entry in entries),
            feedback_rows=sum(entry.from_feedback for entry in entries),
            optimised=learned.reason is None,
            reason=learned.reason,
        ),
    )


def _optional(value: float | None) -> float | None:
    return None if value is None else survive_32_bits(round(value, _DECIMALS))


def _mean(values: Sequence[float]) -> float | None:
    return _optional(float(np.mean(values))) if values else None


def _percentage(part: int, whole: int) -> float:
    return survive_32_bits(round(100 * part / whole, 2)) if whole else 0.0
