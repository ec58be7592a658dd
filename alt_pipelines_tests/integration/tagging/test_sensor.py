"""The sensor, tick by tick, on a real instance and a real database: what it finds, remembers, and refuses to do."""

import json
import threading
import time
from datetime import timedelta

import dagster as dg
import pytest
from dagster._core.test_utils import create_run_for_test
from sqlalchemy.engine import Engine

from alt_pipelines.dagster_names import TAGGING_JOB
from alt_pipelines.runtime.stopping import announce_stop, stop_watch, withdraw_stop
from alt_pipelines.tagging.extraction.article import EXTRACTOR_VERSION
from alt_pipelines.tagging.store import ArticleResult, claims, write_batch
from alt_pipelines.tagging.windows import floor, key_of
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.integration.tagging.conftest import SETTINGS, Sensor
from alt_pipelines_tests.integration.tagging.runs import run


def finish(engine: Engine, *articles: str) -> None:
    """Give articles a final outcome."""
    results = [ArticleResult(article, None, "rejected", EXTRACTOR_VERSION, reason="done") for article in articles]
    write_batch(engine, results, SETTINGS.tagging, SETTINGS.pool)


def test_pending_days_become_one_run_without_a_run_key(sensor: Sensor, alt_engine: Engine) -> None:
    moments = [corpus.hours_ago(50), corpus.hours_ago(49.9), corpus.hours_ago(3), corpus.hours_ago(0.001)]
    for moment in moments:
        corpus.add_article(alt_engine, created_at=moment)

    requested = sensor.requested()

    assert requested["days"] == sorted({key_of(floor(moment)) for moment in moments}, reverse=True)
    assert requested["only_pending"] is True
    assert requested["partition"] == key_of(floor(moments[-1])), "the newest day stands for all"


def test_nothing_pending_is_a_skip_that_says_so_and_counts(sensor: Sensor, alt_engine: Engine) -> None:
    finish(alt_engine, corpus.add_article(alt_engine))
    sensor.tick()
    assert "mpty ticks: 2" in sensor.skipped()
    assert sensor.place["ticks"] == 2


def test_the_cursor_moves_over_what_is_done_and_no_further(sensor: Sensor, alt_engine: Engine) -> None:
    sensor.use(overlap_seconds=0, sweep_seconds=3600)
    first = corpus.add_article(alt_engine, created_at=corpus.hours_ago(90))
    finish(alt_engine, first)
    sensor.skipped()
    assert sensor.place["id"] == first
    done, waiting, done_too = (
        corpus.add_article(alt_engine, created_at=corpus.hours_ago(hours)) for hours in (80, 50, 20)
    )
    finish(alt_engine, done, done_too)

    assert sensor.requested()["days"] == [key_of(floor(corpus.hours_ago(50)))]
    assert sensor.place["id"] == done

    assert sensor.requested()["days"] == [key_of(floor(corpus.hours_ago(50)))], "a request is not yet a deed"
    finish(alt_engine, waiting)
    sensor.skipped()
    assert sensor.place["id"] == done_too


def test_a_late_commit_behind_the_cursor_is_found_by_the_overlap(sensor: Sensor, alt_engine: Engine) -> None:
    sensor.use(overlap_seconds=120, sweep_seconds=3600)
    finish(alt_engine, corpus.add_article(alt_engine, created_at=corpus.hours_ago(0)))
    sensor.skipped()
    corpus.add_article(alt_engine, created_at=corpus.now() - timedelta(seconds=100))
    assert sensor.requested()["days"]


