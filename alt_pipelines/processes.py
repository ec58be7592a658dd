"""Start processes that end with their starter, find them again after a crash, and end them as a group."""

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import psutil

_PR_SET_PDEATHSIG = 1
_ARGUMENTS_START = 45  # index of the address of the arguments; the next field is their end
_START_TIME = 19  # index of the start time in /proc/PID/stat after the command, in clock ticks
STACK_LOCK = "stack.lock"  # in the folder of an installation; its supervisor locks it
COMMAND_LINE_BYTES = 500  # that a process reserves in its arguments if `show_as` is to change what they show
_KILL_SECONDS = 5.0  # the time that the kernel may take to end a killed process
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when the thread that started it ends. Does nothing on systems other than Linux.

    `parent` is the process id of the starter, read before this process existed. If the starter has ended already, this
    process kills itself.
    """
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)


def spawn(command: Sequence[str], environment: Mapping[str, str], log: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Start a process in its own process group and append its output to `log`. It is killed with the calling thread.

    Raises:
        OSError: the process cannot be started.
    """
    with log.open("ab") as output:
        return subprocess.Popen(
            list(command),
            env=dict(environment),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=partial(die_with_parent, os.getpid()),
        )


def stack_in(home: Path) -> str | None:
    """Return what the stack that runs in a folder wrote about itself into its lock; None if no stack runs there."""
    try:
        with (home / STACK_LOCK).open("r") as lock_file:
            try:
                fcntl.flock(lock_file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return lock_file.read().strip() or "it is starting"
    except OSError:
        pass
    return None


def show_as(command: Sequence[str]) -> None:
    """Have tools such as `ps` show `command` as the command line of this process. Does nothing outside Linux.

    The arguments of this process or of the one that it was forked from must hold COMMAND_LINE_BYTES to spare.
    """
    if _libc is None:
        return
    fields = Path("/proc/self/stat").read_bytes().rpartition(b")")[2].split()
    start, end = int(fields[_ARGUMENTS_START]), int(fields[_ARGUMENTS_START + 1])
    shown = b"\0".join(word.encode("utf-8", "surrogateescape") for word in command)[: end - start - 1]
    ctypes.memmove(start, shown.ljust(end - start, b"\0"), end - start)


def end_group(leader: int, first: signal.Signals, grace_seconds: float) -> None:
    """End a process group: send `first` to its leader, which ends the rest; after the grace period kill all of it."""
    try:
        os.kill(leader, first)
    except ProcessLookupError:
        grace_seconds = 0
    if not _is_gone_within(leader, grace_seconds):
        _signal_group(leader, signal.SIGKILL)
        _is_gone_within(leader, _KILL_SECONDS)


def members(leader: int) -> list[psutil.Process]:
    """Return the processes of the group that are not zombies."""
    found = []
    for process in psutil.process_iter(["status"]):
        try:
            if os.getpgid(process.pid) == leader and process.info["status"] != psutil.STATUS_ZOMBIE:
                found.append(process)
        except ProcessLookupError:
            continue
    return found


def started_at(pid: int) -> float | None:
    """Return the creation time of a process, None if there is no such process. Pid and time identify it until a reboot.

    On Linux the time is in seconds since the machine started: a time since the epoch changes when the clock is set.
    """
    try:
        if _libc is None:
            return float(psutil.Process(pid).create_time())
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        return int(fields[_START_TIME]) / os.sysconf("SC_CLK_TCK")
    except (psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
        return None


def boot_id() -> str:
    """Return the identifier of the machine's last start; empty where the system has none."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    return ""


def end_leftovers(recorded: Mapping[str, Sequence[float]]) -> list[str]:
    """Kill what is left of the recorded groups, given as name: (pid, creation time). Returns the names of those killed.

    A pid that the system has since reused is left alone: its leader was created at another time.
    """
    left = []
    for name, (pid, created) in recorded.items():
        leader_time = started_at(int(pid))
        if leader_time is not None and abs(leader_time - created) > 1:
            continue
        if any((started_at(member.pid) or 0.0) >= created - 1 for member in members(int(pid))):
            end_group(int(pid), signal.SIGKILL, 0)
            left.append(name)
    return left


def listens(leader: int, port: int) -> bool:
    """Whether a process of the group listens on the TCP port; an answer alone could come from another program."""
    for process in members(leader):
        with suppress(psutil.Error):
            if any(
                connection.laddr and connection.laddr.port == port and connection.status == psutil.CONN_LISTEN
                for connection in process.net_connections("tcp")
            ):
                return True
    return False


def _is_gone_within(leader: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while members(leader):
        if time.monotonic() >= deadline:
            return False
        time.sleep(0.05)
    return True


def _signal_group(leader: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, number)
