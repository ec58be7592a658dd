"""The run when the ground gives way: the database gone in the middle of a batch, the process killed in the middle.

Each test has a server of its own, which it may stop; afterwards the invariant holds: every article has exactly one
outcome, none is lost, none is done twice.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from alt_pipelines.database import embedded, migrate
from alt_pipelines.database.engines import make_engine
from alt_pipelines.settings import PoolSettings, TaggingSettings
from alt_pipelines.tagging.assignment import Assignment
from alt_pipelines.tagging.extraction.article import Extraction, RawArticle
from alt_pipelines.tagging.extraction.cascade import Load
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.outcomes import Extractor
from alt_pipelines.tagging.report import RunReport
from alt_pipelines.tagging.run import TaggingRun
from alt_pipelines.tagging.store import outcome_counts, reopening
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.integration.tagging.runs import WordListOnly

AWAY_SECONDS = 20
ARTICLES = 30
SETTINGS = TaggingSettings(batch_limit=10, claim_seconds=1, refine_budget=0)
PATIENT = PoolSettings(retry_seconds=120, retry_longest_delay_seconds=2, connect_timeout_seconds=5)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Path]:
    """A server of this test's own, with an empty alt-db."""
    data_dir = tmp_path / "postgres"
    embedded.ensure_running(data_dir)
    engine = make_engine(embedded.url(data_dir, embedded.ALT_DATABASE), PoolSettings())
    migrate.upgrade(engine, "alt", without_platform=True)
    engine.dispose()
    yield data_dir
    embedded.stop(data_dir)


@pytest.fixture
def engine(server: Path) -> Iterator[Engine]:
    engine = make_engine(embedded.url(server, embedded.ALT_DATABASE), PATIENT)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def steady() -> TagExtractor:
    """The real extractor without refinement, so that an article's tags do not depend on its batch."""
    return TagExtractor(SETTINGS, None)


def work(engine: Engine, extractor: Extractor, settings: TaggingSettings = SETTINGS) -> RunReport:
    assignment = Assignment((corpus.now(),), only_pending=True)
    return TaggingRun(engine, extractor, settings, PATIENT, assignment).carry_out()


def assert_all_tagged_once(engine: Engine, articles: int) -> None:
    with engine.connect() as connection:
        counts = outcome_counts(connection)
    assert counts == (articles, 0, 0, 0, 0, 0, articles)
    assert corpus.rows(engine, "SELECT * FROM alt_pipelines.article_tag_claims") == []
    doubles = "SELECT feed_id, tag_name FROM feed_tags GROUP BY 1, 2 HAVING count(*) > 1"
    assert corpus.rows(engine, doubles) == []
    assert corpus.scalar(engine, "SELECT min(tag_count) FROM alt_pipelines.article_tag_outcomes") >= 3
    linked = "SELECT count(*) FROM article_tags"
    counted = "SELECT sum(tag_count) FROM alt_pipelines.article_tag_outcomes"
    assert corpus.scalar(engine, linked) == corpus.scalar(engine, counted)


class Outage(WordListOnly):
    """Passes on to the extractor, and has the server stopped while the second batch is being worked on."""

    model_id = "test"

    def __init__(self, extractor: Extractor, data_dir: Path) -> None:
        self._extractor, self._data_dir, self._batches = extractor, data_dir, 0
        self.back = threading.Timer(AWAY_SECONDS, embedded.ensure_running, [data_dir])

    def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> list[Extraction]:
        self._batches += 1
        if self._batches == 2:
            embedded.stop(self._data_dir)
            self.back.start()
        return self._extractor.extract(articles, load)


def test_a_database_gone_in_the_middle_of_a_batch_and_back_later_costs_time_only(
    server: Path, engine: Engine, steady: TagExtractor
) -> None:
    for _ in range(ARTICLES):
        corpus.add_article(engine)
    outage = Outage(steady, server)
    started = time.monotonic()

    report = work(engine, outage)

    outage.back.join()
    assert time.monotonic() - started > AWAY_SECONDS
    assert report.total.outcomes == {"tagged": ARTICLES}
    assert_all_tagged_once(engine, ARTICLES)


