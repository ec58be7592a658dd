"""Finding what to tag, for the sensor: every probe is a bounded range of an index.

None of them gets slower as the tables grow: each reads at most `rows` index entries from a known place, and looks each
up by primary key. What a probe of new articles cannot see, because its commit was late or its created_at lies in the
past, the sweep finds, which is the same walk from the very beginning, some rows a tick.
`benchmarks/sensor_plans.py` shows the plans.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import TextClause, text
from sqlalchemy.engine import Connection

from alt_pipelines.tagging.windows import HIGHEST_ID, Calendar, Position

Hours = Mapping[datetime, int]
"""Pending articles that a probe saw, by hour."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk along (created_at, id) saw.

    `done` is the last article before the first pending one: everything up to it has an outcome. None when the very
    first row was pending, or there was none.
    """

    scanned: int
    done: Position | None
    pending: Hours


# Articles being tagged right now are left to whoever has them; `expired_claims` finds those that were abandoned.
_UNTOUCHED = """
    NOT EXISTS (SELECT FROM alt_pipelines.article_tag_outcomes o WHERE o.article_id = s.id)
    AND NOT EXISTS (SELECT FROM alt_pipelines.article_tag_claims c WHERE c.article_id = s.id)
"""

_HOUR = "greatest(least(date_trunc('hour', s.created_at), CAST(:newest AS timestamp)), CAST(:first AS timestamp))"

WALK = text(
    f"""
    WITH scanned AS MATERIALIZED (
        SELECT created_at, id FROM articles
        WHERE (created_at, id) > (CAST(:after_at AS timestamp), CAST(:after_id AS uuid))
          AND (created_at, id) <= (CAST(:until_at AS timestamp), CAST(:until_id AS uuid))
        ORDER BY created_at, id LIMIT :rows
    ), pending AS MATERIALIZED (
        SELECT s.created_at, s.id, {_HOUR} AS hour FROM scanned s WHERE {_UNTOUCHED}
    ), first_pending AS (
        SELECT created_at, id FROM pending ORDER BY created_at, id LIMIT 1
    ), done AS (
        SELECT s.created_at, s.id FROM scanned s
        WHERE NOT EXISTS (SELECT FROM first_pending f WHERE (s.created_at, s.id) >= (f.created_at, f.id))
        ORDER BY s.created_at DESC, s.id DESC LIMIT 1
    )
    SELECT (SELECT count(*) FROM scanned) AS scanned,
           (SELECT created_at::text FROM done) AS done_at, (SELECT id::text FROM done) AS done_id,
           hour, count(hour) AS articles
    FROM (SELECT 1) AS always LEFT JOIN pending ON true
    GROUP BY hour
    """
)

BEHIND = text(
    f"""
    SELECT {_HOUR} AS hour, count(*) AS articles
    FROM (
        SELECT created_at, id FROM articles
        WHERE (created_at, id) <= (CAST(:from_at AS timestamp), CAST(:from_id AS uuid))
          AND created_at >= CAST(:from_at AS timestamp) - :seconds * interval '1 second'
        ORDER BY created_at DESC, id DESC LIMIT :rows
    ) s
    WHERE {_UNTOUCHED}
    GROUP BY 1
    """
)

AHEAD = text(
    f"""
    SELECT {_HOUR} AS hour, count(*) AS articles
    FROM (
        SELECT created_at, id FROM articles WHERE created_at > CAST(:now AS timestamp)
        ORDER BY created_at, id LIMIT :rows
    ) s
    WHERE {_UNTOUCHED}
    GROUP BY 1
    """
)

DUE_RETRIES = text(
    f"""
    SELECT {_HOUR} AS hour, count(*) AS articles
    FROM (SELECT article_id FROM alt_pipelines.article_tag_outcomes WHERE next_attempt_at <= now()
          ORDER BY next_attempt_at LIMIT :rows) r
    JOIN articles s ON s.id = r.article_id
    GROUP BY 1
    """
)

OUTDATED = text(
    f"""
    SELECT {_HOUR} AS hour, count(*) AS articles
    FROM (
        (SELECT article_id FROM alt_pipelines.article_tag_outcomes WHERE extractor_version < :version
         ORDER BY extractor_version LIMIT :rows)
        UNION ALL
        (SELECT article_id FROM alt_pipelines.article_tag_outcomes WHERE extractor_version > :version
         ORDER BY extractor_version LIMIT :rows)
    ) r
    JOIN articles s ON s.id = r.article_id
    GROUP BY 1
    """
)

EXPIRED_CLAIMS = text(
    f"""
    SELECT {_HOUR} AS hour, count(*) AS articles
    FROM (SELECT article_id FROM alt_pipelines.article_tag_claims WHERE claimed_until <= now() LIMIT :rows) r
    JOIN articles s ON s.id = r.article_id
    GROUP BY 1
    """
)

NEWEST = text(
    """
    SELECT a.created_at::text, a.id::text FROM articles a WHERE a.created_at <= CAST(:now AS timestamp)
    ORDER BY a.created_at DESC, a.id DESC LIMIT 1
    """
)


def walk(connection: Connection, calendar: Calendar, after: Position, until: str, rows: int) -> Walk:
    """Go over at most `rows` articles after a position, up to a moment (timestamp text, 'infinity' for all)."""
    parameters = {
        "after_at": after.created_at,
        "after_id": after.id,
        "until_at": until,
        "until_id": HIGHEST_ID,
        "rows": rows,
    }
    found = connection.execute(WALK, parameters | calendar._asdict()).all()
    head = found[0]
    done = Position(head.done_at, head.done_id) if head.done_at is not None else None
    return Walk(head.scanned, done, {row.hour: row.articles for row in found if row.hour is not None})


def behind(connection: Connection, calendar: Calendar, position: Position, seconds: int, rows: int) -> Hours:
    """Articles without an outcome at or before a position, at most `seconds` and `rows` back: late commits."""
    parameters = {"from_at": position.created_at, "from_id": position.id, "seconds": seconds, "rows": rows}
    return _hours(connection, BEHIND, calendar, parameters)


def ahead(connection: Connection, calendar: Calendar, now: datetime, rows: int) -> Hours:
    """Articles without an outcome that claim to be of the future."""
    return _hours(connection, AHEAD, calendar, {"now": now, "rows": rows})


def due_retries(connection: Connection, calendar: Calendar, rows: int) -> Hours:
    """Articles whose next try is due: failed ones, and those that had no feed."""
    return _hours(connection, DUE_RETRIES, calendar, {"rows": rows})


def outdated(connection: Connection, calendar: Calendar, version: str, rows: int) -> Hours:
    """Articles whose outcome is of another extractor version."""
    return _hours(connection, OUTDATED, calendar, {"version": version, "rows": rows})


def expired_claims(connection: Connection, calendar: Calendar, rows: int) -> Hours:
    """Articles whose tagging was begun and abandoned."""
    return _hours(connection, EXPIRED_CLAIMS, calendar, {"rows": rows})


def newest(connection: Connection, now: datetime) -> Position | None:
    """The newest article that is not of the future: one index entry, to see cheaply whether anything arrived."""
    row = connection.execute(NEWEST, {"now": now}).first()
    return None if row is None else Position(*row)


def _hours(
    connection: Connection, statement: TextClause, calendar: Calendar, parameters: Mapping[str, object]
) -> Hours:
    rows: Sequence[tuple[datetime, int]] = connection.execute(statement, {**parameters, **calendar._asdict()}).all()  # type: ignore[assignment]
    return dict(rows)
