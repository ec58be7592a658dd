"""Builds that meet: other builds, readers, and a database that is lost or refuses in the middle."""

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database.engines import make_engine
from alt_pipelines.label_graph.run import BuildInProgress, build_graph
from alt_pipelines.label_graph.store import edges
from alt_pipelines.settings import GraphSettings, PoolSettings
from alt_pipelines_tests.integration.label_graph.rows import build, graph, insert, row
from alt_pipelines_tests.support.locks import seconds_of_waiting
from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_until

SETTINGS = GraphSettings()


@contextmanager
def another_builder(engine: Engine, *windows: int) -> Iterator[None]:
    """Somebody who has the locks of windows meanwhile."""
    with engine.connect() as connection:
        connection.detach()
        with edges.window_locks(connection, windows, 0) as taken:
            assert taken is None
            yield


class TestConcurrency:
    def test_a_second_build_of_a_window_is_refused(self, recap_engine: Engine) -> None:
        with another_builder(recap_engine, 7):
            with pytest.raises(BuildInProgress, match="7d"):
                build(recap_engine)
            with pytest.raises(BuildInProgress):
                build(recap_engine, wait_seconds=0.3)
            assert build(recap_engine, days=30).window_label == "30d"

    def test_a_build_that_cannot_have_all_its_windows_begins_none(self, recap_engine: Engine) -> None:
        insert(recap_engine, [row(tags=[("chips", 0.9)])] * 3)
        with another_builder(recap_engine, 30), pytest.raises(BuildInProgress, match="30d"):
            build_graph(recap_engine, SETTINGS, [7, 30])
        assert graph(recap_engine, "7d") == {}
        assert build_graph(recap_engine, SETTINGS, [7, 30]).edge_counts == {"7d": 1, "30d": 1}

    def test_a_second_build_that_may_wait_waits(self, recap_engine: Engine) -> None:
        insert(recap_engine, [row(tags=[("chips", 0.9)])] * 3)
        released = threading.Event()

        def hold() -> None:
            with another_builder(recap_engine, 7):
                holding.set()
                with recap_engine.connect() as connection:
                    wait_until(lambda: seconds_of_waiting(connection), "the second build waits")
                released.set()

        holding = threading.Event()
        holder = threading.Thread(target=hold)
        holder.start()
        holding.wait(LONG_SECONDS)
        assert build(recap_engine, wait_seconds=LONG_SECONDS).edges == 1
        assert released.is_set()
        holder.join()

    def test_all_windows_share_one_wait(self, recap_engine: Engine) -> None:
        with another_builder(recap_engine, 7, 30):
            started = time.monotonic()
            with pytest.raises(BuildInProgress):
                build_graph(recap_engine, SETTINGS, [7, 30], wait_seconds=0.3)
            assert 0.3 <= time.monotonic() - started < 30

    def test_a_build_leaves_nothing_behind_in_a_pool_of_one_connection(self, recap_engine: Engine) -> None:
        engine = make_engine(recap_engine.url, PoolSettings(size=1, overflow=0), "test-graph")
        insert(engine, [row(tags=[("chips", 0.9)])] * 3)
        for _ in range(2):
            assert build_graph(engine, SETTINGS).edge_counts == {"7d": 1, "30d": 1}
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT to_regclass('pg_temp.graph_observed')")) is None
            ours = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = :lock")
            assert connection.scalar(ours, {"lock": 0x746C6772}) == 0
        engine.dispose()

    def test_readers_see_one_refresh_only_while_builds_follow_each_other(self, recap_engine: Engine) -> None:
        labels = [f"tag {number}" for number in range(300)]
        insert(recap_engine, [row(tags=[(label, 0.9)]) for label in labels for _ in range(3)])
        build(recap_engine)
        mixtures: list[object] = []
        loads = 0
        ended = threading.Event()

        def read() -> None:
            nonlocal loads
            query = text("SELECT updated_at, weight FROM tag_label_graph WHERE window_label = '7d'")
            while not ended.is_set():
                with recap_engine.connect() as connection:
                    seen = connection.execute(query).all()
                loads += 1
                if len({r.updated_at for r in seen}) != 1 or len({r.weight for r in seen}) != 1 or len(seen) != 300:
                    mixtures.append(seen)

        reader = threading.Thread(target=read)
        reader.start()
        try:
            for number in itertools.count():
                if number >= 6 and loads > 6:
                    break
                with recap_engine.begin() as connection:
                    profile = f"jsonb_set(tag_profile, '{{top_tags,0,confidence}}', '0.{60 + number % 30}')"
                    connection.execute(text(f"UPDATE recap_genre_learning_results SET tag_profile = {profile}"))
                build(recap_engine)
        finally:
            ended.set()
            reader.join()
        assert mixtures == []


