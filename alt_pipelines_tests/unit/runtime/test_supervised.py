"""A child under supervision: whatever a task does, the supervisor gets an answer and the next task a child."""

import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from alt_pipelines.runtime.serving import Factory
from alt_pipelines.runtime.supervised import (
    ChildDiedError,
    DeadlineExceededError,
    SupervisedChild,
    TaskFailedError,
    fork_nursery,
)
from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_until
from alt_pipelines_tests.unit.runtime import handlers

pytestmark = pytest.mark.heavy  # starts processes

Child = SupervisedChild[Any, list[Any]]


@pytest.fixture
def child() -> Iterator[Child]:
    made: Child = SupervisedChild(Factory(handlers.make, ("hello ",)))
    yield made
    made.close()


def test_results_come_back_from_one_child_for_many_tasks(child: Child) -> None:
    first = child.run([("say", "a"), ("pid", None)])
    second = child.run([("pid", None)])
    assert first[0] == "hello a"
    assert first[1] == second[0] == child.pid != os.getpid()


@pytest.mark.parametrize("hang", ["spin in Python", "spin in native code", "sleep in native code", "catch everything"])
def test_whatever_hangs_is_ended_at_its_step_and_the_next_task_is_served(child: Child, hang: str) -> None:
    with pytest.raises(DeadlineExceededError) as caught:
        child.run([("say", "a"), (hang, None), ("say", "b")])
    assert caught.value.step == 1
    assert child.run([("say", "c")]) == ["hello c"]


def test_a_crash_in_native_code_costs_its_task_only(child: Child) -> None:
    with pytest.raises(ChildDiedError) as caught:
        child.run([("say", "a"), ("crash", None)])
    assert caught.value.step == 1
    assert child.run([("say", "c")]) == ["hello c"]


def test_an_error_of_the_handler_is_reported_and_the_child_goes_on(child: Child) -> None:
    before = child.run([("pid", None)])
    with pytest.raises(TaskFailedError, match="KeyError: 'x'"):
        child.run([("raise", "x")])
    assert child.run([("pid", None)]) == before


def test_a_handler_that_cannot_be_made_says_why() -> None:
    made: Child = SupervisedChild(Factory(handlers.broken))
    with pytest.raises(TaskFailedError, match="ValueError: no model here"):
        made.run([])
    made.close()


def test_each_step_has_the_whole_limit(child: Child) -> None:
    used = child.run([("say", str(number)) for number in range(1000)])
    assert len(used) == 1000


def test_a_child_that_has_grown_is_replaced_after_its_task() -> None:
    made: Child = SupervisedChild(Factory(handlers.make), memory_mb=120)
    before = made.run([("pid", None)])
    made.run([("grow", 110_000_000)])
    assert made.run([("pid", None)]) != before
    made.close()


def test_a_killed_nursery_is_replaced(child: Child) -> None:
    child.run([("say", "a")])
    assert child.pid is not None
    forked = psutil.Process(child.pid)
    forked.parent().kill()  # type: ignore[union-attr]
    psutil.wait_procs([forked], timeout=LONG_SECONDS)  # the kernel ends it with its parent, a moment later
    with pytest.raises(ChildDiedError):
        child.run([("say", "b")])
    assert child.run([("say", "c")]) == ["hello c"]


def test_siblings_work_at_the_same_time_on_one_nursery(child: Child, tmp_path: Path) -> None:
    other = child.sibling()
    mine, others = child.run([("pid", None)]), other.run([("pid", None)])
    assert [mine, others] == [[child.pid], [other.pid]]
    goes_on = tmp_path / "goes on"
    thread = threading.Thread(target=other.run, args=([("wait for", goes_on)],))
    thread.start()
    assert child.run([("say", "a")]) == ["hello a"]  # answered while the sibling works
    assert thread.is_alive()
    goes_on.touch()
    thread.join()
    assert psutil.Process(child.pid).parent() == psutil.Process(other.pid).parent()


def test_a_crash_of_one_sibling_does_not_touch_the_other(child: Child) -> None:
    other = child.sibling()
    before = other.run([("pid", None)])
    with pytest.raises(ChildDiedError):
        child.run([("crash", None)])
    assert other.run([("pid", None)]) == before
    assert child.run([("say", "c")]) == ["hello c"]


def test_an_ended_sibling_is_gone_and_starts_again_for_the_next_task(child: Child) -> None:
    other = child.sibling()
    before = other.run([("pid", None)])[0]
    other.end()
    assert other.pid is None
    assert not psutil.pid_exists(before)
    assert other.run([("pid", None)]) != [before]


