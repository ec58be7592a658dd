"""The sensor's cursor: how far the articles are known to be done, as JSON that a person can read and reset.

`created_at` and `id` are the head: up to there every article had an outcome when last looked at. `sweep` is where the
full sweep stands, absent while none is under way. Counters of the sensor's health travel along.

A cursor is poisoned when it cannot be true: unparsable, from the future, or older than a year. It is then given up for
the beginning, from where the oldest article without an outcome is found again. Pure: no clock, no database.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import UUID

from alt_pipelines.tagging.position import LOWEST_ID, Position

FUTURE_TOLERANCE = timedelta(hours=1)
OLDEST = timedelta(days=365)
_KEPT_YOUNGER_THAN = timedelta(days=364)  # a head is moved up to here, so that age alone never poisons our own cursor


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the sensor stands. `head` None: at the beginning. `swept_at`: when the last full sweep ended."""

    head: Position | None = None
    sweep: Position | None = None
    swept_at: datetime | None = None
    ticks: int = 0
    empty_ticks: int = 0
    articles: int = 0

    @classmethod
    def parse(cls, stored: str | None, now: datetime) -> tuple[Self, str | None]:
        """The cursor from its JSON, and what is wrong with it; `now` is naive UTC.

        A poisoned cursor comes back as one at the beginning, together with the reason. Nothing stored is no fault.
        """
        if not stored or not stored.strip():
            return cls(), None
        try:
            raw = json.loads(stored)
        except (ValueError, RecursionError):
            return cls(), f"it is no JSON: {stored[:100]!r}"
        if not isinstance(raw, dict):
            return cls(), f"it is no JSON object: {stored[:100]!r}"
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
                return counters, f"created_at {head.created_at} is later than an hour from now"
            if moment < now - OLDEST:
                return counters, f"created_at {head.created_at} is older than {OLDEST.days} days"
        return replace(counters, head=head, sweep=sweep, swept_at=swept_at), None

    def dump(self) -> str:
        """The cursor as JSON."""
        stored: dict[str, object] = self.head._asdict() if self.head else {}
        if self.sweep:
            stored["sweep"] = self.sweep._asdict()
        if self.swept_at:
            stored["swept_at"] = self.swept_at.isoformat(sep=" ", timespec="seconds")
        return json.dumps(stored | {"ticks": self.ticks, "empty_ticks": self.empty_ticks, "articles": self.articles})

    def at(self, head: Position, now: datetime) -> Self:
        """The cursor with its head at a position, or as far back as a head may be."""
        oldest = now - _KEPT_YOUNGER_THAN
        if head.created_at.startswith("-") or "BC" in head.created_at or _moment(head.created_at) < oldest:
            head = Position(oldest.isoformat(sep=" "), LOWEST_ID)
        return replace(self, head=head)

    def counted(self, articles: int) -> Self:
        """The cursor after a tick that found some articles to tag, or none."""
        return replace(
            self,
            ticks=self.ticks + 1,
            empty_ticks=0 if articles else self.empty_ticks + 1,
            articles=self.articles + articles,
        )


def _position(raw: Mapping[str, object]) -> Position | None:
    if "created_at" not in raw and "id" not in raw:
        return None
    created_at = str(raw["created_at"])
    if created_at != "-infinity":
        _moment(created_at)
    return Position(created_at, str(UUID(str(raw["id"]))))


def _sweep(raw: Mapping[str, object]) -> tuple[Position | None, datetime | None]:
    """Where the sweep stands; one that cannot be read begins again, which costs time and loses nothing."""
    try:
        sweep = raw.get("sweep")
        swept_at = _moment(raw["swept_at"]) if raw.get("swept_at") else None
        return (_position(sweep) if isinstance(sweep, dict) else None), swept_at
    except (KeyError, ValueError):
        return None, None


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(str(value))
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _count(raw: Mapping[str, object], name: str) -> int:
    value = raw.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0
