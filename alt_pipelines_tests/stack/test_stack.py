"""The supervisor restarts parts that die, no part outlives it, and a folder has only one."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
import pytest

from alt_pipelines.database import embedded
from alt_pipelines.database.postgres_process import recorded_pid
from alt_pipelines.runtime import store
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.settings import PROJECT_ROOT, Settings
from alt_pipelines.stack import part_checks, parts
from alt_pipelines.stack.checks import Problem
from alt_pipelines.stack.supervisor import Stack, StackError
from alt_pipelines_tests.stack.conftest import OPTIONS
from alt_pipelines_tests.support.dagster_client import Dagster
from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_ready, wait_until

_SENSORS = "{ repositoriesOrError { ... on RepositoryConnection { nodes { sensors { id name } } } } }"

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]


def processes_of(home: Path) -> list[psutil.Process]:
    """Return all processes of a home, found by their command line or environment."""
    found = []
    for process in psutil.process_iter():
        try:
            about = " ".join(process.cmdline()) + " " + process.environ().get("ALT_PIPELINES_HOME", "")
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        if str(home) in about and process.pid != os.getpid():
            found.append(process)
    return found


def hold(home: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "alt_pipelines_tests.stack.held", str(home)],
        cwd=PROJECT_ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("http://"), "the stack did not start"
    return process


def test_a_second_daemon_waits_for_the_first(stack: Stack, dagster: Dagster) -> None:
    command = [sys.executable, "-m", "alt_pipelines", "daemon"]
    second = subprocess.Popen(command, env=stack.variables, stderr=subprocess.PIPE, text=True, cwd=PROJECT_ROOT)
    try:
        assert second.stderr is not None
        assert any("two daemons would start every run twice" in line for line in second.stderr)
    finally:
        second.kill()
        second.wait()


@pytest.mark.parametrize("part", ["webserver", "code server", "daemon", "tagging worker"])
def test_a_part_that_is_killed_comes_back_and_runs_go_on(stack: Stack, dagster: Dagster, part: str) -> None:
    before = stack.pid(part)
    assert before is not None
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: stack.pid(part) not in (None, before), "the supervisor has noticed it")
    wait_ready(stack)
    assert dagster.wait(dagster.launch())["status"] == "SUCCESS"


def test_a_daemon_that_is_frozen_is_replaced_once_its_heartbeat_is_old(
    stack: Stack, dagster: Dagster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "FRESH_SECONDS", 45.0)  # in fact 120, which would take a test four minutes
    monkeypatch.setitem(vars(stack.states()["daemon"].part), "unresponsive_seconds", 5.0)
    before, started = stack.pid("daemon"), time.monotonic()
    assert before is not None
    os.kill(before, signal.SIGSTOP)
    wait_until(lambda: stack.pid("daemon") not in (None, before), "the supervisor has replaced it", 150)
    assert time.monotonic() - started > 15, "a daemon that is only slow is left alone"
    wait_ready(stack)


class Stranger(BaseHTTPRequestHandler):
    """Another program on a part's port, which answers every request with 200."""

    def do_GET(self) -> None:
        self.server.asked = True  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_a_part_whose_port_another_program_has_taken_is_not_ready(stack: Stack, dagster: Dagster) -> None:
    webserver, port = psutil.Process(stack.pid("webserver")), int(stack.addresses.webserver.rsplit(":", 1)[1])
    webserver.kill()
    webserver.wait(LONG_SECONDS)
    with ThreadingHTTPServer(("127.0.0.1", port), Stranger) as stranger:
        stranger.asked = False  # type: ignore[attr-defined]
        threading.Thread(target=stranger.serve_forever, daemon=True).start()
        restarts = stack.states()["webserver"].restarts
        deadline = time.monotonic() + 2 * LONG_SECONDS
        while stack.states()["webserver"].restarts < restarts + 2:
            assert not stranger.asked or stack.states()["webserver"].state != "ready"  # type: ignore[attr-defined]
            assert time.monotonic() < deadline, "the webserver did not end on a port that is taken"
            time.sleep(0.02)
        assert stranger.asked, "the supervisor never asked"  # type: ignore[attr-defined]
        stranger.shutdown()
    wait_ready(stack)
    assert dagster.wait(dagster.launch())["status"] == "SUCCESS"


