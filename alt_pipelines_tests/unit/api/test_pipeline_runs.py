"""A job's Dagster run has its own time to start and its own time to end, whatever the other took."""

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import cast

import pytest

from api import pipeline_runs
from api.dagster_client import DagsterClient, DagsterError, DagsterStatus, RunState
from api.pipeline_runs import (
    JOB_START_SECONDS,
    PROCESS_START_SECONDS,
    RUN_SECONDS,
    START_SECONDS,
    EndedRun,
    RunStillInProgress,
)

SECOND_PER_POLL = 1.0


@dataclass
class FakeDagster:
    """A Dagster whose run waits for a worker and then works; every poll of its state takes a second of a fake clock."""

    waits: float
    works: float
    launcher: str = "WarmRunLauncher"
    away_from: float = float("inf")
    now: float = 0.0
    canceled: list[str] = field(default_factory=list)

    async def status(self) -> DagsterStatus:
        return DagsterStatus(True, self.launcher, ())

    async def launch_job(self, _job: str, _tags: dict[str, str]) -> str:
        return "run-1"

    async def run_state(self, _dagster_run_id: str) -> RunState:
        self.now += SECOND_PER_POLL
        if self.now >= self.away_from:
            raise DagsterError("the webserver does not answer")
        ended = "SUCCESS" if self.now >= self.waits + self.works else "STARTED"
        return RunState("QUEUED" if self.now < self.waits else ended, {}, {})

    async def cancel_run(self, dagster_run_id: str) -> None:
        self.canceled.append(dagster_run_id)

    def execute(self, *, polled: bool) -> EndedRun | None:
        return asyncio.run(pipeline_runs.run_to_end(cast(DagsterClient, self), "build", {}, polled=polled))


def dagster_with(patch: pytest.MonkeyPatch, fake: FakeDagster) -> FakeDagster:
    """Return the fake after its clock has become that of the module."""
    patch.setattr(pipeline_runs, "time", SimpleNamespace(monotonic=lambda: fake.now))
    patch.setattr(pipeline_runs, "POLL_SECONDS", 0.0)
    return fake


WAITS = [
    ("WarmRunLauncher", False, START_SECONDS),
    ("DefaultRunLauncher", False, PROCESS_START_SECONDS),
    ("WarmRunLauncher", True, JOB_START_SECONDS),
    ("DefaultRunLauncher", True, JOB_START_SECONDS),
]


@pytest.mark.parametrize(("launcher", "polled", "start_seconds"), WAITS)
@pytest.mark.parametrize("waited", [0.0, 0.5, 0.95])
def test_a_run_has_all_of_its_time_however_long_it_waited_for_a_worker(
    launcher: str, polled: bool, start_seconds: float, waited: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = dagster_with(monkeypatch, FakeDagster(waited * start_seconds, RUN_SECONDS - 2, launcher))
    ended = fake.execute(polled=polled)
    assert ended is not None
    assert ended.succeeded
    assert not fake.canceled


@pytest.mark.parametrize(("launcher", "polled", "start_seconds"), WAITS)
def test_a_run_that_started_and_takes_longer_than_its_time_is_still_in_progress(
    launcher: str, polled: bool, start_seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = dagster_with(monkeypatch, FakeDagster(start_seconds / 2, RUN_SECONDS + 5, launcher))
    with pytest.raises(RunStillInProgress):
        fake.execute(polled=polled)
    assert start_seconds / 2 + RUN_SECONDS < fake.now < start_seconds / 2 + RUN_SECONDS + 5


@pytest.mark.parametrize(("launcher", "polled", "start_seconds"), WAITS)
def test_a_run_that_no_worker_takes_in_time_is_canceled(
    launcher: str, polled: bool, start_seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = dagster_with(monkeypatch, FakeDagster(10 * start_seconds, 1, launcher))
    assert fake.execute(polled=polled) is None
    assert fake.canceled == ["run-1"]


def test_a_run_that_starts_while_it_is_canceled_has_all_of_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = dagster_with(monkeypatch, FakeDagster(START_SECONDS + 5, RUN_SECONDS - 2))
    ended = fake.execute(polled=False)
    assert fake.canceled
    assert ended is not None
    assert ended.succeeded


def test_a_run_that_was_seen_to_start_is_not_done_a_second_time_when_the_webserver_goes_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fake = dagster_with(monkeypatch, FakeDagster(5, 10, away_from=6))
    with pytest.raises(RunStillInProgress):
        fake.execute(polled=False)
