"""The supervisor of the local stack: starts the parts in order, keeps them running, stops them without a trace.

    Postgres (embedded, or named) -> migrations -> broker -> code server, workers -> daemon, webserver -> adapter

One thread starts, watches and restarts all parts; the kernel ends the parts with it, so a killed supervisor leaves
nothing behind but Postgres, which the next start adopts. One supervisor per folder (`home`).

Here: the life of the parts. Not here: what they are (`parts`), or what is shown (`command`).
"""

import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import structlog

from alt_pipelines.database import embedded
from alt_pipelines.settings import Settings
from alt_pipelines.stack.addresses import Addresses, Ports, choose_ports
from alt_pipelines.stack.home import FolderInUseError, Home
from alt_pipelines.stack.parts import (
    INSTANCE_CONFIGURATION,
    Part,
    StackOptions,
    environment,
    stack_parts,
)
from alt_pipelines.stack.processes import end_group, spawn, started_at
from alt_pipelines.stack.startup import prepare_databases

log = structlog.get_logger(__name__)

State = Literal["waiting", "starting", "ready", "restarting", "stopped"]

_LOOK_SECONDS = 0.2
_CHECK_SECONDS = 10.0  # between looks at a part that is ready
_START_ATTEMPTS = 3  # of a part that has never been ready
_LONGEST_PAUSE_SECONDS = 30.0
_STEADY_SECONDS = 60.0  # a part that ran this long starts again without a pause


class StackError(RuntimeError):
    """The stack does not start; the message says why and what to do."""


@dataclass
class PartState:
    """What the supervisor knows of a part."""

    part: Part
    state: State = "waiting"
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    ready_at: float | None = None
    attempts: int = 0
    restarts: int = 0
    pause: float = 0.5
    next_check: float = 0.0
    unresponsive_since: float | None = None


Report = Callable[[PartState, str], None]
"""Called on every change of a part's state, with a reason where there is one; from the supervisor's thread."""


