"""The running stack, started once for all tests of this folder, with trivial definitions that sleep, fail and count."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from alt_pipelines.settings import PROJECT_ROOT, Settings
from alt_pipelines.stack.options import StackOptions
from alt_pipelines.stack.supervisor import Stack
from alt_pipelines_tests.support.dagster_client import Dagster
from alt_pipelines_tests.support.waiting import wait_ready

RUNS_PER_PROCESS = 12  # small enough for processes to be recycled during the tests

OPTIONS = StackOptions(
    definitions="alt_pipelines_tests.support.trivial",
    models=False,
    adapter=False,
    worker_groups={"recap worker": "recap", "other recap worker": "recap", "tagging worker": "tagging"},
    processes={"recap": 1, "tagging": 1},
    environment={"PYTHONPATH": str(PROJECT_ROOT), "ALT_WORKER_MAX_RUNS": str(RUNS_PER_PROCESS)},
)


@pytest.fixture(scope="session")
def own_folder() -> Iterator[Path]:
    """A folder for the homes of stacks. It is not below pytest's folder, whose permissions other sessions reset."""
    with tempfile.TemporaryDirectory(prefix="alt-stack-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="session")
def stack(own_folder: Path) -> Iterator[Stack]:
    """A stack with trivial definitions and an embedded Postgres and broker."""
    running = Stack(Settings.from_environment({"ALT_PIPELINES_HOME": str(own_folder / "home")}), OPTIONS)
    running.start(timeout_seconds=240)
    yield running
    running.stop()


@pytest.fixture
def dagster(stack: Stack) -> Dagster:
    """A Dagster client of the stack, once all parts are ready."""
    wait_ready(stack, 180)
    return Dagster(stack.addresses.webserver)


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    """A file to which runs append a line at their start and at their end."""
    path = tmp_path / "marks"
    path.touch()
    return path
