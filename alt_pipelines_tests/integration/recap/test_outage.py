"""The recap database is away while a worker computes, stores or waits for its claim: no run loses its worker or result.

Times are shortened: heartbeats come every second, and one of two seconds is old.
"""

import itertools
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

import dagster as dg
import psycopg2
import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from alt_pipelines.database import migrate
from alt_pipelines.embedding.hashing import HashingEmbedder
from alt_pipelines.embedding.protocol import Vectors
from alt_pipelines.label_graph.store.edges import window_locks
from alt_pipelines.observability.store import read_metrics
from alt_pipelines.platform import Platform
from alt_pipelines.recap import reconcile
from alt_pipelines.recap.run import work_on
from alt_pipelines.recap.store import claims, reconciliation, submissions
from alt_pipelines_tests.integration.recap.runs import row, run_asset, submit
from alt_pipelines_tests.integration.recap.test_sensors import Loop
from alt_pipelines_tests.support.outage import outage
from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_until

BEAT_SECONDS, OLD_SECONDS = 1.0, 2.0


@pytest.fixture
def loop(platform: Platform, stored_instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch) -> Loop:
    monkeypatch.setattr(claims, "HEARTBEAT_SECONDS", BEAT_SECONDS)
    monkeypatch.setattr(reconcile, "SILENT_SECONDS", OLD_SECONDS)
    return Loop(platform, stored_instance)


class Worker:
    """Works on a run in a thread, and stays in one stage until it is let go."""

    def __init__(self, platform: Platform, run_id: int, stage: str) -> None:
        self._platform, self._stage = platform, stage
        claim = claims.claim_run(platform.recap_engine, run_id, f"worker of {run_id}")
        assert isinstance(claim, claims.Claim)
        self._claim = claim
        self.arrived, self.released = threading.Event(), threading.Event()
        self.failure: BaseException | None = None
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()
        assert self.arrived.wait(LONG_SECONDS)

    def end(self) -> None:
        """Let the worker go on, to its end."""
        self.released.set()
        self._thread.join(LONG_SECONDS)
        assert not self._thread.is_alive()
        assert self.failure is None, self.failure

    def _work(self) -> None:
        try:
            platform = self._platform
            work_on(self._claim, platform.recap_engine, platform.settings, HashingEmbedder, self._progress)
        except BaseException as error:
            self.failure = error

    def _progress(self, stage: str, _done: int, _total: int) -> None:
        if stage == self._stage and not self.arrived.is_set():
            self.arrived.set()
            self.released.wait(LONG_SECONDS)


@contextmanager
def locked(engine: Engine, run_id: int) -> Iterator[None]:
    """Hold a lock on a run's row, for which the transaction that stores its result waits."""
    with engine.begin() as connection:
        connection.execute(text("SELECT 1 FROM recap_subworker_runs WHERE id = :id FOR UPDATE"), {"id": run_id})
        yield


def silence(engine: Engine, run_id: int) -> float:
    (run,) = reconciliation.unfinished_runs(engine)
    assert run.run_id == run_id
    assert run.since_heartbeat is not None
    return run.since_heartbeat


def wait_for_seconds(seconds: float, meanwhile: Callable[[], object] = lambda: None) -> None:
    ended = threading.Event()
    timer = threading.Timer(seconds, ended.set)
    timer.start()
    wait_until(lambda: (meanwhile(), ended.wait(0.1))[1], f"{seconds} s have passed")


def assert_tick_fails(loop: Loop) -> None:
    with pytest.raises(SQLAlchemyError):
        loop.reconcile()


@pytest.mark.parametrize("stage", ["embedding", "storing"])
def test_a_worker_keeps_its_run_through_an_outage(loop: Loop, job_id: str, stage: str) -> None:
    run_id = submit(loop.engine, job_id)
    worker = Worker(loop.platform, run_id, stage)
    assert "no action needed" in loop.reconcile_for_long()
    with outage(loop.engine):
        if stage == "storing":
            worker.released.set()
        wait_for_seconds(2 * OLD_SECONDS, lambda: assert_tick_fails(loop))
    assert "no action needed" in loop.reconcile(), "the first tick after the outage, before the worker's next heartbeat"
    worker.end()
    assert submissions.read_run(loop.engine, run_id)["status"] == "succeeded"  # type: ignore[index]
    assert row(loop.engine, run_id).retries == 0


def test_a_worker_that_waits_long_to_store_its_result_stays_alive(loop: Loop, job_id: str) -> None:
    run_id = submit(loop.engine, job_id)
    worker = Worker(loop.platform, run_id, "storing")
    with locked(loop.engine, run_id):
        worker.released.set()
        wait_for_seconds(2 * OLD_SECONDS)
        wait_until(lambda: silence(loop.engine, run_id) < OLD_SECONDS, "its heartbeat goes on")
        assert "no action needed" in loop.reconcile_for_long()
    worker.end()
    assert submissions.read_run(loop.engine, run_id)["status"] == "succeeded"  # type: ignore[index]


