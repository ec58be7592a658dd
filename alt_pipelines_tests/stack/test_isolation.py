"""A run that hangs, a large job or a suspect run does not block other runs."""

from pathlib import Path

import pytest

from alt_pipelines.runtime.queues import MAX_RETRIES_TAG
from alt_pipelines_tests.stack.test_runs import started
from alt_pipelines_tests.support.dagster_client import Dagster
from alt_pipelines_tests.support.trivial import GROUP_TAG, SUSPECT_TAG

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]

JOB = "slow_job"  # runs on the recap queue, which has two processes


def test_a_run_that_hangs_in_native_code_is_ended_and_blocks_no_other(dagster: Dagster) -> None:
    hung = dagster.launch(JOB, {"native": True}, {MAX_RETRIES_TAG: "0"})
    dagster.wait(hung, until=("STARTED",))
    assert dagster.wait(dagster.launch(JOB))["status"] == "SUCCESS"
    assert dagster.run(hung)["status"] == "STARTED", "the small run did not wait for the hung one"
    assert dagster.wait(hung, 180)["status"] == "FAILURE"
    assert dagster.wait(dagster.launch(JOB))["status"] == "SUCCESS"


def test_a_small_job_takes_turns_with_a_large_one(dagster: Dagster, marks: Path) -> None:
    goes_on = marks.with_name("goes on")
    orders = {"until": str(goes_on), "mark": str(marks)}
    large = [dagster.launch(JOB, orders, {GROUP_TAG: "large"}) for _ in range(8)]
    small = dagster.launch(JOB, orders, {GROUP_TAG: "small"})
    goes_on.touch()
    for run_id in (*large, small):
        assert dagster.wait(run_id, 120)["status"] == "SUCCESS"
    assert started(marks).index(small) < 6


def test_two_suspects_leave_a_process_for_a_run_that_is_none(dagster: Dagster, marks: Path) -> None:
    goes_on = marks.with_name("goes on")
    orders = {"until": str(goes_on), "mark": str(marks)}
    suspects = [dagster.launch(JOB, orders, {SUSPECT_TAG: "true"}) for _ in range(2)]
    dagster.wait(suspects[0], until=("STARTED",))
    assert dagster.wait(dagster.launch(JOB))["status"] == "SUCCESS"
    goes_on.touch()
    for run_id in suspects:
        assert dagster.wait(run_id, 120)["status"] == "SUCCESS"
