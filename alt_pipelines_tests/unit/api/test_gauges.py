"""Monitoring of a database that does not answer: its gauges outlast a failure, and a lasting one costs few queries."""

import asyncio
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from alt_pipelines.tagging.store.health import Backlog
from api import gauges
from api.database import Database
from api.gauges import ASK_SECONDS, KEEP_SECONDS, LEAST_WAIT_SECONDS, Gauges

MINUTE = 60.0


class FakeDatabase:
    """A database on a fake clock: a query takes `seconds`, and fails while the database is `away`."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.seconds = 0.01
        self.away: Exception | None = None
        self.articles = 0
        self.queries = 0

    async def run(self, *_: Any) -> dict[str, Any]:
        self.queries += 1
        self.now += self.seconds
        if self.away is not None:
            raise self.away
        return {"backlog": Backlog(self.articles, None), "backends": []}


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> FakeDatabase:
    fake = FakeDatabase()
    monkeypatch.setattr(gauges, "time", SimpleNamespace(monotonic=lambda: fake.now))
    return fake


def scrapes(database: FakeDatabase, shown: Gauges, seconds: float, every: float = 5.0) -> Iterator[float | None]:
    """Scrape for so many seconds; the backlog that each scrape shows, or None."""
    end = database.now + seconds
    while database.now < end:
        database.now += every
        metrics = asyncio.run(_backlog(shown))
        yield metrics


async def _backlog(shown: Gauges) -> float | None:
    values = {metric.name: metric.samples[0].value for metric in await shown.collect() if metric.samples}
    return values.get("tagging_backlog_articles")


class EmptyDatabase:
    """A database about which there is nothing to show."""

    async def run(self, *_: Any) -> dict[str, Any]:
        return {}


def gauges_of(database: FakeDatabase) -> Gauges:
    empty = cast(Database, EmptyDatabase())

    async def dagster() -> Database:
        return empty

    return Gauges(cast(Database, database), empty, dagster)


FAILURES = [(TimeoutError(), ASK_SECONDS), (ConnectionError(), 0.0), (TimeoutError(), 4 * ASK_SECONDS)]


@pytest.mark.parametrize("answer_seconds", [0.01, 4.0])
@pytest.mark.parametrize(("error", "seconds"), FAILURES)
def test_one_failed_query_hides_no_gauge_and_the_next_one_follows_soon(
    database: FakeDatabase, error: Exception, seconds: float, answer_seconds: float
) -> None:
    shown, database.articles, database.seconds = gauges_of(database), 7, answer_seconds
    assert list(scrapes(database, shown, MINUTE))[-1] == 7
    database.away, database.seconds = error, seconds
    failed = database.queries
    while database.queries == failed:
        assert list(scrapes(database, shown, 1)) == [7]
    database.away, database.seconds, database.articles = None, 0.01, 9
    after = list(scrapes(database, shown, 2 * LEAST_WAIT_SECONDS))
    assert set(after) == {7, 9}
    assert after[-1] == 9


@pytest.mark.parametrize(("hours", "every"), [(1, 5.0), (4, 10.0)])  # the second has over 1024 failures in a row
def test_gauges_of_a_database_that_stays_away_end_and_come_back_with_it(
    database: FakeDatabase, hours: int, every: float
) -> None:
    shown = gauges_of(database)
    assert list(scrapes(database, shown, MINUTE))[-1] == 0
    database.away = ConnectionError()
    during = list(scrapes(database, shown, hours * 60 * MINUTE, every))
    assert during[0] == 0
    assert during[-1] is None
    assert KEEP_SECONDS - MINUTE < every * during.index(None) < KEEP_SECONDS + MINUTE
    database.away, database.articles = None, 3
    assert list(scrapes(database, shown, 2 * LEAST_WAIT_SECONDS))[-1] == 3


@pytest.mark.parametrize("away", [None, TimeoutError()])
def test_queries_that_are_slow_for_long_are_few(database: FakeDatabase, away: Exception | None) -> None:
    shown = gauges_of(database)
    database.away, database.seconds = away, ASK_SECONDS
    for _ in scrapes(database, shown, 24 * 60 * MINUTE, every=15):
        pass
    assert database.queries * database.seconds < 0.012 * 24 * 60 * MINUTE


def test_quick_queries_are_not_repeated_at_once(database: FakeDatabase) -> None:
    shown = gauges_of(database)
    for _ in scrapes(database, shown, 10 * MINUTE, every=1):
        pass
    assert database.queries <= 10 * MINUTE / LEAST_WAIT_SECONDS + 1
