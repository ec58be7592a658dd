"""Counts of articles by state, for the asset checks, the summaries and people; they read whole tables."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.database.alt_tables import OUTCOME_STATUSES
from alt_pipelines.database.shapes import shape_of
from alt_pipelines.tagging.store.pending import due_joined, status_joined
from alt_pipelines.tagging.windows import Calendar

_CANONICAL = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class OutcomeCounts(NamedTuple):
    """Number of articles by state. The six states are mutually exclusive and add up to `articles`."""

    tagged: int
    empty: int
    rejected: int
    no_feed: int
    failed: int
    pending: int
    articles: int

    @property
    def adds_up(self) -> bool:
        """Whether tagged + empty + rejected + no_feed + failed + pending = all articles."""
        return sum(self[:6]) == self.articles


_STATUS = status_joined()
_DUE = f"CASE WHEN {due_joined()} THEN 'pending' ELSE {_STATUS} END"
_COUNTS = ", ".join(
    f"count(*) FILTER (WHERE status = '{status}') AS {status}" for status in (*OUTCOME_STATUSES, "pending")
)


def canonical_uuid(value: str) -> str | None:
    """Return the UUID in canonical spelling, or None if the value is not a valid UUID."""
    try:
        return value if _CANONICAL.fullmatch(value) else str(UUID(value))
    except (ValueError, AttributeError, TypeError):
        return None


def outcome_counts(connection: Connection, *, due: bool = False) -> OutcomeCounts:
    """Count all articles by state, without soft-deleted ones. Reads whole tables.

    With `due`, an article whose next attempt is due counts as pending instead of by its last outcome.
    """
    row = connection.execute(
        text(
            f"""
            SELECT {_COUNTS}, count(*) AS articles FROM (
                SELECT {_DUE if due else _STATUS} AS status
                FROM articles a LEFT JOIN alt_pipelines.article_tag_outcomes o ON o.article_id = a.id
                WHERE {shape_of(connection).not_deleted()}
            ) stated
            """
        )
    ).one()
    return OutcomeCounts(**row._mapping)


def counts_by_day(
    connection: Connection, calendar: Calendar, days: Iterable[datetime]
) -> Mapping[datetime, OutcomeCounts]:
    """Count the articles of each given day by state; days without articles are absent.

    The first day includes all older articles, and the newest day includes articles dated in the future.
    """
    found: dict[datetime, OutcomeCounts] = {}
    for day in days:
        (window,) = calendar.windows([day])
        row = connection.execute(
            text(
                f"""
                SELECT {_COUNTS}, count(*) AS articles FROM (
                    SELECT {_STATUS} AS status
                    FROM articles a LEFT JOIN alt_pipelines.article_tag_outcomes o ON o.article_id = a.id
                    WHERE a.created_at >= CAST(:start AS timestamp)
                      AND a.created_at {"<" if window.end else "<="} CAST(:end AS timestamp)
                      AND {shape_of(connection).not_deleted()}
                ) stated
                """
            ),
            {"start": window.start or "-infinity", "end": window.end or "infinity"},
        ).one()
        if row.articles:
            found[day] = OutcomeCounts(**row._mapping)
    return found
