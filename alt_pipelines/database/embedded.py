"""The embedded PostgreSQL server, from a wheel, for an installation that names no server.

The server keeps its data in the project's home folder and listens on a Unix socket only. All processes of the
installation share it: the first process that needs it starts it. It outlives the process that started it; `stop` ends
it. Under root, the server runs as a separate user.

Its processes are in `postgres_process`, its tables in `alt_tables` and `recap_tables`.
"""

import fcntl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from alt_pipelines.database import postgres_process
from alt_pipelines.database.postgres_process import EmbeddedServerError, NotRunningError, is_running
from alt_pipelines.settings import DRIVER, Settings

__all__ = [
    "ALT_DATABASE",
    "DAGSTER_DATABASE",
    "RECAP_DATABASE",
    "EmbeddedServerError",
    "create_database",
    "ensure_running",
    "is_running",
    "psql",
    "stop",
    "url",
]

ALT_DATABASE, RECAP_DATABASE, DAGSTER_DATABASE = "alt", "recap", "dagster"

START_ATTEMPTS = 6
_PAUSE_SECONDS = 1.0

# Sized for all parts on one machine: Dagster opens a connection per event (NullPool), so connections come in bursts.
# Durability stays on: committed data survives a killed server.
SERVER_SETTINGS = """
# written by alt_pipelines.database.embedded
max_connections = 300
shared_buffers = 128MB
max_wal_size = 2GB
idle_in_transaction_session_timeout = 300s
timezone = 'UTC'
log_timezone = 'UTC'
"""


def ensure_running(data_dir: Path) -> None:
    """Start the server of a data folder unless it is running. The first start creates its cluster and databases.

    Raises:
        EmbeddedServerError: the server does not start.
    """
    data_dir = data_dir.absolute()
    with _locked(data_dir):
        for attempt in range(START_ATTEMPTS):
            if not is_running(data_dir):
                _start(data_dir)
            try:
                for name in (ALT_DATABASE, RECAP_DATABASE, DAGSTER_DATABASE):
                    create_database(url(data_dir, name))
                return
            except (OperationalError, NotRunningError) as error:  # the server was just killed, or is shutting down
                if attempt == START_ATTEMPTS - 1:
                    raise EmbeddedServerError(
                        f"The embedded Postgres in {data_dir} does not answer: {error}"
                    ) from error
                time.sleep(_PAUSE_SECONDS)


def _start(data_dir: Path) -> None:
    postgres_process.initialize(data_dir)
    marker = data_dir / "alt_pipelines.conf"
    if not marker.exists():
        with (data_dir / "postgresql.conf").open("a", encoding="utf-8") as configuration:
            configuration.write(SERVER_SETTINGS)
        marker.touch()
    postgres_process.start(data_dir)


def url(data_dir: Path, database: str) -> URL:
    """Return the DSN of a database of the running server, with every part set so that no PG* variable applies.

    Raises:
        EmbeddedServerError: the server does not run.
    """
    return URL.create(
        DRIVER,
        "postgres",
        database=database,
        port=postgres_process.SOCKET_PORT,
        query={"host": postgres_process.socket_folder(data_dir.absolute())},
    )


def stop(data_dir: Path) -> bool:
    """Stop the server of a data folder even if clients are connected. Returns whether it was running.

    Raises:
        EmbeddedServerError: the server cannot be stopped.
    """
    data_dir = data_dir.absolute()
    if not (data_dir / "PG_VERSION").exists():
        return False
    with _locked(data_dir):
        return postgres_process.stop(data_dir)


def psql() -> Path:
    """Return the path of the wheel's psql."""
    return postgres_process.binary("psql")


def forget_client_variables() -> None:
    """Remove the PG* variables of the user's shell from this process: they are meant for other servers.

    libpq reads some of them whatever the DSN sets (PGOPTIONS, PGTARGETSESSIONATTRS, PGCHANNELBINDING).
    """
    Settings.remove_from_environment("PG")


def create_database(target: URL) -> None:
    """Create an empty database on its server unless it exists."""
    admin = create_engine(target.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        found = connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": target.database})
        if found.first() is None:
            try:
                connection.execute(text(f"CREATE DATABASE \"{target.database}\" TEMPLATE template0 ENCODING 'UTF8'"))
            except (ProgrammingError, OperationalError):  # another process created it meanwhile
                if not connection.execute(
                    text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": target.database}
                ).first():
                    raise


@contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    """Hold the lock of a data folder. What its files or processes refuse becomes an EmbeddedServerError."""
    try:
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        handle = (data_dir.parent / f".{data_dir.name}.lock").open("w")
    except OSError as error:
        raise EmbeddedServerError(
            f"The data folder of the embedded Postgres, {data_dir}, is not writable ({error.strerror}). Set "
            "ALT_PIPELINES_HOME to a writable folder, or name a server with the DB_ variables and RECAP_DB_URL."
        ) from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        except (OSError, psutil.Error, subprocess.SubprocessError) as error:
            raise EmbeddedServerError(
                f"The embedded Postgres in {data_dir} cannot be started or stopped: {error}. Check the disk and the "
                "owner of the folder."
            ) from error