def test_a_killed_postgres_comes_back_with_everything_in_it(stack: Stack, dagster: Dagster) -> None:
    run_id = dagster.launch()
    dagster.wait(run_id)
    before = recorded_pid(stack.home.postgres)
    assert before is not None
    os.kill(before, signal.SIGKILL)
    wait_until(
        lambda: recorded_pid(stack.home.postgres) != before and embedded.is_running(stack.home.postgres),
        "Postgres is started again",
    )
    wait_until(lambda: dagster.answers(run_id), "the parts find it again")
    wait_ready(stack)
    assert dagster.run(run_id)["status"] == "SUCCESS"
    assert dagster.wait(dagster.launch())["status"] == "SUCCESS"


def test_a_sensor_that_was_switched_off_in_the_ui_is_named_by_the_doctor(stack: Stack, dagster: Dagster) -> None:
    def switch(change: str) -> None:
        selector = {"repositoryLocationName": "alt_pipelines", "repositoryName": "__repository__"}
        dagster.ask(
            change,
            selector={**selector, "sensorName": "resend_lost_runs"},
            id=dagster.ask(_SENSORS)["repositoriesOrError"]["nodes"][0]["sensors"][0]["id"],
        )

    assert "is on and works" in part_checks.automation(stack.settings)
    switch("mutation($id: String) { stopSensor(id: $id) { __typename } }")
    try:
        with pytest.raises(Problem, match="the sensor resend_lost_runs is off, so runs whose message"):
            part_checks.automation(stack.settings)
    finally:
        switch("mutation($selector: SensorSelector!) { startSensor(sensorSelector: $selector) { __typename } }")
    assert "is on and works" in part_checks.automation(stack.settings)


def test_the_sessions_of_the_stack_are_few(stack: Stack, dagster: Dagster) -> None:
    for run_id in [dagster.launch() for _ in range(5)]:
        dagster.wait(run_id)
    time.sleep(3)
    with store.lease_engine(storage_url(stack.settings)).connect() as connection:
        sessions = connection.exec_driver_sql(
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
        ).scalar_one()
    assert sessions < 30, "the server allows 300, over all parts, with bursts"


def test_a_second_stack_on_the_folder_is_refused_by_name(stack: Stack) -> None:
    with pytest.raises(StackError, match=r"already using .* \(process \d+, http://127.0.0.1:\d+"):
        Stack(stack.settings, OPTIONS).start()
    assert stack.pid("webserver") is not None, "the running one is untouched"


def test_the_secret_is_made_once_and_readable_by_its_owner_only(stack: Stack) -> None:
    path, is_new = stack.home.service_secret()
    assert not is_new
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(path.read_text()) >= 32


def test_a_killed_supervisor_leaves_no_part_behind_and_the_next_start_goes_on(own_folder: Path) -> None:
    home = own_folder / "killed"
    first = hold(home)
    first.kill()
    first.wait()
    wait_until(lambda: not [p for p in processes_of(home) if "postgres" not in p.name()], "the parts end with it")
    with socket.socket() as taken:  # another program has taken the usual port meanwhile
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 3000))
            taken.listen()
        except OSError:
            pass  # the session's own stack uses it
        second = hold(home)
        second.send_signal(signal.SIGTERM)
        assert second.wait(LONG_SECONDS) == 0
    assert processes_of(home) == [], "a stack that is stopped leaves nothing, Postgres included"


def test_a_part_that_does_not_start_stops_everything_and_shows_its_log(own_folder: Path) -> None:
    import dataclasses

    home = own_folder / "broken"
    options = dataclasses.replace(OPTIONS, definitions="alt_pipelines_tests.no_such_module")
    with pytest.raises(StackError, match=r"No module named 'alt_pipelines_tests\.no_such_module'"):
        Stack(Settings.from_environment({"ALT_PIPELINES_HOME": str(home)}), options).start(120)
    assert processes_of(home) == []
