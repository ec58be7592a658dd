"""Arithmetic of positions and days: the order of articles, and the created_at windows of the daily partitions.

A day is a naive UTC datetime at its start, like the column itself. Every article belongs to a day, whatever its
created_at says: an article older than the first partition belongs to the first day, and one dated in the future to the
newest day. `partitions` defines the days for Dagster.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

LOWEST_ID = "00000000-0000-0000-0000-000000000000"
HIGHEST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff"


class Position(NamedTuple):
    """created_at as Postgres prints it, and the id. Text, because Postgres has timestamps that Python cannot hold."""

    created_at: str
    id: str


END = Position("infinity", HIGHEST_ID)

DAY = timedelta(days=1)
KEY_FORMAT = "%Y-%m-%d"


class Window(NamedTuple):
    """A half-open range [start, end) of created_at; None means unbounded on that side."""

    start: datetime | None
    end: datetime | None


ALWAYS = Window(None, None)


class Calendar(NamedTuple):
    """The first and the newest existing day."""

    first: datetime
    newest: datetime

    @classmethod
    def at(cls, first: datetime, now: datetime | None = None) -> "Calendar":
        """Return the calendar at a moment, by default now; `now` is naive UTC."""
        moment = now or utc_now()
        return cls(floor(first), max(floor(first), floor(moment)))

    def day_of(self, created_at: datetime) -> datetime:
        """Return the day that an article belongs to."""
        return min(max(floor(created_at), self.first), self.newest)

    def windows(self, days: Iterable[datetime]) -> list[Window]:
        """Return the windows that hold the articles of these days, newest first; adjacent days are merged."""
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


def utc_now() -> datetime:
    """Return the present as naive UTC, like the columns of alt-db."""
    return datetime.now(UTC).replace(tzinfo=None)


def floor(moment: datetime) -> datetime:
    """Return the start of a moment's day."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def key_of(day: datetime) -> str:
    """Return the partition key of a day."""
    return day.strftime(KEY_FORMAT)


def day_from(key: str) -> datetime:
    """Return the day of a partition key.

    Raises:
        ValueError: not a partition key.
    """
    try:
        return datetime.strptime(key, KEY_FORMAT)
    except ValueError:
        raise ValueError(f"{key!r} is not a day; expected a UTC date as {KEY_FORMAT}, for example 2026-01-31") from None


def spans(days: Sequence[datetime]) -> str:
    """Describe days for a log line: how many, and the first and last."""
    if not days:
        return "no days"
    if len(days) == 1:
        return f"day {key_of(days[0])}"
    return f"{len(days)} days from {key_of(min(days))} to {key_of(max(days))}"
