"""`alt-pipelines db`: migrations and access to the databases from the command line."""

import subprocess
import sys
from typing import get_args

import click

from alt_pipelines.database import embedded, migrate
from alt_pipelines.database.engines import alt_url, make_engine, recap_url
from alt_pipelines.settings import Settings

_URLS = {"alt": alt_url, "recap": recap_url}


@click.group()
def db() -> None:
    """Create, migrate and open the databases."""


@db.command()
def upgrade() -> None:
    """Bring both databases to the newest schema.

    On a new installation this creates all tables. On an existing platform database it only adds what is this
    project's: no table or column of the platform is changed. Safe to repeat and to run from several machines.
    """
    settings = Settings.from_environment()
    for name in get_args(migrate.Database):
        url = _URLS[name](settings)
        engine = make_engine(url, settings.pool)
        applied = migrate.upgrade(engine, name)
        click.echo(f"{name}: {', '.join(applied) if applied else 'up to date'} ({url.render_as_string()})")
        if name == "alt":
            try:
                migrate.check_keys(engine)
            except migrate.MissingKeyError as error:
                raise click.ClickException(str(error)) from None
        engine.dispose()


@db.command()
@click.argument("database", type=click.Choice(sorted(_URLS)), default="alt")
@click.argument("statement", required=False)
def sql(database: str, statement: str | None) -> None:
    """Open psql on a database (default: alt), or run one STATEMENT and print its result.

    \b
    alt-pipelines db sql alt "SELECT status, count(*) FROM article_tag_outcomes GROUP BY 1"
    """
    url = _URLS[database](Settings.from_environment())
    dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
    command = [str(embedded.psql()), dsn, "-v", "ON_ERROR_STOP=1", *(("-c", statement) if statement else ())]
    sys.exit(subprocess.run(command, check=False).returncode)


@db.command()
def stop() -> None:
    """Stop the embedded server, if it runs. Data stays; the next command that needs it starts it again."""
    stopped = embedded.stop(Settings.from_environment().execution.home.resolve() / "postgres")
    click.echo("embedded Postgres stopped" if stopped else "embedded Postgres was not running")
