"""Indexes on the platform's tables that keep our statements fast at any size; they are created only on request.

A platform has most of them. `db upgrade` prints the statements of the missing ones; `db upgrade --with-indexes` creates
them CONCURRENTLY, under names that `db downgrade` recognizes. An index is not needed if an existing one, of any name,
begins with the same columns in the same order.
"""

from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.migrate import OUR_INDEX_PREFIX, Database
from alt_pipelines.database.shapes import shape_of


class Index(NamedTuple):
    """An index for one of our statements: `columns` are (name, descending), `where` is a partial index's predicate."""

    name: str
    table: str
    columns: tuple[tuple[str, bool], ...]
    reason: str
    where: str | None = None

    @property
    def statement(self) -> str:
        """The CREATE INDEX statement, to be run outside a transaction."""
        columns = ", ".join(f"{column} DESC" if descending else column for column, descending in self.columns)
        where = f" WHERE {self.where}" if self.where else ""
        return f"CREATE INDEX CONCURRENTLY {OUR_INDEX_PREFIX}{self.name} ON {self.table} ({columns}){where};"


def missing_indexes(engine: Engine, database: Database) -> list[Index]:
    """Return the indexes that a database needs and that no existing index covers."""
    with engine.connect() as connection:
        return [index for index in _wanted(connection, database) if not _is_covered(connection, index)]


def create_indexes(engine: Engine, database: Database) -> list[str]:
    """Create the missing indexes one after another, without blocking writes. Returns the executed statements.

    An index that an interrupted attempt left invalid is dropped first.
    """
    made = []
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        try:
            for index in missing_indexes(engine, database):
                connection.execute(text(f"DROP INDEX CONCURRENTLY IF EXISTS {OUR_INDEX_PREFIX}{index.name}"))
                connection.execute(text(index.statement))
                made.append(index.statement)
        finally:
            if not connection.invalidated:
                connection.detach()  # the session's time-out differs from the pool's
    return made


def _wanted(connection: Connection, database: Database) -> tuple[Index, ...]:
    if database == "recap":
        found = [
            Index(
                "learning_updated_at",
                "recap_genre_learning_results",
                (("updated_at", False),),
                "the graph and learning read the rows of the last days",
            ),
            Index(
                "runs_unfinished",
                "recap_subworker_runs",
                (("id", False),),
                "to find unfinished runs",
                where="status = 'running'",
            ),
        ]
        return tuple(found)
    link = shape_of(connection).feed_link
    return (
        Index(
            "articles_created_at_id",
            "articles",
            (("created_at", True), ("id", True)),
            "to find articles to tag without a full table scan",
        ),
        Index("articles_feed_id", "articles", (("feed_id", False),), "to check whether several articles share a feed"),
        Index("articles_url", "articles", (("url", False),), "to find the articles of a feed row"),
        Index("feeds_link", "feeds", ((link, False),), "to find the feed row of an article without feed_id"),
        Index("feed_tags_created_at", "feed_tags", (("created_at", True),), "to check the newest confidences"),
    )


# The key columns of each valid index: name and direction, in order. An index can be read backwards, so the directions
# match if all agree or all are opposite. The predicate of a partial index is compared as Postgres prints it.
_EXISTING = text(
    """
    SELECT i.indexrelid, array_agg(a.attname::text ORDER BY k.place) AS columns,
           array_agg((k.option & 1) = 1 ORDER BY k.place) AS descending,
           pg_get_expr(i.indpred, i.indrelid) AS predicate
    FROM pg_index i
    CROSS JOIN LATERAL unnest(i.indkey::int2[], i.indoption::int2[]) WITH ORDINALITY AS k (attnum, option, place)
    LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.attnum > 0
    JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
    WHERE i.indrelid = to_regclass(:table) AND i.indisvalid AND m.amname = 'btree' AND k.place <= i.indnkeyatts
    GROUP BY i.indexrelid, i.indpred, i.indrelid
    """
)


def _is_covered(connection: Connection, index: Index) -> bool:
    columns = [column for column, _ in index.columns]
    directions = [descending for _, descending in index.columns]
    opposite = [not descending for descending in directions]
    for row in connection.execute(_EXISTING, {"table": index.table}):
        if row.columns[: len(columns)] != columns or row.descending[: len(columns)] not in (directions, opposite):
            continue
        if row.predicate is None and index.where is None:
            return True
        if row.predicate is not None and index.where is not None and _same_predicate(row.predicate, index.where):
            return True
    return False


def _same_predicate(stored: str, wanted: str) -> bool:
    def bare(predicate: str) -> str:
        return predicate.replace("::text", "").replace("(", "").replace(")", "").replace(" ", "").lower()

    return bare(stored) == bare(wanted)