@contextmanager
def stuck_build(engine: Engine) -> Iterator[tuple[threading.Thread, list[BaseException]]]:
    """A build in a thread that waits in the middle of its refresh, because somebody holds a row of the graph."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            build(engine)
        except BaseException as error:  # handed to the test
            failures.append(error)

    with engine.connect() as holder, holder.begin():
        holder.execute(text("SELECT * FROM tag_label_graph WHERE tag = 'zz last' FOR UPDATE"))
        builder = threading.Thread(target=run)
        builder.start()
        yield builder, failures
    builder.join(LONG_SECONDS)


_WAITING = (
    "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%MERGE INTO tag_label_graph%'"
)


def waiting_backend(engine: Engine, other_than: int = 0) -> int:
    """The pid of the backend that waits in its upsert."""
    waiting: list[int] = []

    def waits() -> bool:
        with engine.connect() as connection:  # a new transaction each time: activity is a snapshot within one
            waiting[:] = [pid for pid in connection.scalars(text(_WAITING)) if pid != other_than]
        return bool(waiting)

    wait_until(waits, "the build comes to its upsert")
    return waiting[0]


class TestTheDatabaseLostInTheMiddle:
    def test_the_previous_graph_is_intact_and_the_build_begins_again(self, recap_engine: Engine) -> None:
        insert(recap_engine, [row(tags=[("aa first", 0.9), ("zz last", 0.9)])] * 3)
        build(recap_engine)
        before = graph(recap_engine)
        with recap_engine.begin() as connection:
            profile = "jsonb_set(tag_profile, '{top_tags,0,confidence}', '0.6')"
            connection.execute(text(f"UPDATE recap_genre_learning_results SET tag_profile = {profile}"))

        with stuck_build(recap_engine) as (_, failures):
            pid = waiting_backend(recap_engine)
            assert graph(recap_engine) == before  # a reader does not wait for the refresh, and sees nothing of it
            with recap_engine.begin() as connection:
                connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
            assert waiting_backend(recap_engine, other_than=pid) != pid  # the build began again by itself
            assert graph(recap_engine) == before
        assert failures == []
        assert graph(recap_engine)["tech", "aa first"] == (0.6, 3)

    def test_a_window_that_fails_leaves_those_before_it_refreshed(self, recap_engine: Engine) -> None:
        insert(recap_engine, [row(tags=[("chips", 0.9)])] * 3)
        build_graph(recap_engine, SETTINGS)
        with recap_engine.begin() as connection:
            profile = "jsonb_set(tag_profile, '{top_tags,0,confidence}', '0.6')"
            connection.execute(text(f"UPDATE recap_genre_learning_results SET tag_profile = {profile}"))
            connection.execute(
                text("ALTER TABLE tag_label_graph ADD CONSTRAINT broken CHECK (window_label <> '30d' OR weight > 0.8)")
            )
        try:
            with pytest.raises(DBAPIError, match="broken"):
                build_graph(recap_engine, SETTINGS, [7, 30])
        finally:
            with recap_engine.begin() as connection:
                connection.execute(text("ALTER TABLE tag_label_graph DROP CONSTRAINT broken"))
        assert graph(recap_engine, "7d")["tech", "chips"] == (0.6, 3)
        assert graph(recap_engine, "30d")["tech", "chips"] == (0.9, 3)
        assert build_graph(recap_engine, SETTINGS).edge_counts == {"7d": 1, "30d": 1}
        assert graph(recap_engine, "30d")["tech", "chips"] == (0.6, 3)