class Stack:
    """All parts of an installation on this machine."""

    def __init__(self, settings: Settings, options: StackOptions | None = None, report: Report | None = None) -> None:
        self.settings = settings
        self.options = options or StackOptions()
        self.home = Home(settings.execution.home)
        self.secret_is_new = False
        self._report = report or (lambda state, reason: None)
        self._parts: dict[str, PartState] = {}
        self._environment: dict[str, str] = {}
        self._addresses: Addresses | None = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._all_ready = threading.Event()
        self._failure: str | None = None
        self._ports: Ports | None = None

    @property
    def addresses(self) -> Addresses:
        """Where the parts listen, known once the stack has been started."""
        assert self._addresses is not None, "the stack has not been started"
        return self._addresses

    @property
    def variables(self) -> dict[str, str]:
        """The environment that every part runs with; a client needs the same."""
        return dict(self._environment)

    def start(self, timeout_seconds: float = 600.0) -> Addresses:
        """Start everything and wait until it is ready.

        Raises:
            StackError: a part does not come up, or another stack runs on the folder. Nothing is left running.
            MissingKeyError, OperationalError, EmbeddedServerError: a database is not fit for use.
        """
        try:
            if left := self.home.claim():
                log.warning("leftovers_ended", parts=left)
            self._prepare()
        except FolderInUseError as error:
            raise StackError(str(error)) from None
        except OSError as error:  # no port, no room on the disk
            self.stop()
            raise StackError(str(error)) from error
        except BaseException:
            self.stop()
            raise
        # A daemon: whoever forgets to stop the stack and ends, ends it, by the parts' dying with this thread.
        self._thread = threading.Thread(target=self._supervise, name="supervisor", daemon=True)
        self._thread.start()
        deadline = time.monotonic() + timeout_seconds
        while not self._all_ready.wait(0.1):
            if self._failure or time.monotonic() > deadline:
                late = ", ".join(name for name, part in self._parts.items() if part.state != "ready")
                self.stop()
                raise StackError(self._failure or f"not ready after {timeout_seconds:.0f} s: {late}")
        return self.addresses

    def stop(self) -> None:
        """Stop all parts, those that take in and do work first, then the embedded Postgres. Safe to call twice."""
        self._stopping.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()
        try:
            if self.home.is_claimed and self._uses_embedded_postgres:
                embedded.stop(self.home.postgres)
        except (subprocess.SubprocessError, OSError) as error:
            log.warning("postgres_not_stopped", error=str(error), action="the next start goes on with it")
        finally:
            if self._ports is not None:
                self._ports.close()
            self.home.release()

    @property
    def moved_ports(self) -> list[tuple[str, int, int]]:
        """What does not listen where it was to, because that port is taken: (what, wanted, found)."""
        return [] if self._ports is None else self._ports.moved

    def states(self) -> dict[str, PartState]:
        """A look at every part, by name."""
        return {name: replace(state) for name, state in self._parts.items()}

    def pid(self, name: str) -> int | None:
        """The process id of a part, which is its process group too; None while it has none."""
        process = self._parts[name].process
        return None if process is None or process.poll() is not None else process.pid

    def is_ready(self) -> bool:
        """Whether every part is."""
        return all(state.state == "ready" for state in self._parts.values())

    def wait_ready(self, timeout_seconds: float = 120.0) -> None:
        """Wait until every part is ready (again).

        Raises:
            StackError: it is not in that time.
        """
        deadline = time.monotonic() + timeout_seconds
        while not self.is_ready():
            if time.monotonic() > deadline:
                late = ", ".join(f"{name} ({s.state})" for name, s in self._parts.items() if s.state != "ready")
                raise StackError(f"not ready after {timeout_seconds:.0f} s: {late}")
            time.sleep(0.1)

    @property
    def _uses_embedded_postgres(self) -> bool:
        named = (self.settings.alt_db.url, self.settings.recap_db.url, self.settings.execution.dagster_storage_url)
        return None in named

    def _prepare(self) -> None:
        """All that happens before the first part: databases, ports, the environment."""
        prepare_databases(self.settings, named="migrate")
        shutil.copyfile(INSTANCE_CONFIGURATION, self.home.path / "dagster" / "dagster.yaml")
        self._ports = choose_ports(self.settings, self.options)
        self._addresses, options = self._ports.addresses, self.options
        secret: Path | None = None
        if self.settings.server.service_secret is None:
            secret, self.secret_is_new = self.home.service_secret()
        self._environment = environment(self.settings, options, self._addresses, secret) | dict(options.environment)
        self._parts = {part.name: PartState(part) for part in stack_parts(self.settings, options, self._addresses)}
        for name in self._parts:
            self.home.begin_log(name)
        self.home.sign(f"{self._addresses.webserver}, {self._addresses.adapter}")

    def _supervise(self) -> None:
        try:
            while not self._stopping.wait(_LOOK_SECONDS):
                self._keep_postgres()
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
        """First those that take in and do work, all at once, then what they use."""
        used = ("broker", "code server")
        for last in (False, True):
            states = [state for name, state in self._parts.items() if (name in used) == last]
            for state in states:
                if state.process is not None:
                    state.process.terminate()
            for state in states:
                self._end(state)

    def _keep_postgres(self) -> None:
        if self._uses_embedded_postgres and not embedded.is_running(self.home.postgres):
            log.warning("postgres_restarted")
            try:
                embedded.ensure_running(self.home.postgres)
            except embedded.EmbeddedServerError as error:
                log.error("postgres_does_not_start", error=str(error))

    def _look_at(self, state: PartState) -> None:
        now = time.monotonic()
        if state.state == "waiting":
            if all(self._parts[name].state == "ready" for name in state.part.needs):
                self._start(state)
        elif state.state == "restarting":
            if now >= state.next_check:
                self._start(state)
        elif state.process is None or state.process.poll() is not None:
            code = state.process.returncode if state.process else "?"
            self._died(state, f"ended with status {code}{state.part.port_conflict()}")
        elif now >= state.next_check:
            self._check(state, now)

    def _start(self, state: PartState) -> None:
        state.attempts += 1
        state.started, state.unresponsive_since, state.next_check = time.time(), None, 0.0
        log_file = self.home.log_of(state.part.name)
        state.process = spawn(state.part.command, self._environment, log_file, self.home.path)
        self._change(state, "starting")
        pids = {name: other.process.pid for name, other in self._parts.items() if other.process is not None}
        self.home.record({name: (pid, started_at(pid) or time.time()) for name, pid in pids.items()})

    def _check(self, state: PartState, now: float) -> None:
        is_ready = state.part.ready(state.started) and (
            state.state == "ready" or state.process is None or state.part.has_its_port(state.process.pid)
        )
        state.next_check = now + (_CHECK_SECONDS if state.state == "ready" else 0.3)
        if is_ready:
            state.unresponsive_since = None
            if state.state == "starting":
                state.ready_at, state.attempts = time.time(), 0
                self._change(state, "ready")
            self.home.trim_log(state.part.name)
        elif state.state == "starting":
            if time.time() - state.started > state.part.start_seconds:
                self._died(state, f"not ready after {state.part.start_seconds:.0f} s")
        else:
            state.unresponsive_since = state.unresponsive_since or now
            if now - state.unresponsive_since > state.part.unresponsive_seconds:
                self._died(state, f"unresponsive for {now - state.unresponsive_since:.0f} s")

    def _died(self, state: PartState, reason: str) -> None:
        self._end(state, grace=False)
        if not self._all_ready.is_set() and state.attempts >= _START_ATTEMPTS:
            self._failure = (
                f"{state.part.name} does not start ({reason}). Its log, {self.home.log_of(state.part.name)}, ends "
                f"with:\n{self.home.log_end(state.part.name)}"
            )
        steady = time.time() - state.started > _STEADY_SECONDS
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
