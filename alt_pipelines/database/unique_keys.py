"""The unique keys of alt-db's tags, which the platform's tables must have: every write of tags depends on them."""

from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine


class MissingKeyError(RuntimeError):
    """A unique key of the contract is missing; without it, writes would create duplicates."""


class _Key(NamedTuple):
    table: str
    columns: tuple[str, ...]
    statement: str


_KEYS = (
    _Key(
        "feed_tags",
        ("feed_id", "tag_name"),
        "ALTER TABLE feed_tags ADD CONSTRAINT feed_tags_feed_id_tag_name_key UNIQUE (feed_id, tag_name)",
    ),
    _Key(
        "article_tags",
        ("article_id", "feed_tag_id"),
        "ALTER TABLE article_tags ADD PRIMARY KEY (article_id, feed_tag_id)",
    ),
)


def check_keys(engine: Engine) -> None:
    """Check that alt-db has the unique keys of feed_tags and article_tags.

    Raises:
        MissingKeyError: a key is missing; the message has the statements that find duplicates and add the key.
    """
    with engine.connect() as connection:
        missing = [key for key in _KEYS if not _has_unique(connection, key)]
    if not missing:
        return
    advice = " ".join(
        f"{key.table} lacks a unique key on ({', '.join(key.columns)}): remove duplicates "
        f"(SELECT {', '.join(key.columns)}, count(*) FROM {key.table} GROUP BY {', '.join(key.columns)} "
        f"HAVING count(*) > 1), then run: {key.statement};"
        for key in missing
    )
    raise MissingKeyError(f"Tagging would write duplicates, so it does not start. {advice}")


def _has_unique(connection: Connection, key: _Key) -> bool:
    found = connection.execute(
        text(
            """
            SELECT array_agg(a.attname::text ORDER BY a.attname) AS columns
            FROM pg_index i
            CROSS JOIN LATERAL unnest(i.indkey::int2[]) AS k(attnum)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
            WHERE i.indrelid = to_regclass(:table) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
            GROUP BY i.indexrelid
            """
        ),
        {"table": key.table},
    )
    return any(tuple(row.columns) == tuple(sorted(key.columns)) for row in found)
