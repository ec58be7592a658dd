"""The command group `alt-pipelines db`: migrations, grants, backups and access to the databases.

The owner of a database installs the schema, and another role runs the product. `upgrade` (with its indexes),
`downgrade` and `grants --apply` need the owner; the other commands do not. `--alt-dsn` and `--recap-dsn` connect one
command as the owner.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple, get_args

import click
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database import (
    advice,
    backup,
    embedded,
    first_day,
    in_use,
    indexes,
    migrate,
    rights,
    search_path,
    unique_keys,
)
from alt_pipelines.database.alt_tables import SCHEMA
from alt_pipelines.database.engines import alt_url, make_engine, recap_url
from alt_pipelines.database.error_messages import sentence_of
from alt_pipelines.database.libpq import NoTlsError, conninfo, password_variable, program
from alt_pipelines.settings import Settings, postgres_url

_REMOVES = "this would remove"
_URLS = {"alt": alt_url, "recap": recap_url}


@click.group()
def db() -> None:
    """Create, migrate, back up and open the databases.

    \b
    alt-pipelines db upgrade                   install or upgrade this project's tables, as the owner
    alt-pipelines db sql alt "SELECT ..."      one statement, or psql without one
    alt-pipelines db backup /backups/monday    while everything runs
    """


def _as_owner(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that connect to both databases as their owner."""
    for name, variables in (("recap", "RECAP_DB_URL"), ("alt", "the DB_ variables")):
        command = click.option(f"--{name}-dsn", help=f"URL of {name}-db as its owner. Default: {variables}.")(command)
    return command


