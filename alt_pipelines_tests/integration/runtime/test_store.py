"""Leases and presence, on a real Postgres: what the rest of execution rests on."""

import time
import uuid
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from alt_pipelines.runtime import store
from alt_pipelines.runtime.lease import WorkerLease
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.settings import Settings
from alt_pipelines_tests.support.waiting import wait_until

RUN = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
NEGATIVE = "ff9619ff-8b86-d011-b42d-00cf4fc964ff"  # its first half is a negative number


@pytest.fixture
def engine(dagster_url: str) -> Iterator[Engine]:
    made = store.lease_engine(dagster_url, "alt-worker/test/host:1")
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Connection]:
    with store.open_session(engine) as opened:
        yield opened


def end_sessions(dagster_url: str, application: str) -> None:
    """End the sessions of an application from outside, as a restarted server or a dead machine does."""
    admin = create_engine(dagster_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        find = text("SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE :name")
        ended = [pid for pid, _ in connection.execute(find, {"name": application})]
        assert ended, f"no session of {application}"
        while connection.execute(
            text("SELECT 1 FROM pg_stat_activity WHERE pid = ANY(:ended)"), {"ended": ended}
        ).first():
            time.sleep(0.01)
    admin.dispose()


@pytest.mark.parametrize("run_id", [RUN, NEGATIVE])
def test_a_lease_is_held_by_one_and_seen_by_all(engine: Engine, session: Connection, run_id: str) -> None:
    assert store.try_lease(session, run_id)
    with engine.connect() as other:
        assert not store.try_lease(other, run_id)
        holder = store.holder(other, run_id)
        assert holder is not None
        assert holder.application == "alt-worker/test/host:1"
        assert holder.silent_seconds < 30
        assert store.holder(other, str(uuid.uuid4())) is None
    store.release(session, run_id)
    with engine.connect() as other:
        assert store.try_lease(other, run_id)


def test_a_lease_ends_with_its_session_however_that_ends(engine: Engine, session: Connection, dagster_url: str) -> None:
    store.try_lease(session, RUN)
    end_sessions(dagster_url, "alt-worker/test/%")
    with engine.connect() as other:
        assert store.holder(other, RUN) is None
        assert store.try_lease(other, RUN)
    with pytest.raises(DBAPIError):
        store.ping(session)
    session.invalidate()


def test_workers_are_counted_by_queue_while_they_are_connected(engine: Engine, session: Connection) -> None:
    with engine.connect() as connection:
        assert store.live_workers(connection) == {"recap": 0, "tagging": 0}
        store.announce(session, "recap")
        with store.open_session(engine) as second:
            store.announce(second, "recap")
            assert store.live_workers(connection) == {"recap": 2, "tagging": 0}
        # Closing a connection returns before its backend has ended, which is when its locks are released.
        wait_until(lambda: store.live_workers(connection) == {"recap": 1, "tagging": 0}, "its locks are released")


def test_a_lease_is_no_worker_and_a_worker_no_lease(engine: Engine, session: Connection) -> None:
    store.announce(session, "tagging")
    store.try_lease(session, RUN)
    store.try_daemon(session)
    with engine.connect() as connection:
        assert len(store.workers(connection)) == 1
        assert list(store.holders(connection, [RUN, NEGATIVE])) == [RUN]


def test_there_is_one_daemon(engine: Engine, session: Connection) -> None:
    assert store.try_daemon(session)
    with engine.connect() as other:
        assert not store.try_daemon(other)


def test_a_worker_whose_session_is_cut_takes_its_locks_again_by_itself(
    engine: Engine, dagster_url: str, instance: object
) -> None:
    lease = WorkerLease(dagster_url, "tagging", report_canceled=lambda run_id: None)
    lease.start()
    with closing(lease), lease.hold(RUN) as held:
        assert held
        end_sessions(dagster_url, "alt-worker/tagging/%")
        with engine.connect() as connection:
            wait_until(
                lambda: store.holder(connection, RUN) and store.live_workers(connection)["tagging"],
                "the lease is taken again",
            )


def test_a_second_worker_does_not_get_a_run_that_is_held(dagster_url: str, instance: object) -> None:
    first, second = (WorkerLease(dagster_url, "tagging", lambda run_id: None) for _ in range(2))
    with closing(first), closing(second):
        with first.hold(RUN) as held, second.hold(RUN) as too:
            assert held
            assert not too
        with second.hold(RUN) as held:
            assert held


def test_the_storage_has_timeouts_unless_its_url_names_its_own() -> None:
    bare = storage_url(Settings.from_environment({"DAGSTER_POSTGRES_URL": "postgres://a:b@h/d"}))
    own = storage_url(Settings.from_environment({"DAGSTER_POSTGRES_URL": "postgres://a:b@h/d?connect_timeout=9"}))
    assert bare.startswith("postgresql+psycopg2://a:b@h/d?")
    assert "connect_timeout=5" in bare
    assert "keepalives_idle=10" in bare
    assert "connect_timeout=9" in own
    assert "connect_timeout=5" not in own
