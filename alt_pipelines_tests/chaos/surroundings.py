"""Faults of the surroundings: a database that refuses, foreign clients, a full disk, a process that hangs."""

import random
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg2
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database import embedded
from alt_pipelines_tests.chaos.faults import Fault
from alt_pipelines_tests.chaos.world import World

HANG_SECONDS = 8.0  # the extraction's supervisor ends a process that stands still for so long, in the short first try
_CLIENTS = 60


def _extraction_process(world: World) -> psutil.Process | None:
    """The process that tags: of the tagging worker's descendants the one whose parent only forks."""
    leader = world.stack.pid("tagging worker")
    if leader is None:
        return None
    with suppress(psutil.Error):
        for process in psutil.Process(leader).children(recursive=True):
            parent = process.parent()
            forks_only = parent is not None and "alt_pipelines.runtime.nursery" in " ".join(parent.cmdline())
            if forks_only and not process.children():
                return process
    return None


def kill_extraction(world: World, _: random.Random) -> None:
    """SIGKILL to the process that tags, wherever it is in an article."""
    process = _extraction_process(world)
    if process is not None:
        with suppress(psutil.Error):
            process.kill()


def hang_extraction(world: World, _: random.Random) -> None:
    """The process that tags stands still, as in a lock of a native library that nobody gives back."""
    process = _extraction_process(world)
    if process is None:
        return
    with suppress(psutil.Error):
        process.suspend()
        time.sleep(HANG_SECONDS)
        process.resume()  # unless its supervisor has ended it, which it does when an article is waiting


def read_only(seconds: float) -> Fault:
    """Every session may only read, as on a server that was failed over from or is out of disk."""

    def inject(world: World, _: random.Random) -> None:
        engine = create_engine(embedded.url(world.postgres, "postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("ALTER SYSTEM SET default_transaction_read_only = on"))
            connection.execute(text("SELECT pg_reload_conf()"))
            time.sleep(seconds)
            connection.execute(text("SET default_transaction_read_only = off"))
            connection.execute(text("ALTER SYSTEM RESET default_transaction_read_only"))
            connection.execute(text("SELECT pg_reload_conf()"))
        engine.dispose()

    return Fault(f"databases read-only for {seconds:.0f} s", inject)


def foreign_connections(seconds: float) -> Fault:
    """Other programs take every connection that the server has left."""

    def inject(world: World, _: random.Random) -> None:
        url = embedded.url(world.postgres, embedded.ALT_DATABASE)
        dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        taken = []
        with suppress(psycopg2.OperationalError):
            while True:
                taken.append(psycopg2.connect(dsn, application_name="foreign"))
        time.sleep(seconds)
        for connection in taken:
            connection.close()

    return Fault(f"foreign connections up to max_connections for {seconds:.0f} s", inject)


def slow_clients(seconds: float) -> Fault:
    """Clients that begin a request and send a byte now and then."""

    def inject(world: World, _: random.Random) -> None:
        address = urlsplit(world.stack.addresses.adapter)
        with ExitStack() as opened:
            clients = []
            for _client in range(_CLIENTS):
                with suppress(OSError):
                    client = opened.enter_context(
                        socket.create_connection((address.hostname or "127.0.0.1", address.port or 80), timeout=5)
                    )
                    client.sendall(b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n{")
                    clients.append(client)
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                for client in clients:
                    with suppress(OSError):
                        client.sendall(b" ")
                time.sleep(1)

    return Fault(f"{_CLIENTS} slow clients for {seconds:.0f} s", inject)


@contextmanager
def _filled(folder: Path) -> Iterator[None]:
    """A file that takes all the room of the folder's file system."""
    path = folder / "filler"
    try:
        with suppress(OSError), path.open("wb", buffering=0) as target:
            while True:
                target.write(b"\0" * 1_000_000)
        yield
    finally:
        path.unlink(missing_ok=True)


def full_disk(seconds: float) -> Fault:
    """No room is left where the server keeps its data; only in a world on a disk of its own."""

    def inject(world: World, _: random.Random) -> None:
        if world.disk is None:
            return
        with _filled(world.disk):
            time.sleep(seconds)
        embedded.ensure_running(world.postgres)  # it may have given up meanwhile, as it must

    return Fault(f"full disk for {seconds:.0f} s", inject)


def surrounding_faults() -> list[Fault]:
    """Every kind there is."""
    return [
        Fault("kill -9 the extraction process", kill_extraction),
        Fault("the extraction process hangs", hang_extraction),
        read_only(10),
        foreign_connections(10),
        slow_clients(10),
        full_disk(10),
    ]


def longest_wait(world: World) -> float | None:
    """Seconds from the insertion of an article to its first outcome, the longest of all."""
    query = (
        "SELECT max(extract(epoch FROM o.updated_at - a.created_at AT TIME ZONE 'UTC')) FROM articles a "
        "JOIN alt_pipelines.article_tag_outcomes o ON o.article_id = a.id WHERE o.attempts = 1"
    )
    try:
        with world.alt.connect() as connection:
            found = connection.execute(text(query)).scalar_one()
    except DBAPIError:
        return None
    return None if found is None else float(found)
