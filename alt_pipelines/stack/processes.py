"""Processes of one machine: started so that none outlives its starter, found again after a crash, ended as a group."""

import ctypes
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
_KILL_SECONDS = 5.0  # what the kernel may take to end a process that was killed
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when the thread that started it ends. On other systems than Linux: nothing.

    `parent` is the process id that the starter had before this process existed, to notice that it is gone already.
    """
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)


def spawn(command: Sequence[str], environment: Mapping[str, str], log: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own, its output appended to `log`. It dies with the calling thread.

    Raises:
        OSError: it cannot be started.
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


def end_group(leader: int, first: signal.Signals, grace_seconds: float) -> None:
    """End a process group: a signal to its leader, which knows what to do with the rest, then all by force."""
    try:
        os.kill(leader, first)
    except ProcessLookupError:
        grace_seconds = 0
    if not _is_gone_within(leader, grace_seconds):
        _signal_group(leader, signal.SIGKILL)
        _is_gone_within(leader, _KILL_SECONDS)


def members(leader: int) -> list[psutil.Process]:
    """Processes of the group, the leader or not, that are more than zombies."""
    found = []
    for process in psutil.process_iter(["status"]):
        try:
            if os.getpgid(process.pid) == leader and process.info["status"] != psutil.STATUS_ZOMBIE:
                found.append(process)
        except ProcessLookupError:
            continue
    return found


def started_at(pid: int) -> float | None:
    """When a process was created, None when there is none; with the pid it names a process for good."""
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return None


def end_leftovers(recorded: Mapping[str, Sequence[float]]) -> list[str]:
    """End what is left of the recorded groups, given as name: (pid, creation time). Returns the names that were left.

    A pid that the system has given to somebody else since is left alone: its members were created by another leader.
    """
    left = []
    for name, (pid, created) in recorded.items():
        leader_time = started_at(int(pid))
        if leader_time is not None and abs(leader_time - created) > 1:
            continue
        if any(member.create_time() >= created - 1 for member in members(int(pid))):
            end_group(int(pid), signal.SIGKILL, 0)
            left.append(name)
    return left


def listens(leader: int, port: int) -> bool:
    """Whether a process of the group listens on the TCP port: that something answers there may be another program."""
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
