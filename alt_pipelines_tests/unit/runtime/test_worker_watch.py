"""The watchdog of a worker's processes outlives a process that ends just before it is killed."""

import os

import psutil
import pytest

from alt_pipelines.runtime.worker_watch import kill_children


def test_a_child_that_has_just_ended_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    pids = [os.spawnlp(os.P_NOWAIT, "sleep", "sleep", "60") for _ in range(2)]
    gone, there = (psutil.Process(pid) for pid in pids)
    gone.kill()
    os.waitpid(gone.pid, 0)
    monkeypatch.setattr(psutil.Process, "children", lambda _: [gone, there])
    kill_children(pids)
    assert os.waitstatus_to_exitcode(os.waitpid(there.pid, 0)[1]) < 0
