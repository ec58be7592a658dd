"""The daemon lock: at most one Dagster daemon runs on a database, because two would start every run twice.

`alt-pipelines daemon` waits for the lock (`stack.daemon`). The daemon of `dagster dev` is Dagster's own and knows no
lock, so the process `dagster dev` holds it for its daemon, from the creation of its storage until it ends, and refuses
to start if it cannot. `alt-pipelines up` refuses to start beside `dagster dev`.

The lock belongs to a session in Dagster's Postgres, so it is free once its holder has ended, however that happened.
"""

import os
import signal
import socket
import threading
import time

import click
import structlog
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database import embedded
from alt_pipelines.processes import die_with_parent, stack_in
from alt_pipelines.runtime import store
from alt_pipelines.runtime.dagster_internals import using_dagster_dev
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.settings import Settings

log = structlog.get_logger(__name__)

RENEW_SECONDS = 3.0
DEV = "dagster dev"
_DEV_PROCESS = "_ALT_DAGSTER_DEV_PROCESS"  # set by `dagster dev` for the processes that it starts: its process id


class LockLostError(RuntimeError):
    """Another process took the lock while this one had no session."""


class DaemonRunsError(click.ClickException):
    """Another daemon runs on the database; the message says which, with the remedy."""


def renew(engine: Engine, session: Connection | None) -> Connection | None:
    """Renew the session that holds the lock, and take the lock again after an outage.

    Returns the session, None while the database does not answer.

    Raises:
        LockLostError: another process has the lock.
    """
    try:
        if session is None:
            session = store.open_session(engine)
            if not store.try_daemon(session):
                session.close()
                raise LockLostError
        store.ping(session)
        return session
    except DBAPIError:
        if session is not None:
            session.invalidate()
            session.close()
        return None


def hold_for_dagster_dev(settings: Settings) -> None:
    """Have a process of `dagster dev` hold the lock, or end with the one that does. Does nothing in other processes.

    Raises:
        DaemonRunsError: a stack or another daemon uses the database.
    """
    if not using_dagster_dev():
        return
    holder = Settings.environment().get(_DEV_PROCESS, "")
    if not holder:
        hold(settings)
        os.environ[_DEV_PROCESS] = str(os.getpid())
    elif os.getppid() == int(holder):
        die_with_parent(int(holder))  # a daemon without the lock must not outlive a killed `dagster dev`


def hold(settings: Settings) -> Connection:
    """Take the lock for the lifetime of this process; if another process takes it during an outage, interrupt this one.

    Raises:
        DaemonRunsError: a stack or another daemon uses the database.
    """
    engine = store.lease_engine(storage_url(settings), f"{DEV}, process {os.getpid()} on {socket.gethostname()}")
    session = store.open_session(engine)
    is_taken = not store.try_daemon(session)
    # A stack locks its folder long before its daemon takes the lock, and looks for `dagster dev` after that.
    home = settings.execution.home.resolve()
    stack = stack_in(home)
    if is_taken or stack is not None:
        other = f"The stack in {home} ({stack})"
        if stack is None:
            other = f"Another daemon ({store.daemon_holder(session) or 'it is ending'})"
        session.close()
        raise DaemonRunsError(
            f"{other} uses the same database, and two daemons would start every run twice. Use its UI, stop it with "
            "Ctrl-C in its terminal, or choose another folder: ALT_PIPELINES_HOME=/some/where dagster dev"
        )
    threading.Thread(target=_keep, args=(engine, session), name="daemon-lock", daemon=True).start()
    return session


def dagster_dev_of(settings: Settings) -> str | None:
    """Return the session name of the `dagster dev` that uses Dagster's database, None if there is none.

    Starts no server. A database that does not answer has none; `storage_url` limits the wait for it to five seconds.
    """
    named = settings.execution.dagster_storage_url
    if named is None and not embedded.is_running(settings.execution.home.resolve() / "postgres"):
        return None
    engine = store.lease_engine(storage_url(settings), "alt-supervisor")
    try:
        with store.open_session(engine) as session:
            holder = store.daemon_holder(session)
    except DBAPIError:
        return None
    return holder if holder is not None and holder.startswith(DEV) else None


def _keep(engine: Engine, session: Connection | None) -> None:
    try:
        while True:
            time.sleep(RENEW_SECONDS)
            session = renew(engine, session)
    except LockLostError:
        log.error("daemon_lock_lost", action="dagster dev ends, because another daemon uses its database")
    except Exception:
        log.exception("daemon_lock_failed", action="dagster dev ends, because another daemon could take the lock")
    os.kill(os.getpid(), signal.SIGINT)