def test_old_dates_in_a_large_table_are_found_by_the_next_sweep(sensor: Sensor, alt_engine: Engine) -> None:
    sensor.use(overlap_seconds=10, sweep_seconds=10, probe_rows=10)
    finish(alt_engine, *(corpus.add_article(alt_engine) for _ in range(12)))
    sensor.skipped()
    sensor.skipped()
    late = corpus.hours_ago(3000)
    corpus.add_article(alt_engine, created_at=late)
    assert "Nothing" in sensor.skipped(), "the last sweep is less than ten seconds old"

    place = sensor.place
    sensor.cursor = json.dumps(place | {"swept_at": (corpus.now() - timedelta(seconds=11)).isoformat()})
    for _ in range(2):
        sensor.tick()
    assert sensor.requested()["days"] == [key_of(floor(late))]


def test_old_dates_in_a_small_table_are_found_at_once_and_again(sensor: Sensor, alt_engine: Engine) -> None:
    sensor.use(overlap_seconds=10, sweep_seconds=3600)
    finish(alt_engine, corpus.add_article(alt_engine))
    sensor.skipped()
    for hours in (3000, 2000):
        imported = corpus.hours_ago(hours)
        article = corpus.add_article(alt_engine, created_at=imported)
        assert sensor.requested()["days"] == [key_of(floor(imported))]
        finish(alt_engine, article)
        assert "Nothing" in sensor.skipped()


def test_a_sweep_that_ended_in_the_future_does_not_postpone_the_next(sensor: Sensor, alt_engine: Engine) -> None:
    sensor.use(overlap_seconds=10, sweep_seconds=3600, probe_rows=10)
    finish(alt_engine, *(corpus.add_article(alt_engine) for _ in range(12)))
    sensor.skipped()
    late = corpus.hours_ago(3000)
    corpus.add_article(alt_engine, created_at=late)
    sensor.cursor = json.dumps(sensor.place | {"swept_at": (corpus.now() + timedelta(hours=2)).isoformat()})
    for _ in range(2):
        sensor.tick()
    assert sensor.requested()["days"] == [key_of(floor(late))]


def test_the_sweep_goes_a_bounded_way_each_tick_and_then_rests(sensor: Sensor, alt_engine: Engine) -> None:
    sensor.use(probe_rows=10, sweep_seconds=3600)
    articles = [corpus.add_article(alt_engine, created_at=corpus.hours_ago(100 - n)) for n in range(25)]
    finish(alt_engine, *articles)
    seen = []
    for _ in range(4):
        sensor.skipped()
        seen.append(sensor.place.get("sweep", {}).get("id"))
    assert seen == [articles[15], articles[5], None, None]
    assert "swept_at" in sensor.place


def test_a_head_far_behind_catches_up_past_what_is_done(sensor: Sensor, alt_engine: Engine) -> None:
    sensor.use(probe_rows=10, sweep_seconds=3600)
    articles = [corpus.add_article(alt_engine, created_at=corpus.hours_ago(100 - n)) for n in range(35)]
    finish(alt_engine, *articles)
    place = {"created_at": corpus.hours_ago(200).isoformat(sep=" "), "id": corpus.USER}
    sensor.cursor = json.dumps(place | {"swept_at": corpus.now().isoformat()})
    corpus.add_article(alt_engine)
    assert sensor.requested()["days"] == [key_of(floor(corpus.now()))]
    assert sensor.place["id"] == articles[-1]


@pytest.mark.parametrize(
    "poison",
    [
        "}{",
        json.dumps({"created_at": "2999-01-01 00:00:00", "id": corpus.USER}),
        json.dumps({"created_at": "1999-01-01 00:00:00", "id": corpus.USER}),
    ],
)
def test_a_poisoned_cursor_recovers_from_the_oldest_article_without_an_outcome(
    sensor: Sensor, alt_engine: Engine, poison: str
) -> None:
    done = corpus.add_article(alt_engine, created_at=corpus.hours_ago(90))
    finish(alt_engine, done)
    oldest = corpus.hours_ago(80)
    corpus.add_article(alt_engine, created_at=oldest)
    sensor.cursor = poison

    assert sensor.requested()["days"] == [key_of(floor(oldest))]
    assert sensor.place["created_at"] <= corpus.now().isoformat(sep=" ")


