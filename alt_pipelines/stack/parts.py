"""Define the parts of the stack: the command of each, and its readiness check.

compose.yaml and Kubernetes run the same commands as separate services. There the environment names the databases and
the broker; here the embedded servers are used unless the settings name others.

`supervisor` keeps the parts running.
"""

import os
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import httpx
import redis
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from alt_pipelines.clock import apart
from alt_pipelines.database.engines import alt_url, dagster_url, recap_url
from alt_pipelines.processes import listens
from alt_pipelines.runtime import broker, store
from alt_pipelines.runtime.heartbeats import FRESH_SECONDS
from alt_pipelines.runtime.preload import thread_variables
from alt_pipelines.runtime.queues import Queue
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.settings import Settings, resources
from alt_pipelines.stack.addresses import Addresses
from alt_pipelines.stack.fork_server import Process
from alt_pipelines.stack.options import StackOptions
from alt_pipelines.stack.ports import is_free

WORKSPACE = resources() / "workspace.yaml"
_SHARED_MODULES = (
    "alt_pipelines.runtime.dagster_internals:poll_code_server_less",
    "alt_pipelines.wakeups:wait_longer",
    "dagster._cli",
    "dagster._daemon.cli",
    "dagster._grpc.server",
    "alt_pipelines.runtime.storage",
    "alt_pipelines.runtime.launcher",
    "alt_pipelines.runtime.coordinator",
    "httpx",
)

ADAPTER_STOP_SECONDS = 25.0  # it may take 20.5: half a second, then ten for requests and ten for background jobs

Check = Callable[[float], bool]
"""Takes the seconds since the process started and returns whether the part works. Must answer within 3 s."""


@dataclass(frozen=True)
class Part:
    """One supervised process group.

    `needs`: starts once these are ready. `after`: lets these start first, but does not wait for them indefinitely.
    """

    name: str
    command: tuple[str, ...]
    ready: Check
    needs: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    address: tuple[str, int] | None = None  # where the part itself must listen before it counts as ready
    start_seconds: float = 120.0
    # How long a ready part may be unresponsive before it is replaced; longer than any delay it recovers from by itself.
    unresponsive_seconds: float = 60.0
    stop_seconds: float = 15.0

    def has_its_port(self, leader: int) -> bool:
        """Whether a process of the part's group listens on its port; an answer could come from another program."""
        return self.address is None or listens(leader, self.address[1])

    def port_conflict(self) -> str:
        """Return a clause for the report of the part's end if another program uses its port, else an empty string."""
        if self.address is None or is_free(self.address[1], self.address[0]):
            return ""
        return f": port {self.address[1]} is in use by another program; stop that program or restart the stack"


State = Literal["waiting", "starting", "ready", "restarting", "stopped"]


@dataclass
class PartState:
    """The state of a part as the supervisor knows it. Times are of the monotonic clock, in seconds."""

    part: Part
    state: State = "waiting"
    process: Process | None = None
    started: float = 0.0
    ready_at: float | None = None
    attempts: int = 0
    restarts: int = 0
    pause: float = 0.5
    next_check: float = 0.0
    unresponsive_since: float | None = None