def _role_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that name the role which runs the product on each database."""
    for name, variable in (("recap", "RECAP_DB_URL"), ("alt", "DB_TAG_GENERATOR_USER")):
        text = f"Role that runs the product on {name}-db. Default: the one of {variable}, else {rights.PLATFORM_ROLE}."
        command = click.option(f"--{name}-role", help=text)(command)
    return click.option("--role", help="The same role for both databases.")(command)


@db.command()
@_as_owner
@_role_options
@click.option("--with-indexes", is_flag=True, help="Also create the missing indexes on the platform's tables.")
@click.option(
    "--without-platform",
    is_flag=True,
    help="Also create missing platform tables. Use it only if no other service uses these databases.",
)
def upgrade(with_indexes: bool, without_platform: bool, **options: str | None) -> None:
    """Upgrade both databases to the newest schema, as their owner.

    Adds only this project's tables, in a schema of their own; the platform's tables are not created, changed or indexed
    unless an option says so. Safe to repeat and to run from several machines. Prints the GRANT statements that the
    running role still needs, and the statements of indexes that the platform's tables lack.

    \b
    alt-pipelines db upgrade                       as the role of the DB_ variables and RECAP_DB_URL
    alt-pipelines db upgrade --without-platform    on databases of your own, without a platform
    alt-pipelines db upgrade --alt-dsn postgresql://owner:password@host:5432/alt
    """
    for name, is_named, role, connected in _databases(options):
        with connected as engine:
            applied = migrate.upgrade(engine, name, without_platform=without_platform or not is_named)
            click.echo(f"{name}: {', '.join(applied) if applied else 'up to date'} ({engine.url.render_as_string()})")
            if not is_named or without_platform:
                why = "without a platform" if is_named else "embedded server"
                click.echo(f"{name}: {why}, so missing platform tables were created")
            if name == "alt":
                unique_keys.check_keys(engine)
                click.echo(f"alt: partitions begin on {first_day.find_and_keep(engine)}")
                first_day.forget_copy(Settings.from_environment())
            if with_indexes:
                for statement in indexes.create_indexes(engine, name):
                    click.echo(f"{name}: ran {statement}")
            else:
                advice.propose_indexes(engine, name)
            if is_named and role not in (None, engine.url.username):
                advice.print_grants(engine, name, role, asked=not without_platform)


@db.command()
@_as_owner
@_role_options
@click.option("--apply", "apply_them", is_flag=True, help="Also run the statements, as the owner.")
def grants(apply_them: bool, **options: str | None) -> None:
    """Print the GRANT statements that the running role of each database still needs, each with its reason.

    \b
    alt-pipelines db grants | psql ...      standard output holds only SQL
    """
    for name, _, named_role, connected in _databases(options):
        with connected as engine, engine.begin() as connection:
            role = named_role or search_path.connected_role(connection)
            if apply_them and not rights.role_exists(connection, role):
                raise click.ClickException(
                    f"The server of {name}-db has no role {role}. Create it, or name the role that runs the product "
                    f"with --{name}-role."
                )
            if hidden := rights.unreachable_tables(connection, name, role):
                raise click.ClickException(hidden)
            statements = rights.grant_statements(connection, name, role)
            click.echo(f"-- {name}-db, {engine.url.render_as_string()}: grants missing for {role}: {len(statements)}")
            for statement in statements:
                click.echo(statement)
                if apply_them:
                    connection.exec_driver_sql(statement)


@db.command()
@_as_owner
@_role_options
@click.confirmation_option(prompt="Remove this project's tables and indexes from both databases?")
def downgrade(**options: str | None) -> None:
    """Remove only this project's tables and indexes from both databases, as their owner.

    Refused while a process uses them. Tags, links and results are kept, so the old services work as before. Prints the
    REVOKE statements of the rights on the platform's tables that `db grants` may have given to the running role.

    \b
    alt-pipelines db downgrade --yes
    """
    for name, is_named, role, connected in _databases(options):
        with connected as engine:
            in_use.refuse_if_connected(name, engine.url, _REMOVES, only_ours=is_named)
            removed = migrate.downgrade(engine, name)
            click.echo(f"{name}: {'removed ' + ', '.join(removed) if removed else 'nothing to remove'}")
            if is_named and role is not None:
                advice.print_revokes(engine, name, role)


@db.command()
@click.argument("database", type=click.Choice(sorted(_URLS)), default="alt")
@click.argument("statement", required=False)
def sql(database: str, statement: str | None) -> None:
    """Open psql on a database (default: alt), or run one STATEMENT and print its result.

    \b
    alt-pipelines db sql alt "SELECT status, count(*) FROM article_tag_outcomes GROUP BY 1"

    In this session only, names without a schema are also looked up in the schema `alt_pipelines`.
    """
    settings = Settings.from_environment()
    with (
        _connected(settings, "recap" if database == "recap" else "alt", None) as engine,
        engine.connect() as connection,
    ):
        url = engine.url
        path = str(connection.exec_driver_sql("SHOW search_path").scalar_one())
    path = "".join(f"\\{letter}" if letter in " \\" else letter for letter in f"{path},{SCHEMA}")
    environment = {**Settings.environment(), **password_variable(url)}
    try:
        psql = program("psql", url)
    except NoTlsError as error:
        raise click.ClickException(str(error)) from None
    command = [psql, f"--dbname={conninfo(url, f'-csearch_path={path}')}", "--set=ON_ERROR_STOP=1"]
    command += ["-c", statement] if statement else []
    sys.exit(subprocess.run(command, env=environment, check=False).returncode)


@db.command("backup")
@click.argument("folder", type=click.Path(path_type=Path))
def back_up(folder: Path) -> None:
    """Dump the databases into FOLDER, one file per database. The stack may be running.

    An alt-db or recap-db that the settings name is dumped without the platform's tables.

    \b
    alt-pipelines db backup /backups/2026-11-26
    """
    for path in _sentences(backup.dump_all, folder):
        click.echo(f"wrote {path} ({path.stat().st_size / 1e6:.1f} MB)")


@db.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.confirmation_option(prompt="Replace the contents of the databases with the dumps?")
def restore(folder: Path) -> None:
    """Restore the databases from the dumps in FOLDER. Refused while a stack or another process uses them.

    \b
    alt-pipelines db restore /backups/2026-11-26
    """
    for path in _sentences(backup.restore_all, folder):
        click.echo(f"restored {path}")


def _sentences(action: Callable[[Settings, Path], list[Path]], folder: Path) -> list[Path]:
    try:
        return action(Settings.from_environment(), folder)
    except (backup.BackupError, in_use.InUseError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or folder}: {error.strerror or error}.") from None


@db.command()
def stop() -> None:
    """Stop the embedded server if it runs. Data is kept; the next command that needs the server starts it again."""
    stopped = embedded.stop(Settings.from_environment().execution.home.resolve() / "postgres")
    click.echo("embedded Postgres stopped" if stopped else "embedded Postgres was not running")


class _Target(NamedTuple):
    """A database of a command.

    Attributes:
        name: `alt` or `recap`.
        is_named: whether a setting or an option names it; otherwise it is on the embedded server.
        role: the role that runs the product on it, or None for the one that the command connects as.
        connected: its engine.
    """

    name: migrate.Database
    is_named: bool
    role: str | None
    connected: AbstractContextManager[Engine]


def _databases(options: dict[str, str | None]) -> Iterator[_Target]:
    settings = Settings.from_environment()
    urls = {"alt": settings.alt_db.url, "recap": settings.recap_db.url}
    for name in get_args(migrate.Database):
        dsn, url = options[f"{name}_dsn"], urls[name]
        role = options.get(f"{name}_role") or options.get("role") or (url.username if url else None)
        if role is None and dsn:
            role = rights.PLATFORM_ROLE
        yield _Target(name, bool(dsn) or url is not None, role, _connected(settings, name, dsn))


@contextmanager
def _connected(settings: Settings, database: migrate.Database, dsn: str | None) -> Iterator[Engine]:
    """Yield an engine for the block and turn database errors into one-sentence command errors."""
    try:
        url: URL = postgres_url(dsn) if dsn else _URLS[database](settings)
        engine = make_engine(url, settings.pool, "alt-pipelines-db")
        try:
            yield engine
        finally:
            engine.dispose()
    except (
        migrate.NoPlatformError,
        migrate.MigrationRightsError,
        unique_keys.MissingKeyError,
        in_use.InUseError,
        ValueError,
    ) as error:
        raise click.ClickException(str(error)) from None
    except DBAPIError as error:
        raise click.ClickException(sentence_of(error, f"{database}-db")) from None
