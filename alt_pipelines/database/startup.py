"""Prepare the databases before any part uses them: migrate or check them, or raise an error with the remedy.

The embedded databases belong to this installation, so the first process that needs them migrates them. A database that
the settings name belongs to its operator. Processes only check it; it is migrated explicitly, by `alt-pipelines db
upgrade`, `alt-pipelines up` or the migration job of a deployment. A database that does not answer blocks no start:
parts start, report that they are not ready, and continue when it answers.

The check takes a few small queries if there is nothing to do. An advisory lock makes it safe for concurrent processes.
"""

from typing import Literal

import structlog
from alembic.util.exc import CommandError
from sqlalchemy.exc import OperationalError

from alt_pipelines.database import first_day, migrate, ownership, unique_keys
from alt_pipelines.database.engines import alt_url, make_engine, recap_url
from alt_pipelines.settings import Settings

log = structlog.get_logger(__name__)

_URLS = {"alt": alt_url, "recap": recap_url}


class PendingMigrationsError(RuntimeError):
    """A named database lacks migrations; the message lists them and gives the command that applies them."""


def prepare_databases(settings: Settings, named: Literal["check", "migrate"] = "check") -> None:
    """Make both databases ready: migrate embedded ones, check (or, for the supervisor, migrate) named ones.

    Raises:
        PendingMigrationsError: a named database lacks migrations, and `named` is "check".
        NoPlatformError: a named database lacks the platform's tables, and `named` is "migrate".
        MigrationRightsError: the role may not migrate a named database or read its version.
        MissingKeyError: alt-db lacks a unique key that every write depends on.
        EmbeddedServerError: the embedded server does not start.
        OperationalError: a database does not answer, and `named` is "migrate".
    """
    is_named = {"alt": settings.alt_db.url is not None, "recap": settings.recap_db.url is not None}
    databases: tuple[migrate.Database, ...] = ("alt", "recap")
    for database in databases:
        engine = make_engine(_URLS[database](settings), settings.pool, application="alt-pipelines-startup")
        try:
            if named == "migrate" or not is_named[database]:
                applied = migrate.upgrade(engine, database, without_platform=not is_named[database])
                if applied:
                    log.info("database_migrated", database=database, revisions=applied)
            elif missing := migrate.pending(engine, database):
                raise PendingMigrationsError(
                    f"{database}-db lacks the migrations {', '.join(missing)}. Run `alt-pipelines db upgrade` once."
                )
            if database == "alt":
                unique_keys.check_keys(engine)
                if not is_named[database]:
                    first_day.find_and_keep(engine)
                    with engine.begin() as connection:
                        ownership.record(connection)
        except OperationalError as error:
            if named == "migrate":
                raise
            log.warning("database_check_skipped", database=database, error=str(error.orig).strip())
        except CommandError as error:  # this code does not know the revision: a newer release has migrated the database
            log.warning("database_newer_than_code", database=database, error=str(error))
        finally:
            engine.dispose()
