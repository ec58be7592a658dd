"""The day of the first article: where the partitions of articles and their tags begin.

It is found by `db upgrade` (and at the start of an embedded installation) and kept in alt-db, so that every process of
an installation, on whatever machine, has the same partitions. It only ever moves back, never forward.
"""

from datetime import date

from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

EARLIEST = date(2000, 1, 1)
"""No platform is older; a created_at before it is a mistake of its writer, and the article belongs to the first day."""

_FACT = "first_article_day"

_FIND = text(
    """
    SELECT CAST(created_at AS date) AS day FROM articles
    WHERE created_at >= CAST(:earliest AS timestamp) AND created_at < now() AT TIME ZONE 'UTC' + interval '1 day'
    ORDER BY created_at LIMIT 1
    """
)
_KEEP = text(
    """
    INSERT INTO alt_pipelines.installation_facts AS f (name, value) VALUES (:name, :day)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = now() WHERE f.value > excluded.value
    """
)
_READ = text("SELECT value FROM alt_pipelines.installation_facts WHERE name = :name")


def find_and_keep(engine: Engine) -> date | None:
    """Find the day of the oldest article and keep it, if it is earlier than what is kept. Returns the day kept."""
    with engine.begin() as connection:
        day = connection.scalar(_FIND, {"earliest": EARLIEST})
        if day is not None:
            connection.execute(_KEEP, {"name": _FACT, "day": day.isoformat()})
        kept = connection.scalar(_READ, {"name": _FACT})
    return None if kept is None else date.fromisoformat(str(kept))


def read(engine: Engine) -> date | None:
    """The day that is kept, or None when there is none or the database cannot be asked."""
    try:
        with engine.connect() as connection:
            kept = connection.scalar(_READ, {"name": _FACT})
        return None if kept is None else date.fromisoformat(str(kept))
    except (DBAPIError, ValueError):
        return None
