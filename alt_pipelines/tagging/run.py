"""The tagging run without Dagster: select, claim, extract and write the articles of given days, page by page.

Dagster only chooses the days and shows the report. Each page is committed on its own, so a killed run loses at most its
current page, whose claims expire; the next run tags its articles. No text outlives its page: of articles that take long
and are tagged alone later, the run keeps the ids. Between pages of work that can wait, such as second passes, it tags
articles that have no tags yet.

In a backlog, a background thread writes the previous page and reads the next one while a page is extracted:

    extraction   page 1          page 2          page 3
    database     read 2          write 1, read 3 write 2, read 4

An article keeps its claim until its results are committed, so no run selects it again in the meantime.

Articles that a run which died had claimed are tagged alone, because each may have been the cause: one after each page,
the others between work that can wait or at the end. The work before is committed then, and untagged articles go first.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future

import structlog
from sqlalchemy.engine import Engine

from alt_pipelines.database.alt_tables import OUTCOME_STATUSES
from alt_pipelines.settings import PoolSettings, TaggingSettings
from alt_pipelines.tagging.assignment import Assignment
from alt_pipelines.tagging.background import Background, Writing
from alt_pipelines.tagging.extraction.cascade import TRICKLE
from alt_pipelines.tagging.outcomes import Extractor, Outcomes
from alt_pipelines.tagging.pending import FRESH, PendingArticles, fresh_window
from alt_pipelines.tagging.report import DayReport, RunReport
from alt_pipelines.tagging.store import writes
from alt_pipelines.tagging.store.selection import PendingArticle, Wanted
from alt_pipelines.tagging.windows import ALWAYS, END, Calendar, Position, Window, utc_now

log = structlog.get_logger(__name__)

POLL_SECONDS = 0.25
LOOK_ANYWAY_SECONDS = 2.0  # between checks for fresh articles that were committed late and are not the newest
LEFTOVERS_SECONDS = 10.0  # between scans for articles to retry
UNTRIED_SECONDS = 2.0  # between scans for untried articles during work that can wait


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
        self._settings = settings
        self._pool = pool
        self._assignment = assignment
        self._progress = progress
        self._wanted: Wanted = "requested" if assignment.retag else "pending" if assignment.only_pending else "all"
        self._pending = PendingArticles(engine, settings, pool)
        self._outcomes = Outcomes(extractor, settings, self._pending.site_habits, self._pending.vocabularies)
        self._started = time.monotonic()
        self._report = RunReport()
        self._set_aside: list[str] = []  # ids
        self._scanned_untried = self._started
        self._gone_first: set[str] = set()  # ids of pending articles that a manual run tagged first
        self._background = Background()
        self._writing: Writing | None = None
        self._reads_ahead = True

    def carry_out(self) -> RunReport:
        """Tag the assigned days and return a RunReport.

        Raises:
            DBAPIError: the database stays unavailable beyond the retry limit, or rejects a statement for a reason that
                is unrelated to the articles. Committed pages stay committed.
        """
        with self._pending.leased(), self._background:
            self._work()
        if self._set_aside:
            self._pending.hand_back()
        self._report.seconds = time.monotonic() - self._started
        return self._report

    def _work(self) -> None:
        windows = self._calendar().windows(self._assignment.days)
        for window in windows:
            self._work_through(window, self._wanted)
        while self._set_aside and self._may_go_on():
            self._tag_next_set_aside()
        for window in windows:
            self._tag_abandoned(window, self._wanted)
        for window in windows:
            self._second_passes(window)
        if self._assignment.linger_seconds and self._report.stopped is None:
            self._linger(self._assignment.linger_seconds)

    def _work_through(self, window: Window, wanted: Wanted) -> None:
        page = self._pending.page(window, END, wanted) if self._may_go_on() else []
        while page:
            position = page[-1].position
            following = self._read_ahead(window, position, wanted) if len(page) > TRICKLE else None
            self._tag([article for article in page if article.id not in self._gone_first], wanted)
            if wanted != "pending":
                self._give_way()
            elif page[-1].created_at < utc_now() - FRESH:
                self._tag_fresh()
            self._tag_next_set_aside()
            self._tag_next_abandoned(window, wanted)
            if not self._may_go_on():
                break
            page = self._pending.page(window, position, wanted) if following is None else following.result()
        self._finish_writing()

    def _read_ahead(self, window: Window, position: Position, wanted: Wanted) -> "Future[list[PendingArticle]] | None":
        """Start to read the page after `position`. None if other runs share the backlog and would read the same."""
        if not self._reads_ahead:
            return None
        return self._background.start(self._pending.page, window, position, wanted)

    def _second_passes(self, window: Window) -> None:
        """Refine articles that were deferred under load, in small pages."""
        position = END
        while self._may_go_on():
            page = self._pending.page(window, position, "deferred", TRICKLE)
            if not page:
                break
            self._tag(page, "deferred")
            position = page[-1].position
            self._give_way()
        self._tag_abandoned(window, "deferred")

    def _give_way(self) -> None:
        """Between pages of work that can wait, tag articles that have no tags yet, at last the abandoned ones.

        Without this, they would wait until the run ends, because the sensor starts no other run beside a busy one.
        """
        self._tag_untried()
        while self._may_go_on() and self._tag_next_abandoned(ALWAYS, "pending"):
            self._tag_untried()

    def _tag_untried(self) -> None:
        """Tag articles that have no tags yet: fresh ones, then those of any day."""
        self._tag_fresh()
        if time.monotonic() - self._scanned_untried > UNTRIED_SECONDS:
            self._scanned_untried = time.monotonic()
            for window in self._pending.untried(self._calendar()):
                self._work_through(window, "pending")

    def _tag_fresh(self) -> bool:
        """Tag one page of fresh pending articles. False if there were none, or at a stop."""
        page = self._pending.page(fresh_window(), END, "pending") if self._report.stopped is None else []
        if page:
            self._tag(page, "pending")
            self._finish_writing()
        return bool(page)

    def _may_go_on(self) -> bool:
        if self._assignment.only_pending and self._report.stopped is None:
            selected = self._report.selected + (0 if self._writing is None else len(self._writing.articles))
            if selected >= self._settings.run_limit:
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

        Ends `seconds` after the last article, at `linger_limit_seconds`, or if the worker stops or is needed elsewhere.
        """
        begun = idle_since = looked = leftovers_at = time.monotonic()
        seen = self._pending.newest()
        while (
            time.monotonic() - idle_since < seconds
            and time.monotonic() - begun < self._settings.linger_limit_seconds
            and self._report.stopped is None
        ):
            with self._report.waiting():
                newest = self._pending.newest()
                if newest != seen or time.monotonic() - looked > LOOK_ANYWAY_SECONDS:
                    seen, looked = newest, time.monotonic()
                    if self._tag_fresh():
                        self._second_passes(fresh_window())
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
        for window in self._pending.leftovers(self._calendar()):
            self._work_through(window, "pending")
            self._tag_abandoned(window, "pending")
            self._second_passes(window)

    def _tag(self, page: Sequence[PendingArticle], wanted: Wanted) -> None:
        """Tag a page: all articles together, then one by one those that were abandoned (of a page of all articles)."""
        together = [article for article in page if not article.crashes]
        if together:
            self._tag_group(together, wanted)
        for suspect in (article for article in page if article.crashes):
            self._tag_suspect(suspect, wanted)
            self._tag_fresh()

    def _tag_abandoned(self, window: Window, wanted: Wanted) -> None:
        """Tag the abandoned articles of a window one by one, and between them articles that have no tags yet."""
        while self._may_go_on() and self._tag_next_abandoned(window, wanted):
            self._give_way()

    def _tag_next_abandoned(self, window: Window, wanted: Wanted) -> bool:
        """Tag the newest abandoned article of a window. False if there is none for now, or at a stop."""
        page = [] if wanted == "all" or self._report.stopped else self._pending.next_abandoned(window, wanted)
        for suspect in page:
            self._tag_suspect(suspect, wanted)
        return bool(page)

    def _tag_suspect(self, suspect: PendingArticle, wanted: Wanted) -> None:
        """Tag an article that may kill this process, alone and with nothing of others uncommitted."""
        self._finish_writing()
        if self._report.stopped is None:
            self._tag_group([suspect], wanted)

    def _tag_next_set_aside(self) -> None:
        """Tag the next set-aside article alone, then fresh articles, which wait for at most one such article."""
        if not self._set_aside or self._report.stopped is not None:
            return
        if page := self._pending.again(self._set_aside.pop(0)):
            self._tag_group(page, self._wanted)
        self._tag_fresh()

    def _report_progress(self, report: RunReport | None) -> bool:
        """Report a batch or, with None, that the run is idle. False means that the run should end."""
        return self._progress is None or self._progress(report)

    def _tag_group(self, articles: list[PendingArticle], wanted: Wanted) -> None:
        claimed = self._pending.claim(articles, wanted)
        self._reads_ahead = self._reads_ahead and len(claimed) == len(articles)
        results, set_aside = self._outcomes.of(claimed)
        later = [article.id for article in set_aside]
        self._set_aside += later
        written = [article for article in articles if article.id not in later]
        self._finish_writing()
        if written:
            report = self._background.start(writes.write_batch, self._engine, results, self._settings, self._pool)
            self._writing = Writing(written, wanted, report)
        if len(articles) <= TRICKLE:
            self._finish_writing()

    def _finish_writing(self) -> None:
        """Wait until the results of the previous group are committed, and report them."""
        if self._writing is None:
            return
        articles, wanted = self._writing.articles, self._writing.wanted
        written = self._writing.report.result().written
        self._writing = None
        calendar = self._calendar()
        if not self._assignment.only_pending and wanted == "pending":
            self._gone_first.update(written)
        batch = DayReport()
        for article in articles:
            day = self._report.day(calendar.day_of(article.created_at))
            if wanted == "deferred":
                day.add_second_pass(article, written.get(article.id))
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
        if not self._report_progress(self._report) and self._assignment.only_pending:
            self._report.stopped = "its worker is stopping; the next run continues"

    def _calendar(self) -> Calendar:
        return Calendar.at(self._assignment.first)
