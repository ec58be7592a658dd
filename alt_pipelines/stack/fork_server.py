"""The fork server of a stack: starts the parts as forks of one interpreter that has imported their common modules.

    supervisor --command, log--> fork server --fork--> code server, daemon, webserver, adapter, workers
               <--pid, exit status--

The parts share the memory of their imports (half of what each would need alone), and the imports take CPU time once.
In every other respect a part is a separate process: session, signals, log file, working directory, command line.

If the fork server ends, the kernel kills its parts, and the supervisor starts both again.
"""

import atexit
import logging
import os
import runpy
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from alt_pipelines.processes import show_as, spawn
from alt_pipelines.runtime.nursery import Nursery

_KILLED = -int(signal.SIGKILL)


class Process(Protocol):
    """A process that the supervisor started; the part of `subprocess.Popen` that it uses."""

    pid: int
    returncode: int | None

    def poll(self) -> int | None:
        """Return the exit status, None while the process runs."""

    def wait(self) -> int:
        """Wait for the end. Returns the exit status."""

    def terminate(self) -> None:
        """Send SIGTERM."""


class ForkedProcess:
    """A part that the fork server has forked. Thread-safe."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._nursery = nursery
        self._lock = threading.Lock()

    def poll(self) -> int | None:
        """Return the exit status as `subprocess.Popen` does, None while the process runs."""
        return self._status(self._nursery.poll)

    def wait(self) -> int:
        """Wait for the end. Returns the exit status."""
        status = self._status(self._nursery.reap)
        assert status is not None
        return status

    def _status(self, ask: Callable[[int], int | None]) -> int | None:
        with self._lock:
            if self.returncode is None:
                try:
                    self.returncode = ask(self.pid)
                except OSError:  # the fork server has ended, and the kernel has killed this process
                    self.returncode = _KILLED
            return self.returncode

    def terminate(self) -> None:
        """Send SIGTERM."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)


class ForkServer:
    """The supervisor's side: starts the fork server at once and restarts it after it has ended. Not thread-safe.

    Args:
        modules: modules that the fork server imports for all parts, as in `Nursery`.
        environment: variables of the fork server and of all parts.
        log: file for what the fork server prints.
    """

    def __init__(self, modules: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self._modules, self._environment, self._log = tuple(modules), dict(environment), log
        self._nursery: Nursery | None = Nursery(self._modules, self._environment, self._log)

    @property
    def pid(self) -> int | None:
        """The process id, None after `close`."""
        return None if self._nursery is None else self._nursery.pid

    def start(self, command: Sequence[str], log: Path, folder: Path) -> Process:
        """Start a part: fork it if it is a module of this interpreter, as (interpreter, "-m", module, argument, ...).

        Waits until the fork server has imported its modules.

        Raises:
            OSError: no process can be started.
        """
        if not is_forkable(command):
            return spawn(command, self._environment, log, folder)
        log.touch()
        for _ in range(2):
            if self._nursery is None:
                self._nursery = Nursery(self._modules, self._environment, self._log)
            try:
                pid, connection, shared = self._nursery.fork(_Part(tuple(command), str(log), str(folder)))
            except OSError:  # the fork server has ended
                self.close()
            else:
                connection.close()
                shared.close()
                return ForkedProcess(self._nursery, pid)
        return spawn(command, self._environment, log, folder)  # the imports crash; the part's log shows why

    def close(self) -> None:
        """End the fork server and with it all parts that still run."""
        if self._nursery is not None:
            self._nursery.close()
            self._nursery = None


def is_forkable(command: Sequence[str]) -> bool:
    """Whether the fork server can run a command: a module of this interpreter, on a system with safe forks."""
    return sys.platform.startswith("linux") and tuple(command[:2]) == (sys.executable, "-m")


@dataclass(frozen=True)
class _Part:
    """A part's main function in the forked process; it never returns."""

    command: tuple[str, ...]
    log: str
    folder: str

    def __call__(self, connection: Connection, shared: Any) -> None:
        connection.close()
        shared.close()
        os.setsid()
        self._redirect()
        os.chdir(self.folder)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # even if the supervisor was started with it ignored
        show_as(self.command)
        module, *arguments = self.command[2:]
        sys.argv = [module, *arguments]
        os._exit(_status_of(module))

    def _redirect(self) -> None:
        output = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.close(output)


def _status_of(module: str) -> int:
    """Run a module as the main program and do what an interpreter does at exit. Returns the exit status."""
    status = 1
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        status = 0
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            status = end.code or 0
        else:
            print(end.code, file=sys.stderr)  # noqa: T201 - as the interpreter does
    except BaseException:
        traceback.print_exc()
    finally:
        threading._shutdown()  # type: ignore[attr-defined]  # waits for threads that are not daemons
        atexit._run_exitfuncs()
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
    return status
