"""Tagging the articles of some hours: select, claim, extract, write, page by page until nothing is left.

This is the whole of a tagging run but for Dagster, which only says which hours and shows the report. Memory does not
grow with the number of articles. Every page is committed by itself, so a run that is killed loses at most the page it
was at, and that page's claims tell the next run.
"""

import os
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

import structlog
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.engines import with_retries
from alt_pipelines.settings import PoolSettings, TaggingSettings
from alt_pipelines.sites.store import lines_of_articles
from alt_pipelines.tagging.extraction.article import EXTRACTOR_VERSION, Extraction, RawArticle
from alt_pipelines.tagging.extraction.cascade import TRICKLE, Load
from alt_pipelines.tagging.report import RunReport
from alt_pipelines.tagging.store import claims, probes, writes
from alt_pipelines.tagging.store.results import ArticleResult
from alt_pipelines.tagging.store.selection import PendingArticle, select_deferred, select_page
from alt_pipelines.tagging.windows import BEGINNING, Calendar, Position, Window

log = structlog.get_logger(__name__)

_T = TypeVar("_T")

FRESH = timedelta(minutes=15)  # articles this young go before a backlog
LAG_COUNTS_WITHIN = timedelta(days=1)  # older articles came from an import: their age is no lag of ours
LINGER_AT_MOST_SECONDS = 120.0  # then the sensor, which sees more than the newest articles, gets its turn
POLL_SECONDS = 0.25
LOOK_ANYWAY_SECONDS = 2.0


