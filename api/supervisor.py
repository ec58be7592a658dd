"""The supervisor of the worker processes: uvicorn's, with one repair."""

import sys
from collections.abc import Sequence

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import multiprocess


class Worker(multiprocess.Process):
    """A worker process whose death its supervisor notices at once.

    uvicorn (0.54) leaves the worker's end of their pipe open in the supervisor too. A worker that ends between a ping
    and its answer then gives no end of file: the supervisor waits for `timeout_worker_healthcheck`, and replaces
    nobody meanwhile. Where workers are recycled, that happens daily.
    """

    def start(self) -> None:
        """Start the process and keep only our end of the pipe."""
        super().start()
        self.child_conn.close()


def supervise(config: uvicorn.Config, ports: Sequence[int]) -> None:
    """Serve on all ports with `config.workers` processes until told to stop.

    Raises:
        SystemExit: the address is taken, or the application does not start; the log says why.
    """
    multiprocess.Process = Worker  # type: ignore[misc]
    sockets = []
    for port in dict.fromkeys(ports):
        config.port = port
        sockets.append(config.bind_socket())
    supervisor = multiprocess.Multiprocess(config, sockets)
    supervisor.run()
    if any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes):
        sys.exit(STARTUP_FAILURE)
