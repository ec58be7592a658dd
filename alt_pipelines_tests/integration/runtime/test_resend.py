"""Runs that wait without a message are sent to the workers, on a real broker and Postgres."""

import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import dagster as dg
import pytest
import redis
from dagster._core.remote_origin import GrpcServerCodeLocationOrigin, RemoteJobOrigin, RemoteRepositoryOrigin
from sqlalchemy import create_engine, text

from alt_pipelines.runtime import broker, store
from alt_pipelines.runtime.automation import UNSUBMITTED_SECONDS, WAITING_SECONDS, resend
from alt_pipelines.runtime.launcher import WarmRunLauncher
from alt_pipelines.settings import Settings
from alt_pipelines_tests.support import trivial
from alt_pipelines_tests.support.waiting import wait_until


@pytest.fixture
def broker_url(tmp_path: Path) -> Iterator[str]:
    """A running broker."""
    process = subprocess.Popen(broker.embedded_command(tmp_path), stdout=subprocess.DEVNULL)
    url = f"redis+socket://{broker.socket_path(tmp_path)}"

    def answers() -> bool:
        with broker.client(url) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False

    wait_until(answers, "the broker answers")
    yield url
    process.kill()
    process.wait()


@pytest.fixture
def launcher(instance: dg.DagsterInstance, dagster_url: str, broker_url: str) -> WarmRunLauncher:
    made = WarmRunLauncher(
        Settings.from_environment({"DAGSTER_POSTGRES_URL": dagster_url, "ALT_BROKER_URL": broker_url})
    )
    made.register_instance(instance)
    return made


class Runs:
    """Creates runs that nothing submits, as a webserver does that dies before it submits one."""

    def __init__(self, instance: dg.DagsterInstance, url: str) -> None:
        self._instance, self._url = instance, url

    def create(self, *, seconds_ago: float, by_code_server: bool = True) -> str:
        job = trivial.defs.resolve_job_def("slow_job")
        code, remote = (dg.reconstructable(_slow_job).get_python_origin(), _ORIGIN) if by_code_server else (None, None)
        run_id = self._instance.create_run_for_job(job, job_code_origin=code, remote_job_origin=remote).run_id
        moved = "UPDATE runs SET create_timestamp = :moment, update_timestamp = :moment WHERE run_id = :run_id"
        record = self._instance.get_run_record_by_id(run_id)
        assert record is not None
        moment = record.update_timestamp.replace(tzinfo=None) - timedelta(seconds=seconds_ago)
        with create_engine(self._url).begin() as connection:
            connection.execute(text(moved), {"moment": moment, "run_id": run_id})
        return run_id

    def status(self, run_id: str) -> dg.DagsterRunStatus:
        run = self._instance.get_run_by_id(run_id)
        assert run is not None
        return run.status


_ORIGIN = RemoteJobOrigin(
    RemoteRepositoryOrigin(GrpcServerCodeLocationOrigin("localhost", port=1), "__repository__"), "slow_job"
)


def _slow_job() -> dg.JobDefinition:
    return trivial.defs.resolve_job_def("slow_job")


@pytest.fixture
def created(instance: dg.DagsterInstance, dagster_url: str) -> Runs:
    return Runs(instance, dagster_url)


def messages(url: str) -> set[str]:
    with broker.client(url) as client:
        return broker.waiting_runs(client)


def test_a_run_that_was_created_and_never_submitted_is_queued_and_sent_once(
    instance: dg.DagsterInstance, launcher: WarmRunLauncher, broker_url: str, created: Runs
) -> None:
    run_id = created.create(seconds_ago=UNSUBMITTED_SECONDS + 1)
    assert resend(instance, launcher) == (1, 1)
    assert created.status(run_id) is dg.DagsterRunStatus.QUEUED
    assert messages(broker_url) == {run_id}
    assert resend(instance, launcher) == (0, 1)


def test_a_run_that_is_being_submitted_is_left_alone(
    instance: dg.DagsterInstance, launcher: WarmRunLauncher, broker_url: str, created: Runs
) -> None:
    run_id = created.create(seconds_ago=WAITING_SECONDS + 1)
    assert resend(instance, launcher) == (0, 0)
    assert created.status(run_id) is dg.DagsterRunStatus.NOT_STARTED
    assert not messages(broker_url)


def test_a_run_that_a_worker_has_just_taken_is_not_put_back_into_the_queue(
    instance: dg.DagsterInstance, launcher: WarmRunLauncher, broker_url: str, created: Runs, dagster_url: str
) -> None:
    run_id = created.create(seconds_ago=UNSUBMITTED_SECONDS + 1)
    with store.lease_engine(dagster_url).connect() as worker:
        assert store.try_lease(worker, run_id)
        assert resend(instance, launcher) == (0, 1)
    assert created.status(run_id) is dg.DagsterRunStatus.NOT_STARTED
    assert not messages(broker_url)


def test_a_run_that_no_worker_can_load_does_not_keep_the_others_waiting(
    instance: dg.DagsterInstance, launcher: WarmRunLauncher, broker_url: str, created: Runs
) -> None:
    local = created.create(seconds_ago=UNSUBMITTED_SECONDS + 2, by_code_server=False)
    run_id = created.create(seconds_ago=UNSUBMITTED_SECONDS + 1)
    assert resend(instance, launcher) == (1, 1)
    assert created.status(local) is dg.DagsterRunStatus.NOT_STARTED
    assert messages(broker_url) == {run_id}


def test_a_run_that_was_never_submitted_is_queued_while_the_broker_is_away(
    instance: dg.DagsterInstance, created: Runs, dagster_url: str, tmp_path: Path
) -> None:
    nowhere = f"redis+socket://{tmp_path / 'missing.sock'}"
    launcher = WarmRunLauncher(
        Settings.from_environment({"DAGSTER_POSTGRES_URL": dagster_url, "ALT_BROKER_URL": nowhere})
    )
    launcher.register_instance(instance)
    run_id = created.create(seconds_ago=UNSUBMITTED_SECONDS + 1)
    with pytest.raises(broker.BrokerError):
        resend(instance, launcher)
    assert created.status(run_id) is dg.DagsterRunStatus.QUEUED


def test_a_tick_closes_its_client_of_the_broker(
    instance: dg.DagsterInstance,
    launcher: WarmRunLauncher,
    broker_url: str,
    created: Runs,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(launcher, "send", lambda run: None)  # Celery keeps its connection
    opened, client = [], broker.client
    monkeypatch.setattr(broker, "client", lambda url: opened.append(client(url)) or opened[-1])
    created.create(seconds_ago=UNSUBMITTED_SECONDS + 1)
    assert resend(instance, launcher) == (1, 1)
    assert len(opened) == 1
    with client(broker_url) as own:
        assert len(own.client_list()) == 1  # type: ignore[arg-type]
