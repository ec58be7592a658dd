"""The scan for articles to tag, and the cursor that stores its progress.

A scan runs every probe of the store and moves the cursor past articles with an outcome. The head follows the newest
articles, which makes the scan fast. The sweep repeatedly walks over all articles, which makes it complete: it finds an
article whatever its created_at and however late it was committed.

The cursor is JSON that a person can read and reset. `created_at` and `id` are the head: every article up to there had
an outcome when it was last examined. `sweep` is the position of the full sweep, absent between two sweeps. The cursor
also carries counters of the sensor's health. A cursor is poisoned when it cannot be parsed, lies in the future, or is
older than a year. The scan then sweeps all articles again and finds every one without an outcome, however old.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from sqlalchemy.engine import Connection, Engine

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.store import adoption, clock_jumps, deleted, probes, reopening
from alt_pipelines.tagging.store.plans import pin_to_indexes
from alt_pipelines.tagging.windows import END, LOWEST_ID, Calendar, Position
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
        created_at = _moment(created_at).isoformat(
            sep=" "
        )  # as Postgres reads it: a zone or a week means nothing there
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


# Time limit per tick for a head that is far behind, and for a sweep that adopts an archive.
CATCH_UP_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Findings:
    """The result of a scan: days with articles to tag (newest first), counts by probe, and the new cursor.

    `articles` counts what the bounded probes saw, so it is a lower bound for a backlog. `retag`: nothing is pending,
    and the days hold articles that `alt-pipelines retag` marked.
    """

    days: tuple[datetime, ...]
    articles: int
    by_probe: dict[str, int]
    cursor: Cursor
    retag: bool = False


def run_probes(engine: Engine, cursor: Cursor, settings: TaggingSettings, first: datetime, now: datetime) -> Findings:
    """Run all probes once. `first` is the first partition, `now` is naive UTC; the counters are not updated."""
    calendar = Calendar.at(first, now)
    rows = settings.probe_rows
    with engine.begin() as connection:
        pin_to_indexes(connection)
        cursor, fresh = _advance_head(connection, cursor, calendar, rows, now)
        cursor, swept = _advance_sweep(connection, cursor, calendar, settings, now)
        late: probes.Days = {}
        if cursor.head is not None:
            late = probes.behind(connection, calendar, cursor.head, settings.overlap_seconds, rows)
        found = {
            "new": fresh,
            "late": late,
            "future": probes.ahead(connection, calendar, now, rows),
            **leftovers(connection, calendar, rows),
            "sweep": swept,
        }
        retag = not any(found.values())
        if retag:  # requested articles have lower priority than all pending ones
            found = {"retag": probes.retag_requested(connection, calendar, rows)}
    days: Counter[datetime] = Counter()
    for seen in found.values():
        for day, articles in seen.items():  # probes overlap: count the maximum over the probes, not their sum
            days[day] = max(days[day], articles)
    chosen = tuple(sorted(days, reverse=True))[: settings.days_per_run]
    by_probe = {name: sum(seen.values()) for name, seen in found.items() if seen}
    return Findings(chosen, sum(days[day] for day in chosen), by_probe, cursor, retag and bool(chosen))


def leftovers(connection: Connection, calendar: Calendar, rows: int) -> dict[str, probes.Days]:
    """Find articles that were tried before: due for a retry, or abandoned by a run that died."""
    return {
        "retry": probes.due_retries(connection, calendar, rows),
        "abandoned": probes.expired_claims(connection, calendar, rows),
    }


def untried(connection: Connection, calendar: Calendar, before: Position, rows: int) -> tuple[probes.Days, Position]:
    """Find untried articles among the next rows before a position, newest first.

    Returns them by day, and the position for the next call: END after a find and after the oldest article.
    """
    pin_to_indexes(connection)
    walked = probes.walk_down(connection, calendar, before, rows)
    more = walked.done if walked.scanned == rows and not walked.pending else None
    return walked.pending, more or END


def newest_article(engine: Engine, now: datetime) -> Position | None:
    """Return the newest article's position; reading this one index entry shows whether a scan is worthwhile."""
    with engine.connect() as connection:
        return probes.newest(connection, now)


def wait_for_newer(
    engine: Engine, newest: Position | None, pause: float, is_over: Callable[[], bool], now: Callable[[], datetime]
) -> bool:
    """Check for an article newer than `newest` every `pause` seconds. Returns whether there is one, False once over.

    One connection without a transaction serves all checks, so that each is a single round trip.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not is_over():
            time.sleep(pause)
            if probes.newest(connection, now()) != newest:
                return True
    return False


def _advance_head(
    connection: Connection, cursor: Cursor, calendar: Calendar, rows: int, now: datetime
) -> tuple[Cursor, probes.Days]:
    """Move the head past articles with an outcome, up to the first article without one or to now.

    A new head starts at the newest article. The sweep starts at the same time and covers everything older.
    """
    if cursor.head is None:
        newest = probes.newest(connection, now)
        return (cursor if newest is None else cursor.at(newest, now)), {}
    deadline = time.monotonic() + CATCH_UP_SECONDS
    position = cursor.head
    while True:
        walked = probes.walk_up(connection, calendar, position, now.isoformat(sep=" "), rows)
        position = walked.done or position
        if walked.pending or walked.scanned < rows or time.monotonic() > deadline:
            break
    return cursor.at(position, now), walked.pending


def _advance_sweep(
    connection: Connection, cursor: Cursor, calendar: Calendar, settings: TaggingSettings, now: datetime
) -> tuple[Cursor, probes.Days]:
    """Continue the full sweep, newest first, or start the next when due; adopt articles of an earlier service."""
    due = True
    if cursor.sweep is None and cursor.swept_at:  # `abs` as in `clock.apart`: the clock may have been set back
        due = abs(now - cursor.swept_at) >= timedelta(seconds=settings.sweep_seconds)
    if not due and not cursor.small:
        return cursor, {}
    deadline = time.monotonic() + CATCH_UP_SECONDS
    position = cursor.sweep or END
    while True:
        walked = probes.walk_down(connection, calendar, position, settings.probe_rows)
        if walked.adoptable:
            adoption.adopt(connection, position, settings.probe_rows)
        at_the_end = walked.scanned < settings.probe_rows
        small = at_the_end and position == END
        if at_the_end and not walked.pending:
            if due:
                reopening.reopen(connection, settings.fetch_limit)
                reopening.reopen_with_feed(connection, settings.no_feed_recheck_seconds)
                clock_jumps.correct(connection, settings.claim_seconds)
                deleted.postpone_deleted(connection, settings.probe_rows)
                cursor = replace(cursor, swept_at=now)
            return replace(cursor, sweep=None, small=small), {}
        if small:  # a position would save nothing
            return replace(cursor, sweep=None, small=True), walked.pending
        position = walked.done or position
        if walked.pending or not walked.adoptable or time.monotonic() > deadline:
            return replace(cursor, sweep=position), walked.pending
