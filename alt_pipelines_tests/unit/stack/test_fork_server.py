"""The fork server: a forked part is a process like any other, and its end and that of the server are noticed."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from alt_pipelines.processes import end_group, members
from alt_pipelines.stack.fork_server import ForkServer, Process, is_forkable
from alt_pipelines_tests.support.waiting import wait_until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks are used on Linux only")

_PART = """
import atexit, os, signal, sys, threading, time

atexit.register(lambda: print("exit handler"))
print(sys.argv[1:], os.environ["GIVEN"], os.getcwd(), __name__, "json" in sys.modules, flush=True)
print(os.getpgid(0) == os.getpid(), signal.getsignal(signal.SIGINT) is signal.default_int_handler, flush=True)
if "fail" in sys.argv:
    raise ValueError("a defect")
if "code" in sys.argv:
    sys.exit(3)
if "words" in sys.argv:
    sys.exit("what is wrong")
if "thread" in sys.argv:
    threading.Thread(target=lambda: (time.sleep(0.3), print("the thread has ended"))).start()
if "sleep" in sys.argv:
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForkServer]:
    folder = tmp_path_factory.mktemp("fork server")
    (folder / "a_part.py").write_text(_PART)
    sys.path.append(str(folder))
    made = ForkServer(("json",), {**os.environ, "GIVEN": "value"}, folder / "server.log")
    yield made
    made.close()
    sys.path.remove(str(folder))


@pytest.fixture
def run(server: ForkServer, tmp_path: Path) -> Callable[..., Process]:
    def start(*arguments: str) -> Process:
        return server.start((sys.executable, "-m", "a_part", *arguments), tmp_path / "log", tmp_path)

    return start


def _logged(folder: Path, text: str) -> str:
    wait_until(lambda: text in (folder / "log").read_text(), f"the part prints {text!r}")
    return (folder / "log").read_text()


def test_a_part_runs_as_the_main_program_with_arguments_variables_folder_and_log(
    run: Callable[..., Process], tmp_path: Path
) -> None:
    part = run("thread", "two words")
    assert part.wait() == 0
    assert (tmp_path / "log").read_text().splitlines() == [
        f"['thread', 'two words'] value {tmp_path} __main__ True",
        "True True",
        "the thread has ended",
        "exit handler",
    ]


def test_a_part_is_shown_with_its_own_command_line(run: Callable[..., Process], tmp_path: Path) -> None:
    part = run("sleep")
    _logged(tmp_path, "True True")
    assert psutil.Process(part.pid).cmdline()[:4] == [sys.executable, "-m", "a_part", "sleep"]
    end_group(part.pid, signal.SIGKILL, 0)
    assert part.wait() == -signal.SIGKILL


@pytest.mark.parametrize(
    ("how", "status", "said"), [("fail", 1, "ValueError: a defect"), ("code", 3, ""), ("words", 1, "what is wrong")]
)
def test_the_exit_status_is_that_of_an_interpreter(
    run: Callable[..., Process], tmp_path: Path, how: str, status: int, said: str
) -> None:
    assert run(how).wait() == status
    assert said in (tmp_path / "log").read_text()


def test_a_running_part_has_no_status_and_terminate_ends_it(run: Callable[..., Process], tmp_path: Path) -> None:
    part = run("sleep")
    _logged(tmp_path, "True True")
    assert part.poll() is None
    part.terminate()
    wait_until(lambda: part.poll() is not None, "the part ends")
    assert part.returncode == -signal.SIGTERM
    assert part.wait() == -signal.SIGTERM, "as often as asked"


def test_a_part_can_be_terminated_even_if_its_supervisor_was_started_with_the_signal_ignored(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "sleeping_part.py").write_text("import time; print('started', flush=True); time.sleep(600)")
    monkeypatch.syspath_prepend(str(tmp_path))
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        server = ForkServer((), os.environ, tmp_path / "server.log")
        part = server.start((sys.executable, "-m", "sleeping_part"), tmp_path / "log", tmp_path)
    finally:
        signal.signal(signal.SIGTERM, before)
    _logged(tmp_path, "started")
    part.terminate()
    assert part.wait() == -signal.SIGTERM
    server.close()


def test_the_parts_end_with_the_server_and_the_next_part_gets_another(
    server: ForkServer, run: Callable[..., Process], tmp_path: Path
) -> None:
    part = run("sleep")
    _logged(tmp_path, "True True")
    first = server.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: part.poll() is not None and not members(part.pid), "the part ends with its server")
    assert part.returncode == -signal.SIGKILL
    assert run("code").wait() == 3
    assert server.pid != first


@pytest.mark.parametrize("broken", ["no_such_module", "ends_the_interpreter"])
def test_a_module_that_cannot_be_imported_is_left_to_the_part(tmp_path: Path, broken: str) -> None:
    (tmp_path / "ends_the_interpreter.py").write_text("import os; os._exit(9)")
    (tmp_path / "small_part.py").write_text("print('started')")
    given = {**os.environ, "PYTHONPATH": str(tmp_path)}
    sys.path.append(str(tmp_path))
    server = ForkServer((broken,), given, tmp_path / "server.log")
    try:
        part = server.start((sys.executable, "-m", "small_part"), tmp_path / "log", tmp_path)
        assert part.wait() == 0
        assert (tmp_path / "log").read_text() == "started\n"
    finally:
        server.close()
        sys.path.remove(str(tmp_path))


def test_only_modules_of_this_interpreter_are_forked() -> None:
    assert is_forkable((sys.executable, "-m", "api"))
    assert not is_forkable(("/usr/bin/redis-server", "-m", "api"))
    assert not is_forkable((sys.executable, "-c", "pass"))
