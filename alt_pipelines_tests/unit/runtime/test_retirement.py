"""An idle process ends and its successor starts without models; a process in use, or never used, stays."""

import os
from collections.abc import Callable

import pytest

from alt_pipelines.runtime.retirement import Retirement
from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_until

IDLE = 300.0
RECYCLED = 0x9B  # what billiard's pool takes for an ordinary end


class Retired(BaseException):
    """Instead of the end of the process."""


class Overtime(Exception):
    """The clock has reached the end of the test, and the process is still there."""


class Time:
    """A clock that runs only while somebody sleeps, and then calls what is due."""

    def __init__(self) -> None:
        self.now = 0.0
        self.end = 0.0
        self.naps: list[float] = []
        self.due: list[tuple[float, Callable[[], object]]] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds
        if self.now > self.end:
            raise Overtime
        for moment, action in list(self.due):
            if moment <= self.now:
                self.due.remove((moment, action))
                action()


@pytest.fixture
def time() -> Time:
    return Time()


def of(time: Time) -> Retirement:
    """The retirement of a process whose time is `time`."""
    return Retirement(IDLE, time.clock, time.sleep, leave)


def leave(status: int) -> None:
    assert status == RECYCLED
    raise Retired


def retires_within(retirement: Retirement, time: Time, seconds: float) -> float | None:
    """Return the time until the process retires, None if it does not within so many seconds."""
    began, time.end = time.now, time.now + seconds
    try:
        retirement.wait_and_exit()
    except Retired:
        return time.now - began
    except Overtime:
        return None
    raise AssertionError("the watch ended without the process")


def use(retirement: Retirement) -> None:
    with retirement.use():
        pass


def test_an_idle_process_retires_and_only_its_successor_starts_cold(time: Time) -> None:
    retirement = of(time)
    assert not retirement.starts_cold()
    use(retirement)
    idle = retires_within(retirement, time, 2 * IDLE)
    assert idle is not None
    assert IDLE < idle < 1.2 * IDLE
    assert retirement.starts_cold()
    assert not retirement.starts_cold()


def test_each_use_begins_the_idle_time_again(time: Time) -> None:
    retirement = of(time)
    use(retirement)
    time.due.append((0.9 * IDLE, lambda: use(retirement)))
    idle = retires_within(retirement, time, 3 * IDLE)
    assert idle is not None
    assert idle > 1.9 * IDLE


def test_a_process_that_has_used_no_models_stays(time: Time) -> None:
    assert retires_within(of(time), time, 100 * IDLE) is None


def test_a_process_does_not_retire_in_a_run_nor_beside_one(time: Time) -> None:
    retirement = of(time)
    with retirement.use():
        use(retirement)
        assert retires_within(retirement, time, 100 * IDLE) is None
    assert retires_within(retirement, time, 2 * IDLE) is not None


def test_two_processes_do_not_retire_together(time: Time) -> None:
    retirement = of(time)
    use(retirement)
    assert retires_within(retirement, time, 2 * IDLE) is not None
    assert retires_within(retirement, time, 100 * IDLE) is None, "the first one's successor has not started"
    assert retirement.starts_cold()
    assert retires_within(retirement, time, 2 * IDLE) is not None
    assert len(set(time.naps)) > 1, "processes of the same age would look at the same time"


def test_zero_means_never(monkeypatch: pytest.MonkeyPatch) -> None:
    watched: list[Retirement] = []
    monkeypatch.setattr(Retirement, "wait_and_exit", lambda retirement: watched.append(retirement))
    never, later = Retirement(0), Retirement(IDLE)
    never.watch()
    later.watch()
    wait_until(lambda: later in watched, "its thread runs")
    assert never not in watched


def test_a_forked_process_that_has_been_used_ends_with_the_status_that_its_pool_expects() -> None:
    retirement = Retirement(0.1)
    pid = os.fork()
    if pid == 0:
        try:
            retirement.watch()
            use(retirement)
            import time

            time.sleep(LONG_SECONDS)
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == RECYCLED
    assert retirement.starts_cold(), "the flag is shared with the parent"
