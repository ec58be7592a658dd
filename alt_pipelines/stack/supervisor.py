"""The supervisor of the local stack: prepares its databases and folder, starts its parts and stops them all.

    Postgres (embedded or external) -> migrations -> broker, code server -> tagging worker, daemon -> the other parts

A folder has at most one supervisor (`home`). A killed one leaves only Postgres running, which the next start reuses.
`keeper` starts, checks and restarts the parts, which are defined in `parts`; `command` prints their states.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from alt_pipelines.database.startup import prepare_databases
from alt_pipelines.runtime.daemon_lock import DEV, dagster_dev_of
from alt_pipelines.runtime.stopping import withdraw_stop
from alt_pipelines.settings import Settings
from alt_pipelines.stack.addresses import Addresses, Ports, choose_ports
from alt_pipelines.stack.fork_server import ForkServer
from alt_pipelines.stack.home import FolderInUseError, Home
from alt_pipelines.stack.keeper import FORK_SERVER, Keeper, Report
from alt_pipelines.stack.options import StackOptions
from alt_pipelines.stack.own_postgres import OwnPostgres
from alt_pipelines.stack.parts import PartState, environment, shared_modules, stack_parts
from alt_pipelines.stack.space import lack_for_start

log = structlog.get_logger(__name__)


class StackError(RuntimeError):
    """The stack did not start; the message gives the reason and the remedy."""


class Stack:
    """All parts of an installation on this machine."""

    def __init__(self, settings: Settings, options: StackOptions | None = None, report: Report | None = None) -> None:
        self.settings = settings
        self.options = options or StackOptions()
        self.home = Home(settings.execution.home)
        self._postgres = OwnPostgres(settings, self.home.postgres)
        self.secret_is_new = False
        self._report = report or (lambda state, reason: None)
        self._environment: dict[str, str] = {}
        self._addresses: Addresses | None = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._keeper: Keeper | None = None
        self._ports: Ports | None = None

    @property
    def addresses(self) -> Addresses:
        """The addresses of the parts; available after `start`."""
        assert self._addresses is not None, "the stack has not been started"
        return self._addresses

    @property
    def variables(self) -> dict[str, str]:
        """The environment variables that every part is started with; a client needs the same ones."""
        return dict(self._environment)

    def start(self, timeout_seconds: float = 600.0) -> Addresses:
        """Start all parts and wait until they are ready: `begin`, then `wait_started`.

        Raises:
            StackError: a part does not start, or another stack uses the folder. No part is left running.
            MissingKeyError, OperationalError, EmbeddedServerError: a database is not usable.
        """
        self.begin()
        return self.wait_started(timeout_seconds)

    def claim(self) -> None:
        """Lock the folder for this stack, unless that has been done. Nothing is started or stopped.

        Raises:
            StackError: another stack or `dagster dev` uses the folder, it cannot be written, or its disk is full.
        """
        if self.home.is_claimed:
            return
        if lack := lack_for_start(self.settings):
            raise StackError(lack)
        try:
            left = self.home.claim()
        except FolderInUseError as error:
            raise StackError(str(error)) from None
        if left:
            log.warning("leftover_processes_ended", parts=left)
        if running := dagster_dev_of(self.settings):
            self.home.release()
            raise StackError(
                f"`dagster dev` uses the database of this stack ({running.removeprefix(f'{DEV}, ')}), and two daemons "
                "would start every run twice. Stop it with Ctrl-C in its terminal, or choose another folder: "
                "ALT_PIPELINES_HOME=/some/where alt-pipelines up"
            )

    def begin(self) -> None:
        """Prepare the databases and begin to start the parts. The databases can be used when this returns.

        Raises:
            The errors of `start`.
        """
        self.claim()
        try:
            keeper = self._prepare()
        except OSError as error:  # no free port, or no space on the disk
            self.stop()
            raise StackError(str(error)) from error
        except BaseException:
            self.stop()
            raise
        # A daemon thread: if the process exits without `stop`, the thread ends and the kernel kills the parts.
        self._keeper = keeper
        arguments = (self._stopping, self._postgres.keep)
        self._thread = threading.Thread(target=keeper.run, args=arguments, name="supervisor", daemon=True)
        self._thread.start()

    def wait_started(self, timeout_seconds: float = 600.0, meanwhile: Callable[[], None] = lambda: None) -> Addresses:
        """Wait until every part has been ready, and call `meanwhile` several times a second until then.

        Raises:
            StackError: a part does not start. No part is left running.
        """
        assert self._keeper is not None, "the stack has not been started"
        deadline = time.monotonic() + timeout_seconds
        while not self._keeper.all_ready.wait(0.1):
            meanwhile()
            if self._keeper.failure or time.monotonic() > deadline:
                late = self._not_ready(timeout_seconds)
                self.stop()
                raise StackError(self._keeper.failure or late)
        return self.addresses

    def wait(self) -> None:
        """Wait until the stack has ended: after `stop` in another thread, or because its supervisor failed.

        Raises:
            StackError: the supervisor failed. No part is left running.
        """
        assert self._keeper is not None, "the stack has not been started"
        self._keeper.ended.wait()
        self.check()

    def check(self) -> None:
        """Do nothing, unless the supervisor has failed.

        Raises:
            StackError: it has.
        """
        if self._keeper is not None and self._keeper.ended.is_set() and not self._stopping.is_set():
            raise StackError(self._keeper.failure or "the supervisor has ended")

    def stop(self) -> None:
        """Stop all parts, the broker and the code server last, then the embedded Postgres. Idempotent."""
        self._stopping.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
        try:
            if self.home.is_claimed:
                self._postgres.stop()
        finally:
            if self._ports is not None:
                self._ports.close()
            self.home.release()

    @property
    def moved_ports(self) -> list[tuple[str, int, int]]:
        """The parts that use another port because the requested one was taken: (part, requested port, actual port)."""
        return [] if self._ports is None else self._ports.moved

    def states(self) -> dict[str, PartState]:
        """Return a snapshot of the state of every part, by name."""
        return {} if self._keeper is None else self._keeper.states()

    def pid(self, name: str) -> int | None:
        """Return the process id of a part, which is also its process group id; None if it is not running."""
        process = self.states()[name].process
        return None if process is None or process.poll() is not None else process.pid

    def groups(self) -> dict[str, int]:
        """Return the process group ids of the running parts and of the fork server, by name."""
        return {} if self._keeper is None else self._keeper.groups()

    def is_ready(self) -> bool:
        """Whether every part is ready."""
        return self._keeper is not None and self._keeper.is_ready()

    def _not_ready(self, seconds: float) -> str:
        late = ", ".join(f"{name} ({s.state})" for name, s in self.states().items() if s.state != "ready")
        return f"parts not ready after {seconds:.0f} s: {late}"

    def _prepare(self) -> Keeper:
        """Prepare the databases, ports, environment and logs of the parts. Return their keeper; no part runs yet."""
        withdraw_stop(self.home.path)
        prepare_databases(self.settings, named="migrate")
        self.home.instance()
        self._ports = choose_ports(self.settings, self.options)
        self._addresses, options = self._ports.addresses, self.options
        secret: Path | None = None
        if self.settings.server.service_secret is None:
            secret, self.secret_is_new = self.home.service_secret()
        self._environment = environment(self.settings, options, self._addresses, secret) | dict(options.environment)
        parts = stack_parts(self.settings, options, self._addresses)
        for name in (FORK_SERVER, *(part.name for part in parts)):
            self.home.begin_log(name)
        self.home.sign(f"{self._addresses.webserver}, {self._addresses.adapter}")
        fork_server = ForkServer(shared_modules(options), self._environment, self.home.log_of(FORK_SERVER))
        return Keeper(parts, self.home, fork_server, self._report)
