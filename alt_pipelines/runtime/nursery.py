"""The process that forks supervised children: an interpreter without threads or inference sessions.

    supervisor  --fork, socket, memory-->  nursery  --fork-->  child (creates its own sessions, answers on the socket)
                <---pid, exit status-----

A process that runs threads or holds inference sessions must not fork. The nursery does neither: it imports the given
modules once and then only forks and reaps, so a new child starts within milliseconds, and all children share the memory
of these modules. When its supervisor ends, it kills its children and exits.

A nursery is usually a fresh interpreter. A worker process forks its own at its start, while it has one thread and no
session (`fork_nursery`); such a nursery shares with the worker all that the worker's parent has imported.

Deadlines and tasks are in `supervised`.
"""

import gc
import importlib
import mmap
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from multiprocessing.connection import Connection
from pathlib import Path

from alt_pipelines.processes import COMMAND_LINE_BYTES, die_with_parent

SHARED_BYTES = mmap.PAGESIZE

_MESSAGE = struct.Struct("?ii")  # whether the child has ended, its process id, its exit status

Serve = Callable[[Connection, mmap.mmap], None]
"""Runs in the child until the supervisor closes the socket; the memory is shared with the supervisor."""


class Nursery:
    """The supervisor's side of a nursery process. Thread-safe.

    Args:
        modules: imported before the first fork, so that every child starts with them. `module:function` also calls
            the function.
        environment: variables of the nursery and its children; by default those of this process.
        log: file for the output of the nursery, which then leads a session of its own: no signal of the terminal
            reaches it. By default it is in the session of this process and shares its output.
    """

    def __init__(
        self, modules: Sequence[str], environment: Mapping[str, str] | None = None, log: Path | None = None
    ) -> None:
        key = tuple(modules)
        self.pid, self._control = _forked_early.pop(key) if key in _forked_early else _spawn(modules, environment, log)
        self._lock = threading.Lock()
        self._statuses: dict[int, int] = {}  # exit statuses not yet returned, by process id

    def fork(self, serve: Serve) -> tuple[int, Connection, mmap.mmap]:
        """Fork a child that runs `serve`, a picklable callable.

        Returns:
            The child's process id, the socket to it, and SHARED_BYTES of shared memory.

        Raises:
            OSError: the nursery has ended; create another.
        """
        ours, theirs = socket.socketpair()
        with theirs, tempfile.TemporaryFile() as file:
            os.truncate(file.fileno(), SHARED_BYTES)
            shared = mmap.mmap(file.fileno(), SHARED_BYTES)
            child = Connection(ours.detach())
            try:
                with self._lock:
                    socket.send_fds(self._control, [b"f"], [theirs.fileno(), file.fileno()])
                    pid = self._receive()
                    while pid is None:
                        pid = self._receive()
                    self._statuses.pop(pid, None)  # of an earlier child with the same id
                child.send(serve)
            except BaseException:
                child.close()
                raise
        return pid, child, shared

    def reap(self, pid: int) -> int:
        """Wait until a child has ended. Returns its exit status as in `subprocess`: −n for signal n.

        Call it once per child, after it was ended or has closed its socket; other callers wait meanwhile.

        Raises:
            OSError: the nursery has ended; create another.
        """
        with self._lock:
            while pid not in self._statuses:
                self._receive()
            return self._statuses.pop(pid)

    def poll(self, pid: int) -> int | None:
        """Return the exit status of a child as `reap` does, None while it runs. Do not call both for one child.

        Raises:
            OSError: the nursery has ended; create another.
        """
        with self._lock:
            while pid not in self._statuses and select.select([self._control], [], [], 0)[0]:
                self._receive()
            return self._statuses.pop(pid, None)

    def close(self) -> None:
        """End the nursery and its children."""
        self._control.close()
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.pid, signal.SIGTERM)
            os.waitpid(self.pid, 0)

    def _receive(self) -> int | None:
        """Return the process id of a new child, or store the exit status of an ended one and return None."""
        message = self._control.recv(_MESSAGE.size, socket.MSG_WAITALL)
        if len(message) < _MESSAGE.size:
            raise OSError("the nursery process has exited")
        ended, pid, status = _MESSAGE.unpack(message)
        if not ended:
            return int(pid)
        self._statuses[pid] = status
        return None


