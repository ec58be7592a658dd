"""The embedded broker takes commands from its owner only: its socket is closed to every other user."""

import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from alt_pipelines.runtime import broker

_CONNECT = "import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])"
NOBODY = 65534


@pytest.fixture(params=["short", "x" * 120], ids=["in the home", "in the temporary folder"])
def socket(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The socket of a running embedded broker whose home every user may read."""
    home = tmp_path_factory.mktemp("broker") / request.param
    home.mkdir()
    for folder in (home, *list(home.parents)[:3]):
        folder.chmod(0o755)
    process = subprocess.Popen(broker.embedded_command(home), stdout=subprocess.DEVNULL)
    client, deadline = broker.client(f"redis+socket://{broker.socket_path(home)}"), time.monotonic() + 120
    while True:
        try:
            client.ping()
            break
        except redis.RedisError:
            assert time.monotonic() < deadline
            time.sleep(0.02)
    yield broker.socket_path(home)
    process.kill()
    process.wait()


def test_the_broker_is_reachable_by_its_owner_only(socket: Path) -> None:
    assert stat.S_ISSOCK(socket.stat().st_mode)
    assert stat.S_IMODE(socket.stat().st_mode) & 0o077 == 0
    assert socket.stat().st_uid == os.geteuid()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can try as another user")
def test_another_user_is_refused(socket: Path) -> None:
    command = ["python3", "-c", _CONNECT, str(socket)]
    done = subprocess.run(command, user=NOBODY, group=NOBODY, extra_groups=[], capture_output=True, text=True)
    assert "PermissionError" in done.stderr
    ours = subprocess.run([sys.executable, "-c", _CONNECT, str(socket)], capture_output=True, text=True)
    assert ours.returncode == 0, ours.stderr
