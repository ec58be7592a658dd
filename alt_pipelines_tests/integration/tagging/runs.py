"""Tagging runs and batches written to the tests' database, as the tests of the room make them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.engine import Engine

from alt_pipelines.platform import Platform
from alt_pipelines.settings import PoolSettings, TaggingSettings
from alt_pipelines.tagging.assignment import Assignment
from alt_pipelines.tagging.extraction.article import Extraction, RawArticle
from alt_pipelines.tagging.extraction.cascade import Load
from alt_pipelines.tagging.outcomes import Extractor
from alt_pipelines.tagging.report import RunReport
from alt_pipelines.tagging.run import TaggingRun
from alt_pipelines.tagging.store import ArticleResult, OutcomeCounts, WriteReport, outcome_counts, write_batch
from alt_pipelines.tagging.windows import Calendar
from alt_pipelines_tests.integration.tagging.conftest import FIRST_DAY

DEFAULTS = TaggingSettings()


def write(engine: Engine, *results: ArticleResult) -> WriteReport:
    """Write one batch of results."""
    return write_batch(engine, results, DEFAULTS, PoolSettings(retry_seconds=5))


class WordListOnly:
    """Base of stand-ins for an extractor; the vocabularies of the archive do not matter to them."""

    def use(self, vocabularies: object) -> None:
        """Ignore them."""


class Recorder(WordListOnly):
    """Delegates to the real extractor and records the article ids of each batch."""

    model_id = "recorder"

    def __init__(self, extractor: Extractor) -> None:
        self.batches: list[list[str]] = []
        self._extractor = extractor

    def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> list[Extraction]:
        self.batches.append([article.id for article in articles])
        return self._extractor.extract(articles, load)


def run(platform: Platform, extractor: Extractor | None = None, **assignment: object) -> RunReport:
    """Carry out an assignment: by default, the pending articles of every day."""
    settings = assignment.pop("settings", platform.settings.tagging)
    days = assignment.pop("days", None) or every_day()
    progress = assignment.pop("progress", None)
    worker = TaggingRun(
        platform.alt_engine,
        extractor or platform.tag_extractor,
        settings,  # type: ignore[arg-type]
        platform.settings.pool,
        Assignment(tuple(days), **{"only_pending": True, "first": FIRST_DAY, **assignment}),  # type: ignore[arg-type]
        progress,  # type: ignore[arg-type]
    )
    return worker.carry_out()


def every_day() -> list[datetime]:
    """Return every existing day."""
    calendar = Calendar.at(FIRST_DAY)
    return [calendar.first + timedelta(days=n) for n in range((calendar.newest - calendar.first).days + 1)]


def counts(engine: Engine) -> OutcomeCounts:
    """Count the articles by outcome; every article has exactly one."""
    with engine.connect() as connection:
        found = outcome_counts(connection)
    assert found.adds_up
    return found
