"""What becomes of a run that says `running`, case by case."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from alt_pipelines.recap import reconcile
from alt_pipelines.recap.reconcile import SILENT_SECONDS, UNSUBMITTED_SECONDS, Action, DagsterRunView, Decision
from alt_pipelines.recap.store.reconciliation import UnfinishedRun
from alt_pipelines.stillness import CONFIRMED_SECONDS, Stillness

LIMIT = 900.0
SUBMITTED = UnfinishedRun(
    run_id=1,
    job_id="550e8400-e29b-41d4-a716-446655440000",
    genre="tech",
    is_ours=True,
    dagster_run_id=None,
    retries=0,
    age=3.0,
    since_claim=None,
    since_heartbeat=None,
    heartbeat_at=None,
)
LAUNCHED = replace(SUBMITTED, dagster_run_id="d1")
CLAIMED = replace(LAUNCHED, since_claim=1.0, since_heartbeat=1.0)

WAITING = DagsterRunView("waiting", None)
STARTED = DagsterRunView("started", 5.0)
CANCELED = DagsterRunView("canceled", 5.0)
FAILED = DagsterRunView("failed", 5.0)
SUCCEEDED = DagsterRunView("succeeded", 5.0)
GONE = DagsterRunView("unknown", None)


def decide(
    run: UnfinishedRun, view: DagsterRunView | None, limit: float, unchanged: float = CONFIRMED_SECONDS
) -> Decision:
    """Decide about a run whose row has been seen unchanged for long, unless a test says otherwise."""
    return reconcile.decide(run, view, limit, unchanged)


@pytest.mark.parametrize("view", [WAITING, STARTED, GONE])
def test_a_claimed_run_with_a_heartbeat_is_left_alone_whatever_dagster_forgot(view: DagsterRunView) -> None:
    assert decide(CLAIMED, view, LIMIT).action is Action.WAIT


@pytest.mark.parametrize("view", [WAITING, STARTED, GONE, FAILED, SUCCEEDED])
def test_a_claim_whose_heartbeat_stopped_has_lost_its_worker(view: DagsterRunView) -> None:
    silent = replace(CLAIMED, since_claim=50.0, since_heartbeat=40.0)
    decision = decide(silent, view, LIMIT)
    assert decision.action is Action.RETRY
    assert "for 40 s" in decision.reason


def test_silence_is_noticed_within_a_minute_with_the_sensors_interval() -> None:
    silent = replace(CLAIMED, since_claim=59.0, since_heartbeat=59.0 - 15.0)  # two ticks of slack
    assert decide(silent, STARTED, LIMIT).action is Action.RETRY


@pytest.mark.parametrize("run", [LAUNCHED, CLAIMED])
def test_a_canceled_run_fails_and_is_not_started_again(run: UnfinishedRun) -> None:
    decision = decide(run, CANCELED, LIMIT)
    assert decision.action is Action.FAIL
    assert "canceled" in decision.reason


def test_a_claimed_run_whose_dagster_run_failed_has_lost_its_worker() -> None:
    # its own errors it reports itself, so that its row would not be running
    assert decide(CLAIMED, FAILED, LIMIT).action is Action.RETRY


def test_a_claimed_run_over_its_time_fails_in_the_words_clients_know() -> None:
    over = replace(CLAIMED, since_claim=920.0, since_heartbeat=2.0)
    for view in (STARTED, CANCELED, GONE):  # Dagster's own limit cancels, too
        assert decide(over, view, LIMIT).reason == "pipeline timed out after 900s"
        assert decide(over, view, LIMIT).action is Action.FAIL


def test_a_database_clock_that_is_set_forward_times_no_run_out() -> None:
    jumped = replace(CLAIMED, since_claim=7210.0, since_heartbeat=7201.0)
    assert decide(jumped, STARTED, LIMIT).action is Action.RETRY, "at worst its worker seems lost"


def test_a_run_that_never_began_goes_back_to_the_outbox_without_costing_its_retry() -> None:
    assert decide(LAUNCHED, DagsterRunView("failed", None), LIMIT).action is Action.LAUNCH
    assert decide(LAUNCHED, GONE, LIMIT).action is Action.LAUNCH


def test_a_run_that_dagster_cannot_start_fails_in_the_end() -> None:
    for run, view in (
        (replace(SUBMITTED, age=901.0), None),
        (replace(LAUNCHED, age=901.0), DagsterRunView("failed", None)),
    ):
        decision = decide(run, view, LIMIT)
        assert decision.action is Action.FAIL
        assert "within 900 s" in decision.reason


def test_a_run_that_starts_again_after_a_long_queue_has_its_whole_wait_before_it() -> None:
    requeued = replace(SUBMITTED, age=5000.0, retries=1, since_heartbeat=10.0)
    assert decide(requeued, None, LIMIT).action is Action.WAIT
    assert decide(replace(requeued, since_heartbeat=901.0), None, LIMIT).action is Action.FAIL


def test_waiting_in_the_outbox_or_in_a_queue_is_not_a_failure() -> None:
    assert decide(SUBMITTED, None, LIMIT).action is Action.WAIT
    assert decide(replace(LAUNCHED, age=5000.0), WAITING, LIMIT).action is Action.WAIT


def test_a_worker_that_died_before_its_claim_is_lost_but_one_that_waits_for_its_turn_is_not() -> None:
    stuck = DagsterRunView("started", 100.0)
    assert decide(replace(LAUNCHED, age=200.0), stuck, LIMIT).action is Action.RETRY
    assert decide(replace(LAUNCHED, age=200.0, since_heartbeat=1.0), stuck, LIMIT).action is Action.WAIT
    assert decide(LAUNCHED, FAILED, LIMIT).action is Action.RETRY


def test_rows_of_an_earlier_service_are_ended_after_an_hour_and_not_before() -> None:
    foreign = replace(SUBMITTED, is_ours=False)
    assert decide(replace(foreign, age=1800.0), None, LIMIT).action is Action.WAIT
    decision = decide(replace(foreign, age=4000.0), None, LIMIT)
    assert decision.action is Action.FAIL
    assert "earlier service" in decision.reason


def test_a_dagster_run_that_was_never_submitted_is_launched_again_without_costing_the_retry() -> None:
    run = replace(LAUNCHED, age=5000.0)
    assert decide(run, DagsterRunView("created", None, UNSUBMITTED_SECONDS - 1), LIMIT).action is Action.WAIT
    decision = decide(run, DagsterRunView("created", None, 86_400.0), LIMIT)
    assert decision.action is Action.LAUNCH
    assert "never submitted" in decision.reason
    assert decide(CLAIMED, DagsterRunView("created", None, 86_400.0), LIMIT).action is Action.WAIT, "a worker has it"


@pytest.mark.parametrize("view", [WAITING, STARTED, GONE])
def test_a_silent_worker_is_not_lost_before_the_database_has_answered_for_a_while(view: DagsterRunView) -> None:
    silent = replace(CLAIMED, since_claim=500.0, since_heartbeat=400.0)
    assert decide(silent, view, LIMIT, unchanged=CONFIRMED_SECONDS - 1).action is Action.WAIT


def test_a_worker_that_waits_for_its_turn_and_one_that_waits_for_a_launch_have_the_same_time_after_an_outage() -> None:
    for run, view in (
        (replace(LAUNCHED, age=200.0, since_heartbeat=100.0), DagsterRunView("started", 150.0)),
        (replace(SUBMITTED, age=901.0), None),
    ):
        assert decide(run, view, LIMIT, unchanged=0.0).action is Action.WAIT


def test_what_dagster_knows_needs_no_second_look() -> None:
    silent = replace(CLAIMED, since_claim=50.0, since_heartbeat=40.0)
    assert decide(silent, FAILED, LIMIT, unchanged=0.0).action is Action.RETRY
    assert decide(silent, CANCELED, LIMIT, unchanged=0.0).action is Action.FAIL


class Ticks:
    """Observes one run, tick by tick."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.stillness: Stillness[int] = Stillness(lambda: self.now)

    def after(self, seconds: float, heartbeat: int) -> float:
        self.now += seconds
        beat = datetime(2026, 11, 20, 8, 0, heartbeat, tzinfo=UTC)
        return self.stillness.observe({1: beat})[1]


