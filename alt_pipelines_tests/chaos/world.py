"""A whole stack of the product on a Postgres that the supervisor does not manage, so that a test can stop it."""

import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from alt_pipelines.database import embedded, migrate
from alt_pipelines.database.engines import make_engine
from alt_pipelines.settings import PoolSettings, Settings
from alt_pipelines.stack.options import StackOptions
from alt_pipelines.stack.supervisor import Stack
from alt_pipelines_tests.support.named_databases import named_databases

CLOCKS = ("the parts", "the database server")


@dataclass(frozen=True)
class World:
    """The stack, its Postgres, and the test's own engines on the three databases."""

    stack: Stack
    postgres: Path
    alt: Engine
    recap: Engine
    dagster: Engine
    disk: Path | None = None  # mount point of a small file system with the server's data
    clocks: Mapping[str, Path] = field(default_factory=dict)  # by CLOCKS: file with a clock's shift (`shift_clock`)


def variables(home: Path, postgres: Path, real_models: bool) -> dict[str, str]:
    """Return the environment of an installation with configured (not embedded) databases."""
    alt = embedded.url(postgres, embedded.ALT_DATABASE)
    found = {
        "ALT_PIPELINES_HOME": str(home),
        **named_databases(alt, embedded.url(postgres, embedded.RECAP_DATABASE)),
        "DAGSTER_POSTGRES_URL": embedded.url(postgres, embedded.DAGSTER_DATABASE).render_as_string(hide_password=False),
        "RECAP_SUBWORKER_GUNICORN_WORKERS": "1",
        "TAG_RETRY_DELAY_SECONDS": "5",
        "TAG_ARTICLE_CPU_SECONDS": "0.3",  # a hundred ordinary articles, a third of `poison.poison_articles`
    }
    hashing = {"RECAP_SUBWORKER_MODEL_BACKEND": "hash", "RECAP_SUBWORKER_ALLOW_HASH_BACKEND": "true"}
    return found if real_models else found | hashing


@contextmanager
def a_world(real_models: bool = False, disk_mb: int | None = None, *, own_clock: bool = False) -> Iterator[World]:
    """Start everything in a temporary folder; stop and remove it at the end.

    Without real models, vectors are hashes and workers load nothing before their first run, so restarted parts are
    ready within seconds. The chaos suite tests execution, not the quality of results. With `own_clock`, the clocks of
    the stack's parts and of the database server can be shifted if this machine has a C compiler.
    """
    with tempfile.TemporaryDirectory(prefix="alt-chaos-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        disk = _small_disk(Path(folder) / "database", disk_mb) if disk_mb else None
        postgres = Path(folder) / "database" / "postgres"
        library = _clock_library(Path(folder)) if own_clock else None
        clocks = {name: Path(folder) / name.replace(" ", "-") for name in CLOCKS if library}
        # The server inherits this process's environment whenever it is started, also by a fault.
        of_parts, of_server = (_shiftable(library, clocks.get(name)) for name in CLOCKS)
        os.environ.update(of_server)
        embedded.ensure_running(postgres)
        given = variables(Path(folder) / "home", postgres, real_models) | of_parts
        options = StackOptions(models=real_models, environment=given)
        stack = Stack(Settings.from_environment(given), options)
        pool = PoolSettings(size=2, overflow=2, connect_timeout_seconds=3)
        names = (embedded.ALT_DATABASE, embedded.RECAP_DATABASE, embedded.DAGSTER_DATABASE)
        engines = [make_engine(embedded.url(postgres, name), pool, application="chaos") for name in names]
        databases: tuple[migrate.Database, ...] = ("alt", "recap")
        for engine, database in zip(engines, databases, strict=False):
            migrate.upgrade(engine, database, without_platform=True)
        try:
            stack.start(600)
            yield World(stack, postgres, *engines, disk, clocks)
        finally:
            stack.stop()
            for engine in engines:
                engine.dispose()
            embedded.stop(postgres)
            for name in of_server:
                del os.environ[name]
            if disk is not None:
                subprocess.run(["umount", str(disk)], check=False)


def shift_clock(clock: Path, seconds: int) -> None:
    """Shift the wall clock of all processes that read it from this file; their monotonic clock stays."""
    with clock.open("r+b") as target:
        target.write(struct.pack("l", seconds))


def _clock_library(folder: Path) -> Path | None:
    """Compile the library that shifts a clock. Returns None on a machine without a C compiler, or other than Linux."""
    target = folder / "shifted_clock.so"
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        return None
    source = Path(__file__).with_name("shifted_clock.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", str(target), str(source), "-ldl"], check=True)
    return target


def _shiftable(library: Path | None, clock: Path | None) -> dict[str, str]:
    """Create a clock's file and return the variables with which a process reads its wall clock's shift from there."""
    if library is None or clock is None:
        return {}
    clock.write_bytes(struct.pack("l", 0))
    return {"LD_PRELOAD": str(library), "SHIFTED_CLOCK": str(clock)}


def _small_disk(folder: Path, megabytes: int) -> Path | None:
    """Mount an in-memory file system of that many MB on a folder. Returns None if this user is not allowed to mount."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder)]
    return folder if subprocess.run(command, check=False, capture_output=True).returncode == 0 else None