def environment(
    settings: Settings, options: StackOptions, addresses: Addresses, secret_file: Path | None
) -> dict[str, str]:
    """Return the environment of all parts: this process's own variables and the addresses of the parts."""
    counts = _processes(settings, options)
    own = dict(Settings.environment()) | _addresses_of(settings, addresses) | _embedded_alt_db(settings)
    if None in (settings.alt_db.url, settings.recap_db.url, settings.execution.dagster_storage_url):
        # PG... is set in the user's shell for other servers than the embedded one.
        own = {name: value for name, value in own.items() if not name.startswith("PG")}
    if secret_file is not None:
        own["SERVICE_SECRET_FILE"] = str(secret_file)
    # The fork server imports numpy for all parts, and its thread pools are sized then.
    threads = thread_variables(max(1, (os.cpu_count() or 1) // sum(counts.values())))
    return threads | _defaults(settings.execution.home.resolve(), counts["tagging"]) | own


def _addresses_of(settings: Settings, addresses: Addresses) -> dict[str, str]:
    home = settings.execution.home.resolve()
    found = {
        "ALT_PIPELINES_HOME": str(home),
        "DAGSTER_HOME": str(home / "dagster"),
        "ALT_CODE_SERVER_HOST": addresses.code_server[0],
        "ALT_CODE_SERVER_PORT": str(addresses.code_server[1]),
        "ALT_BROKER_URL": addresses.broker,
        "DAGSTER_WEBSERVER_URL": addresses.webserver,
        "HOST": settings.server.host,
        "PORT": str(_port(addresses.adapter)),
        "DAGSTER_POSTGRES_URL": dagster_url(settings).render_as_string(hide_password=False),
        "RECAP_DB_URL": recap_url(settings).render_as_string(hide_password=False),
        "PYTHONUNBUFFERED": "1",
    }
    if addresses.recap_port is not None:
        found["RECAP_SUBWORKER_PORT"] = str(addresses.recap_port)
    return found


def _embedded_alt_db(settings: Settings) -> dict[str, str]:
    """Return the connection to an embedded alt-db: set, so that only the supervisor starts or migrates its server."""
    if settings.alt_db.url is not None:
        return {}
    url = alt_url(settings)
    return {
        "DB_HOST": str(url.query["host"]),  # the folder of the socket
        "DB_PORT": "5432",
        "DB_NAME": str(url.database),
        "DB_TAG_GENERATOR_USER": str(url.username),
        "DB_TAG_GENERATOR_PASSWORD": "embedded",  # not checked; the permissions of the socket protect the server
    }


def _defaults(home: Path, tagging_processes: int) -> dict[str, str]:
    """Return what the user's own variables replace."""
    return {
        # Some libraries write compiled code or caches beside their own files, which fails if another user owns them.
        "NUMBA_CACHE_DIR": str(home / "cache" / "numba"),
        "MPLCONFIGDIR": str(home / "cache" / "matplotlib"),
        "MALLOC_ARENA_MAX": "2",  # otherwise each short-lived thread would keep its own heap
        "TAG_TICK_WAIT_SECONDS": "25",  # a tick ends early if the stack stops (runtime.stopping)
        # Two of Dagster's daemons: freshness windows are hours, and lost runs are retried after a minute anyway.
        "FRESHNESS_DAEMON_INTERVAL_SECONDS": "120",
        "DAGSTER_EVENT_LOG_CONSUMER_DAEMON_INTERVAL_SECONDS": "15",
        "TAG_PARALLEL_RUNS": str(tagging_processes),
    }


def stack_parts(settings: Settings, options: StackOptions, addresses: Addresses) -> list[Part]:
    """Return the parts in start order. Postgres is not among them: it is not a child of the supervisor."""
    python = sys.executable
    host, port = addresses.code_server
    parts = []
    if settings.execution.broker_url is None:
        command = tuple(broker.embedded_command(settings.execution.home))
        parts.append(Part("broker", command, _broker_answers(addresses.broker), stop_seconds=5))
    code = (python, "-m", "dagster", "api", "grpc", "-m", options.definitions, "-h", host, "-p", str(port))
    reads = store.reading_engine(storage_url(settings), "alt-supervisor")
    workers = _workers(settings, options, reads, needs=tuple(part.name for part in parts))
    taggers = [worker for worker in workers if options.worker_groups[worker.name] == "tagging"]
    parts.append(Part("code server", code, _listens(host, port), address=(host, port), unresponsive_seconds=120))
    daemon = (python, "-m", "alt_pipelines", "daemon")
    parts += taggers
    # Replaced after 3.5 min of silence, FRESH_SECONDS included: seven heartbeats, which no loaded machine misses.
    parts.append(Part("daemon", daemon, _daemon_beats(reads), needs=("code server",), unresponsive_seconds=90))
    # These parts tag articles. The others would compete with them for the cores, so they start once these are ready.
    first = tuple(part.name for part in parts)
    port = _port(addresses.webserver)
    webserver = (python, "-m", "dagster_webserver", "-h", "127.0.0.1", "-p", str(port), "-w", str(WORKSPACE))
    answers = _answers(f"{addresses.webserver}/server_info")
    parts.append(Part("webserver", webserver, answers, ("code server",), first, ("127.0.0.1", port)))
    if options.adapter:
        answers = _answers(f"{addresses.adapter}/health/live")
        adapter, listening = (python, "-m", "api"), (settings.server.host, _port(addresses.adapter))
        parts.append(
            Part("adapter", adapter, answers, ("webserver",), first, listening, stop_seconds=ADAPTER_STOP_SECONDS)
        )
    return [*parts, *(replace(worker, after=first) for worker in workers if worker not in taggers)]


def shared_modules(options: StackOptions) -> tuple[str, ...]:
    """Return the modules that several parts import, for the fork server. None of them may start a thread.

    A module that only one part imports is not among them, because it would delay the others.
    """
    return (options.definitions, *_SHARED_MODULES)


def _workers(settings: Settings, options: StackOptions, reads: Engine, needs: tuple[str, ...]) -> list[Part]:
    counts = _processes(settings, options)
    workers = []
    for name, queue in options.worker_groups.items():
        command = ("worker", "--queue", queue, "--processes", str(options.processes.get(name, counts[queue])))
        models = () if options.models else ("--no-models",)
        workers.append(
            Part(
                name,
                (sys.executable, "-m", "alt_pipelines", *command, "--definitions", options.definitions, *models),
                _workers_live(reads, queue),
                needs=needs,
                start_seconds=300,
                unresponsive_seconds=store.SILENT_SECONDS,
                stop_seconds=20,
            )
        )
    return workers


def _processes(settings: Settings, options: StackOptions) -> dict[str, int]:
    """Return the worker processes per queue, for worker groups without a number in `options.processes`."""
    counts = settings.execution.process_counts(os.cpu_count() or 1, settings.recap.max_background_runs)
    return {queue: options.processes.get(queue, count) for queue, count in counts.items()}


def _port(address: str) -> int:
    return int(address.rsplit(":", 1)[1])


def _answers(url: str) -> Check:
    # One client, because each new one reads all certificates (30 ms of CPU time). It keeps no connection to a part that
    # was replaced, and uses no proxy for an address of this machine.
    client = httpx.Client(timeout=3.0, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))

    def check(_: float) -> bool:
        try:
            return client.get(url).status_code == 200
        except httpx.HTTPError:
            return False

    return check


def _listens(host: str, port: int) -> Check:
    def check(_: float) -> bool:
        try:
            with socket.create_connection((host, port), timeout=1):
                return True
        except OSError:
            return False

    return check


def _broker_answers(url: str) -> Check:
    client = broker.client(url)

    def check(_: float) -> bool:
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False

    return check


def _workers_live(engine: Engine, queue: Queue) -> Check:
    def check(_: float) -> bool:
        try:
            with engine.connect() as connection:
                return store.live_workers(connection)[queue] > 0
        except SQLAlchemyError:
            return False

    return check


def _daemon_beats(engine: Engine) -> Check:
    beats = False

    def check(uptime: float) -> bool:
        nonlocal beats
        try:
            with engine.connect() as connection:
                beat = store.daemon_heartbeat(connection)
        except SQLAlchemyError:
            return beats and uptime > FRESH_SECONDS  # as before: without its database, no daemon can write a heartbeat
        beats = beat is not None and apart(time.time(), beat) < min(uptime, FRESH_SECONDS)
        return beats

    return check
