"""Migrate both databases: create, move and remove this project's tables, and leave the platform's tables unchanged.

This project's tables are in the schema `alt_pipelines`. Each history has its own version table, so that both may share
one database. A database without the platform's tables is refused, unless the caller declares that there is no platform;
then the tables are created in the platform's shape (`platform_tables`).

A migration needs the right to create a schema, so the owner of the database runs it. The product itself runs as another
role, with the rights listed in `rights`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util.exc import CommandError
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, ProgrammingError

from alt_pipelines.database import ownership, platform_tables, search_path
from alt_pipelines.database.alt_tables import SCHEMA
from alt_pipelines.database.error_messages import first_line_of
from alt_pipelines.database.locks import Single

Database = Literal["alt", "recap"]

_MIGRATIONS = Path(__file__).with_name("migrations")
_INSUFFICIENT_PRIVILEGE = "42501"

PLATFORM_TABLES = {
    "alt": ("feeds", "articles", "feed_tags", "article_tags"),
    "recap": (
        "recap_subworker_runs",
        "recap_subworker_clusters",
        "recap_subworker_sentences",
        "recap_subworker_diagnostics",
        "recap_cluster_evidence",
        "recap_genre_learning_results",
        "tag_label_graph",
    ),
}
"""The tables that every platform has had since November 2025."""

OUR_TABLES = {
    "alt": (
        "article_tag_outcomes",
        "article_tag_claims",
        "installation_facts",
        "pipeline_metrics",
        "site_lines",
        "site_names",
        "vocabularies",
    ),
    "recap": ("genre_runs", "tag_label_graph_builds", "genre_learning_attempts", "admin_jobs", "pipeline_metrics"),
}
"""This project's tables in the schema `alt_pipelines` of each database."""

OUR_INDEX_PREFIX = "alt_pipelines_idx_"
"""Name prefix of the indexes that `db upgrade --with-indexes` creates on the platform's tables."""


class NoPlatformError(RuntimeError):
    """The database lacks the platform's tables; the message lists them and says what to do without a platform."""


class MigrationRightsError(RuntimeError):
    """The role may not migrate the database; the message names the role that must."""


def upgrade(engine: Engine, database: Database, *, without_platform: bool = False) -> list[str]:
    """Upgrade a database to the newest revision. Returns the applied revisions, oldest first. Safe to run concurrently.

    Args:
        engine: connects as a role that may create a schema (needed only if there are pending revisions).
        database: which of the two databases it is.
        without_platform: no platform uses this database, so create the platform's tables that are missing.

    Raises:
        NoPlatformError: the platform's tables are missing, and `without_platform` is not set.
        MigrationRightsError: the role may not create what is missing.
    """
    with engine.connect() as connection:
        missing = _missing_platform_tables(connection, database)
        if missing and not without_platform:
            raise NoPlatformError(_why_no_platform(connection, database, missing))
        if not missing and not _pending(connection, database):
            return []
        with migration_lock(connection):
            applied = _pending(connection, database)
            try:
                _apply(connection, database)
                if without_platform:
                    _create_platform_tables(connection, database, missing)
            except ProgrammingError as error:
                if getattr(error.orig, "pgcode", None) != _INSUFFICIENT_PRIVILEGE:
                    raise
                raise MigrationRightsError(
                    f"{database}-db lacks the migrations {', '.join(applied)}, and the role {engine.url.username} has "
                    f"no right to apply them ({first_line_of(error)}). Run `alt-pipelines db upgrade` once as the "
                    "database owner."
                ) from error
    return applied


def _why_no_platform(connection: Connection, database: Database, missing: Sequence[str]) -> str:
    if hidden := search_path.elsewhere(connection, missing):
        return f"{database}-db: {hidden}"
    return (
        f"{database}-db ({connection.engine.url.render_as_string()}) has no table {', '.join(missing)}, so it is not a "
        "platform's database. Check the connection settings. Without a platform (a test, a demo, a server of your "
        "own), run `alt-pipelines db upgrade --without-platform`."
    )


def _apply(connection: Connection, database: Database) -> None:
    """Apply and commit the pending migrations."""
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    connection.commit()
    config = _config(database)
    config.attributes.update(connection=connection, version_table=_version_table(database), version_table_schema=SCHEMA)
    command.upgrade(config, "head")
    connection.commit()


