"""The sensor's probes for articles to tag: each reads a bounded range of an index.

No probe gets slower as the tables grow: each reads at most `rows` index entries from a known position and looks each
up by primary key. The probes of new articles miss an article that was committed late or whose created_at lies in the
past. The sweep finds it: the same walk from the newest article to the oldest, some rows per tick.
`benchmarks/sensor_plans.py` shows the plans.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import TextClause, text
from sqlalchemy.engine import Connection

from alt_pipelines.database.shapes import shape_of
from alt_pipelines.tagging.store.pending import adoptable, unclaimed, untried
from alt_pipelines.tagging.windows import HIGHEST_ID, Calendar, Position

Days = Mapping[datetime, int]
"""Number of pending articles that a probe saw, by day."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The result of a walk along (created_at, id).

    `done` is the last article before the first pending one in the walk's direction: everything up to it has an outcome.
    It is None if the first row is pending or there are no rows. `adoptable`: number of articles that an earlier service
    tagged.
    """

    scanned: int
    done: Position | None
    pending: Days
    adoptable: int = 0


_DAY = "greatest(least(date_trunc('day', s.created_at), CAST(:newest AS timestamp)), CAST(:first AS timestamp))"

# `{order}` is empty for a walk to newer articles and DESC for one to older articles. `{after}` is the comparison that
# selects rows beyond the position.
WALK = """
    WITH scanned AS MATERIALIZED (
        SELECT {columns} FROM articles
        WHERE (created_at, id) {after} (CAST(:after_at AS timestamp), CAST(:after_id AS uuid))
          AND (created_at, id) <= (CAST(:until_at AS timestamp), CAST(:until_id AS uuid))
        ORDER BY created_at {order}, id {order} LIMIT :rows
    ), pending AS MATERIALIZED (
        SELECT s.created_at, s.id, {day} AS day FROM scanned s WHERE {untried} AND {unclaimed}
    ), first_pending AS (
        SELECT created_at, id FROM pending ORDER BY created_at {order}, id {order} LIMIT 1
    ), done AS (
        SELECT s.created_at, s.id FROM scanned s
        WHERE NOT EXISTS (SELECT FROM first_pending f WHERE (s.created_at, s.id) {reached} (f.created_at, f.id))
        ORDER BY s.created_at {back}, s.id {back} LIMIT 1
    )
    SELECT (SELECT count(*) FROM scanned) AS scanned,
           (SELECT count(*) FROM scanned s WHERE {adoptable}) AS adoptable,
           (SELECT created_at::text FROM done) AS done_at, (SELECT id::text FROM done) AS done_id,
           day, count(day) AS articles
    FROM (SELECT 1) AS always LEFT JOIN pending ON true
    GROUP BY day
"""
_UP = {"after": ">", "order": "", "back": "DESC", "reached": ">=", "adoptable": "false"}
_DOWN = {
    "after": "<",
    "order": "DESC",
    "back": "",
    "reached": "<=",
    "adoptable": adoptable("s"),
}

BEHIND = """
    SELECT {day} AS day, count(*) AS articles
    FROM (
        SELECT {columns} FROM articles
        WHERE (created_at, id) <= (CAST(:from_at AS timestamp), CAST(:from_id AS uuid))
          AND created_at >= CAST(:from_at AS timestamp) - :seconds * interval '1 second'
        ORDER BY created_at DESC, id DESC LIMIT :rows
    ) s
    WHERE {untried} AND {unclaimed}
    GROUP BY 1
"""

AHEAD = """
    SELECT {day} AS day, count(*) AS articles
    FROM (
        SELECT {columns} FROM articles WHERE created_at > CAST(:now AS timestamp)
        ORDER BY created_at, id LIMIT :rows
    ) s
    WHERE {untried} AND {unclaimed}
    GROUP BY 1
"""

# Articles that have a row of ours already. `{waiting}` selects their ids. Deleted articles are never selected for
# tagging, so their rows ask for no run; `deleted` takes them out of the way of the others.
KNOWN = """
    SELECT {day} AS day, count(*) AS articles
    FROM ({waiting}) w
    JOIN LATERAL (SELECT a.created_at FROM articles a WHERE a.id = w.article_id AND {not_deleted}) s ON true
    GROUP BY 1
