"""One article that hangs: its neighbours are tagged at once, it fails alone and is not tried again."""

import os
import signal
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from alt_pipelines.platform import Platform
from alt_pipelines.runtime.serving import Factory, Handler
from alt_pipelines.runtime.supervised import SupervisedChild, TaskFailedError
from alt_pipelines.settings import Settings, TaggingSettings
from alt_pipelines.tagging import scan
from alt_pipelines.tagging.cursor import Cursor
from alt_pipelines.tagging.extraction.article import TOOK_TOO_LONG, Extraction, RawArticle
from alt_pipelines.tagging.extraction.cascade import Load
from alt_pipelines.tagging.extraction.extractor import Begin, TagExtractor
from alt_pipelines.tagging.processes.isolated import IsolatedExtractor, handler, share_among_others
from alt_pipelines.tagging.store import reopening
from alt_pipelines.vocabulary.words import counted
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.integration.tagging.runs import run

LIMIT = 1.5
PATIENT = 4 * LIMIT  # where several of a page are set aside, which leaves the others a fiftieth of the deadline
MODULES = ("alt_pipelines.tagging.extraction.loading:warm_up", __name__)
HANG, CRASH, SLOW, SLEEP = "it hangs", "it crashes", "it is slow", "it sleeps"


class Spoilt(TagExtractor):
    """The real first pass, but for articles whose title says what goes wrong in native code."""

    def extract(
        self,
        articles: Sequence[RawArticle],
        load: Load | None = None,
        begin: Begin = lambda index, loading=False: None,
    ) -> list[Extraction]:
        for index, article in enumerate(articles):
            if article.title in (HANG, CRASH, SLOW, SLEEP):
                begin(index)
            if article.title == HANG:
                _ = 3**1_000_000_000
            elif article.title == SLEEP:
                time.sleep(1000)
            elif article.title == CRASH:
                os.kill(os.getpid(), signal.SIGSEGV)
            elif article.title == SLOW:
                end = time.process_time() + LIMIT / 2
                while time.process_time() < end:
                    pass
        return super().extract(articles, load, begin)


class NoEncoder:
    """There is no second pass here."""

    def encode(self, sentences: Sequence[str]) -> None:
        """Nothing."""


def spoilt_handler(settings: TaggingSettings) -> Handler:
    """The factory of the child."""
    return handler(Spoilt(settings, None, fallback=False), NoEncoder())


def broken_handler() -> Handler:
    """A factory whose handler fails on every task."""

    def handle(task: object, step: object) -> None:
        raise OSError("no dictionary")

    return handle


@pytest.fixture(scope="module")
def child() -> Iterator[SupervisedChild[Any, Any]]:
    made = SupervisedChild[Any, Any](Factory(spoilt_handler, (TaggingSettings(),)), MODULES)
    yield made
    made.close()


@pytest.fixture(scope="module")
def extractor(child: SupervisedChild[Any, Any]) -> IsolatedExtractor:
    return IsolatedExtractor(child, TaggingSettings(article_cpu_seconds=LIMIT))


@pytest.fixture(scope="module")
def patient(child: SupervisedChild[Any, Any]) -> IsolatedExtractor:
    return IsolatedExtractor(child, TaggingSettings(article_cpu_seconds=PATIENT))


def _titles(count: int, **spoilt: str) -> list[str]:
    return [spoilt.get(f"at{number}", f"Oil spill number {number} off Alaska") for number in range(count)]


def test_articles_that_hang_or_crash_are_set_aside_and_the_others_are_done(patient: IsolatedExtractor) -> None:
    titles = _titles(8, at2=HANG, at3=CRASH, at6=SLOW)
    found = patient.extract([RawArticle(str(n), title, "The tanker ran aground.") for n, title in enumerate(titles)])
    assert [None if one is None else one.status for one in found] == [
        "tagged", "tagged", None, None, "tagged", "tagged", None, "tagged",
    ]  # fmt: skip


