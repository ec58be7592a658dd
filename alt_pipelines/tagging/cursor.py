"""The sensor's cursor, which stores how far the scan for articles to tag has come.

The cursor is JSON that a person can read and reset. `created_at` and `id` are the head: every article up to there had
an outcome when it was last examined. `sweep` is the position of the full sweep, absent between two sweeps. The cursor
also carries counters of the sensor's health. A cursor is poisoned when it cannot be parsed, lies in the future, or is
older than a year. The scan then sweeps all articles again and finds every one without an outcome, however old.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from alt_pipelines.tagging.windows import LOWEST_ID, Position
from alt_pipelines.utc import naive_utc

FUTURE_TOLERANCE = timedelta(hours=1)
OLDEST = timedelta(days=365)
_KEPT_YOUNGER_THAN = timedelta(days=364)  # an older head is moved up to this age, so that age never poisons the cursor


@dataclass(frozen=True, slots=True)
class Cursor:
    """Progress of the sensor.

    Attributes:
        head: None if not started yet.
        sweep: position of the sweep in progress.
        swept_at: end of the last full sweep (naive UTC).
        small: whether one query did the last full sweep.
    """

    head: Position | None = None
    sweep: Position | None = None
    swept_at: datetime | None = None
    ticks: int = 0
    empty_ticks: int = 0
    articles: int = 0
    small: bool = False

    @classmethod
    def parse(cls, stored: str | None, now: datetime) -> tuple[Self, str | None]:
        """Parse a stored cursor; returns the cursor and the reason if it is poisoned. `now` is naive UTC.

        A poisoned cursor is replaced by one that starts from the beginning. An empty stored cursor is not an error.
        """
        if not stored or not stored.strip():
            return cls(), None
        try:
            raw = json.loads(stored)
        except (ValueError, RecursionError):
            return cls(), f"not valid JSON: {stored[:100]!r}"
        if not isinstance(raw, dict):
            return cls(), f"not a JSON object: {stored[:100]!r}"
        counters = cls(
            ticks=_count(raw, "ticks"), empty_ticks=_count(raw, "empty_ticks"), articles=_count(raw, "articles")
        )
        try:
            head = _position(raw)
            sweep, swept_at = _sweep(raw)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            return counters, f"{type(error).__name__}: {error}"
        if head is not None:
            moment = _moment(head.created_at)
            if moment > now + FUTURE_TOLERANCE:
                return counters, f"created_at {head.created_at} is more than an hour in the future"
            if moment < now - OLDEST:
                return counters, f"created_at {head.created_at} is older than {OLDEST.days} days"
        return replace(counters, head=head, sweep=sweep, swept_at=swept_at, small=raw.get("small") is True), None

    def dump(self) -> str:
        """Return the cursor as JSON."""
        stored: dict[str, object] = self.head._asdict() if self.head else {}
        if self.sweep:
            stored["sweep"] = self.sweep._asdict()
        if self.swept_at:
            stored["swept_at"] = self.swept_at.isoformat(sep=" ", timespec="seconds")
        if self.small:
            stored["small"] = True
        return json.dumps(stored | {"ticks": self.ticks, "empty_ticks": self.empty_ticks, "articles": self.articles})

    def at(self, head: Position, now: datetime) -> Self:
        """Return the cursor with its head at a position, but no older than a head may be."""
        oldest = now - _KEPT_YOUNGER_THAN
        if head.created_at.startswith("-") or "BC" in head.created_at or _moment(head.created_at) < oldest:
            head = Position(oldest.isoformat(sep=" "), LOWEST_ID)
        return replace(self, head=head)

    def counted(self, articles: int) -> Self:
        """Return the cursor with the counters of one more tick, which found this many articles."""
        return replace(
            self,
            ticks=self.ticks + 1,
            empty_ticks=0 if articles else self.empty_ticks + 1,
            articles=self.articles + articles,
        )


def _position(raw: Mapping[str, object], *, endless: bool = False) -> Position | None:
    if "created_at" not in raw and "id" not in raw:
        return None
    created_at = str(raw["created_at"])
    if not (endless and created_at in ("-infinity", "infinity")):
        # As Postgres reads it: a zone or a week means nothing there.
        created_at = _moment(created_at).isoformat(sep=" ")
    return Position(created_at, str(UUID(str(raw["id"]))))


def _sweep(raw: Mapping[str, object]) -> tuple[Position | None, datetime | None]:
    """Return the sweep's position and end time. An unreadable sweep restarts, which costs time but loses nothing."""
    try:
        sweep = raw.get("sweep")
        swept_at = _moment(raw["swept_at"]) if raw.get("swept_at") else None
        return (_position(sweep, endless=True) if isinstance(sweep, dict) else None), swept_at
    except (KeyError, ValueError):
        return None, None


def _moment(value: object) -> datetime:
    return naive_utc(datetime.fromisoformat(str(value)))


def _count(raw: Mapping[str, object], name: str) -> int:
    value = raw.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0
