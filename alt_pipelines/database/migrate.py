"""Migrations of both databases, and the check of the keys that every write depends on.

A new installation gets all tables; an existing platform database only gets what is ours, and room in the pages of
tag_label_graph, which nobody else writes. The version table has a name of its own, so that it never meets the
platform's.
"""

from pathlib import Path
from typing import Literal, NamedTuple

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

Database = Literal["alt", "recap"]

VERSION_TABLE = "alt_pipelines_version"
_MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 0x616C7470  # one migration of a database at a time; released with its connection


class MissingKeyError(RuntimeError):
    """A unique key that the contract promises is not there; without it, writes would pile up duplicates."""


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


def upgrade(engine: Engine, database: Database) -> list[str]:
    """Bring a database to the newest revision. Returns the revisions applied, oldest first; safe to call from many."""
    config = _config(database)
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": _LOCK})
        connection.commit()
        try:
            before = _current(connection)
            config.attributes.update(connection=connection, version_table=VERSION_TABLE)
            command.upgrade(config, "head")
            connection.commit()
            script = ScriptDirectory.from_config(config)
            applied = [revision.revision for revision in script.iterate_revisions("head", before)]
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})
            connection.commit()
    return applied[::-1]


def pending(engine: Engine, database: Database) -> list[str]:
    """Revisions that a database still lacks, oldest first."""
    with engine.connect() as connection:
        current = _current(connection)
    script = ScriptDirectory.from_config(_config(database))
    return [revision.revision for revision in script.iterate_revisions("head", current)][::-1]


def check_keys(engine: Engine) -> None:
    """Make sure that alt-db has the unique keys of feed_tags and article_tags.

    Raises:
        MissingKeyError: names each missing key, and the statements that find the duplicates and add it.
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
    raise MissingKeyError(f"Tagging would write duplicates for ever, so it does not start. {advice}")


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


def _current(connection: Connection) -> str | None:
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision()


def _config(database: Database) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("version_locations", str(_MIGRATIONS / database))
    config.set_main_option("path_separator", "os")
    return config
