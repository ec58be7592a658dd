"""The supervisor of the local stack, which starts its parts in order, restarts failed ones and stops them all.

    Postgres (embedded or external) -> migrations -> broker, code server -> tagging worker, daemon -> the other parts

One thread starts, monitors and restarts all parts. The kernel kills the parts when this thread ends, so a killed
supervisor leaves only Postgres running, which the next start reuses. A folder has at most one supervisor (`home`).

The parts are defined in `parts`; `command` prints their states.
"""

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import structlog

from alt_pipelines.database.startup import prepare_databases
from alt_pipelines.processes import end_group, started_at
from alt_pipelines.runtime.daemon_lock import DEV, dagster_dev_of
from alt_pipelines.runtime.stopping import announce_stop, withdraw_stop
from alt_pipelines.settings import Settings
from alt_pipelines.stack.addresses import Addresses, Ports, choose_ports
from alt_pipelines.stack.fork_server import ForkServer
from alt_pipelines.stack.home import FolderInUseError, Home
from alt_pipelines.stack.options import StackOptions
from alt_pipelines.stack.own_postgres import OwnPostgres
from alt_pipelines.stack.parts import PartState, State, environment, shared_modules, stack_parts

log = structlog.get_logger(__name__)

_LOOK_SECONDS = 0.2
_STEADY_LOOK_SECONDS = 0.5  # while every part is ready
_CHECK_SECONDS = 10.0  # between checks of a part that is ready
_START_ATTEMPTS = 3  # per part, until the stack has been ready once; after these, `start` fails
_LONGEST_PAUSE_SECONDS = 30.0
_STEADY_SECONDS = 60.0  # a part that ran this long restarts after the shortest pause
FORK_SERVER = "fork server"
_YIELD_SECONDS = 20.0  # maximum time that a part's first start waits for the parts in its `after`


class StackError(RuntimeError):
    """The stack did not start; the message gives the reason and the remedy."""


Report = Callable[[PartState, str], None]
"""Called by the supervisor's thread on every change of a part's state, with the reason (may be empty)."""


