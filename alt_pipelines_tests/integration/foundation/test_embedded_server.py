"""The embedded server: shared by all processes, alive after any of them is killed, and nothing committed is lost."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine

from alt_pipelines.database import embedded
from alt_pipelines.database.engines import make_engine, with_retries
from alt_pipelines.settings import PoolSettings
from alt_pipelines_tests.support.waiting import LONG_SECONDS


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "server" / "postgres"
    yield folder
    embedded.stop(folder)


def test_processes_that_start_it_together_share_one_server(data_dir: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=embedded.ensure_running, args=(data_dir,)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(LONG_SECONDS)
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    engine = create_engine(embedded.url(data_dir, embedded.ALT_DATABASE))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
    engine.dispose()


def test_what_was_committed_survives_a_killed_server(data_dir: Path) -> None:
    embedded.ensure_running(data_dir)
    engine = create_engine(embedded.url(data_dir, embedded.ALT_DATABASE))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept AS SELECT 42 AS answer"))
    engine.dispose()
    os.kill(int((data_dir / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    embedded.ensure_running(data_dir)
    engine = create_engine(embedded.url(data_dir, embedded.ALT_DATABASE))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT answer FROM kept")).scalar_one() == 42
    engine.dispose()


def test_stopping_twice_is_harmless(data_dir: Path) -> None:
    embedded.ensure_running(data_dir)
    assert embedded.stop(data_dir)
    assert not embedded.stop(data_dir)
    assert not embedded.is_running(data_dir)


def test_work_interrupted_by_a_restart_is_repeated(data_dir: Path) -> None:
    embedded.ensure_running(data_dir)
    engine = make_engine(embedded.url(data_dir, embedded.ALT_DATABASE), PoolSettings())
    calls = []

    def work() -> int:
        calls.append(1)
        with engine.connect() as connection:
            if len(calls) == 1:
                embedded.stop(data_dir)
                multiprocessing.get_context("spawn").Process(target=embedded.ensure_running, args=(data_dir,)).start()
            return int(connection.execute(text("SELECT 7")).scalar_one())

    assert with_retries(work, PoolSettings(retry_seconds=LONG_SECONDS, retry_first_delay_seconds=0.2), "test") == 7
    assert len(calls) >= 2
    engine.dispose()


def test_an_error_that_is_not_the_connections_is_not_repeated(alt_engine: Engine) -> None:
    calls = []

    def work() -> None:
        calls.append(1)
        with alt_engine.begin() as connection:
            connection.execute(text("SELECT 1 / 0"))

    with pytest.raises(Exception, match="division by zero"):
        with_retries(work, PoolSettings(), "test")
    assert len(calls) == 1
