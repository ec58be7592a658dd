"""Read from the catalogue which version of the platform's tables a database has (November 2025 to today).

The platform migrates its tables independently, so columns are added and renamed. Statements that depend on them read
the shape here. A shape is read once per engine and cached for KEPT_SECONDS. If a statement fails on a missing column
or table in the meantime, `engines.with_retries` clears the cache, and the retry reads the current tables.
"""

import time
from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

KEPT_SECONDS = 60.0


class Shape(NamedTuple):
    """The differences between platform versions.

    Attributes:
        feed_link: the column of `feeds` that equals the url of an article: `link`, since April 2026 `website_url`.
        deleted_at: `articles` has a time of soft deletion; a deleted article is not tagged.
        language: `articles` has a language; `und` and NULL mean unknown.
        worker_config: `recap_worker_config` exists (since November 2025).
        run_diagnostics: `recap_run_diagnostics` exists (since December 2025).
    """

    feed_link: str
    deleted_at: bool
    language: bool
    worker_config: bool
    run_diagnostics: bool

    def not_deleted(self, article: str = "a") -> str:
        """Return the SQL condition that the article with this alias is not deleted."""
        return f"{article}.deleted_at IS NULL" if self.deleted_at else "true"

    def differences(self, database: Literal["alt", "recap"]) -> str:
        """Describe one database's part of the shape in words."""
        if database == "recap":
            return (
                f"recap_worker_config {'present' if self.worker_config else 'absent'}, "
                f"recap_run_diagnostics {'present' if self.run_diagnostics else 'absent'}"
            )
        columns = {"deleted_at": self.deleted_at, "language": self.language}
        present = ", ".join(f"{'with' if here else 'without'} {name}" for name, here in columns.items())
        return f"feeds.{self.feed_link}, articles {present}"


_COLUMNS = text(
    """
    SELECT c.name FROM (VALUES ('feeds', 'link'), ('feeds', 'website_url'), ('articles', 'deleted_at'),
        ('articles', 'language'), ('recap_worker_config', 'config_payload'), ('recap_run_diagnostics', 'run_id')
    ) AS asked (relation, attribute)
    CROSS JOIN LATERAL (SELECT relation || '.' || attribute) AS c (name)
    WHERE EXISTS (SELECT FROM pg_attribute
                  WHERE attrelid = to_regclass(asked.relation) AND attname = asked.attribute AND NOT attisdropped)
    """
)

_known: "WeakKeyDictionary[Engine, tuple[float, Shape]]" = WeakKeyDictionary()


def shape_of(connection: Connection) -> Shape:
    """Return the shape of the connected database; tables of the other database count as absent."""
    read_at, shape = _known.get(connection.engine, (0.0, None))
    if shape is None or time.monotonic() - read_at > KEPT_SECONDS:
        shape = _read(connection)
        _known[connection.engine] = (time.monotonic(), shape)
    return shape


def forget() -> None:
    """Clear the cached shapes after a statement has failed on a missing column or table."""
    _known.clear()


def _read(connection: Connection) -> Shape:
    columns = set(connection.scalars(_COLUMNS))
    return Shape(
        feed_link="link" if "feeds.link" in columns or "feeds.website_url" not in columns else "website_url",
        deleted_at="articles.deleted_at" in columns,
        language="articles.language" in columns,
        worker_config="recap_worker_config.config_payload" in columns,
        run_diagnostics="recap_run_diagnostics.run_id" in columns,
    )