def test_loading_the_dictionaries_of_a_language_is_not_the_first_article_of_it_that_takes_long() -> None:
    texts = {
        "zh": "港口在风暴之后星期一重新开放，市长说明了情况。" * 5,
        "fr": "Le port de Marseille a rouvert lundi après la tempête, selon le maire de la ville. " * 5,
        "de": "Der Hafen von Hamburg wurde am Montag nach dem Sturm wieder geöffnet, so die Stadt. " * 5,
        "ko": "부산 항구는 폭풍이 지나간 뒤 월요일에 다시 문을 열었다고 시장이 말했다. " * 5,
        "th": "ท่าเรือเปิดอีกครั้งหลังพายุในวันจันทร์ นายกเทศมนตรีกล่าว " * 5,
    }
    settings = TaggingSettings(article_cpu_seconds=1.5)  # 0.15 s in a group: less than any of these dictionaries takes
    cold = IsolatedExtractor(SupervisedChild(Factory(spoilt_handler, (settings,)), MODULES), settings)
    found = cold.extract([RawArticle(code, "", text * 1, code) for code, text in texts.items()])
    cold.close()
    assert [one and one.status for one in found] == ["tagged"] * len(texts)


def test_several_that_hang_in_one_page_are_each_set_aside_and_no_other(patient: IsolatedExtractor) -> None:
    bad = {3: HANG, 4: SLEEP, 17: CRASH, 18: HANG, 39: SLEEP}
    titles = [bad.get(number, f"Oil spill number {number} off Alaska") for number in range(80)]
    found = patient.extract([RawArticle(str(n), title, "The tanker ran aground.") for n, title in enumerate(titles)])
    assert [number for number, one in enumerate(found) if one is None] == sorted(bad)


def test_a_page_of_a_backlog_is_extracted_by_several_children_in_order() -> None:
    settings = TaggingSettings(article_cpu_seconds=PATIENT)
    children = [SupervisedChild[Any, Any](Factory(spoilt_handler, (settings,)), MODULES)]
    children += [children[0].sibling() for _ in range(2)]
    several = IsolatedExtractor(children[0], settings, children[1:])
    bad = {3: HANG, 40: CRASH, 41: CRASH, 99: SLEEP}
    titles = [bad.get(number, f"Oil spill number {number} off Alaska") for number in range(100)]
    articles = [RawArticle(str(n), title, "The tanker ran aground.") for n, title in enumerate(titles)]
    found = several.extract(articles, "backlog")
    pids = {child.pid for child in children}
    assert [number for number, one in enumerate(found) if one is None] == sorted(bad)
    assert [one.id for one in found if one] == [str(number) for number in range(100) if number not in bad]
    assert len(pids - {None}) > 1
    several.extract(articles[50:55], "trickle")
    assert [child.pid is None for child in children] == [False, True, True], "the additional ones end with the backlog"
    several.close()


def test_an_error_outside_the_articles_ends_the_page_of_all_children() -> None:
    settings = TaggingSettings()
    child = SupervisedChild[Any, Any](Factory(broken_handler))
    with pytest.raises(TaskFailedError, match="no dictionary"):
        IsolatedExtractor(child, settings, [child.sibling()]).extract(
            [RawArticle(str(n), "Oil spill", "The tanker ran aground.") for n in range(100)], "backlog"
        )
    child.close()


def test_however_many_of_a_page_hang_the_others_wait_for_one_deadline_at_most() -> None:
    """In CPU time; a tenth of the deadline is what each lost group costs in addition."""
    lost = [share_among_others(stops) + 0.1 for stops in range(5)]
    assert sum(lost) < 1
    assert share_among_others(100) > 0.01


def test_alone_it_has_the_whole_deadline_and_then_fails(extractor: IsolatedExtractor) -> None:
    (slow,) = extractor.extract([RawArticle("1", SLOW, "The tanker ran aground.")])
    (hung,) = extractor.extract([RawArticle("2", HANG, "The tanker ran aground.")])
    (crashed,) = extractor.extract([RawArticle("3", CRASH, "The tanker ran aground.")])
    assert slow is not None
    assert slow.status == "tagged"
    assert hung is not None
    assert (hung.status, hung.reason) == ("failed", TOOK_TOO_LONG)
    assert crashed is not None
    assert crashed.reason is not None
    assert "status -11" in crashed.reason


def test_a_run_writes_the_neighbours_first_and_never_tries_the_bad_one_again(
    platform: Platform, alt_engine: Engine, extractor: IsolatedExtractor
) -> None:
    ids = [corpus.add_article(alt_engine, title) for title in _titles(6, at1=HANG)]
    run(platform, extractor)
    found = [corpus.outcome(alt_engine, one) for one in ids]
    hung = found.pop(1)
    assert (hung.status, hung.reason, hung.next_attempt_at) == ("failed", TOOK_TOO_LONG, None)
    assert {one.status for one in found} == {"tagged"}
    assert max(one.updated_at for one in found) < hung.updated_at
    assert corpus.scalar(alt_engine, "SELECT count(*) FROM alt_pipelines.article_tag_claims") == 0
    assert run(platform, extractor).selected == 0