def _create_platform_tables(connection: Connection, database: Database, missing: Sequence[str]) -> None:
    """Create and commit the platform's tables that are missing; if none existed, record that they are ours."""
    connection.execute(text(getattr(platform_tables, database.upper())))
    if database == "alt" and len(missing) == len(PLATFORM_TABLES[database]):
        ownership.record(connection)
    connection.commit()


def downgrade(engine: Engine, database: Database) -> list[str]:
    """Remove only this project's tables and indexes from a database. Returns the names of the removed objects.

    The schema is removed if it is empty then; it stays if it holds other tables or functions.
    """
    removed: list[str] = []
    with engine.connect() as connection, migration_lock(connection):
        for index in connection.scalars(
            text(
                "SELECT format('%I.%I', schemaname, indexname) FROM pg_indexes "
                "WHERE indexname LIKE :prefix AND tablename = ANY(:tables) ORDER BY 1"
            ),
            {"prefix": f"{OUR_INDEX_PREFIX.replace('_', chr(92) + '_')}%", "tables": list(PLATFORM_TABLES[database])},
        ).all():
            connection.execute(text(f"DROP INDEX {index}"))
            removed.append(str(index))
        for table in (*OUR_TABLES[database], _version_table(database)):
            name = f"{SCHEMA}.{table}"
            if connection.scalar(text("SELECT to_regclass(:name)"), {"name": name}) is not None:
                connection.execute(text(f"DROP TABLE {name}"))
                removed.append(name)
        if connection.scalar(_SCHEMA_IS_EMPTY, {"schema": SCHEMA}):
            connection.execute(text(f"DROP SCHEMA {SCHEMA}"))
            removed.append(f"schema {SCHEMA}")
        connection.commit()
    return removed


_SCHEMA_IS_EMPTY = text(
    """
    SELECT true FROM pg_namespace n WHERE n.nspname = :schema
    AND NOT EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid)
    AND NOT EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace = n.oid)
    """
)


def pending(engine: Engine, database: Database) -> list[str]:
    """Return the revisions that a database lacks, oldest first."""
    with engine.connect() as connection:
        return _pending(connection, database)


@contextmanager
def migration_lock(connection: Connection) -> Iterator[None]:
    """Hold the migration lock, with the statement time-out off: statements on large tables can take long."""
    connection.execute(text("SELECT set_config('statement_timeout', '0', false)"))
    connection.execute(text("SELECT pg_advisory_lock(:lock)"), _LOCK)  # alone: its time-out is read at its start
    connection.commit()
    try:
        yield
    finally:
        with suppress(DBAPIError):  # the session was lost, and the lock with it
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), _LOCK)
            connection.commit()
        if not connection.invalidated:
            connection.detach()  # the session's settings differ from the pool's


_LOCK = {"lock": int(Single.MIGRATION)}


def _missing_platform_tables(connection: Connection, database: Database) -> list[str]:
    names = list(PLATFORM_TABLES[database])
    found = connection.scalars(
        text("SELECT name FROM unnest(CAST(:names AS text[])) AS name WHERE to_regclass(name) IS NOT NULL"),
        {"names": names},
    ).all()
    return [name for name in names if name not in found]


def _pending(connection: Connection, database: Database) -> list[str]:
    script = ScriptDirectory.from_config(_config(database))
    revisions = script.iterate_revisions("head", _current(connection, database))
    try:
        return [revision.revision for revision in revisions][::-1]
    except RevisionError as error:  # Alembic converts those of its own loops only
        raise CommandError(str(error)) from error


def _current(connection: Connection, database: Database) -> str | None:
    options = {"version_table": _version_table(database), "version_table_schema": SCHEMA}
    row = connection.execute(_READABLE, {"schema": SCHEMA, "table": _version_table(database)}).first()
    if row is None:
        return None
    if not row.readable:
        raise MigrationRightsError(
            f"{database}-db is migrated, but the role {row.role} has no right to read "
            f"{SCHEMA}.{_version_table(database)}. `alt-pipelines db grants` prints the statements that the owner runs."
        )
    return MigrationContext.configure(connection, opts=options).get_current_revision()


# Read from the catalogue, because to_regclass() fails for a role that may not use the schema.
_READABLE = text(
    """
    SELECT current_user AS role,
           has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS readable
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = :schema AND c.relname = :table
    """
)


def _version_table(database: Database) -> str:
    return f"{database}_version"


def _config(database: Database) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("version_locations", str(_MIGRATIONS / database))
    config.set_main_option("path_separator", "os")
    return config
