"""What the commands of `db` print for the owner to run: statements of indexes, grants and revocations."""

from collections.abc import Iterable

import click
from sqlalchemy.engine import Engine

from alt_pipelines.database import indexes, migrate, rights


def propose_indexes(engine: Engine, database: migrate.Database) -> None:
    """Print the statements of the indexes that the platform's tables lack."""
    if missing := indexes.missing_indexes(engine, database):
        click.echo(f"{database}: large platforms need these indexes; `--with-indexes` creates them:")
        _list(f"{index.statement} -- {index.reason}" for index in missing)


def print_revokes(engine: Engine, database: migrate.Database, role: str) -> None:
    """Print how to take back the rights that `db grants` may have given."""
    with engine.connect() as connection:
        statements = rights.revoke_statements(connection, database, role)
    if statements:
        click.echo(f"{database}: {role} keeps these rights; revoke those that it did not have before `db grants`:")
        _list(statements)


def print_grants(engine: Engine, database: migrate.Database, role: str, asked: bool) -> None:
    """Print the missing grants. Without a platform the owner may run everything: only for a role that exists."""
    with engine.connect() as connection:
        if not asked and not rights.role_exists(connection, role):
            return
        statements = rights.grant_statements(connection, database, role)
    if statements:
        click.echo(f"{database}: grants missing for {role} (`alt-pipelines db grants --apply` runs them):")
        _list(statements)
    else:
        click.echo(f"{database}: the role {role} has every right that it needs")


def _list(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(f"  {line}")
