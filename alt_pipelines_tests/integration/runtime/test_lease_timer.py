"""The timer that ends a process whose interpreter native code keeps: set while a run is held, whatever the database."""

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from alt_pipelines.runtime import lease
from alt_pipelines.runtime.lease import WorkerLease
from alt_pipelines.runtime.store import Connection
from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_until

RUN = "7f2a1c9e-0000-4000-8000-000000000001"


@pytest.fixture
def held(dagster_url: str, instance: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[WorkerLease]:
    monkeypatch.setattr(lease, "BEAT_SECONDS", 0.1)
    monkeypatch.setattr(lease, "ENDED_GRACE_SECONDS", 1e9)  # there is no such run
    made = WorkerLease(dagster_url, "recap", lambda run_id: None)
    made.start()
    yield made
    made.close()
    signal.setitimer(signal.ITIMER_PROF, 0)


def test_the_timer_runs_while_a_run_is_held_and_only_then(held: WorkerLease) -> None:
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0
    with held.hold(RUN) as is_held:
        assert is_held
        assert signal.getitimer(signal.ITIMER_PROF)[0] > lease.HELD_CPU_SECONDS / 2
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0
    time.sleep(0.3)  # a few beats
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0


def test_a_database_that_hangs_does_not_stop_the_timer_from_being_set(
    held: WorkerLease, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs, goes_on = threading.Event(), threading.Event()

    def hang(session: Connection, run_id: str) -> str | None:
        hangs.set()
        goes_on.wait(LONG_SECONDS)
        return "STARTED"

    with held.hold(RUN):
        monkeypatch.setattr(lease.store, "run_status", hang)
        assert hangs.wait(LONG_SECONDS)
        signal.setitimer(signal.ITIMER_PROF, lease.HELD_CPU_SECONDS / 10)
        wait_until(lambda: signal.getitimer(signal.ITIMER_PROF)[0] > lease.HELD_CPU_SECONDS / 2, "the timer is reset")
        goes_on.set()


def test_the_signal_has_no_handler_so_that_it_ends_the_process() -> None:
    assert signal.getsignal(signal.SIGPROF) == signal.SIG_DFL
    pid = os.fork()
    if pid == 0:
        signal.setitimer(signal.ITIMER_PROF, 0.05)
        _ = 3**1_000_000_000
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGPROF
