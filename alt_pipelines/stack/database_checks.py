"""The checks of `doctor` for the three databases: reachable, migrated, with the rights and keys that a run needs."""

from alembic.util.exc import CommandError

from alt_pipelines.database import migrate, rights, server, unique_keys
from alt_pipelines.database.shapes import shape_of
from alt_pipelines.settings import Settings
from alt_pipelines.stack.checks import START, Check, Problem, answering, engine_of

_MOST_CONNECTIONS = 0.8
"""Largest share of the server's connections that may be in use."""


def database_check(which: migrate.Database) -> Check[str]:
    """Return the check of alt-db or recap-db."""

    @answering(which)
    def check(settings: Settings) -> str:
        engine = engine_of(settings, which)
        with engine.connect() as connection:
            version = server.server_version(connection)
            read_only = server.why_read_only(connection)
        lacking = [right.sentence for right in rights.missing_rights(engine, which)]
        try:
            missing = migrate.pending(engine, which)
        except migrate.MigrationRightsError:  # among those that are lacking
            missing = []
        except CommandError as error:
            raise Problem(
                f"a newer release has migrated the database ({error}). Install that release, or restore the backup of "
                "before its migration."
            ) from error
        if missing:
            lacking.insert(0, f"missing migrations: {', '.join(missing)}. Run `alt-pipelines db upgrade`.")
        if read_only:
            lacking.insert(0, read_only)
        if lacking:
            raise Problem(" ".join(lacking))
        with engine.connect() as connection:
            if hidden := rights.unreachable_tables(connection, which):
                raise Problem(hidden)
        if which == "alt":
            try:
                unique_keys.check_keys(engine)
            except unique_keys.MissingKeyError as error:
                raise Problem(str(error)) from error
        keys = ", unique keys exist" if which == "alt" else ""
        with engine.connect() as connection:
            shape = shape_of(connection).differences(which)
        return f"Postgres {version}, migrated{keys}; {shape} ({engine.url.render_as_string()})"

    return check


@answering("dagster")
def dagster_storage(settings: Settings) -> str:
    """Check the tables and the free connections of Dagster's database."""
    engine = engine_of(settings, "dagster")
    with engine.connect() as connection:
        if not server.has_table(connection, "runs"):
            raise Problem(f"the database has no Dagster tables. {START}, which creates them.")
        if read_only := server.why_read_only(connection):
            raise Problem(read_only)
        found = server.usage(connection)
    if found.connections > _MOST_CONNECTIONS * found.max_connections:
        raise Problem(
            f"connections in use: {found.connections} of {found.max_connections}. "
            "Increase max_connections of the server, or run fewer processes."
        )
    return f"size {found.size}; connections in use: {found.connections} of {found.max_connections}"
