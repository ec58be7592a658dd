"""The server's processes: workers are recycled and replaced, no request is lost, no process outlives the supervisor."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
from sqlalchemy import Engine

from alt_pipelines.database import embedded
from alt_pipelines_tests.contract.bodies import run_body, run_headers
from alt_pipelines_tests.contract.conftest import JWT_SECRET, running_server
from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_until
from api.__main__ import GRACEFUL_SECONDS
from api.middleware import STOPS


def workers(supervisor: int) -> list[psutil.Process]:
    """Return the live worker processes of a server, forked or spawned, without multiprocessing's resource tracker."""
    found = []
    for child in psutil.Process(supervisor).children():
        with contextlib.suppress(psutil.Error):
            if child.status() != psutil.STATUS_ZOMBIE and "resource_tracker" not in " ".join(child.cmdline()):
                found.append(child)
    return found


def test_a_recycled_worker_loses_no_request(
    postgres: Path, alt_engine: Engine, recap_engine: Engine, tmp_path: Path
) -> None:
    recycling = {"RECAP_SUBWORKER_GUNICORN_MAX_REQUESTS": "40", "RECAP_SUBWORKER_GUNICORN_MAX_REQUESTS_JITTER": "40"}
    with running_server(postgres.parent, tmp_path / "log", **recycling) as (url, process):
        first = {worker.pid for worker in workers(process.pid)}
        deadline = time.monotonic() + LONG_SECONDS
        asked = 0
        while {worker.pid for worker in workers(process.pid)} & first and time.monotonic() < deadline:
            with httpx.Client(timeout=LONG_SECONDS) as client:  # one connection per request
                assert client.get(f"{url}/health/live").status_code == 200
            asked += 1
        wait_until(lambda: len(workers(process.pid)) == 2, "the successors have started")
        assert not {worker.pid for worker in workers(process.pid)} & first, f"not recycled after {asked} requests"


def test_a_killed_worker_is_replaced_and_a_killed_supervisor_takes_its_workers_along(
    postgres: Path, alt_engine: Engine, recap_engine: Engine, tmp_path: Path
) -> None:
    with running_server(postgres.parent, tmp_path / "log") as (url, process):
        wait_until(lambda: len(workers(process.pid)) == 2, "both have started")
        victim, survivor = workers(process.pid)
        victim.kill()
        wait_until(lambda: len({worker.pid for worker in workers(process.pid)} - {victim.pid}) == 2, "it is replaced")
        assert httpx.get(f"{url}/health/live", timeout=LONG_SECONDS).status_code == 200
        assert survivor.is_running()

        left = workers(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        gone, alive = psutil.wait_procs(left, timeout=LONG_SECONDS)
        assert (len(gone), alive) == (2, [])


def test_a_server_that_cannot_start_says_why_and_fails(postgres: Path, tmp_path: Path) -> None:
    empty = embedded.url(postgres, "not_migrated")
    embedded.create_database(empty)
    variables = {
        "DB_TAG_GENERATOR_USER": "postgres",
        "DB_TAG_GENERATOR_PASSWORD": "none",
        "DB_HOST": str(empty.query["host"]),
        "DB_PORT": "5432",
        "DB_NAME": "not_migrated",
    }
    for wrong, reason in (
        (variables, "alt-db lacks the migrations"),
        ({"DB_HOST": "db.example"}, "The alt-db connection is incomplete"),
        ({"JWT_JWKS_URL": "https://id.example"}, "JWT_SECRET and JWT_JWKS_URL are both set"),
    ):
        server = running_server(postgres.parent, tmp_path / "log", **wrong)
        ended = subprocess.run(
            [sys.executable, "-m", "api"], env=server.environment, capture_output=True, text=True, timeout=240
        )
        assert ended.returncode != 0
        assert reason in ended.stderr
        assert JWT_SECRET not in ended.stderr


def test_a_stop_answers_clients_that_wait_and_refuses_new_ones(
    postgres: Path, alt_engine: Engine, recap_engine: Engine, tmp_path: Path
) -> None:
    patient = {"ALT_PIPELINES_BODY_STALL_SECONDS": "60"}
    with (
        running_server(postgres.parent, tmp_path / "log", **patient) as (url, process),
        httpx.Client(base_url=url, timeout=LONG_SECONDS) as client,
        socket.create_connection(("127.0.0.1", httpx.URL(url).port or 0), timeout=LONG_SECONDS) as endless,
        ThreadPoolExecutor() as threads,
    ):
        run = client.post("/v1/runs", json=run_body(), headers=run_headers()).json()
        waiting = threads.submit(client.get, f"/v1/runs/{run['run_id']}", params={"wait": 60})
        head = b"POST /api/v1/tags/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        endless.sendall(head + b"Content-Length: 9\r\n\r\n")
        time.sleep(1)  # both requests are being served

        process.terminate()
        answer = waiting.result(timeout=GRACEFUL_SECONDS / 2)
        assert (answer.status_code, answer.json()) == (200, run)
        wait_until(lambda: not accepts_connections(url), "new connections are refused")
        assert process.poll() is None, "the last request is still in progress"

        head, _, body = endless.makefile("rb").read().partition(b"\r\n\r\n")
        assert head.split()[1] == b"503"
        assert json.loads(body) == {"detail": STOPS}
        process.wait(timeout=LONG_SECONDS)


def accepts_connections(url: str) -> bool:
    """Return whether a connection can be opened."""
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", httpx.URL(url).port or 0)) == 0
