"""Run exactly one Dagster daemon: the process that holds a lock in Dagster's Postgres runs it, and others wait.

Two daemons would launch every run twice. Deployments request one replica, but a rolling update, a recovered node or a
second `up` on another machine can start two for a while. The second one waits until the first has ended, then takes
over.
"""

import logging
import os
import threading
import time
from pathlib import Path

import dagster as dg
import structlog
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines.runtime import store
from alt_pipelines.runtime.daemon_clock import ClockWatch, forget_future_ticks
from alt_pipelines.runtime.daemon_lock import RENEW_SECONDS, LockLostError, renew
from alt_pipelines.runtime.dagster_internals import daemon_main
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.settings import Settings

log = structlog.get_logger(__name__)


def run_daemon(settings: Settings, workspace: Path) -> None:
    """Wait for the daemon lock, then run the daemon until stopped."""
    engine = store.lease_engine(storage_url(settings), "alt-daemon")
    session = _become(engine)
    with dg.DagsterInstance.get() as instance:
        forget_future_ticks(instance, session)
    threading.Thread(target=_stay, args=(engine, session), name="daemon-lock", daemon=True).start()
    logging.getLogger("dagster").propagate = False  # it has its own handler; every line would be logged twice
    daemon_main(["--workspace", str(workspace), "--log-format", "json"])


def _become(engine: Engine) -> Connection:
    said = False
    while True:
        try:
            session = store.open_session(engine)
            if store.try_daemon(session):
                log.info("daemon_lock_taken")
                return session
            session.close()
            if not said:
                log.info("daemon_waiting", reason="another daemon is running; two daemons would start every run twice")
                said = True
        except DBAPIError as error:
            log.warning("daemon_waiting", reason="no connection to the database", error=str(error.orig).strip())
        time.sleep(RENEW_SECONDS)


def _stay(engine: Engine, session: Connection | None) -> None:
    """Keep the lock, and end the process with its thread: its supervisor restarts it.

    The thread ends if another process took the lock during an outage, if the clock was set back, or if it fails.
    """
    clock = ClockWatch()
    action = "the process exits; its supervisor restarts it"
    try:
        while not (seconds := clock.set_back_by()):
            time.sleep(RENEW_SECONDS)
            session = renew(engine, session)
        log.error("clock_set_back", seconds=round(seconds), action=action)
    except LockLostError:
        log.error("daemon_lock_lost", action=action)
    except Exception:
        log.exception("daemon_lock_failed", action=action)
    finally:
        os._exit(1)
