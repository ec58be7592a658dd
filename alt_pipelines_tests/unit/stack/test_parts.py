"""A part is ready only if a process of its own listens on its port, whoever answers there."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from alt_pipelines.processes import end_group
from alt_pipelines.settings import Settings
from alt_pipelines.stack.addresses import Addresses
from alt_pipelines.stack.options import StackOptions
from alt_pipelines.stack.parts import stack_parts
from alt_pipelines_tests.support.waiting import free_port, wait_until

_LISTENS = "import socket, time; s = socket.create_server(('127.0.0.1', {port})); time.sleep(600)"


@pytest.mark.parametrize("name", ["code server", "webserver", "adapter"])
def test_a_program_on_a_parts_port_is_not_the_part(tmp_path: Path, name: str) -> None:
    with socket.create_server(("127.0.0.1", free_port())) as foreign:
        port = foreign.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        addresses = Addresses(webserver=url, adapter=url, code_server=("127.0.0.1", port), broker="redis://127.0.0.1:1")
        storage = "postgresql://nobody@127.0.0.1:1/dagster"  # named, so that no embedded server is started for it
        settings = Settings.from_environment({"ALT_PIPELINES_HOME": str(tmp_path), "DAGSTER_POSTGRES_URL": storage})
        part = next(part for part in stack_parts(settings, StackOptions(), addresses) if part.name == name)
        assert part.address is not None
        assert part.address[1] == port
        ours = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
        assert not part.has_its_port(ours.pid)
        assert "in use by another program" in part.port_conflict()
        _end(ours)
    ours = subprocess.Popen([sys.executable, "-c", _LISTENS.format(port=port)], start_new_session=True)
    wait_until(lambda: part.has_its_port(ours.pid), "it listens")
    _end(ours)


def _end(process: subprocess.Popen[bytes]) -> None:
    end_group(process.pid, signal.SIGKILL, 1)
    process.wait()


def test_what_tags_starts_before_what_shows(tmp_path: Path) -> None:
    addresses = Addresses(
        webserver="http://127.0.0.1:1", adapter="http://127.0.0.1:2", code_server=("127.0.0.1", 3), broker="redis://x:4"
    )
    storage = "postgresql://nobody@127.0.0.1:1/dagster"
    settings = Settings.from_environment({"ALT_PIPELINES_HOME": str(tmp_path), "DAGSTER_POSTGRES_URL": storage})
    parts = {part.name: part for part in stack_parts(settings, StackOptions(), addresses)}
    tagging = ["broker", "code server", "tagging worker", "daemon"]
    assert list(parts)[: len(tagging)] == tagging
    assert not any(parts[name].after for name in tagging)
    for name in ("webserver", "adapter", "recap worker"):
        assert list(parts[name].after) == tagging