def test_an_article_from_the_future_is_found_and_does_not_drag_the_cursor_along(
    sensor: Sensor, alt_engine: Engine
) -> None:
    sensor.use(sweep_seconds=3600)
    sensor.skipped()
    for future in ("2999-01-01", "infinity", "20000-01-01"):
        article = corpus.add_article(alt_engine, created_at=future)
        assert sensor.requested()["partition"] == key_of(floor(corpus.now()))
        finish(alt_engine, article)
        sensor.skipped()
    assert sensor.place.get("created_at", "") < "2999"
    corpus.add_article(alt_engine)
    assert sensor.requested()["days"], "what arrives now is still found"


def test_an_article_from_before_the_first_partition_has_the_first(sensor: Sensor, alt_engine: Engine) -> None:
    corpus.add_article(alt_engine, created_at="1999-01-01")
    corpus.add_article(alt_engine, created_at="-infinity")
    assert sensor.requested()["partition"] == "2026-01-01"


def test_due_retries_and_abandoned_claims_are_found_and_outdated_outcomes_are_not(
    sensor: Sensor, alt_engine: Engine
) -> None:
    sensor.use(sweep_seconds=3600)
    retry, outdated, abandoned, resting = (
        corpus.add_article(alt_engine, created_at=corpus.hours_ago(hours)) for hours in (100, 75, 50, 25)
    )
    finish(alt_engine, retry, outdated, abandoned, resting)
    sensor.skipped()

    corpus.change_outcome(alt_engine, "next_attempt_at = now()", retry)
    corpus.change_outcome(alt_engine, "extractor_version = '0'", outdated)
    corpus.execute(alt_engine, "DELETE FROM alt_pipelines.article_tag_outcomes WHERE article_id = :id", id=abandoned)
    with alt_engine.begin() as connection:
        claims.claim(connection, [abandoned], "dead", -1)
    corpus.change_outcome(alt_engine, "next_attempt_at = now() + interval '1 hour'", resting)

    result = sensor.tick()
    (request,) = result.run_requests or ()
    assert request.tags["alt/found_by"] == "retry 1, abandoned 1"
    days = request.run_config["ops"]["article_tags"]["config"]["days"]
    assert days == [key_of(floor(corpus.hours_ago(back))) for back in (50, 100)]


def test_an_article_without_a_feed_is_due_at_the_next_sweep_once_it_has_one(sensor: Sensor, alt_engine: Engine) -> None:
    by_url, by_id, none = (
        corpus.add_article(alt_engine, feed=None, url=f"https://a.example/{hours}", created_at=corpus.hours_ago(hours))
        for hours in (100, 75, 50)
    )
    results = [ArticleResult.without_feed(article, EXTRACTOR_VERSION, None) for article in (by_url, by_id, none)]
    write_batch(alt_engine, results, SETTINGS.tagging, SETTINGS.pool)
    sensor.skipped()

    corpus.add_feed(alt_engine, link="https://a.example/100")
    feed = corpus.add_feed(alt_engine)
    corpus.execute(alt_engine, "UPDATE articles SET feed_id = :feed WHERE id = :id", feed=feed, id=by_id)
    sensor.skipped()
    sensor.cursor = json.dumps({name: value for name, value in sensor.place.items() if name != "swept_at"})

    (request,) = sensor.tick().run_requests or ()
    assert request.tags["alt/found_by"] == "retry 2"


