"""Faults of the environment: a read-only database, foreign clients, a full disk, a process that hangs."""

import random
import socket
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg2
import redis
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database import embedded, postgres_process
from alt_pipelines.runtime import broker
from alt_pipelines.settings import Settings
from alt_pipelines.stack.options import StackOptions
from alt_pipelines.stack.supervisor import Stack
from alt_pipelines_tests.chaos.faults import Fault
from alt_pipelines_tests.chaos.world import CLOCKS, World, shift_clock, variables

HANG_SECONDS = 8.0  # longer than an extraction process may hang in an article's short first attempt
_CLIENTS = 60


def _extraction_process(world: World) -> psutil.Process | None:
    """Return the extraction process: worker, pool process, nursery and extraction process are a chain."""
    leader = world.stack.pid("tagging worker")
    if leader is None:
        return None
    with suppress(psutil.Error):
        for pool_process in psutil.Process(leader).children():
            for nursery in pool_process.children():
                for process in nursery.children():
                    return process
    return None


def kill_extraction(world: World, _: random.Random) -> None:
    """SIGKILL the extraction process, possibly in the middle of an article."""
    process = _extraction_process(world)
    if process is not None:
        with suppress(psutil.Error):
            process.kill()


def hang_extraction(world: World, _: random.Random) -> None:
    """Suspend the extraction process, as if it waited for a lock that a native library never releases."""
    process = _extraction_process(world)
    if process is None:
        return
    with suppress(psutil.Error):
        process.suspend()
        time.sleep(HANG_SECONDS)
        process.resume()  # has no effect if it was ended because an article was waiting


def read_only(seconds: float) -> Fault:
    """Make every session read-only, as on a demoted primary or a server with a full disk."""

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
    """Open every connection that the server still has free, as other programs could."""

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


def locked_tables(seconds: float) -> Fault:
    """Lock the platform's tables exclusively, as a migration of the platform does; every statement waits meanwhile."""

    def inject(world: World, _: random.Random) -> None:
        with world.alt.begin() as alt, world.recap.begin() as recap:
            try:
                for connection, tables in ((alt, "articles, feed_tags, article_tags"), (recap, "recap_subworker_runs")):
                    connection.execute(text("SET LOCAL lock_timeout = '20s'"))
                    connection.execute(text(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE"))
            except DBAPIError:  # a deadlock with the product's own transaction ended the locking one
                return
            time.sleep(seconds)

    return Fault(f"tables locked for {seconds:.0f} s", inject)


def crash_postgres(world: World, _: random.Random) -> None:
    """SIGKILL the database server and restart it, so that it recovers from its log."""
    pid = postgres_process.recorded_pid(world.postgres)
    if pid is not None:
        psutil.Process(pid).kill()
    embedded.ensure_running(world.postgres)


def full_broker(seconds: float) -> Fault:
    """Leave the broker no memory, so that it refuses every message but answers."""

    def inject(world: World, _: random.Random) -> None:
        client = broker.client(world.stack.addresses.broker)
        with suppress(redis.RedisError):  # the broker is being restarted
            client.config_set("maxmemory", 1)
            time.sleep(seconds)
        with suppress(redis.RedisError):
            client.config_set("maxmemory", 0)

    return Fault(f"broker full for {seconds:.0f} s", inject)


def slow_clients(seconds: float) -> Fault:
    """Open connections that begin a request and then send one byte per second."""

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
    """Fill the folder's file system with one file, and delete it at the end."""
    path = folder / "filler"
    try:
        with suppress(OSError), path.open("wb", buffering=0) as target:
            while True:
                target.write(b"\0" * 1_000_000)
        yield
    finally:
        path.unlink(missing_ok=True)


def full_disk(seconds: float) -> Fault:
    """Fill the disk of the server's data; does nothing in a world without its own disk."""

    def inject(world: World, _: random.Random) -> None:
        if world.disk is None:
            return
        with _filled(world.disk):
            time.sleep(seconds)
        embedded.ensure_running(world.postgres)  # Postgres may have shut down, which is correct on a full disk

    return Fault(f"full disk for {seconds:.0f} s", inject)


def second_installation(seconds: float) -> Fault:
    """Start a second stack on the same article and recap databases, with a Dagster of its own, and stop it."""

    def inject(world: World, _: random.Random) -> None:
        with tempfile.TemporaryDirectory(prefix="alt-chaos-second-", ignore_cleanup_errors=True) as folder:
            given = variables(Path(folder), world.postgres, False)
            del given["DAGSTER_POSTGRES_URL"]
            second = Stack(Settings.from_environment(given), StackOptions(models=False, environment=given))
            try:
                second.start(300)
                time.sleep(seconds)
            finally:
                second.stop()
                embedded.stop(second.home.path / "postgres")

    return Fault(f"a second installation for {seconds:.0f} s", inject)


def clock_jump(hours: int, seconds: float, clocks: Sequence[str] = CLOCKS) -> Fault:
    """Shift the given clocks for `seconds`; does nothing in a world without clocks of its own."""

    def inject(world: World, _: random.Random) -> None:
        if world.clocks:
            for name in clocks:
                shift_clock(world.clocks[name], 3600 * hours)
            time.sleep(seconds)
            for name in clocks:
                shift_clock(world.clocks[name], 0)

    return Fault(f"clock of {' and '.join(clocks)} {hours:+} h for {seconds:.0f} s", inject)


def long_faults() -> list[Fault]:
    """Return the faults of the long suite only: they take about a minute or need a C compiler."""
    return [second_installation(20), clock_jump(2, 15), clock_jump(-2, 15), clock_jump(2, 15, CLOCKS[:1])]


def surrounding_faults() -> list[Fault]:
    """Return one fault of every type that hits the environment and takes seconds."""
    return [
        Fault("kill -9 the extraction process", kill_extraction),
        Fault("the extraction process hangs", hang_extraction),
        read_only(10),
        foreign_connections(10),
        slow_clients(10),
        full_disk(10),
        locked_tables(15),
        full_broker(15),
        Fault("kill -9 Postgres", crash_postgres),
    ]


def longest_waits(world: World, count: int = 3) -> dict[str, float]:
    """Return the longest times in seconds from a good article's insertion to its outcome, by the time of insertion.

    Only articles that needed a single attempt count. An hour or more is the shift of a clock, not a wait.
    """
    query = (
        "SELECT to_char(a.created_at, 'HH24:MI:SS') AS inserted, "
        "extract(epoch FROM o.updated_at - a.created_at AT TIME ZONE 'UTC') AS seconds FROM articles a "
        "JOIN alt_pipelines.article_tag_outcomes o ON o.article_id = a.id "
        "WHERE o.attempts = 1 AND o.status <> 'failed' "
        "AND o.updated_at - a.created_at AT TIME ZONE 'UTC' BETWEEN interval '0' AND interval '1 hour' "
        "ORDER BY 2 DESC LIMIT :count"
    )
    with world.alt.connect() as connection:
        return {row.inserted: float(row.seconds) for row in connection.execute(text(query), {"count": count})}
