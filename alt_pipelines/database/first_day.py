"""The day of the first article, on which the partitions of articles and their tags begin.

`db upgrade` (and the start of an embedded installation) determines the day and stores it in alt-db, so that all
processes of an installation have the same partitions on every machine. The day only moves back, never forward. A
process that has read it keeps a copy in its home folder, so that loading the definitions queries alt-db only once.
"""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from alt_pipelines.database import embedded, installation_facts
from alt_pipelines.database.session import session_options
from alt_pipelines.settings import Settings

EARLIEST = date(2000, 1, 1)
"""No platform is older: an earlier created_at is an error, and such an article belongs to the first day."""

BEFORE_ANY_ARTICLE = timedelta(days=7)
"""Without articles, partitions begin a week before today, which is as far back as the demo's articles go."""

COPY = "first_article_day"
CONNECT_SECONDS = 3

_FACT = "first_article_day"

_FIND = text(
    """
    SELECT CAST(created_at AS date) AS day FROM articles
    WHERE created_at >= CAST(:earliest AS timestamp) AND created_at < now() AT TIME ZONE 'UTC' + interval '1 day'
    ORDER BY created_at LIMIT 1
    """
)


def find_and_keep(engine: Engine) -> date:
    """Store the day of the oldest article if it is earlier than the stored day. Returns the stored day."""
    with engine.begin() as connection:
        day = connection.scalar(_FIND, {"earliest": EARLIEST}) or _without_articles()
        installation_facts.keep_least(connection, _FACT, day.isoformat())
        return date.fromisoformat(str(installation_facts.read(connection, _FACT)))


def read(engine: Engine) -> date | None:
    """Return the stored day, None if there is none or the database does not answer."""
    try:
        with engine.connect() as connection:
            kept = installation_facts.read(connection, _FACT)
        return None if kept is None else date.fromisoformat(kept)
    except (DBAPIError, ValueError):
        return None


def known(settings: Settings) -> datetime:
    """Return the first day (naive UTC) from the settings, this machine's copy, or alt-db.

    If alt-db does not answer and there is no copy, the day is a week before today; earlier articles then belong to it.
    The embedded server is queried only if it is running; loading definitions does not start it.
    """
    if settings.tagging.partitions_start is not None:
        return settings.tagging.partitions_start
    home = settings.execution.home.resolve()
    where = "embedded" if settings.alt_db.url is None else settings.alt_db.url.render_as_string(hide_password=True)
    copy = home / COPY
    kept = _copied(copy, where)
    url = settings.alt_db.url
    if kept is None and url is None:
        with suppress(embedded.EmbeddedServerError):  # it does not run
            url = embedded.url(home / "postgres", embedded.ALT_DATABASE)
    if kept is None and url is not None:
        limits = {"connect_timeout": CONNECT_SECONDS, "options": session_options(url)}
        engine = create_engine(url, poolclass=NullPool, connect_args=limits)
        kept = read(engine)
        if kept is not None:
            _copy(copy, where, kept)
    day = kept or _without_articles()
    return datetime(day.year, day.month, day.day)


def forget_copy(settings: Settings) -> None:
    """Remove this machine's copy, so that the next process queries alt-db."""
    with suppress(OSError):
        (settings.execution.home.resolve() / COPY).unlink(missing_ok=True)


def _without_articles() -> date:
    return datetime.now(UTC).date() - BEFORE_ANY_ARTICLE


def _copied(copy: Path, where: str) -> date | None:
    try:
        source, day = copy.read_text("utf-8").splitlines()
        return date.fromisoformat(day) if source == where else None
    except (OSError, ValueError):
        return None


def _copy(copy: Path, where: str, day: date) -> None:
    """Write the copy. If the home folder cannot be written, each process start queries the database."""
    with suppress(OSError):
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(f"{where}\n{day.isoformat()}\n", "utf-8")
