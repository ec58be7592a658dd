"""Every command of compose.yaml starts as a process with the environment from compose and becomes healthy.

The tests replace what only containers have: host names become local addresses, /run/secrets and /models become local
folders, and ports become free ports. Variable names and the other words of the commands are unchanged.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy.engine import URL

from alt_pipelines.database import embedded
from alt_pipelines.runtime import broker, store
from alt_pipelines.settings import PROJECT_ROOT
from alt_pipelines.stack.ports import hold_port
from alt_pipelines_tests.support.waiting import wait_until

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]

COMPOSE = yaml.safe_load((PROJECT_ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


class Host:
    """Runs the services of compose.yaml as processes on this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres = folder / "postgres"
        self.ports = {
            port: str(hold_port(20_000 + number * 100).port)
            for number, port in enumerate(("3000", "4266", "9400", "8002"))
        }
        self.broker_port = str(hold_port(21_000).port)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        (folder / "secrets").mkdir()
        (folder / "opt-dagster").mkdir()
        shutil.copy(PROJECT_ROOT / "deploy" / "dagster.yaml", folder / "opt-dagster")
        embedded.ensure_running(self.postgres)
        self.secret("postgres_password", "any")
        self.secret("recap_db_url", self.database("recap").render_as_string(hide_password=False))
        self.secret("dagster_db_url", self.database("dagster").render_as_string(hide_password=False))
        for name in ("service_secret", "runs_token", "admin_token"):
            self.secret(name, "a-secret")

    def database(self, name: str) -> URL:
        return embedded.url(self.postgres, name)

    def secret(self, name: str, value: str) -> None:
        (self.folder / "secrets" / name).write_text(value)

    def here(self, value: str) -> str:
        """Translate a word of compose.yaml for this machine."""
        value = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)
        for port, free in self.ports.items():
            value = re.sub(rf"(?<!\d){port}(?!\d)", free, value)
        value = value.replace("redis://valkey:6379", f"redis://127.0.0.1:{self.broker_port}")
        value = value.replace("http://webserver:", "http://127.0.0.1:")
        value = value.replace("/run/secrets", str(self.folder / "secrets")).replace(
            "/opt/dagster", str(self.folder / "opt-dagster")
        )
        value = value.replace("/app/", f"{PROJECT_ROOT}/")
        return {
            "postgres": str(self.database("alt").query["host"]),
            "alt_pipelines": "postgres",  # the embedded server's only role
            "/models": str(PROJECT_ROOT / "models"),
            "code-server": "127.0.0.1",
            "0.0.0.0": "127.0.0.1",
        }.get(value, value)

    def environment(self, service: str) -> dict[str, str]:
        base = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        base["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{base['PATH']}"
        given = SERVICES[service]["environment"]
        return base | {name: self.here(str(value)) for name, value in given.items()}

    def start(self, service: str) -> subprocess.Popen[bytes]:
        command = [self.here(str(word)) for word in SERVICES[service]["command"]]
        log = (self.folder / f"{service}.log").open("ab")
        process = subprocess.Popen(
            command, env=self.environment(service), cwd=PROJECT_ROOT, stdout=log, stderr=log, start_new_session=True
        )
        self.processes[service] = process
        return process

    def log(self, service: str) -> str:
        return (self.folder / f"{service}.log").read_text("utf-8", "replace")[-3000:]

    def wait_healthy(self, service: str, seconds: float = 180) -> None:
        """Wait until the service's own health check succeeds."""
        check = [self.here(str(word)) for word in SERVICES[service]["healthcheck"]["test"][1:]]
        deadline = time.monotonic() + seconds
        while True:
            done = subprocess.run(
                check, env=self.environment(service), cwd=PROJECT_ROOT, capture_output=True, text=True, check=False
            )
            if done.returncode == 0:
                return
            assert self.processes[service].poll() is None, f"{service} ended:\n{self.log(service)}"
            assert time.monotonic() < deadline, f"{service}: {done.stdout}{done.stderr}\n{self.log(service)}"
            time.sleep(0.5)

    def stop(self) -> None:
        for process in reversed(self.processes.values()):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        embedded.stop(self.postgres)


@pytest.fixture(scope="module")
def host(own_folder: Path) -> Iterator[Host]:
    folder = own_folder / "compose"
    folder.mkdir()
    made = Host(folder)
    yield made
    made.stop()


def test_every_command_of_compose_starts_and_gets_healthy(host: Host) -> None:
    valkey = list(SERVICES["valkey"]["command"])
    valkey[0] = broker.embedded_command(host.folder)[0]
    log = (host.folder / "valkey.log").open("ab")
    host.processes["valkey"] = subprocess.Popen(
        [*map(str, valkey), "--port", host.broker_port], stdout=log, stderr=log, start_new_session=True
    )
    assert host.start("migrate").wait(240) == 0, host.log("migrate")
    for service in ("code-server", "tagging-worker", "recap-worker", "adapter"):
        host.start(service)
    host.wait_healthy("code-server")
    for service in ("webserver", "daemon"):
        host.start(service)
    for service in ("webserver", "daemon", "adapter"):
        host.wait_healthy(service)
    engine = store.lease_engine(host.database("dagster").render_as_string(hide_password=False))
    deadline = time.monotonic() + 240
    while True:
        with engine.connect() as connection:
            live = store.live_workers(connection)
        if all(live.values()):
            break
        assert time.monotonic() < deadline, f"{live}\n{host.log('tagging-worker')}\n{host.log('recap-worker')}"
        time.sleep(1)
    for service in ("tagging-worker", "recap-worker"):
        host.wait_healthy(service)
    assert set(host.processes) == set(SERVICES) - {"postgres", "gateway"}, "a service that no test starts"


def test_the_adapter_of_compose_is_ready_by_its_own_account(host: Host) -> None:
    import httpx

    url = f"http://127.0.0.1:{host.ports['9400']}/health/ready"
    wait_until(lambda: httpx.get(url, timeout=60).status_code == 200, "the adapter is ready")