def _reopened(alt_engine: Engine) -> int:
    with alt_engine.begin() as connection:
        return reopening.reopen(connection, TaggingSettings().fetch_limit)


@pytest.mark.parametrize(
    ("change", "reopened"),
    [
        ("SELECT 1", 0),
        ("UPDATE articles SET published_at = now()", 0),
        ("UPDATE articles SET content = content || '!'", 1),
        ("UPDATE articles SET title = 'Another title'", 1),
        ("UPDATE alt_pipelines.article_tag_outcomes SET extractor_version = 'older' WHERE status = 'failed'", 1),
        ("UPDATE alt_pipelines.article_tag_outcomes SET content_digest = '' WHERE status = 'failed'", 1),
    ],
    ids=["nothing", "another column", "content", "title", "extractor", "recorded before digests"],
)
def test_what_took_too_long_is_due_again_when_it_or_the_extractor_changes(
    platform: Platform, alt_engine: Engine, extractor: IsolatedExtractor, change: str, reopened: int
) -> None:
    ids = [corpus.add_article(alt_engine, title, "港は嵐の後 🚢") for title in _titles(2, at1=HANG)]
    run(platform, extractor)
    corpus.execute(alt_engine, change)
    assert _reopened(alt_engine) == reopened
    assert _reopened(alt_engine) == 0, "due already"
    again = run(platform, extractor)
    assert again.selected == reopened
    assert corpus.outcome(alt_engine, ids[0]).status == "tagged"
    assert corpus.outcome(alt_engine, ids[1]).status == ("tagged" if "title =" in change else "failed")
    assert _reopened(alt_engine) == 0, "tried as it is now"
    assert run(platform, extractor).selected == 0


def test_every_sweep_of_the_sensor_finds_changed_articles(
    platform: Platform, alt_engine: Engine, extractor: IsolatedExtractor
) -> None:
    settings, now, first = (
        TaggingSettings(sweep_seconds=10),
        datetime.now(UTC).replace(tzinfo=None),
        datetime(2026, 1, 1),
    )
    corpus.add_article(alt_engine, HANG)
    run(platform, extractor)
    assert not scan.run_probes(alt_engine, Cursor(), settings, first, now).articles
    assert not scan.run_probes(alt_engine, Cursor(), settings, first, now).articles
    corpus.execute(alt_engine, "UPDATE articles SET content = content || '!'")
    scan.run_probes(alt_engine, Cursor(), settings, first, now)
    assert scan.run_probes(alt_engine, Cursor(), settings, first, now).by_probe == {"retry": 1}


def test_without_a_model_the_isolated_extractor_starts_warms_and_tags(tmp_path: Path) -> None:
    settings = Settings.from_environment({"ALT_PIPELINES_MODELS": str(tmp_path), "ALT_PIPELINES_HOME": str(tmp_path)})
    platform = Platform(settings)
    extractor = platform.isolated_extractor
    try:
        extractor.warm()
        assert extractor.model_id == "none"
        article = RawArticle("a", "Oil spill off Alaska", "The tanker ran aground off Alaska and leaked crude oil.")
        (extraction,) = extractor.extract([article])
        assert extraction is not None
        assert (extraction.status, extraction.backend) == ("tagged", "features")
    finally:
        platform.close()


def test_a_child_that_replaced_a_crashed_one_ranks_by_the_vocabulary_too(extractor: IsolatedExtractor) -> None:
    article = RawArticle("1", "Port authority opens terminal", corpus.TEXT, "en")
    vocabulary = counted("en", [("Port authority opens terminal", corpus.TEXT)] * 2)
    extractor.use({"en": vocabulary})
    try:
        used = []
        for group in ([article], [RawArticle("2", CRASH, corpus.TEXT, "en")], [article]):
            (extraction,) = extractor.extract(group)
            assert extraction is not None
            used.append(extraction.vocabulary)
        assert used == [vocabulary.version, None, vocabulary.version]
    finally:
        extractor.use({})
    (extraction,) = extractor.extract([article])
    assert extraction is not None
    assert extraction.vocabulary is None