# What the killed process runs: the real run, with an extractor that says when the second batch is at hand, and waits.
_VICTIM = """
import sys, time
from datetime import UTC, datetime
from alt_pipelines.database.engines import make_engine
from alt_pipelines.settings import PoolSettings, TaggingSettings, postgres_url
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.assignment import Assignment
from alt_pipelines.tagging.run import TaggingRun

class Slow:
    model_id = "test"

    def __init__(self, extractor):
        self.extractor, self.batches = extractor, 0
    def use(self, vocabularies):
        self.extractor.use(vocabularies)
    def extract(self, articles, load=None):
        self.batches += 1
        if self.batches == 2:
            print("in the middle", flush=True)
            time.sleep(600)
        return self.extractor.extract(articles)

settings = TaggingSettings(batch_limit=10, claim_seconds=1, refine_budget=0)
day = datetime.now(UTC).replace(tzinfo=None)
engine = make_engine(postgres_url(sys.argv[1]), PoolSettings())
extractor = Slow(TagExtractor(settings, None))
TaggingRun(engine, extractor, settings, PoolSettings(), Assignment((day,), only_pending=True)).carry_out()
"""


def test_a_process_killed_in_the_middle_of_a_batch_loses_nothing(
    server: Path, engine: Engine, steady: TagExtractor
) -> None:
    for _ in range(ARTICLES):
        corpus.add_article(engine)
    url = engine.url.render_as_string(hide_password=False)
    with subprocess.Popen([sys.executable, "-c", _VICTIM, url], stdout=subprocess.PIPE, text=True) as victim:
        assert victim.stdout is not None
        while "in the middle" not in (line := victim.stdout.readline()):
            assert line, "the process ended before its second batch"
        os.kill(victim.pid, signal.SIGKILL)
    assert corpus.scalar(engine, "SELECT count(*) FROM alt_pipelines.article_tag_outcomes") == 10
    assert corpus.scalar(engine, "SELECT count(*) FROM alt_pipelines.article_tag_claims") == 10
    time.sleep(SETTINGS.claim_seconds + 0.1)

    report = work(engine, steady)

    assert report.total.outcomes == {"tagged": ARTICLES - 10}
    assert_all_tagged_once(engine, ARTICLES)


# An article whose very text kills the process that reads it: every process, every time.
_FRAGILE = _VICTIM.replace(
    """        self.batches += 1
        if self.batches == 2:
            print("in the middle", flush=True)
            time.sleep(600)
""",
    """        if any("poison" in article.title for article in articles):
            import os, signal
            os.kill(os.getpid(), signal.SIGKILL)
""",
)


def test_an_article_that_kills_every_process_fails_and_the_others_are_tagged(server: Path, engine: Engine) -> None:
    for number in range(12):
        corpus.add_article(engine, title="poison" if number == 5 else "Port authority opens container terminal")
    url = engine.url.render_as_string(hide_password=False)
    codes = []
    for _ in range(SETTINGS.max_crashes + 1):
        codes.append(subprocess.run([sys.executable, "-c", _FRAGILE, url], check=False, timeout=200).returncode)
        time.sleep(SETTINGS.claim_seconds + 0.1)

    assert codes == [-signal.SIGKILL] * SETTINGS.max_crashes + [0]
    with engine.connect() as connection:
        assert outcome_counts(connection) == (11, 0, 0, 0, 1, 0, 12)
    failed = corpus.rows(engine, "SELECT * FROM alt_pipelines.article_tag_outcomes WHERE status = 'failed'")[0]
    assert f"died {SETTINGS.max_crashes} times" in failed.reason
    assert failed.next_attempt_at is None, "a retry would cost more processes"
    with engine.begin() as connection:
        assert reopening.reopen(connection, SETTINGS.fetch_limit) == 0
    corpus.execute(engine, "UPDATE articles SET content = content || '!' WHERE title = 'poison'")
    with engine.begin() as connection:
        assert reopening.reopen(connection, SETTINGS.fetch_limit) == 1