class Stack:
    """All parts of an installation on this machine."""

    def __init__(self, settings: Settings, options: StackOptions | None = None, report: Report | None = None) -> None:
        self.settings = settings
        self.options = options or StackOptions()
        self.home = Home(settings.execution.home)
        self._postgres = OwnPostgres(settings, self.home.postgres)
        self.secret_is_new = False
        self._report = report or (lambda state, reason: None)
        self._parts: dict[str, PartState] = {}
        self._environment: dict[str, str] = {}
        self._addresses: Addresses | None = None
        self._fork_server: ForkServer | None = None
        self._thread: threading.Thread | None = None
        self._began = 0.0
        self._stopping = threading.Event()
        self._all_ready = threading.Event()
        self._failure: str | None = None
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
            StackError: another stack or `dagster dev` uses the folder, or it cannot be written.
        """
        if self.home.is_claimed:
            return
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
            self._prepare()
        except OSError as error:  # no free port, or no space on the disk
            self.stop()
            raise StackError(str(error)) from error
        except BaseException:
            self.stop()
            raise
        # A daemon thread: if the process exits without `stop`, the thread ends and the kernel kills the parts.
        self._began = time.monotonic()
        self._thread = threading.Thread(target=self._supervise, name="supervisor", daemon=True)
        self._thread.start()

    def wait_started(self, timeout_seconds: float = 600.0, meanwhile: Callable[[], None] = lambda: None) -> Addresses:
        """Wait until every part has been ready, and call `meanwhile` several times a second until then.

        Raises:
            StackError: a part does not start. No part is left running.
        """
        deadline = time.monotonic() + timeout_seconds
        while not self._all_ready.wait(0.1):
            meanwhile()
            if self._failure or time.monotonic() > deadline:
                late = self._not_ready(timeout_seconds)
                self.stop()
                raise StackError(self._failure or late)
        return self.addresses

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
        return {name: replace(state) for name, state in self._parts.items()}

    def pid(self, name: str) -> int | None:
        """Return the process id of a part, which is also its process group id; None if it is not running."""
        process = self._parts[name].process
        return None if process is None or process.poll() is not None else process.pid

    def groups(self) -> dict[str, int]:
        """Return the process group ids of the running parts and of the fork server, by name."""
        parts = {name: state.process for name, state in self._parts.items()} | {FORK_SERVER: self._fork_server}
        return {name: process.pid for name, process in parts.items() if process is not None and process.pid}

    def is_ready(self) -> bool:
        """Whether every part is ready."""
        return all(state.state == "ready" for state in self._parts.values())

    def wait_ready(self, timeout_seconds: float = 120.0) -> None:
        """Wait until every part is ready, for example after a restart.

        Raises:
            StackError: a part is not ready within `timeout_seconds`.
        """
        deadline = time.monotonic() + timeout_seconds
        while not self.is_ready():
            if time.monotonic() > deadline:
                raise StackError(self._not_ready(timeout_seconds))
            time.sleep(0.1)

    def _not_ready(self, seconds: float) -> str:
        late = ", ".join(f"{name} ({s.state})" for name, s in self._parts.items() if s.state != "ready")
        return f"parts not ready after {seconds:.0f} s: {late}"

    def _prepare(self) -> None:
        """Prepare the databases, ports and environment before the first part starts."""
        withdraw_stop(self.home.path)
        prepare_databases(self.settings, named="migrate")
        self.home.instance()
        self._ports = choose_ports(self.settings, self.options)
        self._addresses, options = self._ports.addresses, self.options
        secret: Path | None = None
        if self.settings.server.service_secret is None:
            secret, self.secret_is_new = self.home.service_secret()
        self._environment = environment(self.settings, options, self._addresses, secret) | dict(options.environment)
        self._parts = {part.name: PartState(part) for part in stack_parts(self.settings, options, self._addresses)}
        for name in (FORK_SERVER, *self._parts):
            self.home.begin_log(name)
        self.home.sign(f"{self._addresses.webserver}, {self._addresses.adapter}")
        self._fork_server = ForkServer(shared_modules(options), self._environment, self.home.log_of(FORK_SERVER))

    def _supervise(self) -> None:
        try:
            while not self._stopping.wait(_STEADY_LOOK_SECONDS if self.is_ready() else _LOOK_SECONDS):
                self._postgres.keep()
                for state in self._parts.values():
                    self._look_at(state)
                if not self._all_ready.is_set() and self.is_ready():
                    self._all_ready.set()
        except Exception as error:
            log.exception("supervisor_failed")
            self._failure = f"the supervisor failed: {error!r}"
        finally:
            self._end_all()

    def _end_all(self) -> None:
        """End the parts that accept or execute work, all at once, then the broker and the code server."""
        announce_stop(self.home.path)
        used = ("broker", "code server")
        for last in (False, True):
            states = [state for name, state in self._parts.items() if (name in used) == last]
            for state in states:
                if state.process is not None:
                    state.process.terminate()
            for state in states:
                self._end(state)
        if self._fork_server is not None:
            self._fork_server.close()
        withdraw_stop(self.home.path)  # `dagster dev` may use this folder next

    def _look_at(self, state: PartState) -> None:
        now = time.monotonic()
        if state.state == "waiting":
            yields = now - self._began < _YIELD_SECONDS
            awaited = (*state.part.needs, *(state.part.after if yields else ()))
            if all(self._parts[name].state == "ready" for name in awaited):
                self._start(state)
        elif state.state == "restarting":
            if now >= state.next_check:
                self._start(state)
        elif state.process is None or state.process.poll() is not None:
            code = state.process.returncode if state.process else "?"
            self._died(state, f"exited with status {code}{state.part.port_conflict()}")
        elif now >= state.next_check:
            self._check(state, now)

    def _start(self, state: PartState) -> None:
        state.attempts += 1
        state.started, state.unresponsive_since, state.next_check = time.monotonic(), None, 0.0
        log_file = self.home.log_of(state.part.name)
        assert self._fork_server is not None
        state.process = self._fork_server.start(state.part.command, log_file, self.home.path)
        self._change(state, "starting")
        self.home.record({name: (pid, started_at(pid) or 0.0) for name, pid in self.groups().items()})

    def _check(self, state: PartState, now: float) -> None:
        is_ready = state.part.ready(now - state.started) and (
            state.state == "ready" or state.process is None or state.part.has_its_port(state.process.pid)
        )
        state.next_check = now + (_CHECK_SECONDS if state.state == "ready" else 0.3)
        if is_ready:
            state.unresponsive_since = None
            if state.state == "starting":
                state.ready_at, state.attempts = time.monotonic(), 0
                self._change(state, "ready")
            self.home.trim_log(state.part.name)
        elif state.state == "starting":
            if now - state.started > state.part.start_seconds:
                self._died(state, f"not ready after {state.part.start_seconds:.0f} s")
        else:
            state.unresponsive_since = state.unresponsive_since or now
            if now - state.unresponsive_since > state.part.unresponsive_seconds:
                self._died(state, f"unresponsive for {now - state.unresponsive_since:.0f} s")

    def _died(self, state: PartState, reason: str) -> None:
        self._end(state, grace=False)
        if not self._all_ready.is_set() and state.attempts >= _START_ATTEMPTS:
            self._failure = (
                f"The {state.part.name} did not start: {reason}. End of its log "
                f"({self.home.log_of(state.part.name)}):\n{self.home.log_end(state.part.name)}"
            )
        steady = time.monotonic() - state.started > _STEADY_SECONDS
        state.pause = 0.5 if steady else min(state.pause * 2, _LONGEST_PAUSE_SECONDS)
        state.next_check = time.monotonic() + state.pause
        state.restarts += 1
        self._change(state, "restarting", reason)

    def _end(self, state: PartState, grace: bool = True) -> None:
        if state.process is None:
            return
        end_group(state.process.pid, signal.SIGTERM if grace else signal.SIGKILL, state.part.stop_seconds)
        state.process.wait()
        state.process = None
        if grace:
            self._change(state, "stopped")

    def _change(self, state: PartState, to: State, reason: str = "") -> None:
        state.state = to
        self._report(replace(state), reason)
