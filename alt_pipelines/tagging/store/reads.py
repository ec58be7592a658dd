"""Queries of tags and counts, for the HTTP adapter, the asset checks and the summaries.

`tags_of_articles` serves requests: one indexed query for up to a thousand articles. The counts read whole tables and
are for people and checks, not for requests.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.alt_tables import OUTCOME_STATUSES
from alt_pipelines.database.shapes import shape_of
from alt_pipelines.tagging.store.pending import has_automatic_tags
from alt_pipelines.tagging.windows import Calendar

_CANONICAL = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class TagRow(NamedTuple):
    """A tag of an article: its confidence in 0..1, and when that last changed (UTC)."""

    tag: str
    confidence: float
    updated_at: datetime


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


# COLLATE "C": code point order, the same on every server regardless of its locale.
_TAGS = text(
    """
    SELECT l.article_id::text, t.tag_name, t.confidence, t.updated_at
    FROM article_tags l JOIN feed_tags t ON t.id = l.feed_tag_id
    WHERE l.article_id = ANY(CAST(:ids AS uuid[]))
    ORDER BY t.confidence DESC, t.tag_name COLLATE "C"
    """
)

# An article that an earlier service tagged counts as tagged even before it is adopted.
_STATUS = f"""coalesce(o.status, CASE WHEN {has_automatic_tags()} THEN 'tagged' ELSE 'pending' END)"""
_DUE = (
    f"CASE WHEN coalesce(o.next_attempt_at <= now() AND o.status <> 'tagged', false) THEN 'pending' ELSE {_STATUS} END"
)
_COUNTS = ", ".join(
    f"count(*) FILTER (WHERE status = '{status}') AS {status}" for status in (*OUTCOME_STATUSES, "pending")
)


def tags_of_articles(engine: Engine, ids: Sequence[str]) -> dict[str, list[TagRow]]:
    """Return the tags of each article that has any, best first (confidence descending, then tag).

    Keys are the ids as given. An id that is unknown, has no tags or is not a valid UUID is absent.
    """
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for given in dict.fromkeys(ids):
        canonical = canonical_uuid(given)
        if canonical is not None:
            spellings[canonical].append(given)
    if not spellings:
        return {}
    with engine.connect() as connection:
        rows = connection.execute(_TAGS, {"ids": list(spellings)}).all()
    found: defaultdict[str, list[TagRow]] = defaultdict(list)
    for article_id, tag, confidence, updated_at in rows:
        found[article_id].append(TagRow(tag, confidence, updated_at.replace(tzinfo=UTC)))
    return {given: found[canonical] for canonical in found for given in spellings[canonical]}


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
                WHERE {shape_of(connection).not_deleted}
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
                      AND {shape_of(connection).not_deleted}
                ) stated
                """
            ),
            {"start": window.start or "-infinity", "end": window.end or "infinity"},
        ).one()
        if row.articles:
            found[day] = OutcomeCounts(**row._mapping)
    return found