def test_a_lost_worker_is_noticed_within_a_minute_of_its_last_heartbeat_with_ticks_of_ten_to_fifteen_seconds() -> None:
    for interval in (10.0, 12.0, 15.0):
        ticks = Ticks()
        age, seen = 0.0, 0.0
        while not (age > SILENT_SECONDS and seen >= CONFIRMED_SECONDS):
            age += interval
            seen = ticks.after(interval, heartbeat=1)
        assert age <= 60.0


def test_a_tick_that_hung_through_an_outage_proves_nothing_about_the_worker() -> None:
    ticks = Ticks()
    ticks.after(10, heartbeat=1)
    assert ticks.after(600, heartbeat=1) < CONFIRMED_SECONDS
    assert ticks.after(10, heartbeat=1) < CONFIRMED_SECONDS
    assert ticks.after(10, heartbeat=1) >= CONFIRMED_SECONDS


def test_a_heartbeat_or_a_failed_tick_starts_the_observation_again() -> None:
    ticks = Ticks()
    for _ in range(4):
        ticks.after(10, heartbeat=1)
    assert ticks.after(10, heartbeat=2) == 0.0
    assert ticks.after(10, heartbeat=2) == 10.0
    ticks.stillness.forget()
    assert ticks.after(10, heartbeat=2) == 0.0
