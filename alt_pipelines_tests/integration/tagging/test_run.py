"""The run that tags days, with the real extractor: selection, order, and the effect of bad input."""

import threading
from collections.abc import Sequence
from datetime import timedelta

import pytest
import structlog
from sqlalchemy.engine import Engine

from alt_pipelines.platform import Platform
from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.assignment import Assignment
from alt_pipelines.tagging.extraction.article import EXTRACTOR_VERSION, Extraction, RawArticle
from alt_pipelines.tagging.extraction.cascade import Load
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.report import RunReport
from alt_pipelines.tagging.run import TaggingRun
from alt_pipelines.tagging.store import ArticleResult, write_batch
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.integration.tagging.conftest import FIRST_DAY
from alt_pipelines_tests.integration.tagging.runs import Recorder, counts, run
from alt_pipelines_tests.support.waiting import LONG_SECONDS


def test_every_article_gets_one_outcome_whatever_it_holds(platform: Platform, alt_engine: Engine) -> None:
    feed = corpus.add_feed(alt_engine)
    linked = corpus.add_feed(alt_engine, link="https://example.org/by-link")
    ids = {
        "plain": corpus.add_article(alt_engine),
        "by link": corpus.add_article(alt_engine, feed=None, url="https://example.org/by-link"),
        "no feed": corpus.add_article(alt_engine, feed=None),
        "empty title": corpus.add_article(alt_engine, title=""),
        "empty": corpus.add_article(alt_engine, title="", content=""),
        "white space": corpus.add_article(alt_engine, title=" \t ", content=" \n\n "),
        "duplicate title": corpus.add_article(alt_engine, feed=feed),
        "duplicate title again": corpus.add_article(alt_engine, feed=feed),
        "future": corpus.add_article(alt_engine, created_at=corpus.now() + timedelta(days=400)),
        "end of time": corpus.add_article(alt_engine, created_at="infinity"),
        "year 20000": corpus.add_article(alt_engine, created_at="20000-01-01"),
        "before Christ": corpus.add_article(alt_engine, created_at="0044-03-15 12:00:00 BC"),
        "dawn of time": corpus.add_article(alt_engine, created_at="-infinity"),
        "old": corpus.add_article(alt_engine, created_at="1999-12-31 23:59:59"),
        "117000 characters": corpus.add_article(alt_engine, content=corpus.TEXT * 250),
        "5 million characters": corpus.add_article(alt_engine, content="<p>" + "port authority terminal. " * 200_000),
        "numbers": corpus.add_article(alt_engine, title="1 2 3", content="4 5 6 " * 100),
        "emoji": corpus.add_article(alt_engine, title="🚢", content="🚢🌊 " * 100),
    }

    report = run(platform)

    found = counts(alt_engine)
    assert (found.pending, found.failed, found.no_feed) == (0, 0, 1)
    assert found.articles == report.selected == len(ids)
    expected = dict.fromkeys(ids, "tagged")
    expected |= {"no feed": "no_feed", "empty": "rejected", "white space": "rejected"}
    states = {name: corpus.outcome(alt_engine, article).status for name, article in ids.items()}
    undecided = {"numbers", "emoji"}  # rejected as unreadable, or readable but without tags
    assert {name: state for name, state in states.items() if name not in undecided} == {
        name: state for name, state in expected.items() if name not in undecided
    }
    assert {states[name] for name in undecided} <= {"rejected", "empty"}
    assert len(corpus.links(alt_engine, ids["plain"])) >= 3
    owner = corpus.scalar(alt_engine, "SELECT DISTINCT feed_id::text FROM feed_tags WHERE feed_id = :id", id=linked)
    assert owner == linked
    assert corpus.rows(alt_engine, "SELECT * FROM alt_pipelines.article_tag_claims") == []


