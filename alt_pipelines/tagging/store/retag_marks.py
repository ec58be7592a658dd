"""Marks for `alt-pipelines retag`: request that articles be tagged again, in batches of one transaction each."""

from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.database.shapes import shape_of
from alt_pipelines.tagging.store import adoption
from alt_pipelines.tagging.store.pending import has_automatic_tags
from alt_pipelines.tagging.windows import LOWEST_ID, Position, Window

BATCH = 5000
_WRITING_MS = 2.0
"""Milliseconds per article for reading and writing, in addition to extraction (benchmarks/backlog.py)."""


class Estimate(NamedTuple):
    """The number of articles to tag again, and the recent time per article (None: unknown)."""

    articles: int
    milliseconds_per_article: float | None


def estimate(engine: Engine, window: Window) -> Estimate:
    """Count the articles of a window with an outcome or automatic tags; the time is the newest outcomes' mean."""
    with engine.connect() as connection:
        articles = connection.execute(
            text(
                f"""
                SELECT count(*) FROM articles a
                WHERE a.created_at >= :start AND a.created_at < :end AND {shape_of(connection).not_deleted()}
                  AND (EXISTS (SELECT FROM alt_pipelines.article_tag_outcomes o WHERE o.article_id = a.id)
                       OR {has_automatic_tags()})
                """
            ),
            window._asdict(),
        ).scalar_one()
        pace = connection.execute(
            text(
                """
                SELECT avg(o.inference_ms) FROM (SELECT id FROM articles ORDER BY created_at DESC, id DESC LIMIT 5000) a
                JOIN alt_pipelines.article_tag_outcomes o ON o.article_id = a.id
                """
            )
        ).scalar_one()
    return Estimate(int(articles), None if pace is None else float(pace) + _WRITING_MS)


_PAGE = """
    SELECT id, created_at, {not_deleted} AS live FROM articles a
    WHERE (created_at, id) < (CAST(:before_at AS timestamp), CAST(:before_id AS uuid)) AND created_at >= :start
    ORDER BY created_at DESC, id DESC LIMIT :rows
"""
_CHANGE = f"""
    WITH page AS MATERIALIZED ({_PAGE}), changed AS (
        UPDATE alt_pipelines.article_tag_outcomes o SET retag_requested_at = {{value}}
        FROM page WHERE o.article_id = page.id AND {{condition}}
        RETURNING 1
    )
    SELECT (SELECT count(*) FROM changed) AS changed, count(*) AS scanned,
           (SELECT created_at::text FROM page ORDER BY created_at, id LIMIT 1) AS at,
           (SELECT id::text FROM page ORDER BY created_at, id LIMIT 1) AS id
    FROM page
"""


def mark(engine: Engine, window: Window) -> int:
    """Mark every article of a window that has an outcome, after adopting articles of an earlier service.

    Deleted articles are not marked. Returns the number of articles marked.
    """
    return _walk(engine, window, "now()", "o.retag_requested_at IS NULL AND page.live", adopt=True)


def cancel(engine: Engine, window: Window) -> int:
    """Remove the marks of a window. Returns their number."""
    return _walk(engine, window, "NULL", "o.retag_requested_at IS NOT NULL", adopt=False)


def _walk(engine: Engine, window: Window, value: str, condition: str, *, adopt: bool) -> int:
    assert window.end is not None
    position = Position(window.end.isoformat(sep=" "), LOWEST_ID)
    changed = 0
    while True:
        with engine.begin() as connection:
            if adopt:
                adoption.adopt(connection, position, BATCH)
            statement = _CHANGE.format(value=value, condition=condition, not_deleted=shape_of(connection).not_deleted())
            row = connection.execute(
                text(statement),
                {"before_at": position.created_at, "before_id": position.id, "start": window.start, "rows": BATCH},
            ).one()
        changed += int(row.changed)
        if row.scanned < BATCH:
            return changed
        position = Position(row.at, row.id)
