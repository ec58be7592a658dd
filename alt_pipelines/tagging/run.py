"""The tagging run without Dagster: select, claim, extract and write the articles of given days, page by page.

Dagster only chooses the days and shows the report. Memory use does not grow with the number of articles. Each page is
committed on its own, so a killed run loses at most its current page. The claims on that page expire, and the next run
tags its articles.
"""

import os
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

import structlog
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.alt_tables import OUTCOME_STATUSES
from alt_pipelines.database.engines import with_retries
from alt_pipelines.settings import PoolSettings, TaggingSettings
from alt_pipelines.sites.store import lines_of_articles, names_of_articles
from alt_pipelines.tagging import scan
from alt_pipelines.tagging.extraction.article import EXTRACTOR_VERSION, TOOK_TOO_LONG, Extraction, RawArticle
from alt_pipelines.tagging.extraction.cascade import TRICKLE, Load
from alt_pipelines.tagging.lease import renewed_lease
from alt_pipelines.tagging.report import DayReport, RunReport
from alt_pipelines.tagging.store import changed, claims, probes, writes
from alt_pipelines.tagging.store.results import ArticleResult
from alt_pipelines.tagging.store.selection import PendingArticle, Wanted, select_page
from alt_pipelines.tagging.windows import END, Calendar, Position, Window

log = structlog.get_logger(__name__)

_T = TypeVar("_T")

FRESH = timedelta(minutes=15)  # articles younger than this are tagged before a backlog
LAG_COUNTS_WITHIN = timedelta(days=1)  # older articles were imported, so their age is not a processing lag
POLL_SECONDS = 0.25
LOOK_ANYWAY_SECONDS = 2.0  # between checks for fresh articles that were committed late and are not the newest
LEFTOVERS_SECONDS = 10.0  # between scans for articles to retry
FIRST_PASS_ONLY = "first pass only: no encoder is available"  # noqa: S105 - a reason, not a password


class Extractor(Protocol):
    """Extracts tags from articles; `isolated.IsolatedExtractor` and `extractor.TagExtractor` implement it."""

    @property
    def model_id(self) -> str:
        """Model id of the second pass's encoder; "none" without one."""
        ...

    def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> Sequence[Extraction | None]:
        """Return one extraction per article, in order; None for an article that must be extracted alone."""
        ...


@dataclass(frozen=True, slots=True)
class Assignment:
    """The work assigned to a run.

    Attributes:
        days: partitions to tag, as naive UTC datetimes at the start of each day.
        only_pending: skip articles with a final outcome, tag fresh articles before a backlog, and stop at the run
            limits of the settings. If false, tag every article of the days again, without these limits.
        linger_seconds: after the work, wait for new articles until none has arrived for this long.
        retag: tag only articles marked by `alt-pipelines retag`; fresh articles still go first.
        first: the first partition, as a naive UTC datetime; older articles belong to it.
    """

    days: tuple[datetime, ...]
    only_pending: bool = False
    linger_seconds: float = 0.0
    retag: bool = False
    first: datetime = datetime(2000, 1, 1)


