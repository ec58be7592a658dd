"""Runs on warm workers: success, cancellation, time limits, lost workers and retries; no run is executed twice."""

import os
import signal
import time
from pathlib import Path

import psutil
import pytest

from alt_pipelines.runtime import store
from alt_pipelines.runtime.queues import MAX_RUNTIME_TAG, QUEUE_TAG, RECAP
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.stack.supervisor import Stack
from alt_pipelines_tests.support.dagster_client import ASSET_JOB, Dagster
from alt_pipelines_tests.support.speed import slowness
from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_until

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]


def started(marks: Path) -> list[str]:
    return [line.split()[1] for line in marks.read_text().splitlines() if line.startswith("start")]


def ended(marks: Path) -> list[str]:
    return [line.split()[1] for line in marks.read_text().splitlines() if line.startswith("end")]


def process_of(stack: Stack, run_id: str) -> int:
    """Return the pid of the worker process that holds a run's lease."""
    with store.lease_engine(storage_url(stack.settings)).connect() as connection:
        holder = store.holder(connection, run_id)
    assert holder is not None, "nobody executes the run"
    return int(holder.application.rsplit(":", 1)[1])


def test_a_trivial_run_on_a_warm_worker_ends_in_seconds(dagster: Dagster) -> None:
    seconds = []
    for _ in range(6):  # the best one: on a loaded machine any of them may wait for a core
        before = time.monotonic()
        assert dagster.wait(dagster.launch())["status"] == "SUCCESS"
        seconds.append(time.monotonic() - before)
    assert min(seconds) < 5 * slowness(), "a run on the default launcher takes this long at best"


def test_a_run_from_the_asset_page_takes_the_queue_and_the_limits_of_its_asset(dagster: Dagster) -> None:
    run = dagster.wait(dagster.launch(ASSET_JOB))
    assert run["status"] == "SUCCESS"
    assert (run["tags"][QUEUE_TAG], run["tags"][MAX_RUNTIME_TAG]) == (RECAP, "600")


def test_a_run_in_progress_is_canceled_at_once_and_its_worker_continues(dagster: Dagster) -> None:
    run_id = dagster.launch(orders={"seconds": 2 * LONG_SECONDS})
    dagster.wait(run_id, until=("STARTED",))
    time.sleep(1)
    assert dagster.cancel(run_id) == "TerminateRunSuccess"
    assert dagster.wait(run_id)["status"] == "CANCELED"
    assert dagster.wait(dagster.launch())["status"] == "SUCCESS"


def test_a_run_that_waits_is_canceled_without_ever_starting(dagster: Dagster, marks: Path) -> None:
    goes_on = marks.with_name("goes on")
    first = dagster.launch(orders={"until": str(goes_on)})
    waiting = dagster.launch(orders={"mark": str(marks)})
    assert dagster.run(waiting)["status"] == "QUEUED"
    assert dagster.cancel(waiting) == "TerminateRunSuccess"
    assert dagster.run(waiting)["status"] == "CANCELED"
    goes_on.touch()
    assert dagster.wait(first)["status"] == "SUCCESS"
    dagster.wait(dagster.launch())  # the canceled run's message has been consumed by now
    assert started(marks) == []


def test_a_run_that_ignores_its_interrupt_is_ended_by_force(stack: Stack, dagster: Dagster, marks: Path) -> None:
    run_id = dagster.launch(orders={"seconds": 4 * LONG_SECONDS, "stubborn": True, "mark": str(marks)})
    dagster.wait(run_id, until=("STARTED",))
    time.sleep(1)
    process = process_of(stack, run_id)
    dagster.cancel(run_id)
    assert dagster.wait(run_id)["status"] == "CANCELED"
    assert dagster.wait(dagster.launch())["status"] == "SUCCESS"
    assert not psutil.pid_exists(process)
    assert ended(marks) == []


def test_a_run_over_its_time_limit_fails_is_not_retried_and_ends(dagster: Dagster, marks: Path) -> None:
    run_id = dagster.launch(orders={"seconds": 2 * LONG_SECONDS, "mark": str(marks)}, tags={"dagster/max_runtime": "3"})
    assert dagster.wait(run_id)["status"] == "FAILURE"
    assert dagster.wait_for_tag(run_id, "dagster/will_retry") == "false"
    assert dagster.wait(dagster.launch())["status"] == "SUCCESS", "its process is free again"
    assert ended(marks) == []


def test_a_run_that_fails_by_its_own_error_is_not_retried(dagster: Dagster) -> None:
    run_id = dagster.launch(orders={"fail": True})
    assert dagster.wait(run_id)["status"] == "FAILURE"
    assert dagster.wait_for_tag(run_id, "dagster/will_retry") == "false"


