"""Positions and days: the order of articles, and the windows of created_at that tagging is partitioned by.

A day is a naive UTC datetime at its start, like the column itself. Every article has a day, whatever its created_at
claims: an article older than the first partition belongs to the first day, one from the future to the newest, so that
no article is outside. `partitions` says which days Dagster knows; this module is arithmetic.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

LOWEST_ID = "00000000-0000-0000-0000-000000000000"
HIGHEST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff"


class Position(NamedTuple):
    """created_at as Postgres prints it, and the id. Text, because Postgres knows moments that Python does not."""

    created_at: str
    id: str


END = Position("infinity", HIGHEST_ID)

DAY = timedelta(days=1)
KEY_FORMAT = "%Y-%m-%d"


class Window(NamedTuple):
    """A half-open range of created_at; None on a side means open."""

    start: datetime | None
    end: datetime | None


class Calendar(NamedTuple):
    """The first and the newest day that there is."""

    first: datetime
    newest: datetime

    @classmethod
    def at(cls, first: datetime, now: datetime | None = None) -> "Calendar":
        """The calendar at a moment (default: this one)."""
        moment = now or datetime.now(UTC).replace(tzinfo=None)
        return cls(floor(first), max(floor(first), floor(moment)))

    def day_of(self, created_at: datetime) -> datetime:
        """The day that an article belongs to."""
        return min(max(floor(created_at), self.first), self.newest)

    def windows(self, days: Iterable[datetime]) -> list[Window]:
        """The ranges that hold the articles of these days, neighbours merged, newest first."""
        merged: list[list[datetime]] = []
        for day in sorted({self.day_of(day) for day in days}):
            if merged and merged[-1][1] == day:
                merged[-1][1] = day + DAY
            else:
                merged.append([day, day + DAY])
        return [
            Window(None if start == self.first else start, None if end > self.newest else end)
            for start, end in reversed(merged)
        ]


def floor(moment: datetime) -> datetime:
    """The start of the day that holds a moment."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def key_of(day: datetime) -> str:
    """The partition key of a day."""
    return day.strftime(KEY_FORMAT)


def day_from(key: str) -> datetime:
    """The day of a partition key.

    Raises:
        ValueError: not a partition key.
    """
    try:
        return datetime.strptime(key, KEY_FORMAT)
    except ValueError:
        raise ValueError(f"{key!r} is not a day; expected UTC as {KEY_FORMAT}, for example 2026-01-31") from None


def spans(days: Sequence[datetime]) -> str:
    """Days in words for a log line: how many, from when to when."""
    if not days:
        return "no days"
    if len(days) == 1:
        return f"day {key_of(days[0])}"
    return f"{len(days)} days from {key_of(min(days))} to {key_of(max(days))}"
