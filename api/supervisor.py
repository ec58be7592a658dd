"""The supervisor of the worker processes: uvicorn's, with two fixes."""

import gc
import inspect
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from multiprocessing import get_context

import uvicorn
from uvicorn._subprocess import subprocess_started
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import multiprocess

_FORK = get_context("fork")


class Worker(multiprocess.Process):
    """A worker process whose death the supervisor detects at once.

    uvicorn (0.54) leaves the worker's end of their pipe open in the supervisor as well. If a worker ends between a ping
    and its answer, the supervisor therefore reads no end of file. It waits for `timeout_worker_healthcheck` and
    replaces no worker meanwhile. Where workers are recycled, that happens daily.

    On Linux workers are forked, so that they share the imported code: 60 MB and two seconds of CPU time per worker.
    """

    def __init__(self, config: uvicorn.Config, sockets: list[socket.socket]) -> None:
        super().__init__(config, sockets)
        if sys.platform == "linux":
            self.process = _FORK.Process(target=_run_forked, args=(self.target, config, sockets))  # type: ignore[assignment]

    def start(self) -> None:
        """Start the process and close the worker's end of the pipe in the supervisor."""
        super().start()
        self.child_conn.close()


class Supervisor(multiprocess.Multiprocess):
    """A supervisor that refuses new connections as soon as it stops.

    uvicorn (0.54) leaves the listening sockets open in the supervisor until all workers have ended. The kernel
    therefore accepts connections that no worker answers, and their clients wait instead of turning to another replica.
    """

    def terminate_all(self) -> None:
        """Close the listening sockets, then stop the workers, which close their own."""
        for listening in self.sockets:
            listening.close()
        super().terminate_all()


def _run_forked(target: Callable[..., None], config: uvicorn.Config, sockets: list[socket.socket]) -> None:
    """Serve in a forked process, without the signal handlers of the supervisor."""
    for number in multiprocess.SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    subprocess_started(config, target, sockets, None)


def supervise(config: uvicorn.Config, ports: Sequence[int]) -> None:
    """Serve on all ports with `config.workers` processes until a stop signal arrives.

    Raises:
        SystemExit: the address is in use, or the application does not start; the log gives the reason.
    """
    multiprocess.Process = Worker  # type: ignore[misc]
    if sys.platform == "linux":
        import api.app  # noqa: F401 - for the workers; it starts no thread and opens no connection

        inspect.getsourcelines(supervise)  # FastAPI looks its endpoints up; the first look reads every module for 40 ms
        gc.collect()
        gc.freeze()  # a worker's collector would write to every object that it shares with this process
    sockets = []
    for port in dict.fromkeys(ports):
        config.port = port
        sockets.append(config.bind_socket())
    supervisor = Supervisor(config, sockets)
    supervisor.run()
    if any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes):
        sys.exit(STARTUP_FAILURE)
