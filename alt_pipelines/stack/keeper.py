"""Keeps the parts of a local stack running: starts each once what it needs is ready, checks, restarts and ends them.

    waiting -> starting -> ready -> restarting -> starting ...

One thread executes `Keeper.run`. The kernel kills the parts when this thread ends, so a killed supervisor leaves none.
`supervisor` prepares what the parts need, and answers questions about them.
"""

import signal
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import structlog

from alt_pipelines.processes import end_group, started_at
from alt_pipelines.runtime.stopping import announce_stop, withdraw_stop
from alt_pipelines.stack.fork_server import ForkServer
from alt_pipelines.stack.home import Home
from alt_pipelines.stack.parts import Part, PartState, State

log = structlog.get_logger(__name__)

FORK_SERVER = "fork server"
LOOK_SECONDS = 0.2
STEADY_LOOK_SECONDS = 0.5  # while every part is ready
CHECK_SECONDS = 10.0  # between checks of a part that is ready
_START_ATTEMPTS = 3  # per part, until the stack has been ready once; after these, `failure` is set
_LONGEST_PAUSE_SECONDS = 30.0
_STEADY_SECONDS = 60.0  # a part that ran this long restarts after the shortest pause
_YIELD_SECONDS = 20.0  # maximum time that a part's first start waits for the parts in its `after`

Report = Callable[[PartState, str], None]
"""Called by the keeper's thread on every change of a part's state, with the reason (may be empty)."""


class Keeper:
    """The parts of one stack.

    Args:
        parts: the parts, in the order of their start.
        home: the folder of the stack, where their logs and process ids are.
        fork_server: starts the processes; closed at the end.
        report: called on every change.

    `all_ready` is set once every part has been ready. `failure` is the reason why that will not happen, or why `run`
    ended by itself. `ended` is set when `run` has ended, and all parts with it.
    """

    def __init__(self, parts: Sequence[Part], home: Home, fork_server: ForkServer, report: Report) -> None:
        self.all_ready = threading.Event()
        self.ended = threading.Event()
        self.failure: str | None = None
        self._parts = {part.name: PartState(part) for part in parts}
        self._home = home
        self._fork_server = fork_server
        self._report = report
        self._began = time.monotonic()
        self._failing: set[str] = set()  # tasks whose last attempt failed
        self._ending = False

    def states(self) -> dict[str, PartState]:
        """Return a snapshot of the state of every part, by name."""
        return {name: replace(state) for name, state in self._parts.items()}

    def groups(self) -> dict[str, int]:
        """Return the process group ids of the running parts and of the fork server, by name."""
        parts = {name: state.process for name, state in self._parts.items()} | {FORK_SERVER: self._fork_server}
        return {name: process.pid for name, process in parts.items() if process is not None and process.pid}

    def is_ready(self) -> bool:
        """Whether every part is ready."""
        return all(state.state == "ready" for state in self._parts.values())

    def run(self, stopping: threading.Event, meanwhile: Callable[[], None]) -> None:
        """Keep the parts running until `stopping` is set, then end them. Calls `meanwhile` before each look at them."""
        try:
            while not stopping.wait(STEADY_LOOK_SECONDS if self.is_ready() else LOOK_SECONDS):
                self._attempt("the check of the databases", meanwhile)
                for state in self._parts.values():
                    self._keep(state)
                if not self.all_ready.is_set() and self.is_ready():
                    self.all_ready.set()
        except Exception as error:
            log.exception("supervisor_failed")
            self.failure = f"the supervisor failed: {error!r}"
        finally:
            try:
                self._end_all()
            finally:
                self.ended.set()

    def _end_all(self) -> None:
        """End the parts that accept or execute work, all at once, then the broker and the code server."""
        self._ending = True
        self._attempt("the announcement of the stop", announce_stop, self._home.path)
        used = ("broker", "code server")
        for last in (False, True):
            states = [state for name, state in self._parts.items() if (name in used) == last]
            for state in states:
                if state.process is not None:
                    self._attempt(f"the stop of the {state.part.name}", state.process.terminate)
            for state in states:
                self._attempt(f"the end of the {state.part.name}", self._end, state)
        self._attempt("the end of the fork server", self._fork_server.close)
        # `dagster dev` may use this folder next
        self._attempt("the withdrawal of the stop", withdraw_stop, self._home.path)

    def _attempt(self, what: str, action: Callable[..., object], *arguments: object) -> Exception | None:
        """Do something whose failure must not end the stack, and return that. It is logged the first time in a row."""
        try:
            action(*arguments)
        except Exception as error:
            if what not in self._failing:
                self._failing.add(what)
                action_taken = "the parts are being ended" if self._ending else "the parts keep running"
                log.error("supervisor_task_failed", task=what, error=repr(error), action=action_taken)
            return error
        self._failing.discard(what)
        return None

    def _keep(self, state: PartState) -> None:
        """Look at a part. A look that fails says nothing about a part that was ready, and another is due later."""
        name = state.part.name
        error = self._attempt(f"the check of the {name}", self._look_at, state)
        if error is None:
            return
        state.next_check = time.monotonic() + CHECK_SECONDS
        if state.state != "ready":
            self._attempt(f"the restart of the {name}", self._died, state, f"could not be started: {error!r}")

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
        log_file = self._home.log_of(state.part.name)
        state.process = self._fork_server.start(state.part.command, log_file, self._home.path)
        self._change(state, "starting")
        self._attempt("the record of the processes", self._record)

    def _record(self) -> None:
        self._home.record({name: (pid, started_at(pid) or 0.0) for name, pid in self.groups().items()})

    def _check(self, state: PartState, now: float) -> None:
        is_ready = state.part.ready(now - state.started) and (
            state.state == "ready" or state.process is None or state.part.has_its_port(state.process.pid)
        )
        state.next_check = now + (CHECK_SECONDS if state.state == "ready" else 0.3)
        if is_ready:
            state.unresponsive_since = None
            if state.state == "starting":
                state.ready_at, state.attempts = time.monotonic(), 0
                self._change(state, "ready")
            self._attempt("the trimming of logs", self._home.trim_log, state.part.name)
        elif state.state == "starting":
            if now - state.started > state.part.start_seconds:
                self._died(state, f"not ready after {state.part.start_seconds:.0f} s")
        else:
            state.unresponsive_since = state.unresponsive_since or now
            if now - state.unresponsive_since > state.part.unresponsive_seconds:
                self._died(state, f"unresponsive for {now - state.unresponsive_since:.0f} s")

    def _died(self, state: PartState, reason: str) -> None:
        self._end(state, grace=False)
        if not self.all_ready.is_set() and state.attempts >= _START_ATTEMPTS:
            self.failure = (
                f"The {state.part.name} did not start: {reason}. End of its log "
                f"({self._home.log_of(state.part.name)}):\n{self._home.log_end(state.part.name)}"
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
        self._attempt("the report of a change", self._report, replace(state), reason)
