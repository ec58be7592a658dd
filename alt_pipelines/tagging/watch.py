"""Looking for articles to tag: what the sensor does in a tick, without Dagster.

A look asks every probe of the store and moves the cursor over what is done. The head follows the newest articles and
gives the speed; the sweep walks everything again and again and gives the certainty: an article is found whatever its
created_at and however late it was committed.
"""

import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection, Engine

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.cursor import Cursor
from alt_pipelines.tagging.hours import Calendar
from alt_pipelines.tagging.position import BEGINNING, Position
from alt_pipelines.tagging.store import probes
from alt_pipelines.tagging.store.plans import pin_to_indexes

# A head far behind (a reset cursor on a big installation) catches up in steps of this many seconds a tick.
CATCH_UP_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Findings:
    """What a look found: hours with something to tag (oldest first), by which probe, and the cursor after it.

    `articles` is what the bounded probes saw, so a lower bound when there is a backlog.
    """

    hours: tuple[datetime, ...]
    articles: int
    by_probe: dict[str, int]
    cursor: Cursor


def look(engine: Engine, cursor: Cursor, settings: TaggingSettings, version: str, now: datetime) -> Findings:
    """Ask all probes once. `now` is naive UTC; the cursor returned is not yet counted."""
    calendar = Calendar.at(settings.partitions_start, now)
    rows = settings.probe_rows
    with engine.begin() as connection:
        pin_to_indexes(connection)
        cursor, fresh = _advance_head(connection, cursor, calendar, rows, now)
        cursor, swept = _advance_sweep(connection, cursor, calendar, settings, now)
        late: probes.Hours = {}
        if cursor.head is not None:
            late = probes.behind(connection, calendar, cursor.head, settings.overlap_seconds, rows)
        found = {
            "new": fresh,
            "late": late,
            "future": probes.ahead(connection, calendar, now, rows),
            "retry": probes.due_retries(connection, calendar, rows),
            "outdated": probes.outdated(connection, calendar, version, rows),
            "abandoned": probes.expired_claims(connection, calendar, rows),
            "sweep": swept,
        }
    hours: Counter[datetime] = Counter()
    for seen in found.values():
        for hour, articles in seen.items():  # probes overlap: an hour counts what the one that saw most saw
            hours[hour] = max(hours[hour], articles)
    chosen = tuple(sorted(hours))[: settings.hours_per_run]
    by_probe = {name: sum(seen.values()) for name, seen in found.items() if seen}
    return Findings(chosen, sum(hours[hour] for hour in chosen), by_probe, cursor)


def newest_article(engine: Engine, now: datetime) -> Position | None:
    """The newest article, to see for one index entry whether a look is worth it."""
    with engine.connect() as connection:
        return probes.newest(connection, now)


def _advance_head(
    connection: Connection, cursor: Cursor, calendar: Calendar, rows: int, now: datetime
) -> tuple[Cursor, probes.Hours]:
    """Move the head over articles with an outcome, up to the first without one or to now."""
    deadline = time.monotonic() + CATCH_UP_SECONDS
    position = cursor.head or BEGINNING
    while True:
        walked = probes.walk(connection, calendar, position, now.isoformat(sep=" "), rows)
        position = walked.done or position
        if walked.pending or walked.scanned < rows or time.monotonic() > deadline:
            break
    return (cursor.at(position, now) if position != BEGINNING else cursor), walked.pending


def _advance_sweep(
    connection: Connection, cursor: Cursor, calendar: Calendar, settings: TaggingSettings, now: datetime
) -> tuple[Cursor, probes.Hours]:
    """Go on with the full sweep, or begin the next when it is time."""
    if cursor.sweep is None and cursor.swept_at and now - cursor.swept_at < timedelta(seconds=settings.sweep_seconds):
        return cursor, {}
    position = cursor.sweep or BEGINNING
    walked = probes.walk(connection, calendar, position, "infinity", settings.probe_rows)
    if walked.scanned < settings.probe_rows and not walked.pending:
        return replace(cursor, sweep=None, swept_at=now), {}
    return replace(cursor, sweep=walked.done or position), walked.pending
