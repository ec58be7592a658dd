"""A tagging run whose extractor raises, whose articles vanish, or whose process dies: the other articles are tagged."""

import threading
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy.engine import Engine

from alt_pipelines.platform import Platform
from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import Extraction, RawArticle
from alt_pipelines.tagging.extraction.cascade import Load
from alt_pipelines.tagging.outcomes import Extractor
from alt_pipelines.tagging.report import RunReport
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.integration.tagging.runs import Recorder, WordListOnly, counts, run
from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_until


def test_a_lease_is_renewed_while_a_page_takes_longer_than_it(platform: Platform, alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    ends: set[object] = set()

    def is_renewed_thrice() -> bool:
        ends.add(corpus.scalar(alt_engine, "SELECT claimed_until FROM alt_pipelines.article_tag_claims"))
        return len(ends) > 3

    class Slow(Recorder):
        def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> list[Extraction]:
            wait_until(is_renewed_thrice, "the lease is renewed three times while the page is extracted")
            return super().extract(articles, load)

    run(platform, Slow(platform.tag_extractor), settings=TaggingSettings(claim_seconds=1, refine_budget=0))
    assert len(ends) > 3
    assert corpus.outcome(alt_engine, article).status == "tagged"


def test_two_runs_over_the_same_days_share_the_work(platform: Platform, alt_engine: Engine) -> None:
    for _ in range(40):
        corpus.add_article(alt_engine)
    recorders = [Recorder(platform.tag_extractor) for _ in range(2)]
    reports: list[RunReport] = []

    def work(recorder: Recorder) -> None:
        reports.append(run(platform, recorder, settings=TaggingSettings(batch_limit=5)))

    threads = [threading.Thread(target=work, args=(recorder,)) for recorder in recorders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG_SECONDS)

    worked_on = [article for recorder in recorders for batch in recorder.batches for article in batch]
    assert len(reports) == 2
    assert len(worked_on) == len(set(worked_on)) == 40
    assert counts(alt_engine).tagged == 40


class Broken(WordListOnly):
    """An extractor that raises for one article instead of returning a failed extraction."""

    model_id = "test"

    def __init__(self, extractor: Extractor, victim: str) -> None:
        self._extractor, self._victim = extractor, victim

    def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> list[Extraction]:
        if any(article.id == self._victim for article in articles):
            raise RuntimeError("no such dictionary")
        return self._extractor.extract(articles, load)


def test_an_extractor_that_raises_for_one_article_fails_that_one(platform: Platform, alt_engine: Engine) -> None:
    articles = [corpus.add_article(alt_engine) for _ in range(5)]
    run(platform, Broken(platform.tag_extractor, articles[2]))
    outcome = corpus.outcome(alt_engine, articles[2])
    assert (outcome.status, outcome.reason) == ("failed", "RuntimeError: no such dictionary")
    assert counts(alt_engine).tagged == 4


class Deleting(WordListOnly):
    """An extractor that deletes an article, or its feed, after the run has selected the article."""

    model_id = "test"

    def __init__(self, extractor: Extractor, engine: Engine, statement: str, victim: str) -> None:
        self._extractor, self._engine, self._statement, self._victim = extractor, engine, statement, victim

    def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> list[Extraction]:
        corpus.execute(self._engine, self._statement, id=self._victim)
        return self._extractor.extract(articles, load)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM articles WHERE id = :id",
        "DELETE FROM feeds WHERE id = (SELECT feed_id FROM articles WHERE id = :id)",
    ],
)
def test_an_article_or_feed_deleted_while_it_is_tagged_affects_no_other(
    platform: Platform, alt_engine: Engine, statement: str
) -> None:
    articles = [corpus.add_article(alt_engine) for _ in range(5)]
    report = run(platform, Deleting(platform.tag_extractor, alt_engine, statement, articles[2]))
    assert (report.total.outcomes["tagged"], report.total.skipped) == (4, 1)
    assert counts(alt_engine) == (4, 0, 0, 0, 0, 0, 4)
    assert corpus.rows(alt_engine, "SELECT * FROM alt_pipelines.article_tag_claims") == []


class Interrupted(WordListOnly):
    """An extractor whose run is cancelled while it works."""

    model_id = "test"

    def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> list[Extraction]:
        raise KeyboardInterrupt


def test_a_cancelled_run_hands_its_articles_back_at_once(platform: Platform, alt_engine: Engine) -> None:
    for _ in range(3):
        corpus.add_article(alt_engine)
    with pytest.raises(KeyboardInterrupt):
        run(platform, Interrupted())
    assert corpus.rows(alt_engine, "SELECT * FROM alt_pipelines.article_tag_claims") == []
    assert run(platform).total.outcomes["tagged"] == 3


@pytest.fixture
def abandoned(alt_engine: Engine) -> Iterator[list[str]]:
    """Three articles whose process died: three times for the first, once for each of the others."""
    articles = [corpus.add_article(alt_engine) for _ in range(3)]
    for position, article in enumerate(articles):
        corpus.execute(
            alt_engine,
            "INSERT INTO alt_pipelines.article_tag_claims VALUES (:id, 'dead', :attempts, now() - interval '1 second')",
            id=article,
            attempts=3 if position == 0 else 1,
        )
    return articles


def test_articles_of_a_crashed_process_are_tagged_one_by_one_and_the_culprit_fails(
    platform: Platform, alt_engine: Engine, abandoned: list[str]
) -> None:
    corpus.add_article(alt_engine)
    corpus.add_article(alt_engine)
    recorder = Recorder(platform.tag_extractor)

    run(platform, recorder)

    assert sorted(map(len, recorder.batches)) == [1, 1, 2]
    killer = corpus.outcome(alt_engine, abandoned[0])
    assert killer.status == "failed"
    assert "died 3 times" in killer.reason
    assert counts(alt_engine).tagged == 4
