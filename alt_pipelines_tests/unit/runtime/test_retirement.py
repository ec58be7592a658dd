"""An idle process ends and its successor starts without models; a process in use, or never used, stays."""

import os
import time
from collections.abc import Callable

from alt_pipelines.runtime.retirement import Retirement

_IDLE = 0.1
_RECYCLED = 0x9B  # what billiard's pool takes for an ordinary end
_STAYED = 7


def _status_of(child: Callable[[], None]) -> int:
    """Run `child` in a forked process, and end it with _STAYED if it is still there afterwards."""
    pid = os.fork()
    if pid == 0:
        try:
            child()
            os._exit(_STAYED)
        finally:
            os._exit(1)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _after_use(retirement: Retirement) -> None:
    retirement.watch()
    with retirement.use():
        pass
    time.sleep(30)


def test_an_idle_process_retires_and_only_its_successor_starts_cold() -> None:
    retirement = Retirement(_IDLE)
    assert not retirement.starts_cold()
    assert _status_of(lambda: _after_use(retirement)) == _RECYCLED
    assert retirement.starts_cold()
    assert not retirement.starts_cold()


def test_a_process_that_has_used_no_models_stays() -> None:
    retirement = Retirement(_IDLE)

    def never_used() -> None:
        retirement.watch()
        time.sleep(5 * _IDLE)

    assert _status_of(never_used) == _STAYED


def test_a_process_does_not_retire_in_a_run_nor_beside_one() -> None:
    retirement = Retirement(_IDLE)

    def in_use() -> None:
        retirement.watch()
        with retirement.use():
            with retirement.use():
                pass
            time.sleep(5 * _IDLE)

    assert _status_of(in_use) == _STAYED


def test_two_processes_do_not_retire_together() -> None:
    retirement = Retirement(_IDLE)
    assert _status_of(lambda: _after_use(retirement)) == _RECYCLED

    def second() -> None:
        retirement.watch()
        with retirement.use():
            pass
        time.sleep(5 * _IDLE)

    assert _status_of(second) == _STAYED, "the first one's successor has not started"


def test_zero_means_never() -> None:
    retirement = Retirement(0)

    def used() -> None:
        retirement.watch()
        with retirement.use():
            pass
        time.sleep(0.5)

    assert _status_of(used) == _STAYED