class TaggingRun:
    """A single run of one assignment. Create a new instance for each run."""

    def __init__(
        self,
        engine: Engine,
        extractor: Extractor,
        settings: TaggingSettings,
        pool: PoolSettings,
        assignment: Assignment,
        progress: Callable[[RunReport | None], bool] | None = None,
    ) -> None:
        self._engine = engine
        self._extractor = extractor
        self._settings = settings
        self._pool = pool
        self._assignment = assignment
        self._progress = progress
        self._wanted: Wanted = "requested" if assignment.retag else "pending" if assignment.only_pending else "all"
        self._owner = f"{os.getpid()}-{uuid.uuid4()}"
        self._started = time.monotonic()
        self._report = RunReport()
        self._set_aside: list[PendingArticle] = []
        self._without_encoder: bool | None = None

    def carry_out(self) -> RunReport:
        """Tag the assigned days and return a RunReport.

        Raises:
            DBAPIError: the database stays unavailable beyond the retry limit, or rejects a statement for a reason that
                is unrelated to the articles. Committed pages stay committed.
        """
        try:
            with renewed_lease(self._engine, self._owner, self._settings.claim_seconds):
                self._transaction(claims.forget_deleted, "delete claims of deleted articles")
                self._work()
        except BaseException:
            self._hand_back()
            raise
        if self._set_aside:
            self._hand_back()
        self._report.seconds = time.monotonic() - self._started
        return self._report

    def _work(self) -> None:
        windows = self._calendar().windows(self._assignment.days)
        for window in windows:
            self._work_through(window, self._wanted)
        while self._set_aside and self._may_go_on():
            self._tag_next_set_aside()
        for window in windows:
            self._second_passes(window)
        if self._assignment.linger_seconds and self._report.stopped is None:
            self._linger(self._assignment.linger_seconds)

    def _work_through(self, window: Window, wanted: Wanted) -> None:
        position = END
        while self._may_go_on():
            page = self._page(window, position, wanted)
            if not page:
                return
            self._tag(page, wanted)
            position = page[-1].position
            if self._assignment.only_pending and page[-1].created_at < _now() - FRESH:
                self._tag_fresh()
            self._tag_next_set_aside()

    def _second_passes(self, window: Window) -> None:
        """Refine articles that were deferred under load, in small pages; new articles are tagged between pages."""
        position = END
        while self._may_go_on():
            page = self._page(window, position, "deferred", TRICKLE)
            if not page:
                return
            self._tag(page, "deferred")
            position = page[-1].position
            if self._assignment.only_pending:
                self._tag_fresh()

    def _tag_fresh(self) -> bool:
        """Tag one page of fresh pending articles. False if there were none."""
        page = self._page(_fresh_window(), END, "pending")
        if page:
            self._tag(page, "pending")
        return bool(page)

    def _may_go_on(self) -> bool:
        if self._assignment.only_pending and self._report.stopped is None:
            if self._report.selected >= self._settings.run_limit:
                self._report.stopped = (
                    f"reached the limit of {self._settings.run_limit} articles per run; the next run continues"
                )
            elif time.monotonic() - self._started >= self._settings.run_seconds:
                self._report.stopped = (
                    f"reached the limit of {self._settings.run_seconds} seconds per run; the next run continues"
                )
        return self._report.stopped is None

    def _linger(self, seconds: float) -> None:
        """Wait for new articles and tag them at once, because this process is warm and the next run's may not be.

        Ends when no article has arrived for `seconds`, at `linger_limit_seconds`, or when another run is waiting
        for this worker.
        """
        begun = idle_since = looked = leftovers_at = time.monotonic()
        seen = self._newest()
        while (
            time.monotonic() - idle_since < seconds and time.monotonic() - begun < self._settings.linger_limit_seconds
        ):
            newest = self._newest()
            if newest != seen or time.monotonic() - looked > LOOK_ANYWAY_SECONDS:
                seen, looked = newest, time.monotonic()
                if self._tag_fresh():
                    self._second_passes(_fresh_window())
                    idle_since = time.monotonic()
                    continue
                if not self._report_progress(None):
                    return
            if self._set_aside:
                self._tag_next_set_aside()
                continue
            if time.monotonic() - leftovers_at > LEFTOVERS_SECONDS:
                leftovers_at = time.monotonic()
                self._tag_leftovers()
            time.sleep(POLL_SECONDS)

    def _tag_leftovers(self) -> None:
        calendar, rows = self._calendar(), self._settings.probe_rows
        found = self._transaction(
            lambda connection: scan.leftovers(connection, calendar, rows), "find articles to retry"
        )
        for window in calendar.windows({day for days in found.values() for day in days}):
            self._work_through(window, "pending")
            self._second_passes(window)

    def _tag(self, page: Sequence[PendingArticle], wanted: Wanted) -> None:
        """Tag a page: all articles together, then one by one those on which a process has crashed."""
        together = [article for article in page if not article.crashes]
        if together:
            self._tag_group(together, wanted)
        for suspect in (article for article in page if article.crashes):
            self._tag_group([suspect], wanted)

    def _tag_next_set_aside(self) -> None:
        """Tag the next set-aside article alone, then fresh articles, which wait for at most one such article."""
        if not self._set_aside:
            return
        self._tag_group([self._set_aside.pop(0)], self._wanted)
        if self._assignment.only_pending:
            self._tag_fresh()

    def _report_progress(self, report: RunReport | None) -> bool:
        """Report a batch or, with None, that the run is idle. False means that an idle run should end."""
        return self._progress is None or self._progress(report)

    def _tag_group(self, articles: list[PendingArticle], wanted: Wanted) -> None:
        calendar = self._calendar()
        ids = [article.id for article in articles]
        seconds = self._settings.claim_seconds
        claimed = self._transaction(
            lambda connection: claims.claim(connection, ids, self._owner, seconds, wanted), "claim articles"
        )
        mine = [article for article in articles if article.id in claimed]
        results, set_aside = self._results(mine)
        written = writes.write_batch(self._engine, results, self._settings, self._pool).written
        self._set_aside += set_aside
        later = {article.id for article in set_aside}
        batch = DayReport()
        for article in articles:
            if article.id in later:
                continue
            day = self._report.day(calendar.day_of(article.created_at))
            if wanted == "deferred":
                day.refined += article.id in written
                continue
            day.selected += 1
            if article.id in written:
                day.add(article, written[article.id])
                batch.add(article, written[article.id])
            else:
                day.skipped += 1  # claimed by another run, or deleted in the meantime
        log.info(
            "Tagged batch",
            batch_size=len(articles),
            cursor=articles[-1].position._asdict(),
            written=len(written),
            **{status: batch.outcomes[status] for status in OUTCOME_STATUSES},
            total_articles_processed=self._report.selected,
            cascade=batch.cascade_summary(),
        )
        self._report_progress(self._report)

    def _results(self, articles: Sequence[PendingArticle]) -> tuple[list[ArticleResult], list[PendingArticle]]:
        """Return the results to write and the articles to set aside and tag alone."""
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
                result = ArticleResult.of(self._with_warning(extraction), article.feed_id, _lag(article))
                if extraction.reason == TOOK_TOO_LONG:
                    result = replace(result, content_digest=changed.digest(article.title, article.content))
                results.append(result)
        return results, set_aside

    def _raw(self, articles: Sequence[PendingArticle]) -> list[RawArticle]:
        """Return the extractor's inputs, with the lines that each article's site repeats and the names it uses."""
        if not articles:
            return []
        ids = [article.id for article in articles]
        repeated, names = self._transaction(
            lambda connection: (lines_of_articles(connection, ids), names_of_articles(connection, ids)),
            "read boilerplate and names of sites",
        )
        return [
            RawArticle(a.id, a.title, a.content, a.language, repeated.get(a.id, frozenset()), names.get(a.id, ()))
            for a in articles
        ]

    def _with_warning(self, extraction: Extraction) -> Extraction:
        """Add FIRST_PASS_ONLY as the reason of a tagged extraction when no encoder is available."""
        if extraction.status != "tagged":
            return extraction
        if self._without_encoder is None:
            self._without_encoder = self._extractor.model_id == "none"
        if not self._without_encoder:
            return extraction
        return replace(extraction, reason=extraction.reason or FIRST_PASS_ONLY)

    def _extract(self, articles: list[RawArticle], load: Load) -> Sequence[Extraction | None]:
        """Extract a group. If the extractor raises, which is a defect, extract each article separately."""
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

    def _page(self, window: Window, before: Position, wanted: Wanted, rows: int | None = None) -> list[PendingArticle]:
        return self._transaction(
            lambda connection: select_page(connection, window, before, self._settings, wanted, rows),
            "select articles",
        )

    def _newest(self) -> Position | None:
        return self._transaction(lambda connection: probes.newest(connection, _now()), "read the newest article")

    def _transaction(self, action: Callable[[Connection], _T], what: str) -> _T:
        def attempt() -> _T:
            with self._engine.begin() as connection:
                return action(connection)

        return with_retries(attempt, self._pool, what)

    def _hand_back(self) -> None:
        try:
            with self._engine.begin() as connection:
                claims.hand_back(connection, self._owner)
        except Exception as error:  # do not mask the original failure; the claims expire on their own
            log.warning("claim_release_failed", owner=self._owner, error=str(error))

    def _calendar(self) -> Calendar:
        return Calendar.at(self._assignment.first)


def _fresh_window() -> Window:
    return Window(_now() - FRESH, None)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _lag(article: PendingArticle) -> float | None:
    age = _now() - article.created_at
    return age.total_seconds() if article.first_time and age < LAG_COUNTS_WITHIN else None
