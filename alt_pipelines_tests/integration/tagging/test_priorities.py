"""Work that can wait gives way to articles without tags, whatever their age: the run may have the only process."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import chain
from typing import ClassVar

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


def abandon(engine: Engine, *articles: str, attempts: int = 1) -> None:
    """Leave claims on articles as a process that died does, after they have expired."""
    for article in articles:
        corpus.execute(
            engine,
            "INSERT INTO alt_pipelines.article_tag_claims VALUES (:id, 'dead', :attempts, now() - interval '1 second')",
            id=article,
            attempts=attempts,
        )


def test_articles_that_a_dead_process_had_claimed_hold_up_no_others(platform: Platform, alt_engine: Engine) -> None:
    abandoned = [corpus.add_article(alt_engine) for _ in range(6)]
    abandon(alt_engine, *abandoned)
    earlier = [corpus.add_article(alt_engine, created_at=corpus.now() - days * DAY) for days in (1, 2)]

    class Arriving(Recorder):
        added: ClassVar[list[str]] = []

        def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> list[Extraction]:
            suspects = sum(batch[0] in abandoned for batch in self.batches)
            if suspects == len(self.added) + 2 and len(self.added) < 2:
                created_at = corpus.now() - len(self.added) * DAY  # a fresh one, then one that was published late
                self.added.append(corpus.add_article(alt_engine, created_at=created_at))
            return super().extract(articles, load)

    recorder = Arriving(platform.tag_extractor)
    run(platform, recorder)

    assert recorder.batches[0] == earlier, "they are neither alone nor second"
    rest = [article for batch in recorder.batches[1:] for article in batch]
    assert len(rest) == len(recorder.batches) - 1, "every other is alone"
    assert [rest.index(added) for added in recorder.added] == [3, 4], "each waits for the one in progress"
    assert sorted(rest) == sorted([*abandoned, *recorder.added])


def test_an_abandoned_article_that_kills_again_leaves_nothing_else_uncommitted(
    platform: Platform, alt_engine: Engine
) -> None:
    others = [corpus.add_article(alt_engine) for _ in range(3 * TRICKLE)]
    suspect = corpus.add_article(alt_engine)
    abandon(alt_engine, suspect)
    committed: list[int] = []

    class Deadly(Recorder):
        def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> list[Extraction]:
            if articles[0].id == suspect:
                committed.append(corpus.scalar(alt_engine, "SELECT count(*) FROM alt_pipelines.article_tag_outcomes"))
            return super().extract(articles, load)

    run(platform, Deadly(platform.tag_extractor))
    assert committed == [len(others)]


@pytest.mark.parametrize("condition", ["deferred", "requested"])
def test_abandoned_second_passes_and_retagging_are_carried_out_too(
    platform: Platform, alt_engine: Engine, condition: str
) -> None:
    articles = [corpus.add_article(alt_engine) for _ in range(3)]
    run(platform)
    column = "next_attempt_at" if condition == "deferred" else "retag_requested_at"
    corpus.execute(alt_engine, f"UPDATE alt_pipelines.article_tag_outcomes SET {column} = now()")
    abandon(alt_engine, *articles)
    recorder = Recorder(platform.tag_extractor)
    run(platform, recorder, retag=condition == "requested")
    assert sorted(map(len, recorder.batches)) == [1, 1, 1]
    assert corpus.scalar(alt_engine, "SELECT count(*) FROM alt_pipelines.article_tag_claims") == 0


@pytest.mark.parametrize("age", [0, 3])
@pytest.mark.parametrize("by", ["hand", "request", "second passes"])
def test_work_that_can_wait_gives_way_to_articles_that_a_dead_process_had_claimed(
    platform: Platform, alt_engine: Engine, by: str, age: int
) -> None:
    done = [corpus.add_article(alt_engine, created_at=corpus.now() - DAY) for _ in range(4 * PAGE)]
    run(platform)
    if by == "request":
        corpus.execute(alt_engine, "UPDATE alt_pipelines.article_tag_outcomes SET retag_requested_at = now()")
    if by == "second passes":
        corpus.execute(alt_engine, "UPDATE alt_pipelines.article_tag_outcomes SET next_attempt_at = now()")
    abandoned = [corpus.add_article(alt_engine, created_at=corpus.now() - age * DAY) for _ in range(3)]
    abandon(alt_engine, *abandoned)
    recorder = Recorder(platform.tag_extractor)
    run(
        platform,
        recorder,
        days=[floor(corpus.now() - DAY)],
        only_pending=by == "second passes",
        retag=by == "request",
        settings=platform.settings.tagging.model_copy(update={"batch_limit": PAGE}),
    )
    assert sorted(chain(*recorder.batches[1:4])) == sorted(abandoned), "alone, after the first page"
    assert sorted(chain(recorder.batches[0], *recorder.batches[4:])) == sorted(done), "and each other once"


@pytest.mark.parametrize("others", [TRICKLE, 3 * TRICKLE])
@pytest.mark.parametrize("age", [1, 0])
def test_no_abandoned_article_is_started_after_the_run_was_told_to_stop(
    platform: Platform, alt_engine: Engine, others: int, age: int
) -> None:
    """The results of a small page are committed at once, those of a large one before a suspect is started."""
    page = [corpus.add_article(alt_engine, created_at=corpus.now() - age * DAY) for _ in range(others)]
    suspect = corpus.add_article(alt_engine, created_at=corpus.now() - age * DAY)
    abandon(alt_engine, suspect)
    recorder = Recorder(platform.tag_extractor)
    report = run(platform, recorder, progress=lambda _: False)
    assert report.stopped is not None
    assert recorder.batches == [list(reversed(page))]
    assert corpus.scalar(alt_engine, "SELECT attempts FROM alt_pipelines.article_tag_claims") == 1
