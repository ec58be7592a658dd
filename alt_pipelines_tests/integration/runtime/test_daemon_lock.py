"""One daemon per database: `dagster dev` holds the lock while it lives, and nothing else starts a daemon beside it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy.engine import Connection

from alt_pipelines.runtime import daemon_lock, store
from alt_pipelines.runtime.daemon_lock import DaemonRunsError, LockLostError, dagster_dev_of
from alt_pipelines.settings import PROJECT_ROOT, Settings
from alt_pipelines.stack.command import up
from alt_pipelines.stack.home import Home
from alt_pipelines.stack.supervisor import Stack, StackError
from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_until

HOLDER = """
from alt_pipelines.runtime.daemon_lock import hold_for_dagster_dev
from alt_pipelines.settings import Settings
import os, subprocess, sys, time
hold_for_dagster_dev(Settings.from_environment())
if len(sys.argv) == 1:
    child = subprocess.Popen([sys.executable, "-c", os.environ["HOLDER"], "child"], stdout=subprocess.PIPE)
    child.stdout.readline()
    print(child.pid, flush=True)
else:
    print("started", flush=True)
time.sleep(1000)
"""


@pytest.fixture
def variables(dagster_url: str, tmp_path: Path) -> dict[str, str]:
    return {"ALT_PIPELINES_HOME": str(tmp_path / "home"), "DAGSTER_POSTGRES_URL": dagster_url}


@pytest.fixture
def settings(variables: dict[str, str]) -> Settings:
    return Settings.from_environment(variables)


@pytest.fixture
def dagster_dev(variables: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process that holds the lock as `dagster dev` does, and the id of one that it has started."""
    environment = {**os.environ, **variables, "DAGSTER_IS_DEV_CLI": "1", "HOLDER": HOLDER}
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER], env=environment, cwd=PROJECT_ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    yield process, int(process.stdout.readline())
    process.kill()
    process.wait(LONG_SECONDS)


def test_up_is_refused_beside_dagster_dev_and_leaves_the_folder_free(
    settings: Settings, dagster_dev: tuple[subprocess.Popen[str], int]
) -> None:
    with pytest.raises(StackError, match=rf"`dagster dev` .*process {dagster_dev[0].pid} on .*Ctrl-C.*ALT_PIPELINES_"):
        Stack(settings).claim()
    home = Home(settings.execution.home)
    home.claim()
    home.release()


def test_a_refused_start_says_only_why(
    variables: dict[str, str], dagster_dev: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(up)
    assert result.exit_code == 1
    assert result.output.startswith("Error: `dagster dev` uses the database of this stack")
    assert "stopped" not in result.output


def test_a_second_dagster_dev_is_refused(settings: Settings, dagster_dev: tuple[subprocess.Popen[str], int]) -> None:
    with pytest.raises(DaemonRunsError, match=rf"daemon \(dagster dev, process {dagster_dev[0].pid} .*two daemons"):
        daemon_lock.hold(settings)


def test_dagster_dev_is_refused_beside_a_stack_even_before_its_daemon_runs(settings: Settings) -> None:
    stack = Stack(settings)
    stack.claim()
    stack.home.sign("http://127.0.0.1:3000")
    try:
        with pytest.raises(DaemonRunsError, match=r"stack in .*http://127.0.0.1:3000.*ALT_PIPELINES_HOME"):
            daemon_lock.hold(settings)
    finally:
        stack.stop()
    wait_until(lambda: not _is_held(settings), "the refused one has let go")


def test_a_killed_dagster_dev_leaves_no_lock_and_no_daemon(
    settings: Settings, dagster_dev: tuple[subprocess.Popen[str], int]
) -> None:
    process, child = dagster_dev
    assert dagster_dev_of(settings) is not None
    process.send_signal(signal.SIGKILL)
    wait_until(lambda: dagster_dev_of(settings) is None, "the lock is free")
    wait_until(lambda: not _runs(child), "what it started has ended")
    stack = Stack(settings)
    stack.claim()
    stack.stop()


def test_a_database_that_is_away_has_no_dagster_dev(tmp_path: Path) -> None:
    home = {"ALT_PIPELINES_HOME": str(tmp_path / "new")}
    assert dagster_dev_of(Settings.from_environment(home)) is None
    assert not (tmp_path / "new").exists(), "no server was started"
    away = {**home, "DAGSTER_POSTGRES_URL": "postgresql://nobody@127.0.0.1:9/dagster"}
    assert dagster_dev_of(Settings.from_environment(away)) is None


def test_a_server_that_accepts_and_never_answers_delays_a_start_by_seconds_only(tmp_path: Path) -> None:
    begun = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://nobody@127.0.0.1:{silent.getsockname()[1]}/dagster"
        home = {"ALT_PIPELINES_HOME": str(tmp_path / "new"), "DAGSTER_POSTGRES_URL": url}
        assert dagster_dev_of(Settings.from_environment(home)) is None
    assert time.monotonic() - begun < LONG_SECONDS


def test_a_holder_takes_the_lock_again_after_an_outage_unless_another_process_has_it(
    settings: Settings, dagster_url: str
) -> None:
    engine = store.lease_engine(dagster_url, "dagster dev, test")
    session = daemon_lock.renew(engine, None)
    assert session is not None
    _end(session)
    assert daemon_lock.renew(engine, session) is None
    with store.open_session(store.lease_engine(dagster_url)) as other:
        assert store.try_daemon(other)
        with pytest.raises(LockLostError):
            daemon_lock.renew(engine, None)
    wait_until(lambda: not _is_held(settings), "the other has ended")
    again = daemon_lock.renew(engine, None)
    assert again is not None
    again.close()


def _end(session: Connection) -> None:
    pid = session.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    with store.lease_engine(str(session.engine.url.render_as_string(hide_password=False))).connect() as admin:
        admin.exec_driver_sql(f"SELECT pg_terminate_backend({pid}, 5000)")


def _is_held(settings: Settings) -> bool:
    url = settings.execution.dagster_storage_url
    assert url is not None
    with store.lease_engine(url.get_secret_value()).connect() as connection:
        return store.daemon_holder(connection) is not None


def _runs(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(") ", 1)[1][0] != "Z"
