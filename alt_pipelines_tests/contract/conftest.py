"""Fixtures for the adapter, in process and as a real server process, both on a real Postgres."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy.engine import Engine

from alt_pipelines.platform import Platform
from alt_pipelines.settings import EmbeddingSettings, ExecutionSettings, LoggingSettings, ServerSettings, Settings
from alt_pipelines_tests.support.waiting import LONG_SECONDS, free_port, wait_until
from api.app import create_app

SERVICE_SECRET = "a-service-secret-för-tests"
JWT_SECRET = "a-signing-secret-for-tests-of-32-bytes"
NOBODY = "http://127.0.0.1:9"  # the discard port: nothing listens, so connecting fails immediately
START_SECONDS = 180

ClientFactory = Callable[..., TestClient]


def settings_for(home: Path, **groups: Any) -> Settings:
    """Settings of a test installation: the tests' Postgres, hashed vectors, secrets, no Dagster."""
    given: dict[str, Any] = {
        "execution": ExecutionSettings(home=home, webserver_url=NOBODY),
        "embedding": EmbeddingSettings(backend="hash", allow_hash=True),
        "server": ServerSettings(service_secret=SecretStr(SERVICE_SECRET), jwt_secret=SecretStr(JWT_SECRET)),
        "logging": LoggingSettings(level="WARNING"),
    }
    return Settings(**{**given, **groups})


@pytest.fixture
def home(postgres: Path, alt_engine: Engine, recap_engine: Engine) -> Path:
    """The home folder of the tests' own Postgres, with empty tables."""
    return postgres.parent


@pytest.fixture
def make_client(home: Path) -> Iterator[ClientFactory]:
    """A factory of in-process adapters with custom settings; they are stopped after the test."""
    running: list[TestClient] = []

    def make(**groups: Any) -> TestClient:
        client = TestClient(create_app(Platform(settings_for(home, **groups))), raise_server_exceptions=False)
        client.__enter__()
        running.append(client)
        return client

    yield make
    for client in running:
        client.__exit__(None, None, None)


@pytest.fixture(scope="session")
def shared_client(postgres: Path) -> Iterator[TestClient]:
    """An in-process adapter shared by the whole session, because starting one takes half a second."""
    with TestClient(create_app(Platform(settings_for(postgres.parent))), raise_server_exceptions=False) as running:
        yield running


@pytest.fixture
def client(shared_client: TestClient, home: Path) -> Iterator[TestClient]:
    """The shared in-process adapter, on empty tables.

    After the test it waits for background jobs, so that none runs while the next test empties the tables.
    """
    yield shared_client
    jobs = shared_client.app.state.services.jobs  # type: ignore[attr-defined]
    wait_until(lambda: not jobs.busy, "the background jobs have ended")


@pytest.fixture(scope="session")
def server(
    postgres: Path, alt_database_url: object, recap_database_url: object, tmp_path_factory: Any
) -> Iterator[str]:
    """The address of a real server with two worker processes, started with `python -m api`."""
    log = tmp_path_factory.mktemp("server") / "server.log"
    with running_server(postgres.parent, log) as (url, _process):
        yield url


def readiness_with(client: TestClient, *components: str) -> httpx.Response:
    """Ask for readiness until these components are ready: on a busy machine a probe may miss its three seconds."""
    answers: list[httpx.Response] = []

    def are_ready() -> bool:
        answers.append(client.get("/health/ready"))
        return all(answers[-1].json()["components"][name]["ok"] for name in components)

    wait_until(are_ready, f"ready: {', '.join(components)}")
    return answers[-1]


class running_server:
    """Context manager that runs `python -m api` on a free port and returns `(address, process)` once it is ready."""

    def __init__(self, home: Path, log: Path, **variables: str) -> None:
        self.port = free_port()
        self.log = log
        self.environment = {
            **os.environ,
            "ALT_PIPELINES_HOME": str(home),
            "PORT": str(self.port),
            "SERVICE_SECRET": SERVICE_SECRET,
            "JWT_SECRET": JWT_SECRET,
            "DAGSTER_WEBSERVER_URL": NOBODY,
            "RECAP_SUBWORKER_MODEL_BACKEND": "hash",
            "RECAP_SUBWORKER_ALLOW_HASH_BACKEND": "true",
            "RECAP_SUBWORKER_GUNICORN_WORKERS": "2",
            **variables,
        }

    def __enter__(self) -> tuple[str, subprocess.Popen[bytes]]:
        with self.log.open("wb") as output:
            command = [sys.executable, "-m", "api"]
            self.process = subprocess.Popen(command, env=self.environment, stderr=output, start_new_session=True)
        url = f"http://127.0.0.1:{self.port}"
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                if httpx.get(f"{url}/health", timeout=20).json()["model_id"] != "loading":
                    return url, self.process
            except httpx.HTTPError:
                pass
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                pytest.fail(f"the server did not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.2)

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=LONG_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
