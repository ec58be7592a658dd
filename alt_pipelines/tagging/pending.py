"""The articles of a run in the database: finds pages of them, claims them and releases the claims.

Each call is one transaction, which is retried after a transient failure of the database. The SQL is in `store`.
"""

import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

import structlog
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.engines import with_retries
from alt_pipelines.settings import PoolSettings, TaggingSettings
from alt_pipelines.sites.store import lines_of_articles, names_of_articles
from alt_pipelines.tagging import scan
from alt_pipelines.tagging.lease import renewed_lease
from alt_pipelines.tagging.outcomes import SiteHabits
from alt_pipelines.tagging.store import claims, deleted, probes
from alt_pipelines.tagging.store.selection import PageQuery, PendingArticle, Wanted, select_again, select_page
from alt_pipelines.tagging.windows import END, Calendar, Position, Window, utc_now
from alt_pipelines.vocabulary.current import current_vocabularies
from alt_pipelines.vocabulary.words import Vocabulary

log = structlog.get_logger(__name__)

_T = TypeVar("_T")

FRESH = timedelta(minutes=15)  # articles younger than this are tagged before a backlog


class PendingArticles:
    """The articles that one run may tag. Its claims are the run's own: create a new instance for each run."""

    def __init__(self, engine: Engine, settings: TaggingSettings, pool: PoolSettings) -> None:
        self._engine = engine
        self._settings = settings
        self._pool = pool
        self._owner = f"{os.getpid()}-{uuid.uuid4()}"
        self._untried_before = END

    @contextmanager
    def leased(self) -> Iterator[None]:
        """Renew this run's claims while it works. Claims that are left over when it fails are released."""
        try:
            with renewed_lease(self._engine, self._owner, self._settings.claim_seconds):
                self._transaction(deleted.drop_claims, "delete claims of deleted articles")
                yield
        except BaseException:
            self.hand_back()
            raise

    def page(self, window: Window, before: Position, wanted: Wanted, rows: int | None = None) -> list[PendingArticle]:
        """Return the next page of wanted articles of a window, newest first, older than the position `before`."""
        query = PageQuery(window, before, wanted, rows)
        return self._transaction(
            lambda connection: select_page(connection, self._settings, query),
            "select articles",
        )

    def next_abandoned(self, window: Window, wanted: Wanted) -> list[PendingArticle]:
        """Return the newest wanted article of a window that a run which died had claimed, as a page of at most one."""
        query = PageQuery(window, END, wanted, rows=1, abandoned=True)
        return self._transaction(
            lambda connection: select_page(connection, self._settings, query), "select an abandoned article"
        )

    def again(self, article_id: str) -> list[PendingArticle]:
        """Return an article of this run with its text as it is now, as a page; empty if it has been deleted."""
        return self._transaction(
            lambda connection: select_again(connection, self._settings, article_id), "select an article again"
        )

    def newest(self) -> Position | None:
        """Return the position of the newest article; None if there is none."""
        return self._transaction(lambda connection: probes.newest(connection, utc_now()), "read the newest article")

    def leftovers(self, calendar: Calendar) -> list[Window]:
        """Return the windows of articles that are due for a retry or were abandoned by a run that died."""
        rows = self._settings.probe_rows
        found = self._transaction(
            lambda connection: scan.leftovers(connection, calendar, rows), "find articles to retry"
        )
        return calendar.windows({day for days in found.values() for day in days})

    def untried(self, calendar: Calendar) -> list[Window]:
        """Return the windows of untried articles in the next `probe_rows` rows of the table, newest first.

        Consecutive calls walk through the whole table and then start again.
        """
        days, self._untried_before = self._transaction(
            lambda connection: scan.untried(connection, calendar, self._untried_before, self._settings.probe_rows),
            "find untried articles",
        )
        return calendar.windows(days)

    def claim(self, articles: Sequence[PendingArticle], wanted: Wanted) -> list[PendingArticle]:
        """Claim articles; returns those that no other run has claimed or tagged in the meantime."""
        ids = [article.id for article in articles]
        seconds = self._settings.claim_seconds
        claimed = self._transaction(
            lambda connection: claims.claim(connection, ids, self._owner, seconds, wanted), "claim articles"
        )
        return [article for article in articles if article.id in claimed]

    def site_habits(self, ids: Sequence[str]) -> SiteHabits:
        """Return the keys of the lines that each article's site repeats, and the names that it uses."""
        return self._transaction(
            lambda connection: SiteHabits(lines_of_articles(connection, ids), names_of_articles(connection, ids)),
            "read boilerplate and names of sites",
        )

    def vocabularies(self) -> dict[str, Vocabulary]:
        """Return the newest vocabulary of each language that has one."""
        return self._transaction(current_vocabularies, "read the vocabularies")

    def hand_back(self) -> None:
        """Release this run's claims without counting a crash. A failure is logged; the claims then expire."""
        try:
            with self._engine.begin() as connection:
                claims.hand_back(connection, self._owner)
        except Exception as error:  # do not mask the original failure
            log.warning("claim_release_failed", owner=self._owner, error=str(error))

    def _transaction(self, action: Callable[[Connection], _T], what: str) -> _T:
        def attempt() -> _T:
            with self._engine.begin() as connection:
                return action(connection)

        return with_retries(attempt, self._pool, what)


def fresh_window() -> Window:
    """Return the window of articles that are tagged before a backlog."""
    return Window(utc_now() - FRESH, None)
