"""Work that can wait gives way to articles without tags, whatever their age: the run may have the only process."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from alt_pipelines.platform import Platform
from alt_pipelines.tagging import run as tagging_run
from alt_pipelines.tagging.extraction.article import Extraction, RawArticle
from alt_pipelines.tagging.extraction.cascade import TRICKLE, Load
from alt_pipelines.tagging.windows import floor
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.integration.tagging.runs import Recorder, run

DAY = timedelta(days=1)
PAGE = 10


class Interrupted(Recorder):
    """Adds an article of yesterday while the batch with this number is extracted."""

    def __init__(self, platform: Platform, engine: Engine, batch: int) -> None:
        super().__init__(platform.tag_extractor)
        self._engine, self._batch = engine, batch
        self.added = ""

    def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> list[Extraction]:
        if len(self.batches) == self._batch:
            self.added = corpus.add_article(self._engine, created_at=corpus.now() - DAY)
        return super().extract(articles, load)

    def waited(self) -> int:
        """Return how many batches came between the one during which the article was added and its own."""
        return self.batches.index([self.added]) - self._batch - 1


@pytest.fixture(autouse=True)
def without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scan for untried articles after every batch of work that can wait."""
    monkeypatch.setattr(tagging_run, "UNTRIED_SECONDS", 0.0)


def test_second_passes_give_way_to_articles_of_other_days(platform: Platform, alt_engine: Engine) -> None:
    for _ in range(3 * TRICKLE):
        corpus.add_article(alt_engine)
    recorder = Interrupted(platform, alt_engine, batch=1)  # batch 0 is the first pass of all
    run(platform, recorder, days=[floor(corpus.now())])
    assert recorder.waited() == 0
    assert len(recorder.batches) == 5, "all three second passes were made"


def test_a_day_tagged_by_hand_gives_way_to_articles_of_other_days(platform: Platform, alt_engine: Engine) -> None:
    for _ in range(4 * PAGE):
        corpus.add_article(alt_engine)
    run(platform)
    recorder = Interrupted(platform, alt_engine, batch=1)
    report = run(
        platform,
        recorder,
        days=[floor(corpus.now())],
        only_pending=False,
        settings=platform.settings.tagging.model_copy(update={"batch_limit": PAGE}),
    )
    assert recorder.waited() == 0
    assert report.selected == 4 * PAGE + 1


def test_a_day_tagged_by_hand_for_the_first_time_is_tagged_once(platform: Platform, alt_engine: Engine) -> None:
    for _ in range(4 * PAGE):
        corpus.add_article(alt_engine)
    settings = platform.settings.tagging.model_copy(update={"batch_limit": PAGE})
    report = run(platform, days=[floor(corpus.now())], only_pending=False, settings=settings)
    assert report.selected == 4 * PAGE


def test_requested_retagging_gives_way_to_articles_of_other_days(platform: Platform, alt_engine: Engine) -> None:
    for _ in range(4 * PAGE):
        corpus.add_article(alt_engine)
    run(platform)
    corpus.execute(alt_engine, "UPDATE alt_pipelines.article_tag_outcomes SET retag_requested_at = now()")
    recorder = Interrupted(platform, alt_engine, batch=1)
    run(
        platform,
        recorder,
        days=[floor(corpus.now())],
        retag=True,
        settings=platform.settings.tagging.model_copy(update={"batch_limit": PAGE}),
    )
    assert recorder.waited() == 0
    assert corpus.outcome(alt_engine, recorder.added).status == "tagged"


def test_the_scans_for_untried_articles_read_a_large_table_piece_by_piece(
    platform: Platform, alt_engine: Engine
) -> None:
    for _ in range(4 * PAGE):
        corpus.add_article(alt_engine)
    run(platform)
    recorder = Interrupted(platform, alt_engine, batch=0)
    run(
        platform,
        recorder,
        days=[floor(corpus.now())],
        only_pending=False,
        settings=platform.settings.tagging.model_copy(update={"batch_limit": 5, "probe_rows": PAGE}),
    )
    assert 0 < recorder.waited() <= 4