"""
_DUE_RETRIES = """SELECT article_id FROM alt_pipelines.article_tag_outcomes WHERE next_attempt_at <= now()
          ORDER BY next_attempt_at LIMIT :rows"""
_RETAG_REQUESTED = """SELECT article_id FROM alt_pipelines.article_tag_outcomes WHERE retag_requested_at IS NOT NULL
          ORDER BY retag_requested_at LIMIT :rows"""
# A run that tagged a day again by hand leaves claims on articles with an outcome: they wait for nothing.
_EXPIRED_CLAIMS = """SELECT article_id FROM alt_pipelines.article_tag_claims c WHERE claimed_until <= now()
          AND NOT EXISTS (SELECT FROM alt_pipelines.article_tag_outcomes o WHERE o.article_id = c.article_id
                          AND (o.next_attempt_at IS NULL OR o.next_attempt_at > now()))
          LIMIT :rows"""

NEWEST = text(
    """
    SELECT a.created_at::text, a.id::text FROM articles a WHERE a.created_at <= CAST(:now AS timestamp)
    ORDER BY a.created_at DESC, a.id DESC LIMIT 1
    """
)


def statements(connection: Connection) -> dict[str, TextClause]:
    """Return the statements as executed on this database, for the inspection of their plans."""
    known = _conditions(connection)
    return {
        "up": text(WALK.format(**_UP, **known)),
        "down": text(WALK.format(**_DOWN, **known)),
        "behind": text(BEHIND.format(**known)),
        "ahead": text(AHEAD.format(**known)),
        "retries": text(KNOWN.format(waiting=_DUE_RETRIES, **known)),
        "requested": text(KNOWN.format(waiting=_RETAG_REQUESTED, **known)),
        "abandoned": text(KNOWN.format(waiting=_EXPIRED_CLAIMS, **known)),
    }


def walk_up(connection: Connection, calendar: Calendar, after: Position, until: str, rows: int) -> Walk:
    """Walk over at most `rows` articles after a position, up to a moment (timestamp text, 'infinity' for all)."""
    return _walk(connection, calendar, _UP, after, until, rows)


def walk_down(connection: Connection, calendar: Calendar, before: Position, rows: int) -> Walk:
    """Walk over at most `rows` articles before a position, newest first."""
    return _walk(connection, calendar, _DOWN, before, "infinity", rows)


def _walk(
    connection: Connection, calendar: Calendar, direction: Mapping[str, str], after: Position, until: str, rows: int
) -> Walk:
    parameters = {
        "after_at": after.created_at,
        "after_id": after.id,
        "until_at": until,
        "until_id": HIGHEST_ID,
        "rows": rows,
    }
    statement = WALK.format(**direction, **_conditions(connection))
    found = connection.execute(text(statement), parameters | calendar._asdict()).all()
    head = found[0]
    done = Position(head.done_at, head.done_id) if head.done_at is not None else None
    pending = {row.day: row.articles for row in found if row.day is not None}
    return Walk(head.scanned, done, pending, head.adoptable)


def behind(connection: Connection, calendar: Calendar, position: Position, seconds: int, rows: int) -> Days:
    """Find late commits: articles without an outcome at or before a position, at most `seconds` and `rows` back."""
    parameters = {"from_at": position.created_at, "from_id": position.id, "seconds": seconds, "rows": rows}
    return _days(connection, text(BEHIND.format(**_conditions(connection))), calendar, parameters)


def ahead(connection: Connection, calendar: Calendar, now: datetime, rows: int) -> Days:
    """Find articles without an outcome that are dated in the future."""
    statement = text(AHEAD.format(**_conditions(connection)))
    return _days(connection, statement, calendar, {"now": now, "rows": rows})


def due_retries(connection: Connection, calendar: Calendar, rows: int) -> Days:
    """Find articles whose next attempt is due: failed, without a feed, or deferred to the second pass."""
    return _known(connection, calendar, _DUE_RETRIES, rows)


def retag_requested(connection: Connection, calendar: Calendar, rows: int) -> Days:
    """Find articles marked by `alt-pipelines retag`, oldest request first."""
    return _known(connection, calendar, _RETAG_REQUESTED, rows)


def expired_claims(connection: Connection, calendar: Calendar, rows: int) -> Days:
    """Find articles without a final outcome that have an expired claim, left by a run that died."""
    return _known(connection, calendar, _EXPIRED_CLAIMS, rows)


def newest(connection: Connection, now: datetime) -> Position | None:
    """Return the newest article not dated in the future. Reads one index entry, to detect new articles cheaply."""
    row = connection.execute(NEWEST, {"now": now}).first()
    return None if row is None else Position(*row)


def _conditions(connection: Connection) -> dict[str, str]:
    shape = shape_of(connection)
    columns = "created_at, id, deleted_at" if shape.deleted_at else "created_at, id"
    return {
        "day": _DAY,
        "columns": columns,
        "untried": untried(shape, "s"),
        "unclaimed": unclaimed("s"),
        "not_deleted": shape.not_deleted(),
    }


def _known(connection: Connection, calendar: Calendar, waiting: str, rows: int) -> Days:
    statement = text(KNOWN.format(waiting=waiting, **_conditions(connection)))
    return _days(connection, statement, calendar, {"rows": rows})


def _days(connection: Connection, statement: TextClause, calendar: Calendar, parameters: Mapping[str, object]) -> Days:
    rows: Sequence[tuple[datetime, int]] = connection.execute(statement, {**parameters, **calendar._asdict()}).all()  # type: ignore[assignment]
    return dict(rows)
