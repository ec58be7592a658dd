"""The rules of the tag label graph in plain Python: a readable specification and the reference for the SQL.

The product never runs this; `label_graph.store` does the same inside Postgres. A property test compares the two on
random rows, and the benchmark measures how much slower reading rows into Python is. Change a rule in both places.

A learning row is skipped whole, with a reason, if the fields that the graph reads violate the contract. The recap
worker writes missing and null values: such a genre is `other`, such a label is blank, and such a confidence is below
any minimum. Tags after the first `max_tags` are ignored, so they cannot invalidate a row.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor
from typing import NamedTuple

from alt_pipelines.label_graph.report import Edge
from alt_pipelines.label_graph.rules import (
    BAD_DECISION,
    BAD_GENRE,
    BAD_PROFILE,
    BAD_TAG,
    BAD_TAGS,
    BLANK_LABEL,
    CLOCK_SKEW,
    CONFIDENCE_UNIT,
    FUTURE,
    HIGHEST_CONFIDENCE,
    LONG_GENRE,
    LONG_LABEL,
    LONGEST_LABEL_BYTES,
    LOW_CONFIDENCE,
    NO_TAGS,
    OTHER,
)
from alt_pipelines.settings import GraphSettings
from alt_pipelines.text.labels import normal_label

_SMALLEST = 1 / Decimal(CONFIDENCE_UNIT)


class LearningRow(NamedTuple):
    """The fields that the graph reads of a row of recap_genre_learning_results; the first two are parsed JSON.

    `Decimal` numbers are rounded and summed exactly, as in Postgres. `float` is faster and is not rounded.
    """

    refine_decision: object
    tag_profile: object
    updated_at: datetime


@dataclass(frozen=True)
class Aggregate:
    """The edges of a window, sorted by genre and tag, and the number of skipped rows and tags by reason."""

    edges: list[Edge]
    rows_read: int
    rows_skipped: dict[str, int]
    tags_skipped: dict[str, int]


class _Sum:
    __slots__ = ("newest", "size", "total")

    def __init__(self) -> None:
        self.size = 0
        self.total: float | Decimal = 0
        self.newest: datetime | None = None

    def add(self, confidence: float | Decimal, observed_at: datetime) -> None:
        self.size += 1
        counted = min(confidence, HIGHEST_CONFIDENCE)
        if isinstance(counted, Decimal):
            counted = counted.quantize(_SMALLEST, ROUND_HALF_UP)
        self.total += counted  # type: ignore[operator]  # all of one run are float, or all are Decimal
        if self.newest is None or observed_at > self.newest:
            self.newest = observed_at

    def edge(self, genre: str, tag: str) -> Edge:
        mean = Fraction(self.total) / self.size
        weight = min(1.0, float(Fraction(floor(mean * 10**6 + Fraction(1, 2)), 10**6)))
        assert self.newest is not None
        return Edge(genre, tag, weight, self.size, self.newest)


def aggregate(rows: Iterable[LearningRow], settings: GraphSettings, days: int, now: datetime) -> Aggregate:
    """Return the mean confidence per (genre, tag) over the last `days`, at most 1, rounded half up to 6 decimals.

    Before averaging, every confidence is rounded half up to nine decimals (only `Decimal`) and capped at 2. The
    contract does not demand these two steps.
    """
    sums: dict[tuple[str, str], _Sum] = {}
    exact_minimum = Decimal(str(settings.min_confidence))
    rows_read = 0
    rows_skipped: Counter[str] = Counter()
    tags_skipped: Counter[str] = Counter()
    for row in rows:
        if row.updated_at < now - timedelta(days=days):
            continue
        rows_read += 1
        reason = FUTURE if row.updated_at > now + CLOCK_SKEW else _defect(row, settings.max_tags)
        if reason:
            rows_skipped[reason] += 1
            continue
        genre = _genre(row)
        for tag in row.tag_profile["top_tags"][: settings.max_tags]:  # type: ignore[index]
            label = normal_label(tag.get("label") or "")
            confidence = tag.get("confidence")
            minimum = exact_minimum if isinstance(confidence, Decimal) else settings.min_confidence
            if confidence is None or confidence < minimum:
                tags_skipped[LOW_CONFIDENCE] += 1
            elif not label:
                tags_skipped[BLANK_LABEL] += 1
            elif len(label.encode()) > LONGEST_LABEL_BYTES:
                tags_skipped[LONG_LABEL] += 1
            else:
                sums.setdefault((genre, label), _Sum()).add(confidence, row.updated_at)
    edges = [entry.edge(*key) for key, entry in sorted(sums.items()) if entry.size >= settings.min_support]
    return Aggregate(edges, rows_read, dict(rows_skipped), dict(tags_skipped))


def _defect(row: LearningRow, max_tags: int) -> str | None:
    if not isinstance(row.refine_decision, Mapping):
        return BAD_DECISION
    if not isinstance(row.refine_decision.get("final_genre"), str | None):
        return BAD_GENRE
    if not isinstance(row.tag_profile, Mapping):
        return BAD_PROFILE
    tags = row.tag_profile.get("top_tags")
    if not isinstance(tags, list):
        return BAD_TAGS
    if not tags:
        return NO_TAGS
    if not all(_well_formed(tag) for tag in tags[:max_tags]):
        return BAD_TAG
    return LONG_GENRE if len(_genre(row).encode()) > LONGEST_LABEL_BYTES else None


def _well_formed(tag: object) -> bool:
    return (
        isinstance(tag, Mapping)
        and isinstance(tag.get("label"), str | None)
        and isinstance(tag.get("confidence"), float | Decimal | int | None)
        and not isinstance(tag.get("confidence"), bool)
    )


def _genre(row: LearningRow) -> str:
    return normal_label(row.refine_decision.get("final_genre") or "") or OTHER  # type: ignore[attr-defined]