def test_a_run_whose_worker_is_killed_is_retried_within_minutes(stack: Stack, dagster: Dagster, marks: Path) -> None:
    goes_on = marks.with_name("goes on")
    run_id = dagster.launch("slow_job", orders={"until": str(goes_on), "mark": str(marks)})
    wait_until(lambda: started(marks), "the run has started")
    os.kill(process_of(stack, run_id), signal.SIGKILL)
    assert dagster.wait(run_id)["status"] == "FAILURE"
    goes_on.touch()
    again = dagster.wait_for_tag(run_id, "dagster/auto_retry_run_id")
    assert dagster.wait(again)["status"] == "SUCCESS"
    assert started(marks) == [run_id, again]
    assert ended(marks) == [again]


def test_a_run_on_a_worker_that_gets_sigterm_learns_of_it_and_ends_by_itself(stack: Stack, dagster: Dagster) -> None:
    run_id = dagster.launch(orders={"until_stop": True})
    dagster.wait(run_id, until=("STARTED",))
    worker = stack.pid("tagging worker")
    assert worker is not None
    os.kill(worker, signal.SIGTERM)
    assert dagster.wait(run_id)["status"] == "SUCCESS"
    assert dagster.wait(dagster.launch(), 120)["status"] == "SUCCESS", "the supervisor starts another worker"


def test_a_message_that_comes_twice_is_executed_once(stack: Stack, dagster: Dagster, marks: Path) -> None:
    import dagster as dg

    with pytest.MonkeyPatch.context() as patch:
        for name, value in stack.variables.items():
            patch.setenv(name, value)
        run_id = dagster.launch(orders={"seconds": 3, "mark": str(marks)})
        dagster.wait(run_id, until=("STARTED",))
        with dg.DagsterInstance.get() as instance:
            run = instance.get_run_by_id(run_id)
            for _ in range(3):
                instance.run_launcher.send(run)  # type: ignore[attr-defined]
        assert dagster.wait(run_id)["status"] == "SUCCESS"
    dagster.wait(dagster.launch())
    assert started(marks) == [run_id]


def test_runs_that_an_emptied_broker_forgot_are_done_all_the_same(stack: Stack, dagster: Dagster, marks: Path) -> None:
    first = dagster.launch(orders={"seconds": 3})
    dagster.wait(first, until=("STARTED",))
    waiting = [dagster.launch(orders={"mark": str(marks)}) for _ in range(4)]
    broker = stack.pid("broker")
    assert broker is not None
    os.kill(broker, signal.SIGKILL)
    assert [dagster.wait(run_id)["status"] for run_id in waiting] == ["SUCCESS"] * 4
    assert sorted(started(marks)) == sorted(waiting)


def test_a_run_launched_while_the_broker_is_away_waits_for_it(stack: Stack, dagster: Dagster) -> None:
    broker = stack.pid("broker")
    assert broker is not None
    os.kill(broker, signal.SIGSTOP)
    try:
        run_id = dagster.launch()
        assert dagster.run(run_id)["status"] == "QUEUED"
    finally:
        os.kill(broker, signal.SIGCONT)
    assert dagster.wait(run_id)["status"] == "SUCCESS"


def test_processes_are_recycled_without_losing_a_run(dagster: Dagster, marks: Path) -> None:
    runs = [dagster.launch(orders={"mark": str(marks)}) for _ in range(20)]
    assert {dagster.wait(run_id, 120)["status"] for run_id in runs} == {"SUCCESS"}
    processes = [line.split()[2] for line in marks.read_text().splitlines() if line.startswith("start")]
    assert len(processes) == len(runs)
    assert len(set(processes)) >= 2, "no process was replaced"


def test_two_groups_of_workers_share_the_work_and_either_can_be_killed(
    stack: Stack, dagster: Dagster, marks: Path
) -> None:
    runs = [dagster.launch("slow_job", orders={"seconds": 1, "mark": str(marks)}) for _ in range(6)]
    for run_id in runs[:2]:
        dagster.wait(run_id, until=("STARTED", "SUCCESS"))
    group = stack.pid("other recap worker")
    assert group is not None
    os.killpg(group, signal.SIGKILL)
    outcomes = {run_id: dagster.wait(run_id)["status"] for run_id in runs}
    lost = [run_id for run_id, status in outcomes.items() if status == "FAILURE"]
    assert len(lost) <= 1, "only the run in the killed group's hands"
    for run_id in lost:
        assert dagster.wait(dagster.wait_for_tag(run_id, "dagster/auto_retry_run_id"))["status"] == "SUCCESS"
    assert len(ended(marks)) == len(set(ended(marks))) == len(runs)