def test_a_run_that_stores_past_its_time_limit_is_not_timed_out(
    make_platform: Any, stored_instance: dg.DagsterInstance, loop: Loop, job_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconcile, "OVERTIME_SECONDS", 0.0)
    platform = make_platform(run_timeout_seconds=3)
    loop = Loop(platform, stored_instance)
    run_id = submit(loop.engine, job_id)
    worker = Worker(platform, run_id, "storing")
    with locked(loop.engine, run_id):
        worker.released.set()
        wait_for_seconds(5)
        assert "no action needed" in loop.reconcile_for_long()
    worker.end()
    assert submissions.read_run(loop.engine, run_id)["status"] == "succeeded"  # type: ignore[index]


def test_a_worker_that_cannot_claim_during_an_outage_claims_after_it(
    loop: Loop, job_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = submit(loop.engine, job_id)
    tries = []
    claim_run = claims.claim_run

    def tried(*args: Any, **options: Any) -> Any:
        tries.append(run_id)
        return claim_run(*args, **options)

    monkeypatch.setattr(claims, "claim_run", tried)
    results: list[dg.ExecuteInProcessResult] = []
    with dg.DagsterInstance.ephemeral() as instance:
        thread = threading.Thread(
            target=lambda: results.append(run_asset(loop.platform, instance, run_id=run_id)), daemon=True
        )
        with outage(loop.engine):
            thread.start()
            wait_until(lambda: len(tries) >= 2, "the claim is tried again")
        thread.join(LONG_SECONDS)
    (result,) = results
    assert result.success
    assert row(loop.engine, run_id).retries == 0


@contextmanager
def lost_answers(engine: Engine) -> Iterator[None]:
    """Commit every transaction, but of each three answers to a commit lose two."""
    commit, numbers = engine.dialect.do_commit, itertools.count()

    def lost(connection: Any) -> None:
        commit(connection)
        if next(numbers) % 3 < 2:
            connection.close()
            raise psycopg2.OperationalError("server closed the connection unexpectedly")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine.dialect, "do_commit", lost)
        yield


@pytest.mark.parametrize("fails", [False, True], ids=["succeeds", "fails"])
def test_a_run_whose_commits_get_no_answer_is_worked_on_once_and_ends_as_it_would(
    loop: Loop, job_id: str, fails: bool
) -> None:
    if fails:
        loop.platform.__dict__["embedder"] = None  # an error inside the pipeline
    run_id = submit(loop.engine, job_id)
    with dg.DagsterInstance.ephemeral() as instance, lost_answers(loop.engine):
        assert run_asset(loop.platform, instance, run_id=run_id).success is not fails
    after = row(loop.engine, run_id)
    assert (after.status, after.retries) == ("failed" if fails else "succeeded", 0)
    with loop.engine.connect() as connection:
        ended = [sample.value for sample in read_metrics(connection) if sample.name == "recap_runs_total"]
    assert ended == [1]


def test_a_run_canceled_during_an_outage_is_canceled_and_its_row_fails_after_it(loop: Loop, job_id: str) -> None:
    run_id = submit(loop.engine, job_id)
    dagster_run_id = ""
    with ExitStack() as away:

        class CanceledEmbedder(HashingEmbedder):
            def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
                nonlocal dagster_run_id
                dagster_run_id = row(loop.engine, run_id).dagster_run_id
                dagster_run = loop.instance.get_run_by_id(dagster_run_id)
                assert dagster_run is not None
                away.enter_context(outage(loop.engine))
                loop.instance.report_run_canceling(dagster_run)
                raise dg.DagsterExecutionInterruptedError

        loop.platform.__dict__["embedder"] = CanceledEmbedder()
        run_asset(loop.platform, loop.instance, run_id=run_id)
    ended = loop.instance.get_run_by_id(dagster_run_id)
    assert ended is not None
    assert ended.status is dg.DagsterRunStatus.CANCELED
    events = [entry.dagster_event for entry in loop.instance.all_logs(dagster_run_id) if entry.dagster_event]
    errors = [event.step_failure_data.error for event in events if event.is_step_failure]
    assert [error.cls_name for error in errors if error] == ["DagsterExecutionInterruptedError"]
    assert f"run {run_id} failed" in loop.reconcile()
    run: Any = submissions.read_run(loop.engine, run_id)
    assert run["diagnostics"]["error_message"] == f"Dagster run {dagster_run_id} was canceled"


class Interrupted(BaseException):
    """As the interruption of a run."""


@pytest.mark.parametrize(
    "held",
    [lambda connection: window_locks(connection, [7], 0), migrate.migration_lock],
    ids=["a build of graphs", "a migration"],
)
def test_what_releases_locks_does_not_replace_an_interruption(
    recap_engine: Engine, held: Callable[[Connection], AbstractContextManager[Any]]
) -> None:
    with recap_engine.connect() as connection, ExitStack() as away:

        def interrupted() -> None:
            with held(connection):
                away.enter_context(outage(recap_engine))
                raise Interrupted

        with pytest.raises(Interrupted):
            interrupted()
