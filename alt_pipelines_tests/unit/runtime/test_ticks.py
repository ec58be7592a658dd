"""Ticks that wait inside for work."""

import time

from alt_pipelines.runtime.ticks import IdleTick
from alt_pipelines_tests.support.waiting import LONG_SECONDS


def test_a_tick_with_work_does_not_wait() -> None:
    started = time.monotonic()
    IdleTick(seconds=10 * LONG_SECONDS).wait_for(lambda: True)
    assert time.monotonic() - started < LONG_SECONDS


def test_a_tick_ends_its_wait_when_work_comes() -> None:
    looks = iter([False, False, True])
    started = time.monotonic()
    IdleTick(seconds=10 * LONG_SECONDS, every_seconds=0.01).wait_for(lambda: next(looks))
    assert time.monotonic() - started < LONG_SECONDS
    assert not list(looks), "it looked three times"


def test_a_tick_ends_its_wait_when_the_time_is_up() -> None:
    looks = []
    IdleTick(seconds=0.05, every_seconds=0.01).wait_for(lambda: looks.append(1) or False)  # type: ignore[func-returns-value]
    assert looks


def test_a_tick_ends_its_wait_when_the_stack_stops() -> None:
    stops = iter([False, False, True])
    started = time.monotonic()
    IdleTick(10 * LONG_SECONDS, 10 * LONG_SECONDS, stopping=lambda: next(stops, True)).wait_for(lambda: False)
    assert time.monotonic() - started < LONG_SECONDS


def test_without_a_time_a_tick_asks_for_nothing() -> None:
    def look() -> bool:
        raise AssertionError("the query is left out")

    IdleTick().wait_for(look)
