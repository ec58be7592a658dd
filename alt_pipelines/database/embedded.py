"""A real PostgreSQL server from a wheel, for an installation that names no server of its own.

The server keeps its data below the project's home folder, listens on a Unix socket only, and is shared by every process
of the installation: the first process that needs it starts it. It outlives the process that started it, so that a
killed process takes nothing with it; `stop` ends it. Works as root too (the server then runs as a user of its own).

Scope: one server and the databases on it. Out of scope: its processes (`postgres_process`), tables (`alt_tables`,
`recap_tables`), migrations.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from alt_pipelines.database import postgres_process
from alt_pipelines.database.postgres_process import EmbeddedServerError, is_running
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

# Sized for one machine with all parts on it: Dagster opens a connection per event (NullPool), so connections come in
# bursts. Durability stays on: what was committed survives a killed server.
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
    """Start the server of a data folder unless it runs; the first start creates its cluster and databases.

    Raises:
        EmbeddedServerError: it does not come up.
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
            except (OperationalError, IndexError) as error:  # it was killed just now, or is shutting down
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
    """The DSN of a database of the running server. Names every part, so that no PG* variable fills one in."""
    return URL.create(
        DRIVER,
        "postgres",
        database=database,
        port=postgres_process.SOCKET_PORT,
        query={"host": postgres_process.socket_folder(data_dir.absolute())},
    )


def stop(data_dir: Path) -> bool:
    """Stop the server of a data folder, clients or not. Returns whether it ran."""
    data_dir = data_dir.absolute()
    if not (data_dir / "PG_VERSION").exists():
        return False
    with _locked(data_dir):
        return postgres_process.stop(data_dir)


def psql() -> Path:
    """The wheel's psql."""
    return postgres_process.binary("psql")


def forget_client_variables() -> None:
    """Remove the PG* variables of the user's shell from this process: they are for other servers than the embedded one.

    libpq reads some of them whatever a DSN names (PGOPTIONS, PGTARGETSESSIONATTRS, PGCHANNELBINDING).
    """
    Settings.remove_from_environment("PG")


def create_database(target: URL) -> None:
    """Create an empty database on its server unless it is there."""
    admin = create_engine(target.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        found = connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": target.database})
        if found.first() is None:
            try:
                connection.execute(text(f"CREATE DATABASE \"{target.database}\" TEMPLATE template0 ENCODING 'UTF8'"))
            except (ProgrammingError, OperationalError):  # somebody else created it meanwhile
                if not connection.execute(
                    text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": target.database}
                ).first():
                    raise


@contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    try:
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        handle = (data_dir.parent / f".{data_dir.name}.lock").open("w")
    except OSError as error:
        raise EmbeddedServerError(
            f"The embedded Postgres keeps its data in {data_dir}, and that folder cannot be written "
            f"({error.strerror}). Set ALT_PIPELINES_HOME to a folder that can, or name a server with the DB_ variables "
            "and RECAP_DB_URL."
        ) from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