def test_the_log_line_of_a_batch_has_every_field(platform: Platform, alt_engine: Engine) -> None:
    moments = [corpus.hours_ago(back) for back in (30, 20, 10)]
    ids = [corpus.add_article(alt_engine, created_at=moment) for moment in moments]
    corpus.add_article(alt_engine, created_at=corpus.hours_ago(40), feed=None)
    corpus.add_article(alt_engine, created_at=corpus.hours_ago(50), title="", content="")
    with structlog.testing.capture_logs() as logs:
        run(platform)
    lines = [line for line in logs if line["event"] == "Tagged batch"]
    assert [line["batch_size"] for line in lines] == [5]
    (line,) = lines
    assert set(line) == {
        *("event", "log_level", "batch_size", "cursor", "written", "total_articles_processed", "cascade"),
        *("tagged", "empty", "rejected", "no_feed", "failed"),
    }
    assert set(line["cursor"]) == {"created_at", "id"}
    assert line["cursor"]["id"] not in ids, "the cursor is the last article of the batch, here the oldest"
    assert (line["tagged"], line["no_feed"], line["rejected"], line["empty"], line["failed"]) == (3, 1, 1, 0, 0)
    assert (line["written"], line["total_articles_processed"]) == (5, 5)
    cascade = line["cascade"]
    assert set(cascade) == {"needs_refine", "reasons", "mean_confidence", "refine_ratio", "inference_ms"}
    assert sum(cascade["reasons"].values()) == 3
    assert cascade["refine_ratio"] == cascade["needs_refine"] / 3
    assert 0 <= cascade["mean_confidence"] <= 1
    assert cascade["inference_ms"] > 0


def test_a_second_run_finds_nothing_and_changes_nothing(platform: Platform, alt_engine: Engine) -> None:
    for _ in range(5):
        corpus.add_article(alt_engine)
    corpus.add_article(alt_engine, feed=None)
    run(platform)
    before = corpus.contents(alt_engine)

    assert run(platform).selected == 0
    assert corpus.contents(alt_engine) == before


def test_retagging_a_day_manually_covers_all_of_it_and_keeps_tags_and_times(
    platform: Platform, alt_engine: Engine
) -> None:
    # Refinement is off, because which articles are refined depends on the budget that earlier ones left.
    steady = TagExtractor(TaggingSettings(refine_budget=0), platform.embedder)
    articles = [corpus.add_article(alt_engine) for _ in range(3)]
    other_day = corpus.add_article(alt_engine, created_at=corpus.hours_ago(50))
    run(platform, steady)
    before = corpus.contents(alt_engine)

    days = [corpus.hours_ago(0.02), corpus.now()]  # usually the same day
    report = run(platform, steady, days=days, only_pending=False)

    assert report.total.outcomes["tagged"] == len(articles)
    after = corpus.contents(alt_engine)
    assert after["feed_tags"] == before["feed_tags"]
    assert after["article_tags"] == before["article_tags"]
    assert corpus.outcome(alt_engine, other_day) in before["outcomes"]


def test_a_due_retry_is_pending_again_and_an_outcome_of_an_older_extractor_is_not(
    platform: Platform, alt_engine: Engine
) -> None:
    outdated, due, later, final = (corpus.add_article(alt_engine) for _ in range(4))
    settings, pool = platform.settings.tagging, platform.settings.pool
    feed = corpus.feed_of(alt_engine, outdated)
    write_batch(alt_engine, [corpus.tagged(outdated, feed, ("x", 0.5), version="0")], settings, pool)
    failures = [ArticleResult.failure(article, EXTRACTOR_VERSION, "x") for article in (due, later)]
    write_batch(alt_engine, failures, settings, pool)
    corpus.change_outcome(alt_engine, "next_attempt_at = now()", due)
    write_batch(alt_engine, [ArticleResult(final, None, "rejected", EXTRACTOR_VERSION)], settings, pool)

    recorder = Recorder(platform.tag_extractor)
    run(platform, recorder)

    assert recorder.batches == [[due]]
    assert corpus.outcome(alt_engine, due).attempts == 2
    assert corpus.outcome(alt_engine, outdated).extractor_version == "0"


def test_pages_go_newest_first_and_cover_everything_once(platform: Platform, alt_engine: Engine) -> None:
    same = corpus.hours_ago(30)
    created = [same] * 7 + [corpus.hours_ago(days) for days in (40, 20, 29)]
    ids = {corpus.add_article(alt_engine, created_at=moment): moment for moment in created}
    recorder = Recorder(platform.tag_extractor)

    run(platform, recorder, settings=TaggingSettings(batch_limit=3))

    order = [article for batch in recorder.batches for article in batch]
    assert sorted(order) == sorted(ids)
    assert [ids[article] for article in order] == sorted(created, reverse=True)
    assert max(map(len, recorder.batches)) == 3


