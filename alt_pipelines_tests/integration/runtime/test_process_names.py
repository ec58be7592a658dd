"""Worker processes of other hosts and containers are never taken for processes of this one."""

import os
import socket
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine

from alt_pipelines.runtime import lease, process_names, store
from alt_pipelines.runtime.lease import WorkerLease
from alt_pipelines_tests.support.waiting import wait_until
from deploy import worker_probe

PODS = ("alt-pipelines-worker-tagging-7d9f8b6c5-x2x4z", "alt-pipelines-worker-tagging-7d9f8b6c5-q9w8e")
HOSTS = ("alt-pipelines-worker-tagging-staging", "alt-pipelines-worker-tagging-production")

Enter = Callable[[str, str], None]


@pytest.fixture
def enter(monkeypatch: pytest.MonkeyPatch) -> Enter:
    """Make this process look like one of another host or pid namespace."""

    def enter(host: str, namespace: str) -> None:
        monkeypatch.setattr(socket, "gethostname", lambda: host)
        monkeypatch.setattr(os, "readlink", lambda path: f"pid:[{namespace}]")

    return enter


@pytest.fixture
def engine(dagster_url: str, instance: object) -> Iterator[Engine]:
    engine = store.lease_engine(dagster_url, "alt-worker-watch")
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("own", "other"),
    [
        pytest.param((PODS[0], "1"), (PODS[1], "1"), id="pods"),
        pytest.param((HOSTS[0], "1"), (HOSTS[1], "1"), id="hosts"),
        pytest.param(("node-1", "1"), ("node-1", "2"), id="containers-on-the-network-of-a-host"),
    ],
)
def test_a_silent_process_is_seen_on_its_own_host_only(
    own: tuple[str, str],
    other: tuple[str, str],
    enter: Enter,
    engine: Engine,
    dagster_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DAGSTER_POSTGRES_URL", dagster_url)
    with engine.connect() as connection:
        wait_until(lambda: not store.workers(connection), "the sessions of other tests have ended")
    enter(*own)
    process = WorkerLease(dagster_url, "tagging", report_canceled=lambda run_id: None)
    with process.hold("6f9619ff-8b86-d011-b42d-00cf4fc964ff") as held:
        assert held
        assert worker_probe.main() == 0
        enter(*other)
        assert worker_probe.main() == 1, "the probe takes a process of another pod for its own"
        monkeypatch.setattr(store, "SILENT_SECONDS", -1)
        assert lease.silent_processes(engine) == []
        enter(*own)
        assert lease.silent_processes(engine) == [os.getpid()]
        assert worker_probe.main() == 1
    process.close()


def test_the_name_of_a_session_holds_that_of_any_process(enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getpid", lambda: 4194303)
    for host in ("h" * 64, "ホスト" * 20, "a"):
        enter(host, "4026531836")
        name = f"{store.APPLICATION}/tagging/{process_names.process_name()}"
        assert name.isascii()
        assert len(name) <= 63
        assert process_names.local_pid(name) == 4194303
