"""A genre run that fails, exceeds its time, loses its row or has to wait ends in a state that clients understand."""

import functools
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import dagster as dg
from sqlalchemy.engine import Engine

from alt_pipelines.embedding.hashing import HashingEmbedder
from alt_pipelines.embedding.protocol import Vectors
from alt_pipelines.platform import Platform
from alt_pipelines.recap.store import claims, reconciliation
from alt_pipelines_tests.integration.recap.runs import (
    let_time_pass,
    materialised,
    read,
    row,
    run_asset,
    submit,
)
from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_until


class SlowEmbedder(HashingEmbedder):
    """Takes its time, as a large model does; what happens meanwhile is up to the test."""

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        super().__init__()
        self._meanwhile = meanwhile

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        self._meanwhile()
        time.sleep(LONG_SECONDS)
        return super().encode(texts, languages)


class BrokenEmbedder(HashingEmbedder):
    """Fails, as a model whose file is damaged does."""

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        raise RuntimeError("SELECT secret FROM /etc/model")


def test_an_error_fails_the_row_with_a_sentence_that_holds_none_of_its_text(
    platform: Platform, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    platform.__dict__["embedder"] = BrokenEmbedder()
    run_id = submit(recap_engine, job_id)
    result = run_asset(platform, instance, run_id=run_id)
    assert not result.success
    message = read(recap_engine, run_id)["diagnostics"]["error_message"]
    assert "RuntimeError" in message
    assert result.run_id in message
    assert "SELECT" not in message
    assert "Traceback" not in message
    assert row(recap_engine, run_id).finished_at is not None
    assert materialised(result) == {}


def test_a_model_that_cannot_be_loaded_fails_the_row(
    make_platform: Any, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    platform = make_platform("distill")  # with no model named
    run_id = submit(recap_engine, job_id)
    assert not run_asset(platform, instance, run_id=run_id).success
    assert "'model'" in read(recap_engine, run_id)["diagnostics"]["error_message"]


def test_a_run_over_its_time_is_interrupted_and_fails_in_the_words_clients_know(
    make_platform: Any, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    platform = make_platform(run_timeout_seconds=2)
    platform.__dict__["embedder"] = SlowEmbedder()
    run_id = submit(recap_engine, job_id)
    started = time.monotonic()
    assert not run_asset(platform, instance, run_id=run_id).success
    assert time.monotonic() - started < LONG_SECONDS, "the encoder was interrupted"
    assert read(recap_engine, run_id)["diagnostics"] == {"error_message": "pipeline timed out after 2s"}


def test_a_run_whose_row_is_taken_away_stops_computing(
    platform: Platform, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(claims, "HEARTBEAT_SECONDS", 0.2)
    run_id = submit(recap_engine, job_id)
    end = functools.partial(claims.fail_run, recap_engine, run_id, "ended by somebody else")
    platform.__dict__["embedder"] = SlowEmbedder(end)
    started = time.monotonic()
    assert not run_asset(platform, instance, run_id=run_id).success
    assert time.monotonic() - started < LONG_SECONDS, "the encoder was interrupted"
    assert read(recap_engine, run_id)["diagnostics"] == {"error_message": "ended by somebody else"}


def test_a_computing_run_keeps_its_heartbeat_and_holds_no_connection(
    make_platform: Any, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(claims, "HEARTBEAT_SECONDS", 0.2)
    platform = make_platform()
    run_id = submit(recap_engine, job_id)
    beats: set[object] = set()
    held: list[int] = []

    def beats_thrice() -> bool:
        held.append(platform.recap_engine.pool.checkedout())
        beats.add(row(recap_engine, run_id).heartbeat_at)
        return len(beats) > 3

    def observe() -> None:
        wait_until(beats_thrice, "the heartbeat is renewed three times while the encoder computes")
        claims.fail_run(recap_engine, run_id, "for the test")

    platform.__dict__["embedder"] = SlowEmbedder(observe)
    run_asset(platform, instance, run_id=run_id)
    assert len(beats) > 3
    assert min(held) == 0  # the beat itself borrows one for a moment


def test_a_computing_runs_time_is_its_own_when_the_databases_clock_jumps(
    platform: Platform, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(claims, "HEARTBEAT_SECONDS", 0.2)
    run_id = submit(recap_engine, job_id)

    def since_claim() -> float:
        (run,) = reconciliation.unfinished_runs(recap_engine)
        return run.since_claim or 0.0

    def jump() -> None:
        let_time_pass(recap_engine, run_id, 7200)
        wait_until(lambda: since_claim() < 600, "the next heartbeat corrects the time of the claim")
        claims.fail_run(recap_engine, run_id, "for the test")

    platform.__dict__["embedder"] = SlowEmbedder(jump)
    run_asset(platform, instance, run_id=run_id)
    assert read(recap_engine, run_id)["diagnostics"] == {"error_message": "for the test"}


def test_a_run_waits_while_the_limit_of_concurrent_runs_is_reached(
    make_platform: Any, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    platform = make_platform(max_background_runs=1)
    busy = submit(recap_engine, job_id, "busy")
    claims.claim_run(recap_engine, busy, "elsewhere")
    run_id = submit(recap_engine, job_id)
    freed: list[float] = []

    def free() -> None:
        assert row(recap_engine, run_id).claimed_at is None
        freed.append(time.monotonic())
        claims.fail_run(recap_engine, busy, "for the test")

    threading.Timer(3, free).start()
    assert run_asset(platform, instance, run_id=run_id).success
    assert freed