def test_a_page_is_bounded_in_bytes_too(platform: Platform, alt_engine: Engine) -> None:
    for _ in range(6):
        corpus.add_article(alt_engine, content=corpus.TEXT * 100, created_at=corpus.hours_ago(3))
    recorder = Recorder(platform.tag_extractor)
    run(platform, recorder, settings=TaggingSettings(batch_bytes=len(corpus.TEXT) * 150))
    assert [len(batch) for batch in recorder.batches] == [2, 2, 2]


def test_a_fresh_article_does_not_wait_behind_a_backlog(platform: Platform, alt_engine: Engine) -> None:
    for n in range(12):
        corpus.add_article(alt_engine, created_at=corpus.hours_ago(500 - n))

    class Meanwhile(Recorder):
        def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> list[Extraction]:
            if not self.batches:
                self.fresh = corpus.add_article(alt_engine)
            return super().extract(articles, load)

    recorder = Meanwhile(platform.tag_extractor)
    run(platform, recorder, settings=TaggingSettings(batch_limit=3))
    assert recorder.batches[1] == [recorder.fresh]
    assert counts(alt_engine).pending == 0


def test_a_run_stops_at_its_limit_and_the_next_continues(platform: Platform, alt_engine: Engine) -> None:
    for n in range(10):
        corpus.add_article(alt_engine, created_at=corpus.hours_ago(50 - n))
    settings = TaggingSettings(batch_limit=3, run_limit=6)
    first = run(platform, settings=settings)
    assert first.selected == 6
    assert "limit of" in str(first.stopped)
    assert run(platform, settings=settings).selected == 4
    assert counts(alt_engine).tagged == 10


def test_a_lingering_run_tags_what_arrives_while_it_waits(platform: Platform, alt_engine: Engine) -> None:
    arrived: list[str] = []

    def insert() -> None:
        arrived.append(corpus.add_article(alt_engine))

    timer = threading.Timer(1.0, insert)
    timer.start()

    def is_idle(batch: RunReport | None) -> bool:
        return batch is None  # the run ends after its first batch

    settings = platform.settings
    assignment = Assignment((corpus.now(),), only_pending=True, linger_seconds=LONG_SECONDS, first=FIRST_DAY)
    worker = TaggingRun(alt_engine, platform.tag_extractor, settings.tagging, settings.pool, assignment, is_idle)
    report = worker.carry_out()
    timer.join()

    assert report.selected == 1
    assert corpus.outcome(alt_engine, arrived[0]).status == "tagged"
    assert report.seconds < LONG_SECONDS
    assert 0.5 < report.waited < report.seconds, "until the article arrived"


@pytest.mark.parametrize("wanted", ["pending", "all"])
def test_a_run_whose_worker_stops_ends_after_its_page_unless_a_person_asked_for_the_whole_day(
    platform: Platform, alt_engine: Engine, wanted: str
) -> None:
    settings = platform.settings
    tagging = settings.tagging.model_copy(update={"batch_limit": 3})
    for _ in range(8):
        corpus.add_article(alt_engine)
    assignment = Assignment((corpus.now(),), only_pending=wanted == "pending", linger_seconds=60, first=FIRST_DAY)
    worker = TaggingRun(
        alt_engine, platform.tag_extractor, tagging, settings.pool, assignment, progress=lambda _: False
    )
    report = worker.carry_out()
    if wanted == "pending":
        assert report.selected == 3
        assert report.stopped == "its worker is stopping; the next run continues"
    else:
        assert report.selected == 8
        assert report.stopped is None


def test_a_run_that_waits_ends_when_another_needs_its_worker(platform: Platform, alt_engine: Engine) -> None:
    asked: list[RunReport | None] = []

    def progress(report: RunReport | None) -> bool:
        asked.append(report)
        return report is not None

    settings = platform.settings
    assignment = Assignment((corpus.now(),), only_pending=True, linger_seconds=60, first=FIRST_DAY)
    worker = TaggingRun(alt_engine, platform.tag_extractor, settings.tagging, settings.pool, assignment, progress)
    assert worker.carry_out().seconds < 20
    assert asked == [None]
