"""The clock was two hours ahead and was set back: nothing waits for the times that were stored meanwhile."""

import json
from datetime import timedelta

import dagster as dg
import pytest
from dagster._core.test_utils import create_run_for_test
from sqlalchemy.engine import Engine

from alt_pipelines.dagster_names import TAGGING_JOB
from alt_pipelines.database.installation_facts import once_per
from alt_pipelines.tagging import automation
from alt_pipelines.tagging.store import claims, clock_jumps
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.integration.tagging.conftest import SETTINGS, Sensor
from alt_pipelines_tests.integration.tagging.test_sensor import finish

AHEAD = "now() + interval '2 hours'"


def test_a_failure_in_the_future_delays_the_next_run_no_longer_than_one_now(
    sensor: Sensor, alt_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.add_article(alt_engine)
    create_run_for_test(sensor.instance, job_name=TAGGING_JOB, status=dg.DagsterRunStatus.FAILURE)
    assert "failed attempts: 1" in sensor.skipped()
    now = automation.time.time()
    monkeypatch.setattr(automation.time, "time", lambda: now - 7200)
    assert sensor.requested()


def test_a_sweep_that_ended_in_the_future_does_not_postpone_the_next(sensor: Sensor, alt_engine: Engine) -> None:
    sensor.use(overlap_seconds=0, sweep_seconds=60)
    finish(alt_engine, corpus.add_article(alt_engine))
    sensor.skipped()
    corpus.add_article(alt_engine, created_at=corpus.hours_ago(3000))
    large = {**sensor.place, "small": False}  # a table that every tick sweeps as a whole has no pause between sweeps
    sensor.cursor = json.dumps(large)
    assert "Nothing" in sensor.skipped()
    sensor.cursor = json.dumps({**large, "swept_at": str(corpus.now() + timedelta(hours=2))})
    assert sensor.requested()["days"]


def test_the_claims_of_a_dead_run_expire_and_those_of_a_living_one_are_kept(alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    seconds = SETTINGS.tagging.claim_seconds
    with alt_engine.begin() as connection:
        claims.claim(connection, [article], "dead", seconds)
    with alt_engine.begin() as connection:
        assert clock_jumps.correct(connection, seconds) == 0, "an ordinary lease is left alone"
    corpus.execute(alt_engine, f"UPDATE alt_pipelines.article_tag_claims SET claimed_until = {AHEAD}")
    with alt_engine.begin() as connection:
        assert clock_jumps.correct(connection, seconds) == 1
        left = "SELECT extract(epoch FROM claimed_until - now())::float FROM alt_pipelines.article_tag_claims"
        assert corpus.scalar(alt_engine, left) > 7000, "the caller commits"
    assert corpus.scalar(alt_engine, left) <= seconds


def test_a_retry_keeps_its_delay(alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    finish(alt_engine, article)
    corpus.change_outcome(
        alt_engine, f"status = 'failed', updated_at = {AHEAD}, next_attempt_at = {AHEAD} + interval '60 s'", article
    )
    with alt_engine.begin() as connection:
        assert clock_jumps.correct(connection, 120) == 1
        assert clock_jumps.correct(connection, 120) == 0
    left = "SELECT extract(epoch FROM next_attempt_at - now())::float FROM alt_pipelines.article_tag_outcomes"
    assert 0 < corpus.scalar(alt_engine, left) <= 60


def test_what_is_done_once_per_period_is_done_although_it_was_last_done_in_the_future(alt_engine: Engine) -> None:
    with alt_engine.begin() as connection:
        assert once_per(connection, "for the test", 600)
        assert not once_per(connection, "for the test", 600)
    corpus.execute(alt_engine, f"UPDATE alt_pipelines.installation_facts SET updated_at = {AHEAD}")
    with alt_engine.begin() as connection:
        assert once_per(connection, "for the test", 600)
        assert not once_per(connection, "for the test", 600)
