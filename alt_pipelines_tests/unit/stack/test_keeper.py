"""Whatever fails in the supervisor, the parts keep running, or all of them end and somebody learns why."""

import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner
from sqlalchemy.engine import make_url
from structlog.testing import capture_logs

from alt_pipelines.settings import Settings
from alt_pipelines.stack import command, home, keeper, supervisor
from alt_pipelines.stack.fork_server import ForkServer
from alt_pipelines.stack.home import Home
from alt_pipelines.stack.keeper import Keeper
from alt_pipelines.stack.parts import Check, Part, PartState
from alt_pipelines.stack.supervisor import Stack, StackError
from alt_pipelines_tests.support.named_databases import named_databases
from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_ready, wait_until

SLEEPS = (sys.executable, "-c", "import time; time.sleep(600)")
NO_SPACE = (28, "No space left on device")


@dataclass
class World:
    """A keeper with real processes, and what a test may break: `broken` names what fails from then on."""

    folder: Path
    broken: set[str] = field(default_factory=set)
    failures: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.home = Home(self.folder)
        self.home.claim()
        self.fork_server = ForkServer((), dict(os.environ), self.home.log_of("fork server"))
        parts = [Part(name, SLEEPS, ready=self.check_of(name)) for name in ("broker", "worker")]
        self.keeper = Keeper(parts, self.home, self.fork_server, self.report)
        self.thread = threading.Thread(target=self.keeper.run, args=(self.stopping, self.meanwhile))

    def may(self, what: str) -> bool:
        if what in self.broken:
            self.failures += 1
            raise OSError(*NO_SPACE)
        return True

    def check_of(self, name: str) -> Check:
        return lambda seconds: self.may(f"ready {name}")

    def report(self, state: PartState, reason: str) -> None:
        self.may("report")

    def meanwhile(self) -> None:
        self.may("databases")

    def start(self) -> None:
        self.thread.start()
        assert self.keeper.all_ready.wait(LONG_SECONDS)

    def pids(self) -> dict[str, int]:
        return {name: state.process.pid for name, state in self.keeper.states().items() if state.process is not None}

    def break_for_a_while(self, *what: str) -> None:
        """Break these, and wait until they have failed some times."""
        self.broken, self.failures = set(what), 0
        wait_until(lambda: self.failures > 5, f"{what} fail")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(keeper, "STEADY_LOOK_SECONDS", 0.02)
    monkeypatch.setattr(keeper, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(keeper, "CHECK_SECONDS", 0.02)
    made = World(tmp_path / "home")
    yield made
    made.stopping.set()
    if made.thread.is_alive():
        made.thread.join()


class FailingKeeper(Keeper):
    """A keeper whose loop fails once a test wants it."""

    fails = False

    def is_ready(self) -> bool:
        if self.fails and threading.current_thread().name == "supervisor":
            raise OSError(*NO_SPACE)
        return super().is_ready()


@pytest.fixture
def stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
    """A stack of one process, without databases, whose supervisor can fail."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    part = Part("worker", SLEEPS, ready=lambda _: True)
    monkeypatch.setattr(supervisor, "prepare_databases", lambda *_, **__: None)
    monkeypatch.setattr(supervisor, "stack_parts", lambda *_: [part])
    monkeypatch.setattr(supervisor, "shared_modules", lambda _: ())
    monkeypatch.setattr(supervisor, "Keeper", FailingKeeper)
    monkeypatch.setattr(FailingKeeper, "fails", False)
    nowhere = make_url("postgresql://nobody:x@127.0.0.1:1/nothing?host=127.0.0.1")
    named = named_databases(nowhere, nowhere) | {"DAGSTER_POSTGRES_URL": nowhere.render_as_string(False)}
    for name, value in {**named, "ALT_PIPELINES_HOME": str(tmp_path / "other")}.items():
        monkeypatch.setenv(name, value)
    yield Stack(Settings.from_environment())
    for number, handler in handlers.items():  # `up` ignores both at its end
        signal.signal(number, handler)


def break_method(world: World, monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
    whole: Callable[..., object] = getattr(owner, name)

    def method(*arguments: object) -> object:
        world.may(name)
        return whole(*arguments)

    monkeypatch.setattr(owner, name, method)


@pytest.mark.parametrize("what", ["databases", "trim_log", "ready worker"])
def test_what_fails_beside_the_parts_neither_ends_nor_replaces_them(
    world: World, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    break_method(world, monkeypatch, world.home, "trim_log")
    world.start()
    before = world.pids()
    world.break_for_a_while(what)
    assert world.pids() == before
    assert world.thread.is_alive()
    assert all(psutil.pid_exists(pid) for pid in before.values())


@pytest.mark.parametrize("what", ["record", "report"])
def test_a_part_is_restarted_though_that_is_neither_recorded_nor_reported(
    world: World, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    break_method(world, monkeypatch, world.home, "record")
    world.start()
    before = world.pids()
    world.broken = {what}
    psutil.Process(before["worker"]).kill()
    wait_until(lambda: world.keeper.is_ready() and world.pids()["worker"] != before["worker"], "it is restarted")
    assert world.failures
    assert world.pids()["broker"] == before["broker"]


def test_a_part_that_cannot_be_started_for_a_while_is_started_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_method(world, monkeypatch, world.fork_server, "start")
    world.start()
    before = world.pids()
    world.broken = {"start"}
    psutil.Process(before["worker"]).kill()
    wait_until(lambda: world.failures > 0, "a start fails")
    assert world.keeper.states()["worker"].state == "restarting"
    world.broken = set()
    wait_until(world.keeper.is_ready, "it is started")
    assert world.pids()["broker"] == before["broker"]


def test_a_part_that_can_never_be_started_is_the_reason_why_the_stack_does_not_start(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_method(world, monkeypatch, world.fork_server, "start")
    world.broken = {"start"}
    world.thread.start()
    wait_until(lambda: world.keeper.failure is not None, "it is given up")
    assert "did not start: could not be started" in str(world.keeper.failure)
    assert "No space left on device" in str(world.keeper.failure)


def test_the_parts_are_ended_though_the_folder_is_gone(world: World) -> None:
    world.start()
    pids = world.pids()
    shutil.rmtree(world.folder)
    world.stopping.set()
    assert world.keeper.ended.wait(LONG_SECONDS)
    assert not any(psutil.pid_exists(pid) for pid in pids.values())


def test_the_log_says_of_a_failure_whether_the_parts_keep_running_or_are_being_ended(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = world.fork_server.close

    def closes_and_fails() -> None:
        close()
        world.may("close")

    monkeypatch.setattr(world.fork_server, "close", closes_and_fails)
    with capture_logs() as logs:
        world.start()
        world.break_for_a_while("databases")
        world.broken = {"report", "close"}
        world.stopping.set()
        assert world.keeper.ended.wait(LONG_SECONDS)
    actions = {entry["task"]: entry["action"] for entry in logs if entry["event"] == "supervisor_task_failed"}
    assert actions == {
        "the check of the databases": "the parts keep running",
        "the report of a change": "the parts are being ended",
        "the end of the fork server": "the parts are being ended",
    }


def test_a_supervisor_that_fails_ends_all_parts_and_says_why(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.start()
    pids = world.pids()
    monkeypatch.setattr(world.keeper, "is_ready", lambda: world.may("loop"))
    world.broken = {"loop"}
    assert world.keeper.ended.wait(LONG_SECONDS)
    assert "No space left on device" in str(world.keeper.failure)
    assert not any(psutil.pid_exists(pid) for pid in pids.values())


def test_a_copy_of_a_log_that_does_not_fit_is_removed_and_the_log_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Home(tmp_path)
    folder.claim()
    folder.log_of("worker").write_text("line\n")
    monkeypatch.setattr(home, "LOG_BYTES", 1)

    def half(source: Path, target: Path) -> None:
        target.write_text("li")
        raise OSError(*NO_SPACE)

    monkeypatch.setattr(shutil, "copyfile", half)
    with pytest.raises(OSError, match="No space left"):
        folder.trim_log("worker")
    assert [path.name for path in (tmp_path / "logs").iterdir()] == ["worker.log"]
    assert folder.log_of("worker").read_text() == "line\n"
    folder.release()


@pytest.mark.usefixtures("stack")
def test_up_ends_with_the_failure_of_its_supervisor(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = Stack.wait

    def wait(stack: Stack) -> None:
        monkeypatch.setattr(FailingKeeper, "fails", True)
        waits(stack)

    monkeypatch.setattr(Stack, "wait", wait)
    done = CliRunner().invoke(command.up, [])
    assert done.exit_code == 1
    assert "all parts are ready" in done.output
    assert "Error: the supervisor failed" in done.output
    assert "No space left on device" in done.output


def test_a_stack_whose_supervisor_failed_is_not_waited_for(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    stack.start(LONG_SECONDS)
    pid = stack.pid("worker")
    assert pid is not None
    stack.check()
    monkeypatch.setattr(FailingKeeper, "fails", True)
    with pytest.raises(StackError, match="No space left on device"):
        stack.wait()
    assert not psutil.pid_exists(pid)
    with pytest.raises(StackError, match="No space left on device"):
        wait_ready(stack)
    stack.stop()
