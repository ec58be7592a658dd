"""An article that is deleted softly after it was tried asks for no run and keeps no other article waiting."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy.engine import Engine

from alt_pipelines.platform import Platform
from alt_pipelines.tagging import retag as command
from alt_pipelines.tagging.extraction.article import EXTRACTOR_VERSION, TOOK_TOO_LONG
from alt_pipelines.tagging.store import ArticleResult, claims, deleted, write_batch
from alt_pipelines.tagging.windows import floor, key_of
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.integration.tagging.conftest import SETTINGS, Sensor
from alt_pipelines_tests.integration.tagging.runs import run

DUE = "next_attempt_at = now() - interval '1 hour'"
WAITING = {
    "failed": f"status = 'failed', {DUE}",
    "second pass": f"status = 'tagged', {DUE}",
    "no feed": f"status = 'no_feed', {DUE}",
    "marked": "retag_requested_at = now() - interval '1 hour'",
    "changed since": f"status = 'failed', reason = '{TOOK_TOO_LONG}', extractor_version = '0'",
    "has a feed since": "status = 'no_feed', next_attempt_at = now() + interval '1 minute'",
}


def tried(engine: Engine, state: str) -> str:
    """Add an article with an outcome in one of the states of WAITING."""
    article = corpus.add_article(engine)
    results = [ArticleResult(article, None, "rejected", EXTRACTOR_VERSION, reason="done")]
    write_batch(engine, results, SETTINGS.tagging, SETTINGS.pool)
    corpus.change_outcome(engine, WAITING[state], article)
    return article


def delete(engine: Engine, *articles: str) -> None:
    """Delete articles softly."""
    for article in articles:
        corpus.execute(engine, "UPDATE articles SET deleted_at = now() WHERE id = :id", id=article)


def sweep_again(sensor: Sensor) -> None:
    """Let the next sweep be due."""
    sensor.cursor = json.dumps({name: value for name, value in sensor.place.items() if name != "swept_at"})


@pytest.mark.parametrize("state", WAITING)
def test_a_deleted_article_with_an_outcome_is_not_requested(sensor: Sensor, alt_engine: Engine, state: str) -> None:
    delete(alt_engine, tried(alt_engine, state))
    for _ in range(2):
        assert "Nothing pending" in sensor.skipped()
        sweep_again(sensor)


def test_a_deleted_article_that_a_dead_run_claimed_is_not_requested(
    sensor: Sensor, platform: Platform, alt_engine: Engine
) -> None:
    article = corpus.add_article(alt_engine)
    with alt_engine.begin() as connection:
        claims.claim(connection, [article], "dead", -1)
    delete(alt_engine, article)
    assert "Nothing pending" in sensor.skipped()
    run(platform)
    assert corpus.scalar(alt_engine, "SELECT count(*) FROM alt_pipelines.article_tag_claims") == 0


@pytest.mark.parametrize(("state", "retag"), [("failed", False), ("marked", True)])
@pytest.mark.parametrize("softly", [True, False])
def test_deleted_articles_do_not_keep_those_behind_them_waiting(
    sensor: Sensor, alt_engine: Engine, state: str, retag: bool, softly: bool
) -> None:
    sensor.use(probe_rows=10, sweep_seconds=3600)
    gone = [tried(alt_engine, state) for _ in range(12)]
    there = tried(alt_engine, state)
    moment = "next_attempt_at" if state == "failed" else "retag_requested_at"
    corpus.change_outcome(alt_engine, f"{moment} = now()", there)
    if softly:
        delete(alt_engine, *gone)
    else:
        corpus.execute(alt_engine, "DELETE FROM articles WHERE id <> :id", id=there)
    for _ in range(4):
        sensor.tick()
        sweep_again(sensor)
    assert sensor.requested()["retag"] is retag


def test_an_article_that_is_restored_is_tried_again(alt_engine: Engine) -> None:
    article = tried(alt_engine, "failed")
    delete(alt_engine, article)
    with alt_engine.begin() as connection:
        assert deleted.postpone_deleted(connection, 10) == 1
        assert deleted.postpone_deleted(connection, 10) == 0
    due = corpus.outcome(alt_engine, article).next_attempt_at
    assert timedelta() < due - datetime.now(UTC) <= timedelta(days=1)


def test_retag_marks_no_deleted_article(
    alt_engine: Engine, monkeypatch: pytest.MonkeyPatch, platform: Platform
) -> None:
    monkeypatch.setattr(command, "alt_url", lambda _: alt_engine.url)
    there, gone = (corpus.add_article(alt_engine) for _ in range(2))
    run(platform)
    delete(alt_engine, gone)
    today = key_of(floor(corpus.now()))
    called = CliRunner().invoke(command.retag, ["--from", today, "--yes"])
    assert "articles: 1" in called.output
    assert "marked: 1" in called.output
    delete(alt_engine, there)
    assert "marks removed: 1" in CliRunner().invoke(command.retag, ["--from", today, "--cancel"]).output
