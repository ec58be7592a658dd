"""Figures for the asset checks and gauges: the backlog, and samples of the newest articles and tags.

The samples have a constant cost. The backlog concerns all articles, because those that wait longest are not the newest.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database.shapes import shape_of
from alt_pipelines.tagging.store.pending import untried, untried_joined
from alt_pipelines.tagging.store.plans import pin_to_indexes

SAMPLE = 5000

_TIMED_OUT = "57014"  # query_canceled

WAITING_ARTICLES = 1000
"""How many of the newest articles are searched for one without an outcome."""


class Backlog(NamedTuple):
    """Number of articles without an outcome, and the age in seconds of the oldest of them (None without any)."""

    articles: int
    oldest_seconds: float | None


class RecentArticles(NamedTuple):
    """The newest articles: their number by outcome. `pending` counts those without an outcome."""

    articles: int
    tagged: int
    empty: int
    rejected: int
    failed: int
    no_feed: int
    pending: int

    @property
    def tagged_share(self) -> float | None:
        """Share of tagged articles among those with an outcome other than `no_feed`; None if there are none."""
        tried = self.tagged + self.empty + self.rejected + self.failed
        return self.tagged / tried if tried else None


class Confidences(NamedTuple):
    """The newest automatic tags: their number and the distribution of their confidences."""

    tags: int
    mean: float | None
    deviation: float | None
    distinct: int
    above_graph_gate: int
    above_genre_gate: int
    out_of_range: int


def backlog(connection: Connection) -> Backlog:
    """Count all articles without an outcome that are not dated in the future, and return the age of the oldest.

    An anti-join that scans two indexes; takes some seconds for ten million articles.
    """
    statement = text(
        f"""
        SELECT count(*), extract(epoch FROM (now() AT TIME ZONE 'utc')
                   - min(greatest(a.created_at, '0001-01-01')))::double precision
        FROM articles a
        WHERE a.created_at <= (now() AT TIME ZONE 'utc') AND {untried(shape_of(connection))}
        """
    )
    return Backlog(*connection.execute(statement).one())


def backlog_within(engine: Engine, seconds: float | None) -> Backlog | None:
    """Return the backlog, or None if counting it takes more than `seconds` (None: no limit but the engine's own)."""
    try:
        with engine.begin() as connection:
            if seconds is not None:
                connection.execute(text(f"SET LOCAL statement_timeout = {round(seconds * 1000)}"))
            return backlog(connection)
    except DBAPIError as error:
        if seconds is None or getattr(error.orig, "pgcode", None) != _TIMED_OUT:
            raise
        return None


def article_waits(connection: Connection) -> bool:
    """Whether one of the newest articles has neither an outcome nor tags."""
    statement = text(
        f"""
        SELECT EXISTS (
            SELECT FROM (SELECT * FROM articles WHERE created_at <= (now() AT TIME ZONE 'utc')
                         ORDER BY created_at DESC, id DESC LIMIT :rows) a
            WHERE {untried(shape_of(connection))})
        """
    )
    return bool(connection.execute(statement, {"rows": WAITING_ARTICLES}).scalar())


def recent_articles(connection: Connection, now: datetime) -> RecentArticles:
    """Count the newest articles not dated in the future by outcome; `now` is naive UTC."""
    pin_to_indexes(connection)
    shape = shape_of(connection)
    row = connection.execute(
        text(
            f"""
            SELECT count(*) AS articles,
                   count(*) FILTER (WHERE o.status = 'tagged') AS tagged,
                   count(*) FILTER (WHERE o.status = 'empty') AS empty,
                   count(*) FILTER (WHERE o.status = 'rejected') AS rejected,
                   count(*) FILTER (WHERE o.status = 'failed') AS failed,
                   count(*) FILTER (WHERE o.status = 'no_feed') AS no_feed,
                   count(*) FILTER (WHERE {untried_joined()}) AS pending
            FROM (SELECT id FROM articles a
                  WHERE created_at <= CAST(:now AS timestamp) AND {shape.not_deleted()}
                  ORDER BY created_at DESC, id DESC LIMIT :sample) a
            LEFT JOIN alt_pipelines.article_tag_outcomes o ON o.article_id = a.id
            """
        ),
        {"now": now, "sample": SAMPLE},
    ).one()
    return RecentArticles(**row._mapping)


class Links(NamedTuple):
    """The newest `tagged` outcomes: their number, and the articles with fewer linked tags than were written."""

    outcomes: int
    articles_with_too_few: tuple[str, ...]


def links(connection: Connection) -> Links:
    """Compare the recorded tag counts with the tags that are still linked."""
    pin_to_indexes(connection)
    rows = connection.execute(
        text(
            f"""
            SELECT o.article_id::text AS id, o.tag_count > (
                       SELECT count(*) FROM article_tags l WHERE l.article_id = o.article_id) AS too_few
            FROM (SELECT id FROM articles a WHERE {shape_of(connection).not_deleted()}
                  ORDER BY created_at DESC, id DESC LIMIT :sample) a
            JOIN alt_pipelines.article_tag_outcomes o ON o.article_id = a.id AND o.status = 'tagged'
            """
        ),
        {"sample": SAMPLE},
    ).all()
    return Links(len(rows), tuple(row.id for row in rows if row.too_few))


def confidences(connection: Connection) -> Confidences:
    """Return the distribution of the newest tags' confidences; the consumers' gates are 0.55 and 0.6."""
    pin_to_indexes(connection)
    row = connection.execute(
        text(
            """
            SELECT count(*) AS tags, avg(confidence) FILTER (WHERE confidence BETWEEN 0 AND 1) AS mean,
                   stddev_pop(confidence) FILTER (WHERE confidence BETWEEN 0 AND 1) AS deviation,
                   count(DISTINCT confidence) AS distinct,
                   count(*) FILTER (WHERE confidence >= 0.55) AS above_graph_gate,
                   count(*) FILTER (WHERE confidence >= 0.6) AS above_genre_gate,
                   count(*) FILTER (WHERE NOT confidence BETWEEN 0 AND 1) AS out_of_range
            FROM (SELECT confidence FROM feed_tags WHERE coalesce(tag_type, 'auto') = 'auto'
                  ORDER BY created_at DESC LIMIT :sample) newest
            """
        ),
        {"sample": SAMPLE},
    ).one()
    return Confidences(**row._mapping)
