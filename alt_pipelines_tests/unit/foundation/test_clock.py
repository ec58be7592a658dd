"""A clock that is set back delays nothing for long, and one that is set forward is noticed."""

import os
import subprocess
import sys
import time

import psutil
import pytest

from alt_pipelines.clock import ForwardJumps, apart
from alt_pipelines.observability import alerts
from alt_pipelines.processes import started_at
from alt_pipelines.runtime import daemon_clock
from alt_pipelines.runtime.daemon_clock import ClockWatch

TWO_HOURS = 7200.0


def test_a_stored_time_in_the_future_counts_by_its_distance() -> None:
    assert apart(100.0, 40.0) == apart(40.0, 100.0) == 60.0


def test_another_clock_that_is_set_forward_is_noticed_once_however_rarely_it_is_read() -> None:
    passed = iter([0.0, 3600.0, 3610.0, 3620.0, 3630.0, 3640.0])
    jumps = ForwardJumps(lambda: next(passed))
    assert jumps.observe(1000.0) == 0.0
    assert jumps.observe(4600.0) == 0.0
    assert jumps.observe(4610.0 + TWO_HOURS) == TWO_HOURS
    assert jumps.observe(4621.0 + TWO_HOURS) == 0.0, "a slow answer is no jump"
    assert jumps.observe(4630.0) == 0.0, "set back"
    assert jumps.observe(4640.0 + TWO_HOURS) == TWO_HOURS


def test_an_alert_sent_before_the_clock_was_set_back_keeps_no_condition_quiet() -> None:
    posted = {"job x": alerts.Posted(at=TWO_HOURS, ended=True)}
    assert [m.event for m in alerts.messages({"job x": "x fails"}, posted, now=0.0, quiet_seconds=600)] == ["began"]


def test_the_daemon_notices_a_clock_that_is_set_back_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    wall = time.time()
    monkeypatch.setattr(daemon_clock.time, "time", lambda: wall + shift)
    shift = 0.0
    watch = ClockWatch()
    assert watch.set_back_by() == 0.0
    shift = TWO_HOURS
    assert watch.set_back_by() == 0.0, "a clock that is set forward delays nothing"
    shift = TWO_HOURS - 1
    assert watch.set_back_by() == 0.0, "time servers correct by a second"
    shift = 0.0
    assert watch.set_back_by() == pytest.approx(TWO_HOURS, abs=60)
    assert watch.set_back_by() == 0.0, "it is reported once"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems report wall time")
def test_the_age_of_a_process_is_independent_of_the_wall_clock() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        started = started_at(process.pid)
        assert started is not None
        assert started == pytest.approx(time.clock_gettime(time.CLOCK_BOOTTIME), abs=60)
        assert started >= (started_at(os.getpid()) or 0.0)
    finally:
        process.communicate(b"\n")
    assert not psutil.pid_exists(process.pid)
    assert started_at(process.pid) is None
