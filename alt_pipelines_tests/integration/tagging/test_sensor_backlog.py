"""Several runs for a backlog, one for a trickle, and what counts as a run that is there."""

import time
from types import SimpleNamespace

import dagster as dg
import pytest
from dagster._core.remote_origin import GrpcServerCodeLocationOrigin, RemoteJobOrigin, RemoteRepositoryOrigin
from dagster._core.test_utils import create_run_for_test
from sqlalchemy.engine import Engine

from alt_pipelines.dagster_names import TAGGING_JOB
from alt_pipelines.tagging import automation, capacity
from alt_pipelines.tagging.store import claims
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.integration.tagging.conftest import Sensor

FAILURE, STARTED, QUEUED = dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.QUEUED
SERVER = GrpcServerCodeLocationOrigin(host="127.0.0.1", port=9, location_name="tests")
ORIGIN = RemoteJobOrigin(RemoteRepositoryOrigin(SERVER, "__repository__"), TAGGING_JOB)


def add_run(sensor: Sensor, status: dg.DagsterRunStatus, **tags: str) -> None:
    named = {name.replace("__", "/"): value for name, value in tags.items()}
    name = TAGGING_JOB
    create_run_for_test(sensor.instance, job_name=name, status=status, tags=named, remote_job_origin=ORIGIN)


def test_a_backlog_is_given_to_as_many_runs_as_may_share_it(sensor: Sensor, alt_engine: Engine) -> None:
    sensor.use(parallel_runs=3, probe_rows=10)
    for _ in range(12):
        corpus.add_article(alt_engine)
    requests = sensor.tick().run_requests or []
    assert len(requests) == 3
    assert len({str(request.run_config) for request in requests}) == 1, "they share the days"
    add_run(sensor, STARTED)
    assert len(sensor.tick().run_requests or []) == 2


def test_a_trickle_is_one_runs_whatever_may_share_a_backlog(sensor: Sensor, alt_engine: Engine) -> None:
    sensor.use(parallel_runs=3)
    for _ in range(25):
        corpus.add_article(alt_engine)
    assert len(sensor.tick().run_requests or []) == 1
    add_run(sensor, STARTED)
    assert "the next run starts" in sensor.skipped()


def test_a_run_that_waits_for_a_worker_is_there_however_long_it_waits(sensor: Sensor, alt_engine: Engine) -> None:
    corpus.add_article(alt_engine)
    add_run(sensor, QUEUED, dagster__max_runtime="-121")
    assert "in status queued" in sensor.skipped()


def test_the_failures_of_one_ticks_runs_are_one_attempt(sensor: Sensor, alt_engine: Engine) -> None:
    sensor.use(parallel_runs=3)
    corpus.add_article(alt_engine)
    for _ in range(3):
        add_run(sensor, FAILURE, dagster__alt_tick="noon")
    assert "failed attempts: 1" in sensor.skipped()
    add_run(sensor, FAILURE, dagster__alt_tick="a minute past")
    assert "failed attempts: 2" in sensor.skipped()


def test_a_run_that_only_waits_gets_the_time_to_take_an_article_up_and_then_another_beside_it(
    sensor: Sensor, alt_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capacity, "SETTLED_SECONDS", -1.0)
    add_run(sensor, STARTED)
    article = corpus.add_article(alt_engine)

    waits: list[float] = []

    def take_up_once(seconds: float) -> None:
        if not waits:
            with alt_engine.begin() as connection:
                claims.claim(connection, [article], "the run that waits", 60)
        waits.append(seconds)

    monkeypatch.setattr(automation, "time", SimpleNamespace(**vars(time) | {"sleep": take_up_once}))
    assert "Nothing pending" in sensor.skipped(), "the run that waits has taken it up"
    corpus.execute(alt_engine, "DELETE FROM alt_pipelines.article_tag_claims")
    assert len(sensor.tick().run_requests or []) == 1, "what it does not take up, it does not see"
    assert waits == [automation.CLAIMED_WITHIN_SECONDS] * 2
    for _ in range(2):
        add_run(sensor, STARTED)
    assert not sensor.tick().run_requests, "but never more than one beside as many as may share a backlog"


def test_a_run_that_holds_articles_does_not_only_wait(
    sensor: Sensor, alt_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capacity, "SETTLED_SECONDS", -1.0)
    add_run(sensor, STARTED)
    busy = corpus.add_article(alt_engine)
    corpus.add_article(alt_engine)
    with alt_engine.begin() as connection:
        claims.claim(connection, [busy], "busy", 60)
    assert "the next run starts" in sensor.skipped()
