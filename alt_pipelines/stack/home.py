"""The folder of a stack: its lock, its secret, its logs, and the record of its process groups.

postgres/        data of the embedded server          logs/            one log per part, and its last LOGS_KEPT logs
dagster/         DAGSTER_HOME of the parts            stack.lock       locked by the supervisor
broker.sock      socket of the embedded broker        stack.json       process groups, read after a crash
service_secret   created once, readable by its owner
"""

import fcntl
import itertools
import json
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from alt_pipelines.processes import STACK_LOCK, boot_id, end_leftovers, stack_in
from alt_pipelines.settings import resources

INSTANCE_CONFIGURATION = resources() / "deploy" / "dagster.yaml"
LOGS_KEPT = 3
LOG_BYTES = 50_000_000


_URL = re.compile(r"https?://[^\s,]+")


class FolderInUseError(RuntimeError):
    """Another supervisor uses the folder, or the folder cannot be written; the message says which, with the remedy."""


class Home:
    """The folder of one stack: `claim` it before use and `release` it afterwards."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.postgres = self.path / "postgres"
        self._record = self.path / "stack.json"
        self._lock_file: IO[str] | None = None

    @property
    def is_claimed(self) -> bool:
        """Whether this object holds the folder's lock."""
        return self._lock_file is not None

    def claim(self) -> list[str]:
        """Lock the folder and end the parts that an earlier supervisor left running. Returns the names of those parts.

        Raises:
            FolderInUseError: another supervisor has locked the folder, or it cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            lock_file = (self.path / STACK_LOCK).open("a+")
        except OSError as error:
            raise FolderInUseError(
                f"Cannot write to {self.path} ({error.strerror}). Choose another folder: "
                "ALT_PIPELINES_HOME=/some/where alt-pipelines up"
            ) from error
        try:
            fcntl.flock(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock_file.seek(0)
            holder = lock_file.read().strip() or "it is starting"
            lock_file.close()
            raise FolderInUseError(
                f"Another stack is already using {self.path} ({holder}). Stop it with Ctrl-C in its terminal, or "
                "choose another folder: ALT_PIPELINES_HOME=/some/where alt-pipelines up"
            ) from None
        self._lock_file = lock_file
        (self.path / "logs").mkdir(exist_ok=True)
        recorded = json.loads(self._record.read_text("utf-8") or "{}") if self._record.exists() else {}
        return end_leftovers(recorded["groups"]) if recorded.get("boot") == boot_id() else []

    def instance(self) -> Path:
        """Return the folder that Dagster takes as DAGSTER_HOME, with the current configuration in it."""
        folder = self.path / "dagster"
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / "dagster.yaml"
        fresh = target.with_suffix(f".{os.getpid()}")
        shutil.copyfile(INSTANCE_CONFIGURATION, fresh)
        fresh.replace(target)  # another worker may be reading it
        return folder

    def sign(self, text: str) -> None:
        """Write the process id and `text` into the lock file, for processes that find the folder locked."""
        assert self._lock_file is not None
        self._lock_file.truncate(0)
        self._lock_file.write(f"process {os.getpid()}, {text}")
        self._lock_file.flush()

    def running_addresses(self) -> tuple[str, str] | None:
        """Return the webserver and adapter addresses of the stack that uses the folder, None if there is none."""
        found = _URL.findall(stack_in(self.path) or "")
        return (found[0], found[1]) if len(found) > 1 else None

    def is_in_use(self) -> bool:
        """Whether a stack uses the folder."""
        return stack_in(self.path) is not None

    def release(self) -> None:
        """Unlock the folder."""
        if self._lock_file is not None:
            self._lock_file.truncate(0)
            self._lock_file.close()
            self._lock_file = None

    def record(self, groups: Mapping[str, tuple[int, float]]) -> None:
        """Record the running process groups: name to (pid, creation time)."""
        fresh = self._record.with_suffix(".new")
        fresh.write_text(json.dumps({"boot": boot_id(), "groups": dict(groups)}), "utf-8")
        fresh.replace(self._record)

    def service_secret(self) -> tuple[Path, bool]:
        """Return the file of the service secret, created if missing, and whether this call created it."""
        path = self.path / "service_secret"
        if path.exists() and path.stat().st_size > 0:
            return path, False
        fresh = path.with_suffix(".new")  # a full disk must not leave an empty secret
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as target:
            target.write(secrets.token_urlsafe(32))
        fresh.replace(path)
        return path, True

    def log_of(self, part: str) -> Path:
        """Return the log file of a part."""
        return self.path / "logs" / f"{part.replace(' ', '-')}.log"

    def begin_log(self, part: str) -> None:
        """Start a new log for a part and keep the last LOGS_KEPT as name.1.log, name.2.log, ..."""
        log = self.log_of(part)
        if not log.exists() or log.stat().st_size == 0:
            return
        chain = [log, *(log.with_name(f"{log.stem}.{number}.log") for number in range(1, LOGS_KEPT + 1))]
        for newer, older in reversed(list(itertools.pairwise(chain))):
            if newer.exists():
                newer.replace(older)

    def trim_log(self, part: str) -> None:
        """Copy a log larger than LOG_BYTES to name.1.log and truncate it. Parts append, so they continue at its end."""
        log = self.log_of(part)
        if log.exists() and log.stat().st_size > LOG_BYTES:
            copy = log.with_name(f"{log.stem}.1.log")
            try:
                shutil.copyfile(log, copy)
            except OSError:
                copy.unlink(missing_ok=True)  # half a copy would only fill the disk
                raise
            os.truncate(log, 0)

    def log_end(self, part: str, lines: int = 15) -> str:
        """Return the last lines of a part's log."""
        log = self.log_of(part)
        return "\n".join(log.read_text("utf-8", "replace").splitlines()[-lines:]) if log.exists() else "(no log)"
