"""The stack's own Postgres: a failure of its start or stop is one sentence, and never ends the supervisor."""

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from sqlalchemy.engine import make_url
from structlog.testing import capture_logs

from alt_pipelines.database import embedded, postgres_process
from alt_pipelines.settings import Settings
from alt_pipelines.stack.own_postgres import OwnPostgres
from alt_pipelines_tests.support.named_databases import named_databases
from alt_pipelines_tests.support.waiting import wait_until


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of a server of its own."""
    folder = tmp_path_factory.mktemp("own") / "postgres"
    embedded.ensure_running(folder)
    yield folder
    embedded.stop(folder)


@pytest.fixture
def own(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> OwnPostgres:
    """The server as a stack has it, running."""
    monkeypatch.setattr("alt_pipelines.stack.own_postgres.CHECK_SECONDS", 0.0)
    embedded.ensure_running(data_dir)
    return OwnPostgres(Settings.from_environment({}), data_dir)


def server(data_dir: Path) -> psutil.Process:
    pid = postgres_process.recorded_pid(data_dir)
    assert pid is not None
    return psutil.Process(pid)


def kill(data_dir: Path) -> None:
    server(data_dir).kill()
    wait_until(lambda: not embedded.is_running(data_dir), "it has ended")


def test_a_server_that_was_killed_is_started_again(own: OwnPostgres, data_dir: Path) -> None:
    kill(data_dir)
    own.keep()
    assert embedded.is_running(data_dir)


def test_a_server_that_does_not_stop_keeps_running_and_the_next_start_uses_it(
    own: OwnPostgres, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = server(data_dir)
    process.suspend()
    monkeypatch.setattr(postgres_process, "STOP_SECONDS", 0.2)
    try:
        with capture_logs() as logs:
            own.stop()
        assert [(line["event"], "did not stop" in line["error"]) for line in logs] == [("postgres_stop_failed", True)]
        assert embedded.is_running(data_dir)
    finally:
        process.resume()
    wait_until(lambda: not embedded.is_running(data_dir), "the signal reaches it")


def test_a_server_that_ends_just_before_it_is_stopped_has_been_stopped(
    own: OwnPostgres, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_running = postgres_process.is_running

    def ends_after_that(folder: Path) -> bool:
        found = is_running(folder)
        if found:
            kill(folder)
        return found

    monkeypatch.setattr(postgres_process, "is_running", ends_after_that)
    with capture_logs() as logs:
        own.stop()
    assert logs == []
    assert not is_running(data_dir)


@pytest.mark.parametrize("broken", ["log", "postmaster.pid"])
def test_a_folder_that_cannot_be_used_is_reported_and_used_again_later(
    own: OwnPostgres, data_dir: Path, broken: str
) -> None:
    kill(data_dir)
    whole = data_dir / f"whole {broken}"
    (data_dir / broken).rename(whole)
    (data_dir / broken).mkdir()
    with capture_logs() as logs:
        own.keep()
        own.stop()
    assert "postgres_start_failed" in {line["event"] for line in logs}
    assert all(str(data_dir) in line.get("error", str(data_dir)) for line in logs)
    with pytest.raises(embedded.EmbeddedServerError, match=str(data_dir)):
        embedded.ensure_running(data_dir)
    (data_dir / broken).rmdir()
    whole.rename(data_dir / broken)
    own.keep()
    assert embedded.is_running(data_dir)


def test_the_url_of_a_server_that_does_not_run_is_a_sentence(data_dir: Path) -> None:
    embedded.stop(data_dir)
    with pytest.raises(embedded.EmbeddedServerError, match="is not running"):
        embedded.url(data_dir, embedded.ALT_DATABASE)


def test_a_stack_whose_databases_are_all_named_has_no_server_of_its_own(tmp_path: Path) -> None:
    nowhere = make_url("postgresql://nobody@h/nothing?host=h")
    named = named_databases(nowhere, nowhere) | {"DAGSTER_POSTGRES_URL": str(nowhere)}
    postgres = OwnPostgres(Settings.from_environment(named), tmp_path / "postgres")
    postgres.keep()
    postgres.stop()
    assert list(tmp_path.iterdir()) == []
