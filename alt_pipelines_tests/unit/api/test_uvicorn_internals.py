"""Each assumption about what is not uvicorn's public API: where one of these fails, a new release broke it.

What `alt_pipelines.wakeups` assumes is tested beside it, and what `api.connections` assumes by its behaviour.
"""

import signal
import socket
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import uvicorn
from uvicorn._subprocess import subprocess_started
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import multiprocess

from alt_pipelines_tests.support.waiting import LONG_SECONDS
from api.supervisor import Worker


async def _application(_scope: Any, _receive: Any, _send: Any) -> None:
    raise AssertionError("no request is sent")


@pytest.fixture
def config() -> uvicorn.Config:
    return uvicorn.Config(_application, port=0, workers=2, log_config=None)


@pytest.fixture
def handlers() -> Iterator[dict[int, Any]]:
    """The handlers of all signals before the test, restored after it."""
    before = {number: signal.getsignal(number) for number in signal.valid_signals()}
    yield before
    for number in multiprocess.SIGNALS:
        signal.signal(number, before[number])


class Process:
    """Stands in for `multiprocessing.Process`: records its start, and may have ended."""

    def __init__(self, exitcode: int | None = None) -> None:
        self.exitcode = exitcode
        self.pid = 4711
        self.started = False

    def start(self) -> None:
        self.started = True

    def is_alive(self) -> bool:
        return self.exitcode is None

    def kill(self) -> None: ...

    def join(self) -> None: ...


@pytest.mark.usefixtures("handlers")
def test_the_supervisor_makes_its_workers_by_the_class_that_its_module_names(
    config: uvicorn.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def process(*given: Any) -> Any:
        made.append(given)
        return Process()

    monkeypatch.setattr(multiprocess, "Process", process)
    sockets = [socket.socket()]
    supervisor = multiprocess.Multiprocess(config, sockets)
    supervisor.init_processes()
    assert made == [(config, sockets)] * 2
    assert [worker.started for worker in supervisor.processes] == [True] * 2  # type: ignore[attr-defined]
    sockets[0].close()


def test_every_signal_that_the_supervisor_handles_is_reset_in_a_worker(
    config: uvicorn.Config, handlers: dict[int, Any]
) -> None:
    multiprocess.Multiprocess(config, [])
    changed = {number for number, before in handlers.items() if signal.getsignal(number) != before}
    assert changed == set(multiprocess.SIGNALS)


def test_a_worker_starts_the_process_that_replaced_its_own_and_its_end_is_noticed_at_once(
    config: uvicorn.Config,
) -> None:
    worker, process = Worker(config, []), Process()
    worker.process = process  # type: ignore[assignment]
    worker.start()
    assert process.started
    began = time.monotonic()
    assert not worker.is_alive(timeout=LONG_SECONDS), "its end of the pipe is closed everywhere"
    assert time.monotonic() - began < LONG_SECONDS / 2


def test_a_started_process_serves_the_sockets_and_keeps_its_standard_input(config: uvicorn.Config) -> None:
    served = []
    subprocess_started(config, lambda sockets: served.append(sockets), [], None)
    assert served == [[]]


@pytest.mark.usefixtures("handlers")
def test_a_worker_that_could_not_start_ends_the_supervisor_and_its_exit_code_can_be_read(
    config: uvicorn.Config,
) -> None:
    supervisor, worker = multiprocess.Multiprocess(config, []), Worker(config, [])
    worker.process = Process(exitcode=STARTUP_FAILURE)  # type: ignore[assignment]
    supervisor.processes.append(worker)
    supervisor.keep_subprocess_alive()
    assert supervisor.should_exit.is_set()
    assert [process.exitcode for process in supervisor.processes] == [STARTUP_FAILURE]


def test_a_socket_is_bound_to_the_port_that_the_configuration_has_at_that_time(config: uvicorn.Config) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    config.port = free
    with config.bind_socket() as bound:
        assert bound.getsockname()[1] == free


def test_the_configuration_takes_the_limits_of_workers(config: uvicorn.Config) -> None:
    limits = SimpleNamespace(limit_max_requests=40, limit_max_requests_jitter=10, timeout_worker_healthcheck=7)
    made = uvicorn.Config(_application, **vars(limits))
    assert {name: getattr(made, name) for name in vars(limits)} == vars(limits)
    assert 40 <= (uvicorn.Server(made).limit_max_requests or 0) <= 50