def test_an_article_claimed_by_another_run_is_not_requested_again(sensor: Sensor, alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    with alt_engine.begin() as connection:
        claims.claim(connection, [article], "alive", 60)
    assert "Nothing pending" in sensor.skipped()


@pytest.mark.parametrize("status", [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED])
def test_no_second_run_while_one_is_in_flight(sensor: Sensor, alt_engine: Engine, status: dg.DagsterRunStatus) -> None:
    corpus.add_article(alt_engine)
    create_run_for_test(sensor.instance, job_name=TAGGING_JOB, status=status)
    reason = sensor.skipped()
    assert "pending: 1, in day" in reason
    assert "the next run starts when one ends" in reason


def test_a_run_that_exceeded_its_limit_does_not_block_others(sensor: Sensor, alt_engine: Engine) -> None:
    corpus.add_article(alt_engine)
    create_run_for_test(
        sensor.instance,
        job_name=TAGGING_JOB,
        status=dg.DagsterRunStatus.STARTED,
        tags={"dagster/max_runtime": "-121"},
    )
    assert sensor.requested()["days"]


def test_runs_of_other_jobs_do_not_block(sensor: Sensor, alt_engine: Engine) -> None:
    corpus.add_article(alt_engine)
    create_run_for_test(sensor.instance, job_name="__ASSET_JOB", status=dg.DagsterRunStatus.STARTED)
    assert sensor.requested()["days"]


def test_failing_runs_are_not_repeated_at_once(sensor: Sensor, alt_engine: Engine) -> None:
    corpus.add_article(alt_engine)
    for _ in range(2):
        create_run_for_test(sensor.instance, job_name=TAGGING_JOB, status=dg.DagsterRunStatus.FAILURE)
    assert "failed attempts: 2" in sensor.skipped()
    create_run_for_test(sensor.instance, job_name=TAGGING_JOB, status=dg.DagsterRunStatus.SUCCESS)
    assert sensor.requested()["days"]


def test_a_tick_waits_inside_for_an_article_and_asks_for_it_at_once(sensor: Sensor, alt_engine: Engine) -> None:
    sensor.use(tick_wait_seconds=30)
    timer = threading.Timer(1.0, lambda: corpus.add_article(alt_engine))
    started = time.monotonic()
    timer.start()
    assert sensor.requested()["days"]
    assert 0.9 < time.monotonic() - started < 28, "a tick lasts 30 s"


def test_a_waiting_tick_finds_an_article_with_an_old_date_at_its_next_scan(sensor: Sensor, alt_engine: Engine) -> None:
    finish(alt_engine, corpus.add_article(alt_engine))
    sensor.use(tick_wait_seconds=30, interval_seconds=1)
    timer = threading.Timer(0.5, lambda: corpus.add_article(alt_engine, created_at=corpus.hours_ago(100)))
    timer.start()
    assert sensor.requested()["days"] == [key_of(floor(corpus.hours_ago(100)))]


def test_a_tick_does_not_wait_once_the_stack_stops(sensor: Sensor, alt_engine: Engine) -> None:
    sensor.use(tick_wait_seconds=30)
    threading.Timer(0.5, lambda: announce_stop(sensor.home)).start()
    started = time.monotonic()
    assert "Nothing pending" in sensor.skipped()
    assert time.monotonic() - started < 28, "a tick lasts 30 s"
    withdraw_stop(sensor.home)
    assert not stop_watch(sensor.home)()


def test_days_are_limited_per_run_newest_first(sensor: Sensor, alt_engine: Engine) -> None:
    sensor.use(days_per_run=3)
    for days in range(10, 0, -1):
        corpus.add_article(alt_engine, created_at=corpus.hours_ago(24 * days))
    assert sensor.requested()["days"] == [key_of(floor(corpus.hours_ago(24 * days))) for days in (1, 2, 3)]


def test_the_claims_of_a_dead_run_on_finished_articles_ask_for_no_run_after_run(
    sensor: Sensor, alt_engine: Engine
) -> None:
    article = corpus.add_article(alt_engine)
    finish(alt_engine, article)
    with alt_engine.begin() as connection:
        claims.claim(connection, [article], "died while it tagged the day by hand", -1)
    if sensor.tick().run_requests:
        run(sensor.platform)
    assert "Nothing pending" in sensor.skipped()
