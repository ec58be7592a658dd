"""Leases on runs and the presence of workers, as advisory locks in Dagster's Postgres.

Each worker process holds one database session. A shared lock on its queue records its presence, and an exclusive lock
on a run records that it executes the run. Postgres releases both when the session ends, however the process died, so
nothing has to expire or be cleaned up. A broker message is only a hint that work is waiting: losing one loses no work,
and a message delivered twice finds the lease taken.

    run waits        QUEUED, no lease    (the broker has its message, or `automation.resend_lost_runs` resends it)
    run is executed  STARTED, lease held
    worker is lost   STARTED, no lease   (run monitoring marks it as failed, and Dagster's run retry starts it again)

The locks belong to sessions, so workers must not reach this database through a pooler in transaction mode.

This module holds the SQL; `lease`, `launcher` and `automation` decide when to run it.
"""

import select
import uuid
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool

from alt_pipelines.database.locks import HELD_PAIRED, HELD_SINGLE, Paired, Single
from alt_pipelines.database.session import session_options
from alt_pipelines.runtime.fairness import QueuedRun
from alt_pipelines.runtime.queues import DEFAULT_QUEUE, QUEUE_TAG, QUEUES, Queue

PRESENCE_CLASS = int(Paired.WORKER)
DAEMON_KEY = int(Single.DAEMON)
APPLICATION = "alt-worker"

# A process that is stopped or swapped out keeps its session. It counts as live if the session was active this recently.
SILENT_SECONDS = 120


class Holder(NamedTuple):
    """The session that holds a lease or the daemon lock."""

    application: str  # of a lease: alt-worker/<queue>/<process_names.process_name()>
    silent_seconds: float


class Worker(NamedTuple):
    """A connected worker process."""

    queue: Queue
    application: str
    silent_seconds: float


def lease_engine(url: str, application: str = APPLICATION) -> Engine:
    """Return an engine for lock sessions: each connection is one session, never shared or reused."""
    return create_engine(
        url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=_connect_args(url, application)
    )


def reading_engine(url: str, application: str) -> Engine:
    """Return an engine for statements that a process repeats: it keeps one session, and tests it before each use."""
    return create_engine(
        url,
        pool_size=1,
        max_overflow=2,
        pool_pre_ping=True,
        isolation_level="AUTOCOMMIT",
        connect_args=_connect_args(url, application),
    )


def _connect_args(url: str, application: str) -> dict[str, str]:
    return {"application_name": application[:63], "options": session_options(url)}


def open_session(engine: Engine) -> Connection:
    """Open a session that the server closes within half a minute after this machine disappears.

    Raises:
        OperationalError: the database does not answer.
    """
    connection = engine.connect()
    for option in ("tcp_keepalives_idle = 10", "tcp_keepalives_interval = 5", "tcp_keepalives_count = 3"):
        connection.execute(text(f"SET {option}"))
    return connection


def announce(session: Connection, queue: Queue) -> None:
    """Register a worker process as present on a queue until the session ends."""
    session.execute(
        text("SELECT pg_advisory_lock_shared(:class, :queue)"),
        {"class": PRESENCE_CLASS, "queue": QUEUES.index(queue)},
    )


