"""The database's clock is set two hours back or forward while runs are submitted, launched and claimed."""

from typing import Any

import dagster as dg
import pytest
from sqlalchemy import text

from alt_pipelines.recap.reconcile import SILENT_SECONDS
from alt_pipelines.recap.store import claims, clock_jumps, launches, reconciliation
from alt_pipelines.stillness import Stillness
from alt_pipelines_tests.integration.recap.runs import let_time_pass, row, submit
from alt_pipelines_tests.integration.recap.test_sensors import GRACE_SECONDS, Loop
from api import admin_jobs_store

TWO_HOURS = 7200.0


@pytest.fixture
def loop(make_platform: Any, stored_instance: dg.DagsterInstance) -> Loop:
    return Loop(make_platform(outbox_grace_seconds=GRACE_SECONDS), stored_instance)


def test_a_run_submitted_in_the_future_is_launched_after_the_usual_grace(loop: Loop, job_id: str) -> None:
    run_id = submit(loop.engine, job_id)
    let_time_pass(loop.engine, run_id, -TWO_HOURS)
    loop.reconcile()
    with loop.engine.begin() as connection:
        past = "UPDATE alt_pipelines.genre_runs SET launched_at = launched_at - make_interval(secs => :seconds)"
        connection.execute(text(past), {"seconds": GRACE_SECONDS + 1})
    assert loop.launches()


def test_a_launch_reserved_in_the_future_is_repeated_after_the_usual_grace(loop: Loop, job_id: str) -> None:
    run_id = submit(loop.engine, job_id)
    assert launches.reserve_launch(loop.engine, run_id)
    let_time_pass(loop.engine, run_id, -TWO_HOURS)
    assert clock_jumps.correct_future(loop.engine) == 1
    assert not launches.reserve_launch(loop.engine, run_id, GRACE_SECONDS)
    let_time_pass(loop.engine, run_id, GRACE_SECONDS + 1)
    assert launches.reserve_launch(loop.engine, run_id, GRACE_SECONDS)


def test_a_worker_lost_in_the_future_is_noticed_and_a_living_one_is_left_alone(loop: Loop, job_id: str) -> None:
    run_id = submit(loop.engine, job_id)
    claim = claims.claim_run(loop.engine, run_id, "d1")
    assert isinstance(claim, claims.Claim)
    let_time_pass(loop.engine, run_id, -TWO_HOURS)
    assert "no action needed" in loop.reconcile()
    assert claims.renew_claim(loop.engine, claim, 1.0), "a living worker keeps its claim"
    (run,) = reconciliation.unfinished_runs(loop.engine)
    assert run.since_claim is not None
    assert 0 <= run.since_claim < 60, "its time limit counts from now"
    let_time_pass(loop.engine, run_id, SILENT_SECONDS + 1)
    assert "requeued" in loop.reconcile_for_long()
    assert row(loop.engine, run_id).retries == 1


def claimed(loop: Loop, job_id: str) -> claims.Claim:
    claim = claims.claim_run(loop.engine, submit(loop.engine, job_id), "d1")
    assert isinstance(claim, claims.Claim)
    return claim


def set_forward(loop: Loop, run_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reconciliation see the clock go forward: what was stored before is two hours older by it."""
    loop.reconcile()
    let_time_pass(loop.engine, run_id, TWO_HOURS)
    real = clock_jumps.now
    monkeypatch.setattr(clock_jumps, "now", lambda engine: real(engine) + TWO_HOURS)


def test_a_living_worker_keeps_its_run_when_the_clock_is_set_forward(
    loop: Loop, job_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = claimed(loop, job_id)
    run_id = claim.run_id
    set_forward(loop, run_id, monkeypatch)
    for _ in range(2):
        assert "no action needed" in loop.reconcile()
    (run,) = reconciliation.unfinished_runs(loop.engine)
    assert run.since_claim is not None
    assert run.since_heartbeat is not None
    assert max(run.since_claim, run.since_heartbeat) < 60
    assert claims.renew_claim(loop.engine, claim, 1.0)
    let_time_pass(loop.engine, run_id, SILENT_SECONDS + 1)
    assert "requeued" in loop.reconcile_for_long(), "one that dies afterwards is noticed as usual"


def test_a_run_whose_heartbeat_came_after_the_jump_keeps_it(
    loop: Loop, job_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = claimed(loop, job_id)
    run_id = claim.run_id
    set_forward(loop, run_id, monkeypatch)
    assert claims.renew_claim(loop.engine, claim, 700.0)
    assert "no action needed" in loop.reconcile()
    (run,) = reconciliation.unfinished_runs(loop.engine)
    assert run.since_heartbeat is not None
    assert run.since_claim is not None
    assert 0 <= run.since_heartbeat < 60
    assert 700 <= run.since_claim < 760, "by the worker's own clock"


def test_a_waiting_run_has_not_waited_for_as_long_as_the_jump(
    loop: Loop, job_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = submit(loop.engine, job_id)
    set_forward(loop, run_id, monkeypatch)
    for _ in range(2):
        assert "no action needed" in loop.reconcile()
    let_time_pass(loop.engine, run_id, 901)
    loop.reconcile_for_long()
    assert row(loop.engine, run_id).status == "failed", "but it does wait from then on"


def test_ended_runs_and_ordinary_times_are_left_alone(loop: Loop, job_id: str) -> None:
    ended, running = submit(loop.engine, job_id, "ended"), submit(loop.engine, job_id, "running")
    claims.claim_run(loop.engine, running, "d1")
    claims.fail_run(loop.engine, ended, "for the test")
    let_time_pass(loop.engine, ended, -TWO_HOURS)
    assert clock_jumps.correct_future(loop.engine) == 0


def test_an_admin_job_orphaned_in_the_future_frees_its_place(loop: Loop, job_id: str) -> None:
    stillness: Stillness[str] = Stillness()
    assert admin_jobs_store.begin_job(loop.engine, job_id, "graph", stillness)
    moved = text("UPDATE alt_pipelines.admin_jobs SET heartbeat_at = heartbeat_at + make_interval(secs => :seconds)")
    with loop.engine.begin() as connection:
        connection.execute(moved, {"seconds": TWO_HOURS})
    other = "00000000-0000-0000-0000-000000000001"
    assert not admin_jobs_store.begin_job(loop.engine, other, "graph", stillness), "the job may be alive"
    with loop.engine.begin() as connection:
        connection.execute(moved, {"seconds": -admin_jobs_store.SURELY_ORPHANED_AFTER_SECONDS - 1})
    assert admin_jobs_store.begin_job(loop.engine, other, "graph", stillness)
