"""Positions and hours: the order of articles, and the windows of created_at that tagging is partitioned by.

An hour is a naive UTC datetime at its start, like the column itself. Every article has an hour, whatever its created_at
claims: an article older than the first partition belongs to the first hour, one from the future to the newest, so that
no article is outside. `partitions` says which hours Dagster knows; this module is arithmetic.
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


BEGINNING = Position("-infinity", LOWEST_ID)


HOUR = timedelta(hours=1)
KEY_FORMAT = "%Y-%m-%d-%H:%M"


class Window(NamedTuple):
    """A half-open range of created_at; None on a side means open."""

    start: datetime | None
    end: datetime | None


class Calendar(NamedTuple):
    """The first and the newest hour that there is."""

    first: datetime
    newest: datetime

    @classmethod
    def at(cls, first: datetime, now: datetime | None = None) -> "Calendar":
        """The calendar at a moment (default: this one)."""
        moment = now or datetime.now(UTC).replace(tzinfo=None)
        return cls(floor(first), max(floor(first), floor(moment)))

    def hour_of(self, created_at: datetime) -> datetime:
        """The hour that an article belongs to."""
        return min(max(floor(created_at), self.first), self.newest)

    def windows(self, hours: Iterable[datetime]) -> list[Window]:
        """The ranges that hold the articles of these hours, neighbours merged, oldest first."""
        merged: list[list[datetime]] = []
        for hour in sorted({self.hour_of(hour) for hour in hours}):
            if merged and merged[-1][1] == hour:
                merged[-1][1] = hour + HOUR
            else:
                merged.append([hour, hour + HOUR])
        return [
            Window(None if start == self.first else start, None if end > self.newest else end) for start, end in merged
        ]


def floor(moment: datetime) -> datetime:
    """The start of the hour that holds a moment."""
    return moment.replace(minute=0, second=0, microsecond=0)


def key_of(hour: datetime) -> str:
    """The partition key of an hour."""
    return hour.strftime(KEY_FORMAT)


def hour_from(key: str) -> datetime:
    """The hour of a partition key.

    Raises:
        ValueError: no such key.
    """
    try:
        return datetime.strptime(key, KEY_FORMAT)
    except ValueError:
        raise ValueError(f"{key!r} is no hour; expected UTC as {KEY_FORMAT}, for example 2026-01-31-13:00") from None


def spans(hours: Sequence[datetime]) -> str:
    """Hours in words for a log line: how many, from when to when."""
    if not hours:
        return "no hours"
    if len(hours) == 1:
        return f"hour {key_of(hours[0])}"
    return f"{len(hours)} hours from {key_of(min(hours))} to {key_of(max(hours))}"