def try_lease(session: Connection, run_id: str) -> bool:
    """Take the lease of a run unless another session holds it. Returns whether it was taken."""
    return bool(session.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": lease_key(run_id)}).scalar())


def release(session: Connection, run_id: str) -> None:
    """Release the lease of a run."""
    session.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": lease_key(run_id)})


def try_daemon(session: Connection) -> bool:
    """Take the daemon lock unless another session holds it. Returns whether it was taken."""
    return bool(session.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": DAEMON_KEY}).scalar())


def daemon_holder(connection: Connection) -> str | None:
    """Return the application name of the session that holds the daemon lock, None if it is free."""
    found = _holders_by_key(connection).get(DAEMON_KEY)
    return None if found is None else found.application


def ping(session: Connection) -> None:
    """Renew the heartbeat of a session.

    Raises:
        DBAPIError: the session is lost, and its locks with it.
    """
    session.execute(text("SELECT 1"))


def run_status(session: Connection, run_id: str) -> str | None:
    """Return the status of a run as Dagster stores it, None if the run does not exist. Also renews the heartbeat."""
    found = session.execute(text("SELECT status FROM runs WHERE run_id = :run_id"), {"run_id": run_id}).scalar()
    return None if found is None else str(found)


def holder(connection: Connection, run_id: str) -> Holder | None:
    """Return the session that holds the lease of a run, None if the lease is free."""
    return holders(connection, [run_id]).get(run_id)


def holders(connection: Connection, run_ids: Iterable[str]) -> dict[str, Holder]:
    """Return the holders of those of the given runs that are leased, by run id."""
    found = _holders_by_key(connection)
    keys = {run_id: lease_key(run_id) for run_id in run_ids}
    return {run_id: found[key] for run_id, key in keys.items() if key in found}


def _holders_by_key(connection: Connection) -> dict[int, Holder]:
    """Return the holders of all advisory locks of the database that have a single key."""
    found = connection.execute(
        text(
            f"""
            SELECT l.key, a.application_name, extract(epoch FROM now() - a.state_change)::float AS silent
            FROM ({HELD_SINGLE}) l JOIN pg_stat_activity a USING (pid)
            """
        )
    )
    return {row.key: Holder(row.application_name, row.silent or 0.0) for row in found}


def workers(connection: Connection) -> list[Worker]:
    """Return all connected worker processes, silent ones included."""
    found = connection.execute(
        text(
            f"""
            SELECT l.second::int AS queue, a.application_name,
                   extract(epoch FROM now() - a.state_change)::float AS silent
            FROM ({HELD_PAIRED}) l JOIN pg_stat_activity a USING (pid)
            WHERE l.first = :class
            ORDER BY 1, 2
            """
        ),
        {"class": PRESENCE_CLASS},
    )
    return [Worker(QUEUES[row.queue], row.application_name, row.silent or 0.0) for row in found]


def live_workers(connection: Connection) -> dict[Queue, int]:
    """Count the worker processes per queue that are connected and were active within SILENT_SECONDS."""
    counts: dict[Queue, int] = dict.fromkeys(QUEUES, 0)
    for worker in workers(connection):
        if worker.silent_seconds < SILENT_SECONDS:
            counts[worker.queue] += 1
    return counts


def runs_of_queue(connection: Connection, queue: Queue, limit: int = 2000) -> list[QueuedRun]:
    """Return the unfinished runs of a queue, oldest first."""
    found = connection.execute(
        text(
            """
            SELECT r.run_id, r.status IN ('STARTED', 'CANCELING') AS started,
                   coalesce(json_object_agg(t.key, t.value) FILTER (WHERE t.key IS NOT NULL), '{}') AS tags
            FROM runs r LEFT JOIN run_tags t ON t.run_id = r.run_id
            WHERE r.status IN ('QUEUED', 'NOT_STARTED', 'STARTING', 'STARTED', 'CANCELING')
            GROUP BY r.id, r.run_id, r.status
            HAVING coalesce(max(t.value) FILTER (WHERE t.key = :tag), :default) = :queue
            ORDER BY r.id LIMIT :limit
            """
        ),
        {"tag": QUEUE_TAG, "default": DEFAULT_QUEUE, "queue": queue, "limit": limit},
    )
    return [QueuedRun(row.run_id, row.tags, row.started) for row in found]


def delete_ticks_after(session: Connection, moment: float) -> int:
    """Delete the ticks of sensors and schedules that lie after a moment (seconds since the epoch). Returns how many."""
    statement = text("DELETE FROM job_ticks WHERE timestamp > to_timestamp(:moment) AT TIME ZONE 'UTC'")
    return session.execute(statement, {"moment": moment}).rowcount


def delete_earlier_skips(connection: Connection, selector_id: str, tick_id: int, moment: float) -> int:
    """Delete a sensor's earlier skipped ticks in the minute of a tick. Returns how many.

    Args:
        moment: the time of the tick, in seconds since the epoch.
    """
    statement = text(
        """
        DELETE FROM job_ticks WHERE selector_id = :selector AND id < :tick AND status = 'SKIPPED'
          AND timestamp >= date_trunc('minute', to_timestamp(:moment) AT TIME ZONE 'UTC')
        """
    )
    return connection.execute(statement, {"selector": selector_id, "tick": tick_id, "moment": moment}).rowcount


def delete_plans(connection: Connection, run_id: str) -> int:
    """Delete the events of a successful run that record what it planned. Returns their number."""
    statement = text(
        """
        DELETE FROM event_logs WHERE run_id = :run_id
          AND dagster_event_type IN ('PIPELINE_ENQUEUED', 'PIPELINE_STARTING', 'ASSET_MATERIALIZATION_PLANNED',
                                     'ASSET_CHECK_EVALUATION_PLANNED')
          AND EXISTS (SELECT FROM runs WHERE runs.run_id = :run_id AND status = 'SUCCESS')
        """
    )
    return connection.execute(statement, {"run_id": run_id}).rowcount


def daemon_heartbeat(connection: Connection) -> float | None:
    """Return the time of the sensor daemon's last heartbeat (seconds since the epoch), None if there was none."""
    return daemon_heartbeats(connection).get("SENSOR")


def daemon_heartbeats(connection: Connection) -> dict[str, float]:
    """Return the last heartbeat of each of Dagster's daemons (seconds since the epoch), by its type."""
    # The column has the writing session's local time without a zone; the body has a Unix timestamp.
    statement = text("SELECT daemon_type, (body::json->>'timestamp')::float FROM daemon_heartbeats")
    return {row[0]: float(row[1]) for row in connection.execute(statement)}


def listen(session: Connection, channel: str) -> None:
    """Subscribe the session to a channel of this database."""
    session.execute(text(f"LISTEN {channel}"))


def notify(session: Connection, channel: str, payload: str) -> None:
    """Send a payload of at most 8000 bytes to all listeners of a channel."""
    session.execute(text("SELECT pg_notify(:channel, :payload)"), {"channel": channel, "payload": payload})


def notices(session: Connection, seconds: float) -> list[str]:
    """Return the payloads received since the last call, waiting at most `seconds` for the first.

    Raises:
        psycopg2.Error: the session is lost.
    """
    driver: Any = session.connection.driver_connection
    if not driver.notifies:
        select.select([driver], [], [], max(0.0, seconds))
    driver.poll()
    heard = [notice.payload for notice in driver.notifies]
    driver.notifies.clear()
    return heard


def lease_key(run_id: str) -> int:
    """Return the 64-bit lock key of a run: the first half of its UUID, signed."""
    return int.from_bytes(uuid.UUID(run_id).bytes[:8], "big", signed=True)
