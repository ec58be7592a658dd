"""Workers that are killed, cancelled or stopped while they work, as real processes."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from sqlalchemy.engine import URL, Engine

from alt_pipelines.platform import Platform
from alt_pipelines.recap.store import submissions
from alt_pipelines.settings import RecapSettings
from alt_pipelines_tests.integration.recap.runs import let_time_pass, row, submit
from alt_pipelines_tests.integration.recap.test_sensors import Loop
from alt_pipelines_tests.integration.recap.worker_process import ENCODING
from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_until

Start = Callable[[int], "subprocess.Popen[bytes]"]


@pytest.fixture
def start_worker(
    recap_engine: Engine, recap_database_url: URL, stored_instance: dg.DagsterInstance, tmp_path: Path
) -> Iterator[Start]:
    """Starts a worker on a run and returns when it has claimed the run and computes."""
    processes: list[subprocess.Popen[bytes]] = []
    dsn = recap_database_url.render_as_string(hide_password=False)

    def start(run_id: int) -> "subprocess.Popen[bytes]":
        module = "alt_pipelines_tests.integration.recap.worker_process"
        process = subprocess.Popen([sys.executable, "-m", module, dsn, str(tmp_path), str(run_id)])
        processes.append(process)
        wait_until(lambda: row(recap_engine, run_id).claimed_at is not None, "the run is claimed")
        wait_until((tmp_path / ENCODING).exists, "the run computes")
        return process

    yield start
    for process in processes:
        process.kill()
        process.wait()


@pytest.fixture
def loop(platform: Platform, stored_instance: dg.DagsterInstance) -> Loop:
    return Loop(platform, stored_instance)


def test_a_killed_worker_is_noticed_and_its_run_is_done_by_another(
    start_worker: Start, loop: Loop, job_id: str
) -> None:
    run_id = submit(loop.engine, job_id)
    process = start_worker(run_id)
    process.kill()
    process.wait()
    assert "no action needed" in loop.reconcile()
    let_time_pass(loop.engine, run_id, 40)
    assert "requeued" in loop.reconcile_for_long()
    (request,) = loop.launches()
    assert loop.execute(request).success
    assert row(loop.engine, run_id).status == "succeeded"
    assert row(loop.engine, run_id).retries == 1


def test_a_run_canceled_while_it_computes_stops_and_says_so(
    start_worker: Start, loop: Loop, stored_instance: dg.DagsterInstance, job_id: str
) -> None:
    run_id = submit(loop.engine, job_id)
    process = start_worker(run_id)
    dagster_run = stored_instance.get_run_by_id(row(loop.engine, run_id).dagster_run_id)
    assert dagster_run is not None
    stored_instance.report_run_canceling(dagster_run)
    process.send_signal(signal.SIGINT)  # what Dagster's launchers send
    process.wait(LONG_SECONDS)
    run: Any = submissions.read_run(loop.engine, run_id)
    assert run["status"] == "failed"
    assert run["diagnostics"]["error_message"] == f"Dagster run {dagster_run.run_id} was canceled"


def test_a_worker_that_is_only_shut_down_leaves_its_run_to_another(
    start_worker: Start, loop: Loop, job_id: str
) -> None:
    run_id = submit(loop.engine, job_id)
    process = start_worker(run_id)
    process.send_signal(signal.SIGINT)
    process.wait(LONG_SECONDS)
    assert row(loop.engine, run_id).status == "running"
    assert "requeued" in loop.reconcile()  # at once: Dagster saw its run end
    let_time_pass(loop.engine, run_id, RecapSettings().outbox_grace_seconds)  # counted from the submission
    (request,) = loop.launches()
    assert loop.execute(request).success
    assert row(loop.engine, run_id).status == "succeeded"
