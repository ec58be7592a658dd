"""The scan for articles to tag, and the cursor that remembers how far it has come. No Dagster here.

A scan runs every probe of the store and moves the cursor over what is done. The head follows the newest articles, which
gives the speed. The sweep walks over all articles again and again, which gives the certainty: an article is found
whatever its created_at and however late it was committed.

The cursor is JSON that a person can read and reset. `created_at` and `id` are the head: every article up to there had
an outcome when it was last examined. `sweep` is the position of the full sweep, absent between two sweeps. Counters of
the sensor's health travel along. A cursor is poisoned when it cannot be true: not parsable, in the future, or older
than a year. The scan then sweeps all articles again and finds every one without an outcome, the oldest too.
"""

import json
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import UUID

from sqlalchemy.engine import Connection, Engine

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.store import adoption, probes
from alt_pipelines.tagging.store.plans import pin_to_indexes
from alt_pipelines.tagging.windows import END, LOWEST_ID, Calendar, Position

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


def _position(raw: Mapping[str, object], *, endless: bool = False) -> Position | None:
    if "created_at" not in raw and "id" not in raw:
        return None
    created_at = str(raw["created_at"])
    if not (endless and created_at in ("-infinity", "infinity")):
        _moment(created_at)
    return Position(created_at, str(UUID(str(raw["id"]))))


def _sweep(raw: Mapping[str, object]) -> tuple[Position | None, datetime | None]:
    """Where the sweep stands; one that cannot be read begins again, which costs time and loses nothing."""
    try:
        sweep = raw.get("sweep")
        swept_at = _moment(raw["swept_at"]) if raw.get("swept_at") else None
        return (_position(sweep, endless=True) if isinstance(sweep, dict) else None), swept_at
    except (KeyError, ValueError):
        return None, None


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(str(value))
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _count(raw: Mapping[str, object], name: str) -> int:
    value = raw.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0


# A head far behind, or a sweep that adopts an archive, goes on for this many seconds per tick.
CATCH_UP_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Findings:
    """What a scan found: days with something to tag (newest first), by which probe, and the cursor after it.

    `articles` is what the bounded probes saw, so a lower bound when there is a backlog. `retag`: nothing is pending,
    and the days hold articles that `alt-pipelines retag` marked.
    """

    days: tuple[datetime, ...]
    articles: int
    by_probe: dict[str, int]
    cursor: Cursor
    retag: bool = False


def look(engine: Engine, cursor: Cursor, settings: TaggingSettings, first: datetime, now: datetime) -> Findings:
    """Ask all probes once. `first` is the first partition, `now` naive UTC; the cursor returned is not yet counted."""
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
        if retag:  # behind everything that is new
            found = {"retag": probes.retag_requested(connection, calendar, rows)}
    days: Counter[datetime] = Counter()
    for seen in found.values():
        for day, articles in seen.items():  # probes overlap: a day counts what the one that saw most saw
            days[day] = max(days[day], articles)
    chosen = tuple(sorted(days, reverse=True))[: settings.days_per_run]
    by_probe = {name: sum(seen.values()) for name, seen in found.items() if seen}
    return Findings(chosen, sum(days[day] for day in chosen), by_probe, cursor, retag and bool(chosen))


def leftovers(connection: Connection, calendar: Calendar, rows: int) -> dict[str, probes.Days]:
    """Articles that were tried before: due for another try, or abandoned by a run that died."""
    return {
        "retry": probes.due_retries(connection, calendar, rows),
        "abandoned": probes.expired_claims(connection, calendar, rows),
    }


def newest_article(engine: Engine, now: datetime) -> Position | None:
    """The newest article, to see for one index entry whether a scan is worth it."""
    with engine.connect() as connection:
        return probes.newest(connection, now)


def _advance_head(
    connection: Connection, cursor: Cursor, calendar: Calendar, rows: int, now: datetime
) -> tuple[Cursor, probes.Days]:
    """Move the head over articles with an outcome, up to the first without one or to now.

    Without a head, it begins at the newest article: what is older is the sweep's, which begins with it.
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
    """Go on with the full sweep, newest first, or begin the next when it is time; adopt what was tagged before us."""
    if cursor.sweep is None and cursor.swept_at and now - cursor.swept_at < timedelta(seconds=settings.sweep_seconds):
        return cursor, {}
    deadline = time.monotonic() + CATCH_UP_SECONDS
    position = cursor.sweep or END
    while True:
        walked = probes.walk_down(connection, calendar, position, settings.probe_rows)
        if walked.adoptable:
            adoption.adopt(connection, position, settings.probe_rows)
        if walked.scanned < settings.probe_rows and not walked.pending:
            return replace(cursor, sweep=None, swept_at=now), {}
        position = walked.done or position
        if walked.pending or not walked.adoptable or time.monotonic() > deadline:
            return replace(cursor, sweep=position), walked.pending
