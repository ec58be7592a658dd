"""Dumps of the databases into a folder and back, by pg_dump and pg_restore of the wheel.

Of a database on the embedded server everything is dumped. Of one that the settings name, only the schema that is this
project's: the rest is the platform's, and so is its backup. Dagster's own database is always dumped whole.
"""

import subprocess
from pathlib import Path

from sqlalchemy.engine import URL

from alt_pipelines.database import embedded
from alt_pipelines.database.alt_tables import SCHEMA
from alt_pipelines.database.engines import alt_url, dagster_url, recap_url
from alt_pipelines.settings import Settings

_URLS = {"alt": alt_url, "recap": recap_url, "dagster": dagster_url}


class BackupError(RuntimeError):
    """A dump or a restore failed; the message says which and why."""


def dump_all(settings: Settings, folder: Path) -> list[Path]:
    """Dump every database into `folder`, one file each; the files of an earlier dump are replaced when all are written.

    Raises:
        BackupError: a database cannot be dumped; what was there before stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, url_of in _URLS.items():
        part = folder / f"{name}.dump.part"
        only_ours = ("--schema", SCHEMA) if name != "dagster" and is_named(settings, name) else ()
        _run("pg_dump", url_of(settings), "--format=custom", f"--file={part}", *only_ours)
        written.append(part)
    return [part.replace(part.with_suffix("")) for part in written]


def restore_all(settings: Settings, folder: Path) -> list[Path]:
    """Bring every database back to what is in `folder`. Stop everything that uses them first.

    Raises:
        BackupError: a dump is missing, or a database cannot be restored; each is restored whole or not at all.
    """
    dumps = {name: folder / f"{name}.dump" for name in _URLS}
    if missing := [str(dump) for dump in dumps.values() if not dump.is_file()]:
        raise BackupError(f"{', '.join(missing)} not found; `alt-pipelines db backup {folder}` makes them.")
    for name, dump in dumps.items():
        url = _URLS[name](settings)
        _run("pg_restore", url, "--clean", "--if-exists", "--no-owner", "--single-transaction", str(dump))
    return list(dumps.values())


def is_named(settings: Settings, name: str) -> bool:
    """Whether the settings name the database (else the embedded server holds it)."""
    named = {"alt": settings.alt_db.url, "recap": settings.recap_db.url}
    return (settings.execution.dagster_storage_url if name == "dagster" else named[name]) is not None


def _run(program: str, url: URL, *arguments: str) -> None:
    command = [str(embedded.psql().with_name(program)), f"--dbname={url.database}", *arguments]
    environment = {**Settings.environment(), **libpq_variables(url)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or ["no reason given"]
        raise BackupError(f"{program} of {url.render_as_string()} failed: {said[0]}")


def libpq_variables(url: URL) -> dict[str, str]:
    """libpq's variables: a folder as host needs no escaping there, and the list of processes shows no password."""
    given = {
        "PGHOST": url.host or url.query.get("host"),
        "PGPORT": url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGSSLMODE": url.query.get("sslmode"),
    }
    return {name: str(value) for name, value in given.items() if value}
