"""Dump the databases into a folder and restore them, with pg_dump and pg_restore from the wheel (see `libpq.program`).

Databases on the embedded server, and Dagster's own database on any server, are dumped completely. If the settings name
alt-db or recap-db, only this project's schema is dumped: the platform backs up its own tables.
"""

import subprocess
import tempfile
from pathlib import Path

from sqlalchemy.engine import URL

from alt_pipelines.database import embedded, libpq
from alt_pipelines.database.alt_tables import SCHEMA
from alt_pipelines.database.engines import alt_url, dagster_url, recap_url
from alt_pipelines.database.in_use import refuse_if_connected, refuse_if_stack_runs
from alt_pipelines.settings import Settings

_UNKNOWN_BEFORE_17 = b"SET transaction_timeout = 0;"
_HEAD_BYTES = 4096  # of a script; its settings come first

_OLDER = "server version mismatch"

_REPLACES = "a restore replaces"
_URLS = {"alt": alt_url, "recap": recap_url, "dagster": dagster_url}


class BackupError(RuntimeError):
    """A dump or a restore failed; the message names it and gives the reason."""


def dump_all(settings: Settings, folder: Path) -> list[Path]:
    """Dump every database into `folder`, one file per database. An earlier dump is replaced once all files are written.

    Raises:
        BackupError: a database cannot be dumped, or there is nothing to dump; the earlier dump stays.
        OSError: the folder cannot be written.
    """
    data = settings.execution.home.resolve() / "postgres"
    if not data.exists() and not all(is_named(settings, name) for name in _URLS):
        raise BackupError(
            f"there is no embedded server in {data}. Set what the stack runs with: ALT_PIPELINES_HOME or "
            "the variables that name its databases."
        )
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, url_of in _URLS.items():
        part = folder / f"{name}.dump.part"
        only_ours = ("--schema", SCHEMA) if _only_ours(settings, name) else ()
        url = url_of(settings)
        _run("pg_dump", url, f"--dbname={libpq.conninfo(url)}", "--format=custom", f"--file={part}", *only_ours)
        written.append(part)
    return [part.replace(part.with_suffix("")) for part in written]


def restore_all(settings: Settings, folder: Path) -> list[Path]:
    """Restore every database from its dump in `folder`.

    Raises:
        InUseError: a stack runs, or a process is connected to one of the databases.
        BackupError: a dump is missing, or a database cannot be restored; each is restored completely or not at all.
    """
    dumps = {name: folder / f"{name}.dump" for name in _URLS}
    if missing := [str(dump) for dump in dumps.values() if not dump.is_file()]:
        raise BackupError(f"Dumps not found: {', '.join(missing)}. `alt-pipelines db backup {folder}` creates them.")
    refuse_if_stack_runs(settings, _REPLACES)
    urls = {name: url_of(settings) for name, url_of in _URLS.items()}
    for name, url in urls.items():
        refuse_if_connected(name, url, _REPLACES, only_ours=_only_ours(settings, name))
    for name, dump in dumps.items():
        _restore(urls[name], dump)
    return list(dumps.values())


def is_named(settings: Settings, name: str) -> bool:
    """Whether the settings name the database; otherwise it is on the embedded server."""
    named = {"alt": settings.alt_db.url, "recap": settings.recap_db.url}
    return (settings.execution.dagster_storage_url if name == "dagster" else named[name]) is not None


def _only_ours(settings: Settings, name: str) -> bool:
    """Whether only this project's schema and sessions count, because the platform has tables in the database too."""
    return name != "dagster" and is_named(settings, name)


def _restore(url: URL, dump: Path) -> None:
    """Restore a dump in one transaction, as SQL through psql: pg_restore sets what servers before 17 do not know."""
    with tempfile.NamedTemporaryFile(suffix=".sql") as script:
        _run("pg_restore", url, "--clean", "--if-exists", "--no-owner", f"--file={script.name}", str(dump))
        head = script.read(_HEAD_BYTES).replace(_UNKNOWN_BEFORE_17, b"-" * len(_UNKNOWN_BEFORE_17), 1)  # a comment
        script.seek(0)
        script.write(head)
        script.flush()
        options = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        _run("psql", url, *options, f"--dbname={libpq.conninfo(url)}", f"--file={script.name}")


def _run(program: str, url: URL, *arguments: str) -> None:
    """Run a program on a database. The wheel's pg_restore only writes a file, and reads dumps of any pg_dump."""
    try:
        path = str(embedded.psql().with_name(program)) if program == "pg_restore" else libpq.program(program, url)
    except libpq.NoTlsError as error:
        raise BackupError(str(error)) from None
    environment = {**Settings.environment(), **libpq.password_variable(url)}
    done = subprocess.run([path, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        older = f". Install the server's version of {program} or a newer one" if _OLDER in done.stderr else ""
        raise BackupError(f"{program} of {url.render_as_string()} failed: {said[0]}{older}")
