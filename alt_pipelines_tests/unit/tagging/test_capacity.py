"""How many runs may start: what counts as in progress, what a backlog gets, how long failures make it wait."""

import pytest

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.capacity import (
    ARTICLES_PER_RUN,
    FIRST_WAIT_AFTER_FAILURE,
    GONE_AFTER_SECONDS,
    LONGEST_WAIT_AFTER_FAILURE,
    SETTLED_SECONDS,
    Backoff,
    EndedRun,
    RunInProgress,
    backoff,
    lingering,
    room,
)

SETTINGS = TaggingSettings(parallel_runs=3, probe_rows=5000)
NOW = 1_800_000_000.0


def run(status: str = "STARTED", age: float = 60.0, limit: float = 900.0) -> RunInProgress:
    return RunInProgress("0123456789abcdef", status, age, limit)


def ended(*attempts: str, at: float = NOW) -> list[EndedRun]:
    """Runs, newest first; an attempt whose name is empty succeeded."""
    return [EndedRun(attempt or "success", bool(attempt), at) for attempt in attempts]


@pytest.mark.parametrize("status", ["NOT_STARTED", "STARTING", "STARTED", "CANCELING"])
def test_a_run_far_beyond_its_time_limit_is_gone(status: str) -> None:
    limit = 900.0 + GONE_AFTER_SECONDS
    assert not run(status, age=limit - 1).is_gone
    assert run(status, age=limit).is_gone


def test_a_queued_run_is_never_gone() -> None:
    assert not run("QUEUED", age=1e7).is_gone


def test_a_run_in_the_way_is_named_with_its_status_and_age() -> None:
    assert str(run(age=12.4)) == "Run 01234567 has been in status started for 12 s"


def test_settled_runs_without_claims_are_lingering() -> None:
    runs = [run(), run(), run(age=SETTLED_SECONDS), run("QUEUED")]
    assert lingering(runs, lambda: 0) == 2
    assert lingering(runs, lambda: 1) == 1
    assert lingering(runs, lambda: 5) == 0


def test_claims_are_counted_only_where_a_run_may_be_lingering() -> None:
    def never() -> int:
        raise AssertionError("no run is settled")

    assert lingering([run("QUEUED"), run(age=1.0)], never) == 0
    assert lingering([], never) == 0


@pytest.mark.parametrize(
    ("pending", "runs"),
    [(0, 1), (1, 1), (2 * ARTICLES_PER_RUN - 1, 1), (2 * ARTICLES_PER_RUN, 2), (4 * ARTICLES_PER_RUN, 3), (5000, 3)],
)
def test_a_trickle_gets_one_run_and_a_backlog_several(pending: int, runs: int) -> None:
    assert room(in_progress=0, lingering=0, pending=pending, settings=SETTINGS) == runs


def test_a_backlog_of_unknown_size_gets_all_runs() -> None:
    few_rows = TaggingSettings(parallel_runs=3, probe_rows=10)
    assert room(in_progress=0, lingering=0, pending=10, settings=few_rows) == 3
    assert room(in_progress=1, lingering=0, pending=10, settings=few_rows) == 2


def test_a_working_run_leaves_no_room_for_a_trickle_but_a_lingering_one_does() -> None:
    assert room(in_progress=1, lingering=0, pending=1, settings=SETTINGS) <= 0
    assert room(in_progress=1, lingering=1, pending=1, settings=SETTINGS) == 1


@pytest.mark.parametrize(("lingering_runs", "runs"), [(3, 1), (4, 0)])
def test_at_most_one_run_starts_beside_as_many_as_may_run(lingering_runs: int, runs: int) -> None:
    left = room(in_progress=lingering_runs, lingering=lingering_runs, pending=5000, settings=SETTINGS)
    assert left == runs


def test_the_pause_doubles_with_every_failed_attempt_up_to_its_limit() -> None:
    waits = [backoff(ended(*"abcdef"[:count]), NOW) for count in range(1, 7)]
    doubled = [FIRST_WAIT_AFTER_FAILURE * 2**count for count in range(6)]
    assert waits == [Backoff(n + 1, min(wait, LONGEST_WAIT_AFTER_FAILURE)) for n, wait in enumerate(doubled)]


def test_the_failed_runs_of_one_tick_are_one_attempt() -> None:
    assert backoff(ended("noon", "noon", "noon"), NOW) == Backoff(1, FIRST_WAIT_AFTER_FAILURE)


def test_only_failures_since_the_last_success_count() -> None:
    assert backoff(ended("b", "", "a"), NOW) == Backoff(1, FIRST_WAIT_AFTER_FAILURE)
    assert backoff(ended("", "b", "a"), NOW) is None
    assert backoff([], NOW) is None


def test_the_pause_ends_and_a_clock_set_back_does_not_make_it_longer() -> None:
    assert backoff(ended("a", at=NOW - FIRST_WAIT_AFTER_FAILURE), NOW) is None
    assert backoff(ended("a", at=NOW - 4), NOW) == Backoff(1, FIRST_WAIT_AFTER_FAILURE - 4)
    assert backoff(ended("a", at=NOW + 7200), NOW) is None
    assert str(Backoff(2, 15.6)) == "Consecutive failed attempts: 2; next attempt in 16 s."
