"""Watchdog threads of a worker's parent process: they end a stalled broker consumer and silent pool processes."""

import contextlib
import os
import signal
import time
from collections.abc import Container

import psutil
import structlog
from celery import Celery
from celery.worker import state as worker_state
from sqlalchemy.exc import DBAPIError

from alt_pipelines.runtime import broker, store
from alt_pipelines.runtime.lease import BEAT_SECONDS, silent_processes
from alt_pipelines.runtime.queues import Queue
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.settings import Settings

log = structlog.get_logger(__name__)

# Messages waiting beside idle processes for this long mean that the consumer has lost its broker (celery issue 8091).
STALLED_SECONDS = 30.0


def watch_consumer(app: Celery, queue: Queue, processes: int) -> None:
    """End the worker if its broker connection looks alive but delivers nothing; the worker's supervisor restarts it.

    In several Celery releases the Redis consumer stops permanently after a reconnect. Running runs finish first.
    """
    redis = broker.client(str(app.conf.broker_url))
    idle_since: float | None = None
    received = -1
    while True:
        time.sleep(5)
        try:
            waiting = broker.queue_depths(redis)[queue]
        except broker.BrokerError:
            idle_since = None
            continue
        total = sum(worker_state.total_count.values())
        busy = len(worker_state.reserved_requests) >= processes
        if not waiting or busy or total != received:
            idle_since, received = None, total
            continue
        idle_since = idle_since or time.monotonic()
        if time.monotonic() - idle_since > STALLED_SECONDS:
            log.error("consumer_stalled", queue=queue, waiting=waiting, action="the worker restarts")
            os.kill(os.getpid(), signal.SIGTERM)
            return


def watch_processes(settings: Settings) -> None:
    """Kill pool processes that renew no heartbeat, because native code holds the interpreter lock without using CPU."""
    engine = store.lease_engine(storage_url(settings), "alt-worker-watch")  # no pooled session for forks to share
    awake = time.monotonic()
    while True:
        time.sleep(15)
        slept, awake = time.monotonic() - awake, time.monotonic()
        if slept > store.SILENT_SECONDS / 4:  # the machine was suspended, and its processes with it
            time.sleep(store.SILENT_SECONDS / 4)
            continue
        try:
            silent = silent_processes(engine)
            if silent:  # if only the clock was set forward, they renew their heartbeats meanwhile
                time.sleep(2 * BEAT_SECONDS)
                silent = silent_processes(engine)
        except DBAPIError:
            continue
        awake = time.monotonic()
        kill_children(silent)


def kill_children(pids: Container[int]) -> None:
    """Kill those of this process's children that have one of the ids; one that has just ended is ignored."""
    for process in psutil.Process().children():
        if process.pid in pids:
            log.error("worker_process_silent", pid=process.pid, action="it is killed; its run is retried")
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
