"""The names of worker processes in their sessions and answers: `<host>:<pid>`.

A process id means one process only within its host and pid namespace. Pods of one deployment have names that differ at
their end, and containers on the host's network have the same name, so the name of the host ends with a hash of both.
"""

import hashlib
import os
import socket
from contextlib import suppress
from pathlib import Path

_SHOWN_CHARACTERS = 24  # of the host's name; a session's name has room for 63 characters
_HASH_DIGITS = 8


def process_name() -> str:
    """Return the name of this process, which no other process of any host has at the same time."""
    return f"{_host()}:{os.getpid()}"


def local_pid(name: str) -> int | None:
    """Return the process id in a process's name or in a session's name that ends with it, None on another host."""
    host, _, pid = name.rpartition("/")[2].rpartition(":")
    return int(pid) if host == _host() and pid.isdecimal() else None


def _host() -> str:
    name = socket.gethostname()
    namespace = ""
    with suppress(OSError):  # a system without namespaces
        namespace = str(Path("/proc/self/ns/pid").readlink())
    digest = hashlib.sha256(f"{name} {namespace}".encode("utf-8", "surrogateescape")).hexdigest()
    return f"{name[-_SHOWN_CHARACTERS:].encode('ascii', 'replace').decode()}.{digest[:_HASH_DIGITS]}"
