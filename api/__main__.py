"""`python -m api`: the adapter's server, configured by HOST, PORT and the old RECAP_SUBWORKER_GUNICORN_* settings.

Worker processes serve requests under a supervisor. The supervisor replaces a worker that dies, hangs or reaches its
request limit; the listening socket stays open meanwhile.
"""

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
import uvicorn
from fastapi import FastAPI

from alt_pipelines.installation import log_unmet_requirements
from alt_pipelines.observability.logging import configure_logging, warn_of_settings_without_effect
from alt_pipelines.processes import die_with_parent
from alt_pipelines.settings import ServerSettings, Settings, SettingsError
from api.connections import LimitedProtocol
from api.security import open_paths
from api.supervisor import supervise

# For requests in progress at shutdown; `api.middleware` answers those that take longer with 503. Clients that wait for
# a run's end are answered at once (`services.stopping`).
GRACEFUL_SECONDS = 10


def main() -> None:
    """Serve until a stop signal arrives."""
    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        sys.exit(f"Error: {error}")
    configure_logging(settings.logging)
    warn_of_settings_without_effect()
    log_unmet_requirements()
    server = settings.server
    if left_open := open_paths(server, settings.edge):
        structlog.get_logger(__name__).warning("access_unprotected", reasons=" ".join(left_open))
    ports = [server.port, *([settings.edge.recap_port] if settings.edge.recap_port else [])]
    with _metrics_folder(server):
        supervise(_configuration(server), ports)


def _configuration(server: ServerSettings) -> uvicorn.Config:
    return uvicorn.Config(
        "api.__main__:worker",
        factory=True,
        host=server.host,
        port=server.port,
        workers=server.worker_processes,
        limit_max_requests=server.max_requests or None,
        limit_max_requests_jitter=server.max_requests_jitter if server.max_requests else 0,
        timeout_worker_healthcheck=server.worker_timeout_seconds,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
        timeout_keep_alive=75,  # longer than clients keep idle connections, so the client side closes them
        http=LimitedProtocol,
        log_config=None,  # structlog writes JSON lines, and api.middleware writes the access log
        access_log=False,
        server_header=False,
    )


def worker() -> FastAPI:
    """Create the application of one worker process, which ends when its supervisor ends, for whatever reason."""
    # Imported here: a new process answers the supervisor's pings only after this module is imported, and until then
    # the supervisor monitors no other worker.
    from api.app import create_app

    supervisor = multiprocessing.parent_process()
    if supervisor is not None and supervisor.pid is not None:
        die_with_parent(supervisor.pid)
    return create_app()


@contextmanager
def _metrics_folder(server: ServerSettings) -> Iterator[None]:
    """Provide an empty folder in which the worker processes sum their HTTP metrics; PROMETHEUS_MULTIPROC_DIR names it.

    A single worker without a configured folder needs none.
    """
    if server.worker_processes == 1 and server.metrics_dir is None:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="alt-pipelines-metrics-") as made:
        folder = server.metrics_dir or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob("*.db"):  # counts left by an earlier start
            left.unlink()
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
        yield


if __name__ == "__main__":
    main()