def test_siblings_survive_the_end_of_their_nursery(child: Child) -> None:
    other = child.sibling()
    child.run([("say", "a")])
    other.run([("say", "a")])
    assert child.pid is not None
    assert other.pid is not None
    both = [psutil.Process(child.pid), psutil.Process(other.pid)]
    both[0].parent().kill()  # type: ignore[union-attr]
    psutil.wait_procs(both, timeout=LONG_SECONDS)
    for one in (child, other):
        with pytest.raises(ChildDiedError):
            one.run([("say", "b")])
    assert [one.run([("say", "c")]) for one in (child, other)] == [["hello c"]] * 2
    assert psutil.Process(child.pid).parent() == psutil.Process(other.pid).parent()


def test_nothing_is_left_when_the_supervisor_is_killed() -> None:
    def supervise() -> None:
        made: Child = SupervisedChild(Factory(handlers.make))
        made.run([("say", "a")])
        os.kill(os.getpid(), signal.SIGSTOP)

    pid = _forked(supervise)
    os.waitpid(pid, os.WUNTRACED)
    descendants = psutil.Process(pid).children(recursive=True)
    assert len(descendants) == 2
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    _, alive = psutil.wait_procs(descendants, timeout=LONG_SECONDS)
    assert not alive


def test_closing_ends_every_process(child: Child) -> None:
    child.run([("say", "a")])
    assert child.pid is not None
    nursery = psutil.Process(child.pid).parent()
    assert nursery is not None
    descendants = [nursery, psutil.Process(child.pid)]
    child.close()
    wait_until(lambda: not any(map(_is_alive, (process.pid for process in descendants))), "they have ended")


def test_a_nursery_forked_early_serves_and_ends_like_a_fresh_one() -> None:
    reading, writing = os.pipe()
    unlimited = 1_000_000  # a fork of this process is as large as the tests that it ran made it

    def supervise() -> None:
        os.close(reading)
        fork_nursery(())
        made: Child = SupervisedChild(Factory(handlers.make, ("hello ",)), memory_mb=unlimited)
        assert made.run([("say", "a")]) == ["hello a"]
        ppid = psutil.Process(made.pid).ppid()
        assert psutil.Process(ppid).ppid() == os.getpid()
        assert psutil.Process(ppid).cmdline() == psutil.Process().cmdline(), "it is a fork of this process"
        forked = psutil.Process(made.pid)
        os.kill(ppid, signal.SIGKILL)
        psutil.wait_procs([forked], timeout=LONG_SECONDS)  # the kernel ends it with its parent, a moment later
        with pytest.raises(ChildDiedError):
            made.run([("say", "b")])
        assert made.run([("say", "c")]) == ["hello c"], "a fresh one takes its place"
        made.close()
        fork_nursery(())
        kept: Child = SupervisedChild(Factory(handlers.make, ("hello ",)), memory_mb=unlimited)
        kept.run([("say", "a")])
        os.write(writing, f"{kept.pid} {psutil.Process(kept.pid).ppid()}".encode())
        os.kill(os.getpid(), signal.SIGKILL)

    pid = _forked(supervise)
    os.close(writing)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    with os.fdopen(reading) as pipe:  # ends although it was inherited: no descendant holds the other end
        left = [int(number) for number in pipe.read().split()]
    assert len(left) == 2
    wait_until(lambda: not any(map(_is_alive, left)), "they have ended")


def _forked(supervise: Callable[[], object]) -> int:
    """Fork a supervisor, which never goes on with the tests of this process. Returns its process id."""
    pid = os.fork()
    if pid == 0:
        try:
            supervise()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    return pid


def _is_alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_a_child_without_a_task_for_the_idle_time_ends_and_the_next_task_starts_another() -> None:
    made: Child = SupervisedChild(Factory(handlers.make), idle_seconds=3.0)
    before = made.run([("pid", None)])
    made.run([("sleep", 0.1)] * 36)
    assert made.run([("pid", None)]) == before, "a long task is no idle time"
    wait_until(lambda: made.pid is None, "it has ended")
    assert not psutil.pid_exists(before[0])
    assert made.run([("pid", None)]) != before
    made.close()


def test_a_sibling_ends_after_the_same_idle_time() -> None:
    made: Child = SupervisedChild(Factory(handlers.make), idle_seconds=1.0)
    other = made.sibling()
    before = other.run([("pid", None)])
    wait_until(lambda: other.pid is None, "it has ended")
    assert not psutil.pid_exists(before[0])
    made.close()
