"""Selection of the articles to tag, newest first, page by page.

A page is bounded in rows, in bytes of content, and in the characters read per article, so a run's memory use does not
depend on the articles' content.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import text
from sqlalchemy.engine import Connection

from alt_pipelines.database.shapes import shape_of
from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.store.pending import due_joined, unclaimed, untried_joined
from alt_pipelines.tagging.store.plans import pin_to_indexes
from alt_pipelines.tagging.windows import ALWAYS, END, Position, Window

Wanted = Literal["all", "pending", "deferred", "requested"]
"""`all`: every article. `pending`: articles without a final outcome. `deferred`: articles with first-pass tags that
wait for the second pass. `requested`: articles marked by `alt-pipelines retag`."""


@dataclass(frozen=True, slots=True)
class PageQuery:
    """Which articles a page has: those of a window before a position, newest first, at most `rows`.

    `rows` None: as many as the settings allow. Articles that a run which died had claimed are included if "all" are
    wanted, and otherwise only, and alone, if `abandoned`.
    """

    window: Window
    before: Position
    wanted: Wanted
    rows: int | None = None
    abandoned: bool = False


@dataclass(frozen=True, slots=True)
class PendingArticle:
    """An article selected for tagging.

    `feed_id` is resolved (None: no feed). `language` comes from the platform (None: unknown). `crashes` counts the
    processes that died while tagging the article. `first_time`: it has no outcome yet.
    """

    id: str
    created_at: datetime
    position: Position
    feed_id: str | None
    title: str
    content: str
    crashes: int
    first_time: bool
    language: str | None = None


# Old installations may have two feeds rows with the same link; the newest wins. `octet_length` does not read the
# content.
_PAGE = """
    WITH abandoned AS MATERIALIZED (
        SELECT article_id FROM alt_pipelines.article_tag_claims WHERE claimed_until <= now()
    ), page AS MATERIALIZED (
        SELECT a.id, a.created_at, octet_length(a.content) AS bytes, o.article_id IS NULL AS first_time
        FROM {source} a
        LEFT JOIN alt_pipelines.article_tag_outcomes o ON o.article_id = a.id
        WHERE a.created_at >= CAST(:start AS timestamp)
          AND a.created_at {before_end} CAST(:end AS timestamp)
          AND (a.created_at, a.id) < (CAST(:before_at AS timestamp), CAST(:before_id AS uuid))
          AND {not_deleted}
          {condition}
        ORDER BY a.created_at DESC, a.id DESC
        LIMIT :rows
    ), sized AS (
        SELECT *, sum(bytes) OVER (ORDER BY created_at DESC, id DESC) - bytes AS bytes_before FROM page
    )
    SELECT s.id::text, s.created_at::text AS at, s.first_time,
           least(greatest(s.created_at, '0001-01-01'), '9999-12-31') AS created_at,
           left(a.title, :chars) AS title, left(a.content, :chars) AS content,
           coalesce(own.id, linked.id)::text AS feed_id, {language} AS language,
           coalesce(c.attempts, 0) AS crashes
    FROM sized s
    JOIN articles a ON a.id = s.id
    LEFT JOIN feeds own ON own.id = a.feed_id
    LEFT JOIN LATERAL (
        SELECT f.id FROM feeds f WHERE own.id IS NULL AND f.{feed_link} = a.url
        ORDER BY f.created_at DESC, f.id DESC LIMIT 1
    ) linked ON true
    LEFT JOIN alt_pipelines.article_tag_claims c ON c.article_id = s.id AND c.claimed_until <= now()
    WHERE s.bytes_before < :bytes
    ORDER BY s.created_at DESC, s.id DESC
"""

# OFFSET 0 has the few claims looked up one by one, whatever the planner knows of the tables.
_ABANDONED = """(SELECT found.* FROM abandoned
              CROSS JOIN LATERAL (SELECT * FROM articles b WHERE b.id = abandoned.article_id OFFSET 0) found)"""
_ONE = "(SELECT * FROM articles WHERE id = CAST(:id AS uuid) OFFSET 0)"
_CONDITIONS: Mapping[Wanted, str] = {
    "all": "",
    "pending": f"AND ({untried_joined()} OR {due_joined()})",
    "deferred": "AND o.status = 'tagged' AND o.next_attempt_at <= now()",
    "requested": "AND o.retag_requested_at IS NOT NULL",
}


def select_page(connection: Connection, settings: TaggingSettings, query: PageQuery) -> list[PendingArticle]:
    """Return the articles of a page, newest first, without soft-deleted ones; empty when none are left."""
    # Articles claimed by another run are skipped, so that runs sharing a backlog do not each read all of it. Those of a
    # run that died are selected apart: each may have been the cause, so they are tagged alone, and no other waits.
    not_claimed = "" if query.abandoned or query.wanted == "all" else f"AND {unclaimed()}"
    source, condition = _ABANDONED if query.abandoned else "articles", f"{_CONDITIONS[query.wanted]} {not_claimed}"
    return _select(connection, source, condition, _bounds(settings, query))


def select_again(connection: Connection, settings: TaggingSettings, article_id: str) -> list[PendingArticle]:
    """Return an article that was selected before as a page, whoever has claimed it; empty if it has been deleted."""
    return _select(connection, _ONE, "", {**_bounds(settings, PageQuery(ALWAYS, END, "all", rows=1)), "id": article_id})


def _bounds(settings: TaggingSettings, query: PageQuery) -> dict[str, object]:
    return {
        "start": query.window.start or "-infinity",
        "end": query.window.end or "infinity",
        "before_at": query.before.created_at,
        "before_id": query.before.id,
        "rows": query.rows or settings.batch_limit,
        "bytes": settings.batch_bytes,
        "chars": settings.fetch_limit,
    }


def _select(
    connection: Connection, source: str, condition: str, parameters: Mapping[str, object]
) -> list[PendingArticle]:
    shape = shape_of(connection)
    statement = _PAGE.format(
        source=source,
        condition=condition,
        before_end="<=" if parameters["end"] == "infinity" else "<",
        not_deleted=shape.not_deleted(),
        feed_link=shape.feed_link,
        language="nullif(a.language, 'und')" if shape.language else "NULL",
    )
    pin_to_indexes(connection)
    found = connection.execute(text(statement), parameters)
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
            language=row.language,
        )
        for row in found
    ]