def _spawn(
    modules: Sequence[str], environment: Mapping[str, str] | None, log: Path | None
) -> tuple[int, socket.socket]:
    """Start a nursery as a fresh interpreter. Returns its process id and the socket to it."""
    ours, theirs = socket.socketpair()
    with theirs, ExitStack() as stack:
        output = None if log is None else stack.enter_context(log.open("ab"))
        program = (
            f"import sys; sys.path[:] = {sys.path!r}\n"
            f"from alt_pipelines.processes import show_as\n"
            f"show_as([sys.executable, '-m', {__name__!r}, *{list(modules)!r}])\n"
            f"from {__name__} import main; main({list(modules)!r}, {theirs.fileno()})"
        )
        command = [sys.executable, "-c", program, " " * COMMAND_LINE_BYTES]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
            start_new_session=log is not None,
            pass_fds=[theirs.fileno()],
        )
    process.returncode = 0  # `close` waits for the process itself
    return process.pid, ours


_forked_early: dict[tuple[str, ...], tuple[int, socket.socket]] = {}


def fork_nursery(modules: Sequence[str]) -> None:
    """Fork a nursery from this process, for the next `Nursery` with the same modules here.

    Call it only in a new process that has one thread and no inference session.
    """
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid:
        theirs.close()
        _forked_early[tuple(modules)] = (pid, ours)
        return
    try:
        for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
            if callable(signal.getsignal(number)):
                signal.signal(number, signal.SIG_DFL)
        _release_files(theirs.fileno())
        _forked_early.clear()
        main(modules, theirs.detach())
    finally:
        os._exit(1)


def _release_files(kept: int) -> None:
    """Redirect all inherited descriptors except standard output and error to /dev/null; their numbers stay in use.

    Otherwise the other ends of the worker's sockets and pipes would not notice its end.
    """
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in [int(file.name) for file in Path("/dev/fd").iterdir()]:
        if number not in (1, 2, kept, nothing):
            with suppress(OSError):  # the descriptor of the listing itself
                os.fstat(number)
                os.dup2(nothing, number)


def main(modules: Sequence[str], control_fd: int) -> None:
    """Serve fork requests until the supervisor closes its end of the socket."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole process group; the supervisor handles it
    wake, woken = socket.socketpair()
    for end in (wake, woken):
        end.setblocking(False)
    for module, _, function in (name.partition(":") for name in modules):
        try:
            imported = importlib.import_module(module)
            if function:
                getattr(imported, function)()
        except Exception:  # a child that needs the module imports it again, and reports the error
            traceback.print_exc()
    gc.collect()
    gc.freeze()  # a child's collector would write to every object that it shares with this process
    control = socket.socket(fileno=control_fd)
    children: set[int] = set()
    signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while True:
        ready, _, _ = select.select([control, wake], [], [])
        if wake in ready:
            wake.recv(4096)
            _reap(control, children)
        if control in ready:
            request, fds, _, _ = socket.recv_fds(control, 1, 2)
            if not request:
                for pid in children:
                    os.kill(pid, signal.SIGKILL)
                os._exit(0)
            pid = _forked(fds, (control, wake, woken))
            children.add(pid)
            control.sendall(_MESSAGE.pack(False, pid, 0))


def _reap(control: socket.socket, children: set[int]) -> None:
    for child in sorted(children):
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid == child:
            children.remove(child)
            control.sendall(_MESSAGE.pack(True, pid, os.waitstatus_to_exitcode(status)))


def _forked(fds: Sequence[int], of_the_nursery: Sequence[socket.socket]) -> int:
    nursery = os.getpid()
    pid = os.fork()
    if pid:
        for fd in fds:
            os.close(fd)
        return pid
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for end in of_the_nursery:
            end.close()
        die_with_parent(nursery)
        connection, shared = Connection(fds[0]), mmap.mmap(fds[1], SHARED_BYTES)
        os.close(fds[1])
        serve: Serve = connection.recv()
        serve(connection, shared)
        status = 0
    except (EOFError, ConnectionError):
        status = 0
    finally:
        sys.stderr.flush()
        os._exit(status)
