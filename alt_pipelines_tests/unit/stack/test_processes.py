"""Processes end in groups, ports are found, leftovers are told from strangers; a folder has one holder."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from alt_pipelines.processes import (
    end_group,
    end_leftovers,
    listens,
    members,
    spawn,
    started_at,
)
from alt_pipelines.runtime.broker import broker_url, socket_path
from alt_pipelines.settings import ExecutionSettings, SettingsError, resources
from alt_pipelines.stack.home import FolderInUseError, Home
from alt_pipelines.stack.ports import hold_port, is_free
from alt_pipelines_tests.support.waiting import LONG_SECONDS, free_port, wait_until

SLEEPER = "import time; time.sleep(100)"
PARENT = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {SLEEPER!r}]); time.sleep(100)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(100)"


def start(code: str, folder: Path) -> subprocess.Popen[bytes]:
    return spawn([sys.executable, "-c", code], os.environ, folder / "log", folder)


def test_a_group_is_ended_with_what_its_leader_started(tmp_path: Path) -> None:
    process = start(PARENT, tmp_path)
    wait_until(lambda: len(members(process.pid)) >= 2, "the child is started")
    end_group(process.pid, signal.SIGTERM, 1)
    process.wait(LONG_SECONDS)
    assert members(process.pid) == []


def test_a_process_that_does_not_listen_is_ended_by_force(tmp_path: Path) -> None:
    process = start(DEAF, tmp_path)
    wait_until(lambda: "deaf" in (tmp_path / "log").read_text(), "it ignores the signal")
    end_group(process.pid, signal.SIGTERM, 0.5)
    assert process.wait(LONG_SECONDS) == -signal.SIGKILL


def test_leftovers_are_ended_and_strangers_with_the_same_number_are_not(tmp_path: Path) -> None:
    process = start(SLEEPER, tmp_path)
    created = started_at(process.pid)
    assert created is not None
    assert end_leftovers({"somebody": (process.pid, created - 1000)}) == []
    assert psutil.pid_exists(process.pid)
    assert end_leftovers({"ours": (process.pid, created), "gone": (2**22 - 3, 1.0)}) == ["ours"]
    assert process.wait(LONG_SECONDS) == -signal.SIGKILL


def test_a_taken_port_gives_the_next_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port()))
        taken.listen()
        port = taken.getsockname()[1]
        held = hold_port(port)
        assert port < held.port < port + 50
        held.close()


def test_a_group_listens_where_one_of_its_processes_does(tmp_path: Path) -> None:
    server = "import socket, time; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True); "
    process = start(f"{server}time.sleep(100)", tmp_path)
    wait_until(lambda: (tmp_path / "log").read_text().endswith("\n"), "it listens")
    port = int((tmp_path / "log").read_text())
    assert listens(process.pid, port)
    assert not listens(process.pid, port + 1)
    assert not listens(os.getpgid(0), port), "its starter is of another group"
    end_group(process.pid, signal.SIGKILL, 0)
    process.wait(LONG_SECONDS)


def test_a_folder_has_one_holder_and_says_who_it_is(tmp_path: Path) -> None:
    first, second = Home(tmp_path), Home(tmp_path)
    first.claim()
    first.sign("http://127.0.0.1:3000")
    with pytest.raises(FolderInUseError, match=rf"process {os.getpid()}, http://127.0.0.1:3000.*ALT_PIPELINES_HOME"):
        second.claim()
    first.release()
    assert second.claim() == []
    second.release()


def test_logs_of_earlier_starts_are_kept_for_a_while(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.claim()
    for number in range(6):
        home.begin_log("code server")
        home.log_of("code server").write_text(f"start {number}")
    kept = sorted(path.name for path in (tmp_path / "logs").iterdir())
    assert kept == ["code-server.1.log", "code-server.2.log", "code-server.3.log", "code-server.log"]
    assert (tmp_path / "logs" / "code-server.1.log").read_text() == "start 4"
    home.release()


def test_the_brokers_socket_stays_below_the_kernels_limit(tmp_path: Path) -> None:
    assert socket_path(tmp_path).parent == tmp_path
    deep = tmp_path / ("long" * 30)
    assert len(str(socket_path(deep))) < 107
    assert socket_path(deep) == socket_path(deep)
    assert socket_path(deep) != socket_path(tmp_path / ("other" * 30))
    assert broker_url(ExecutionSettings(home=tmp_path)).startswith("redis+socket:///")


def test_an_unsupported_broker_url_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="ALT_BROKER_URL is a 'amqp' URL"):
        ExecutionSettings.read({"ALT_BROKER_URL": "amqp://guest@localhost"})


@pytest.mark.parametrize(
    ("cores", "environ", "expected"),
    [
        (2, {}, {"tagging": 1, "recap": 2}),
        (8, {}, {"tagging": 1, "recap": 2}),
        (1, {}, {"tagging": 1, "recap": 2}),
        (4, {"ALT_TAGGING_PROCESSES": "3", "ALT_RECAP_PROCESSES": "5"}, {"tagging": 3, "recap": 5}),
    ],
)
def test_processes_fit_the_cores_unless_a_setting_says_otherwise(
    cores: int, environ: dict[str, str], expected: dict[str, int]
) -> None:
    assert ExecutionSettings.read(environ).process_counts(cores, genre_runs=2) == expected


def test_a_held_port_is_not_given_to_another_stack_before_it_is_listened_on() -> None:
    port = free_port()
    first, second = hold_port(port), hold_port(port)
    assert first.port != second.port
    wanted = first.port
    first.close()
    again = hold_port(wanted)
    assert again.port == wanted
    again.close()
    second.close()


@pytest.mark.parametrize("host", ["::1", "::", "0.0.0.0", "localhost"])
def test_a_port_can_be_held_on_any_kind_of_address(host: str) -> None:
    if ":" in host and not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    held = hold_port(free_port(), host)
    assert is_free(held.port, host)
    held.close()


def test_an_address_of_another_machine_is_one_sentence() -> None:
    with pytest.raises(OSError, match=r"HOST=192\.0\.2\.1"):
        hold_port(free_port(), "192.0.2.1")


def test_a_worker_alone_has_the_configuration_of_this_version(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    folder = home.instance()
    assert (folder / "dagster.yaml").read_bytes() == (resources() / "deploy" / "dagster.yaml").read_bytes()

    (folder / "dagster.yaml").write_text("storage: of an older version")
    assert home.instance() == folder
    assert [path.name for path in folder.iterdir()] == ["dagster.yaml"]
    assert "older" not in (folder / "dagster.yaml").read_text()
