"""The scan for articles to tag.

A scan runs every probe of the store and moves the sensor's `cursor` past articles with an outcome. The head follows the
newest articles, which makes the scan fast. The sweep repeatedly walks over all articles, which makes it complete: it
finds an article whatever its created_at and however late it was committed.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection, Engine

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.cursor import Cursor
from alt_pipelines.tagging.store import adoption, clock_jumps, deleted, probes, reopening
from alt_pipelines.tagging.store.plans import pin_to_indexes
from alt_pipelines.tagging.windows import END, Calendar, Position

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