class Extractor(Protocol):
    """What tags texts; `extractor.TagExtractor` does."""

    def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> Sequence[Extraction | None]:
        """One extraction per article, in order; None for an article that holds up the others: it is tried alone."""
        ...


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a run is asked to do.

    `only_pending`: leave articles with a final outcome alone, put fresh articles before a backlog, and stop within the
    settings' limits of a run. Otherwise every article of the hours is tagged again, however long that takes.
    `linger_seconds`: stay for articles that arrive, until none has for so long.
    """

    hours: tuple[datetime, ...]
    only_pending: bool = False
    linger_seconds: float = 0.0


class TaggingRun:
    """One run; made for one assignment and used once."""

    def __init__(
        self,
        engine: Engine,
        extractor: Extractor,
        settings: TaggingSettings,
        pool: PoolSettings,
        assignment: Assignment,
        progress: Callable[[RunReport], None] | None = None,
    ) -> None:
        self._engine = engine
        self._extractor = extractor
        self._settings = settings
        self._pool = pool
        self._assignment = assignment
        self._progress = progress
        self._pending_for = EXTRACTOR_VERSION if assignment.only_pending else None
        self._owner = f"{os.getpid()}-{uuid.uuid4()}"
        self._started = time.monotonic()
        self._report = RunReport()
        self._set_aside: list[PendingArticle] = []

    def carry_out(self) -> RunReport:
        """Do it and say what was done.

        Raises:
            DBAPIError: the database is away for longer than is waited for, or refuses for a reason that is not about
                an article. What was written stays written.
        """
        try:
            self._transaction(claims.forget_deleted, "forget claims")
            windows = self._calendar().windows(self._assignment.hours)
            for window in windows:
                self._work_through(window)
            while self._set_aside and self._may_go_on():
                self._tag_next_set_aside()
            for window in windows:
                self._second_looks(window)
            if self._assignment.linger_seconds and self._report.stopped is None:
                self._linger(self._assignment.linger_seconds)
        except BaseException:
            self._hand_back()
            raise
        if self._set_aside:
            self._hand_back()
        self._report.seconds = time.monotonic() - self._started
        return self._report

    def _work_through(self, window: Window) -> None:
        position = BEGINNING
        while self._may_go_on():
            page = self._page(window, position)
            if not page:
                return
            self._tag(page)
            position = page[-1].position
            if self._assignment.only_pending and page[-1].created_at < _now() - FRESH:
                self._tag(self._page(self._fresh_window(), BEGINNING))
            self._tag_next_set_aside()

    def _second_looks(self, window: Window) -> None:
        """Refine what the first pass tagged under load, a few at a time; articles that arrive meanwhile go first."""
        position = BEGINNING
        while self._may_go_on():
            page = self._deferred_page(window, position)
            if not page:
                return
            self._tag(page, second_look=True)
            position = page[-1].position
            if self._assignment.only_pending:
                self._tag(self._page(self._fresh_window(), BEGINNING))

    def _may_go_on(self) -> bool:
        if self._assignment.only_pending and self._report.stopped is None:
            if self._report.selected >= self._settings.run_limit:
                self._report.stopped = f"limit of {self._settings.run_limit} articles a run; the next run goes on"
            elif time.monotonic() - self._started >= self._settings.run_seconds:
                self._report.stopped = f"limit of {self._settings.run_seconds} seconds a run; the next run goes on"
        return self._report.stopped is None

    def _linger(self, seconds: float) -> None:
        """Tag what arrives, as soon as it does: a warm process at hand is worth more than the next run."""
        begun = idle_since = looked = time.monotonic()
        seen = self._newest()
        while time.monotonic() - idle_since < seconds and time.monotonic() - begun < LINGER_AT_MOST_SECONDS:
            newest = self._newest()
            if newest != seen or time.monotonic() - looked > LOOK_ANYWAY_SECONDS:
                seen, looked = newest, time.monotonic()
                page = self._page(self._fresh_window(), BEGINNING)
                if page:
                    self._tag(page)
                    self._second_looks(self._fresh_window())
                    idle_since = time.monotonic()
                    continue
            if self._set_aside:
                self._tag_next_set_aside()
                continue
            time.sleep(POLL_SECONDS)

    def _tag(self, page: Sequence[PendingArticle], second_look: bool = False) -> None:
        """Tag a page: together what is new, one by one what a process has died at before."""
        together = [article for article in page if not article.crashes]
        if together:
            self._tag_group(together, second_look)
        for suspect in (article for article in page if article.crashes):
            self._tag_group([suspect], second_look)

    def _tag_next_set_aside(self) -> None:
        """Tag one article alone that held up its page. New articles wait for one of these at most."""
        if not self._set_aside:
            return
        self._tag_group([self._set_aside.pop(0)])
        if self._assignment.only_pending:
            self._tag(self._page(self._fresh_window(), BEGINNING))

    def _tag_group(self, articles: list[PendingArticle], second_look: bool = False) -> None:
        calendar = self._calendar()
        ids = [article.id for article in articles]
        seconds = self._settings.claim_seconds
        claimed = self._transaction(
            lambda connection: claims.claim(connection, ids, self._owner, seconds, self._pending_for), "claim articles"
        )
        mine = [article for article in articles if article.id in claimed]
        results, set_aside = self._results(mine)
        written = writes.write_batch(self._engine, results, self._settings, self._pool).written
        self._set_aside += set_aside
        later = {article.id for article in set_aside}
        for article in articles:
            if article.id in later:
                continue
            hour = self._report.hour(calendar.hour_of(article.created_at))
            if second_look:
                hour.refined += article.id in written
                continue
            hour.selected += 1
            if article.id in written:
                hour.add(article, written[article.id])
            else:
                hour.skipped += 1  # another run has it, or it was deleted meanwhile
        log.info("articles_tagged", selected=len(articles), claimed=len(mine), written=len(written))
        if self._progress is not None:
            self._progress(self._report)

    def _results(self, articles: Sequence[PendingArticle]) -> tuple[list[ArticleResult], list[PendingArticle]]:
        """Results to write, and the articles to try alone."""
        results = []
        set_aside = []
        extractable: list[PendingArticle] = []
        for article in articles:
            if article.feed_id is None:
                results.append(ArticleResult.without_feed(article.id, EXTRACTOR_VERSION, _lag(article)))
            elif article.crashes >= self._settings.max_crashes:
                reason = f"the process died {article.crashes} times while tagging this article"
                results.append(ArticleResult.failure(article.id, EXTRACTOR_VERSION, reason, _lag(article)))
            else:
                extractable.append(article)
        load: Load = "trickle" if len(extractable) <= TRICKLE else "backlog"
        extractions = self._extract(self._raw(extractable), load)
        for article, extraction in zip(extractable, extractions, strict=True):
            assert article.feed_id is not None
            if extraction is None:
                set_aside.append(article)
            else:
                results.append(ArticleResult.of(extraction, article.feed_id, _lag(article)))
        return results, set_aside

    def _raw(self, articles: Sequence[PendingArticle]) -> list[RawArticle]:
        """The articles with the lines that their sites repeat."""
        if not articles:
            return []
        ids = [article.id for article in articles]
        repeated = self._transaction(lambda connection: lines_of_articles(connection, ids), "lines of sites")
        return [RawArticle(a.id, a.title, a.content, site_lines=repeated.get(a.id, frozenset())) for a in articles]

    def _extract(self, articles: list[RawArticle], load: Load) -> Sequence[Extraction | None]:
        """Extract a group; when that raises, which it should not, each article by itself."""
        if not articles:
            return []
        try:
            return self._extractor.extract(articles, load)
        except Exception as error:
            log.exception("extraction_failed", articles=len(articles))
            if len(articles) == 1:
                reason = f"{type(error).__name__}: {error}"
                return [
                    Extraction(
                        articles[0].id, "failed", (), 0.0, "und", "none", EXTRACTOR_VERSION, 0.0, 0, reason=reason
                    )
                ]
            return [extraction for article in articles for extraction in self._extract([article], load)]

    def _page(self, window: Window, after: Position) -> list[PendingArticle]:
        return self._transaction(
            lambda connection: select_page(connection, window, after, self._settings, self._pending_for),
            "select articles",
        )

    def _deferred_page(self, window: Window, after: Position) -> list[PendingArticle]:
        return self._transaction(
            lambda connection: select_deferred(connection, window, after, self._settings, TRICKLE),
            "select deferred articles",
        )

    def _newest(self) -> Position | None:
        return self._transaction(lambda connection: probes.newest(connection, _now()), "newest article")

    def _transaction(self, action: Callable[[Connection], _T], what: str) -> _T:
        def attempt() -> _T:
            with self._engine.begin() as connection:
                return action(connection)

        return with_retries(attempt, self._pool, what)

    def _hand_back(self) -> None:
        try:
            with self._engine.begin() as connection:
                claims.hand_back(connection, self._owner)
        except Exception as error:  # the run fails by another cause; these claims run out by themselves
            log.warning("claims_not_handed_back", owner=self._owner, error=str(error))

    def _calendar(self) -> Calendar:
        return Calendar.at(self._settings.partitions_start)

    @staticmethod
    def _fresh_window() -> Window:
        return Window(_now() - FRESH, None)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _lag(article: PendingArticle) -> float | None:
    age = _now() - article.created_at
    return age.total_seconds() if article.first_time and age < LAG_COUNTS_WITHIN else None
