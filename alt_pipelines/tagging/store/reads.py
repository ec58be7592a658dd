"""Reading tags and counts: for the HTTP adapter, the asset checks and the summaries.

`tags_of_articles` is the one that clients wait for: one indexed query for up to a thousand articles. The counts read
whole tables and are for people and checks, not for every request.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.alt_tables import OUTCOME_STATUSES


class TagRow(NamedTuple):
    """A tag of an article: confidence in 0..1, and when the tag last really changed (UTC)."""

    tag: str
    confidence: float
    updated_at: datetime


class OutcomeCounts(NamedTuple):
    """Where all articles stand. The six states exclude one another and add up to `articles`."""

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


# COLLATE "C": the order of code points, the same on every server whatever its locale.
_TAGS = text(
    """
    SELECT l.article_id::text, t.tag_name, t.confidence, t.updated_at
    FROM article_tags l JOIN feed_tags t ON t.id = l.feed_tag_id
    WHERE l.article_id = ANY(CAST(:ids AS uuid[]))
    ORDER BY t.confidence DESC, t.tag_name COLLATE "C"
    """
)

_PENDING = {
    "never": "o.article_id IS NULL",
    "due": "(o.article_id IS NULL OR o.extractor_version <> :version"
    " OR coalesce(o.next_attempt_at <= now() AND o.status <> 'tagged', false))",
}


def tags_of_articles(engine: Engine, ids: Sequence[str]) -> dict[str, list[TagRow]]:
    """Tags of each article that has any, best first (confidence descending, then tag).

    Keys are the ids as given. An id that is unknown, has no tags or is no UUID is simply absent.
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
    """The UUID in its usual spelling, or None if it is none."""
    try:
        return str(UUID(value))
    except (ValueError, AttributeError, TypeError):
        return None


def outcome_counts(connection: Connection, extractor_version: str | None = None) -> OutcomeCounts:
    """Count all articles by state. Reads both tables whole: some seconds at ten million articles.

    Without a version, pending means never tried. With one, it also takes in what has an outcome but is due again: an
    outcome of another version, or a retry whose time has come; such an article is then not counted under its status.
    """
    pending = _PENDING["never" if extractor_version is None else "due"]
    columns = ", ".join(
        f"count(*) FILTER (WHERE o.status = '{status}' AND NOT {pending}) AS {status}" for status in OUTCOME_STATUSES
    )
    row = connection.execute(
        text(
            f"""
            SELECT {columns}, count(*) FILTER (WHERE {pending}) AS pending, count(*) AS articles
            FROM articles a LEFT JOIN alt_pipelines.article_tag_outcomes o ON o.article_id = a.id
            """
        ),
        {} if extractor_version is None else {"version": extractor_version},
    ).one()
    return OutcomeCounts(**row._mapping)


def counts_by_hour(connection: Connection, hours: Iterable[datetime]) -> Mapping[datetime, OutcomeCounts]:
    """State of the articles created in each given hour (naive UTC); hours without articles are absent."""
    columns = ", ".join(f"count(*) FILTER (WHERE o.status = '{status}') AS {status}" for status in OUTCOME_STATUSES)
    rows = connection.execute(
        text(
            f"""
            SELECT h.hour, {columns}, count(*) FILTER (WHERE o.article_id IS NULL) AS pending, count(*) AS articles
            FROM unnest(CAST(:hours AS timestamp[])) AS h(hour)
            JOIN articles a ON a.created_at >= h.hour AND a.created_at < h.hour + interval '1 hour'
            LEFT JOIN alt_pipelines.article_tag_outcomes o ON o.article_id = a.id
            GROUP BY h.hour
            """
        ),
        {"hours": list(hours)},
    )
    return {row.hour: OutcomeCounts(*row[1:]) for row in rows}
