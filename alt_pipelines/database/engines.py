"""Create the SQLAlchemy engines of the databases, and retry transactions that failed transiently.

Each process has one engine per database. Every connection has a connect time-out, keepalives and a statement time-out,
so that a vanished server is noticed within seconds and not after the kernel's two hours. `session` pins its settings.
"""

import random
import select
import time
from collections.abc import Callable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import structlog
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from alt_pipelines.database import embedded, shapes
from alt_pipelines.database.far_times import read_far_times
from alt_pipelines.database.refusals import sqlstate_of
from alt_pipelines.database.session import session_options
from alt_pipelines.settings import PoolSettings, Settings

log = structlog.get_logger(__name__)

_T = TypeVar("_T")

# Lost or refused connections: class 08, 57P01..57P03 (shut down, crashed, starting up), 53300 (too many connections).
# Transactions to be retried: 40001 (serialization failure), 40P01 (deadlock).
_TRANSIENT_STATES = ("08", "57P", "53300", "40001", "40P01")

# Missing columns or tables: the platform has migrated its tables while this process was running.
_CHANGED_STATES = ("42703", "42P01")


def make_engine(url: URL, settings: PoolSettings, application: str = "alt-pipelines") -> Engine:
    """Return an engine with a bounded pool and time-outs; pg_stat_activity shows `application`."""
    limit = settings.statement_timeout_seconds * 1000
    engine = create_engine(
        url,
        pool_size=settings.size,
        max_overflow=settings.overflow,
        pool_timeout=30,
        pool_pre_ping=True,
        pool_recycle=1800,
        connect_args={
            "connect_timeout": settings.connect_timeout_seconds,
            "keepalives": 1,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 30_000,
            "application_name": application,
            "options": session_options(url, statement_timeout=str(limit)),
        },
    )
    ping_less(engine)
    read_far_times(engine)
    return engine


PING_SECONDS = 5.0


def ping(engine: Engine) -> None:
    """Make one round trip.

    Raises:
        SQLAlchemyError: the database does not answer.
    """
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))


def ping_less(engine: Engine) -> None:
    """Have an engine with `pool_pre_ping` send a ping only where the socket cannot tell that the connection is alive.

    A ping before each use doubled the statements of a genre run. A server that ends closes its sockets, and one that
    closes a connection says so first: either can be read. What leaves no trace, such as a dropped packet, is noticed by
    the ping that is sent if the last one is older than `PING_SECONDS`.
    """
    ping = engine.dialect.do_ping
    tested: WeakKeyDictionary[Any, float] = WeakKeyDictionary()

    def do_ping(connection: Any) -> bool:
        now = time.monotonic()
        if now - tested.get(connection, -PING_SECONDS) < PING_SECONDS and not _has_input(connection):
            return True
        alive = ping(connection)
        if alive:
            tested[connection] = now
        return alive

    engine.dialect.do_ping = do_ping  # type: ignore[method-assign,assignment]


def _has_input(connection: Any) -> bool:
    """Whether something waits to be read from a connection, or it is closed. Between statements, nothing should."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def alt_url(settings: Settings) -> URL:
    """Return the DSN of alt-db; starts the embedded server if no other is named."""
    return settings.alt_db.url or _embedded_url(settings, embedded.ALT_DATABASE)


def recap_url(settings: Settings) -> URL:
    """Return the DSN of recap-db; starts the embedded server if no other is named."""
    return settings.recap_db.url or _embedded_url(settings, embedded.RECAP_DATABASE)


def dagster_url(settings: Settings) -> URL:
    """Return the DSN of Dagster's own storage; starts the embedded server if no other is named."""
    from alt_pipelines.settings import postgres_url

    named = settings.execution.dagster_storage_url
    return postgres_url(named.get_secret_value()) if named else _embedded_url(settings, embedded.DAGSTER_DATABASE)


def _embedded_url(settings: Settings, database: str) -> URL:
    if settings.alt_db.url is None and settings.recap_db.url is None:
        embedded.forget_client_variables()
    data_dir = settings.execution.home.resolve() / "postgres"
    embedded.ensure_running(data_dir)
    return embedded.url(data_dir, database)


def is_transient(error: BaseException) -> bool:
    """Whether the database was down or busy, so that the same transaction may succeed later."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    state = sqlstate_of(error.orig)
    if state is None:  # no answer, or one that is not recognized
        return isinstance(error, OperationalError)
    return state.startswith(_TRANSIENT_STATES)


def with_retries(action: Callable[[], _T], settings: PoolSettings, what: str) -> _T:
    """Call `action` and retry it on transient failures, for at most `retry_seconds`.

    `action` must be one complete transaction, because it is repeated from its beginning. If it fails on a missing
    column or table, it is repeated once after the shapes of the platform's tables have been read again.

    Raises:
        DBAPIError: the last failure, if it was not transient or the time is up.
    """
    deadline = time.monotonic() + settings.retry_seconds
    delay = settings.retry_first_delay_seconds
    looked_again = False
    while True:
        try:
            return action()
        except DBAPIError as error:
            if not looked_again and sqlstate_of(error.orig) in _CHANGED_STATES:
                looked_again = True
                shapes.forget()
                continue
            if not is_transient(error) or time.monotonic() + delay > deadline:
                raise
            log.warning("database_retry", what=what, delay_seconds=round(delay, 2), error=type(error.orig).__name__)
            time.sleep(delay * random.uniform(0.75, 1.25))  # noqa: S311 - jitter, not a secret
            delay = min(delay * 2, settings.retry_longest_delay_seconds)
