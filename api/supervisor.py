"""The supervisor of the worker processes: uvicorn's, with one fix."""

import sys
from collections.abc import Sequence

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import multiprocess


class Worker(multiprocess.Process):
    """A worker process whose death the supervisor detects at once.

    uvicorn (0.54) leaves the worker's end of their pipe open in the supervisor as well. If a worker ends between a ping
    and its answer, the supervisor therefore reads no end of file. It waits for `timeout_worker_healthcheck` and
    replaces no worker meanwhile. Where workers are recycled, that happens daily.
    """

    def start(self) -> None:
        """Start the process and close the worker's end of the pipe in the supervisor."""
        super().start()
        self.child_conn.close()


def supervise(config: uvicorn.Config, ports: Sequence[int]) -> None:
    """Serve on all ports with `config.workers` processes until a stop signal arrives.

    Raises:
        SystemExit: the address is in use, or the application does not start; the log gives the reason.
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
