"""Handing out articles to tag, oldest first, page by page.

A page is bounded three ways: rows, bytes of content, and what is read of a single article, so that a run's memory does
not depend on what the articles hold.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import TextClause, text
from sqlalchemy.engine import Connection

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.store.plans import pin_to_indexes
from alt_pipelines.tagging.windows import HIGHEST_ID, LOWEST_ID, Position, Window


@dataclass(frozen=True, slots=True)
class PendingArticle:
    """An article handed out for tagging.

    `feed_id` is resolved (None: no feed), `crashes` counts the processes that died while tagging it, `first_time` says
    that it has no outcome yet.
    """

    id: str
    created_at: datetime
    position: Position
    feed_id: str | None
    title: str
    content: str
    crashes: int
    first_time: bool


# The newest feeds row wins where an old installation has two of one link. `octet_length` does not read the content.
_PAGE = """
    WITH page AS MATERIALIZED (
        SELECT a.id, a.created_at, octet_length(a.content) AS bytes, o.article_id IS NULL AS first_time
        FROM articles a
        LEFT JOIN alt_pipelines.article_tag_outcomes o ON o.article_id = a.id
        WHERE a.created_at >= CAST(:start AS timestamp)
          AND (a.created_at, a.id) > (CAST(:after_at AS timestamp), CAST(:after_id AS uuid))
          AND (a.created_at, a.id) < (CAST(:end_at AS timestamp), CAST(:end_id AS uuid))
          {condition}
        ORDER BY a.created_at, a.id
        LIMIT :rows
    ), sized AS (
        SELECT *, sum(bytes) OVER (ORDER BY created_at, id) - bytes AS bytes_before FROM page
    )
    SELECT s.id::text, s.created_at::text AS at, s.first_time,
           least(greatest(s.created_at, '0001-01-01'), '9999-12-31') AS created_at,
           left(a.title, :chars) AS title, left(a.content, :chars) AS content,
           coalesce(own.id, linked.id)::text AS feed_id,
           coalesce(c.attempts, 0) AS crashes
    FROM sized s
    JOIN articles a ON a.id = s.id
    LEFT JOIN feeds own ON own.id = a.feed_id
    LEFT JOIN LATERAL (
        SELECT f.id FROM feeds f WHERE own.id IS NULL AND f.link = a.url ORDER BY f.created_at DESC, f.id DESC LIMIT 1
    ) linked ON true
    LEFT JOIN alt_pipelines.article_tag_claims c ON c.article_id = s.id AND c.claimed_until <= now()
    WHERE s.bytes_before < :bytes
    ORDER BY s.created_at, s.id
"""

# What another run has in its hands is not read, so that runs which share a backlog do not read it once each.
_IS_PENDING = """
          AND (o.article_id IS NULL OR o.extractor_version <> :version
               OR (o.next_attempt_at <= now() AND o.status <> 'tagged'))
          AND NOT EXISTS (SELECT FROM alt_pipelines.article_tag_claims l
                          WHERE l.article_id = a.id AND l.claimed_until > now())
"""
_IS_DEFERRED = """
          AND o.status = 'tagged' AND o.next_attempt_at <= now()
          AND NOT EXISTS (SELECT FROM alt_pipelines.article_tag_claims l
                          WHERE l.article_id = a.id AND l.claimed_until > now())
"""
_ONLY_PENDING = text(_PAGE.format(condition=_IS_PENDING))
_ONLY_DEFERRED = text(_PAGE.format(condition=_IS_DEFERRED))
_ALL = text(_PAGE.format(condition=""))


def select_page(
    connection: Connection, window: Window, after: Position, settings: TaggingSettings, pending_for: str | None
) -> list[PendingArticle]:
    """The next articles of a window after a position, oldest first; empty at its end.

    With `pending_for`, an extractor version, only those that lack a final outcome of it: never tried, tried by another
    version, or due for another try, and in no living run's hands. Without, all of them.
    """
    parameters = _parameters(window, after, settings)
    if pending_for is not None:
        parameters["version"] = pending_for
    return _pages(connection, _ALL if pending_for is None else _ONLY_PENDING, parameters)


def select_deferred(
    connection: Connection, window: Window, after: Position, settings: TaggingSettings, rows: int
) -> list[PendingArticle]:
    """The next articles of a window that have their first-pass tags and wait for a second look, at most `rows`."""
    return _pages(connection, _ONLY_DEFERRED, _parameters(window, after, settings) | {"rows": rows})


def _parameters(window: Window, after: Position, settings: TaggingSettings) -> dict[str, object]:
    return {
        "start": window.start or "-infinity",
        "end_at": window.end or "infinity",
        "end_id": LOWEST_ID if window.end else HIGHEST_ID,
        "after_at": after.created_at,
        "after_id": after.id,
        "rows": settings.batch_limit,
        "bytes": settings.batch_bytes,
        "chars": settings.fetch_limit,
    }


def _pages(connection: Connection, statement: TextClause, parameters: dict[str, object]) -> list[PendingArticle]:
    pin_to_indexes(connection)
    rows = connection.execute(statement, parameters)
    return [
        PendingArticle(
            id=row.id,
            created_at=row.created_at,
            position=Position(row.at, row.id),
            feed_id=row.feed_id,
            title=row.title,
            content=row.content,
            crashes=row.crashes,
            first_time=row.first_time,
        )
        for row in rows
    ]
