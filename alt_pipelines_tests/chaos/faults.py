"""Faults injected into a running stack. Each hits one part, and restores it or leaves that to the supervisor."""

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import psutil
import redis

from alt_pipelines.database import embedded
from alt_pipelines.processes import members
from alt_pipelines.runtime import broker
from alt_pipelines.stack.keeper import FORK_SERVER
from alt_pipelines.stack.supervisor import Stack
from alt_pipelines_tests.chaos.world import World

# Longer than the heartbeat limit of a genre run (`recap.reconcile`), shorter than the limit after which the supervisor
# replaces a worker (`runtime.store`).
FREEZE_SECONDS = 45.0


@dataclass(frozen=True)
class Fault:
    """A fault: its name in the report, and the function that injects it."""

    name: str
    inject: Callable[[World, random.Random], None]


def kill(part: str) -> Fault:
    """SIGKILL the first process of a part; the processes that it forked must end by themselves."""

    def inject(world: World, _: random.Random) -> None:
        _kill(world.stack.pid(part))

    return Fault(f"kill -9 {part}", inject)


def kill_fork_server(world: World, _: random.Random) -> None:
    """SIGKILL the process that forks the parts; the kernel ends them with it, and the supervisor starts all again."""
    _kill(world.stack.groups().get(FORK_SERVER))


def _kill(pid: int | None) -> None:
    if pid is not None:
        with suppress(ProcessLookupError):  # it has already ended
            os.kill(pid, signal.SIGKILL)


def _pool_process(stack: Stack, part: str, chooser: random.Random) -> psutil.Process | None:
    leader = stack.pid(part)
    children = [process for process in members(leader) if process.pid != leader] if leader else []
    return chooser.choice(children) if children else None


def kill_pool_process(part: str) -> Fault:
    """SIGKILL a random process of a worker's pool, which executes Dagster runs."""

    def inject(world: World, chooser: random.Random) -> None:
        process = _pool_process(world.stack, part, chooser)
        if process is not None:
            process.kill()

    return Fault(f"kill -9 process of {part}", inject)


def stop_postgres(seconds: float) -> Fault:
    """Stop the database server despite connected clients and restart it after `seconds`."""

    def inject(world: World, _: random.Random) -> None:
        embedded.stop(world.postgres)
        time.sleep(seconds)
        embedded.ensure_running(world.postgres)

    return Fault(f"Postgres away for {seconds:.0f} s", inject)


def _lose_broker(world: World, _: random.Random) -> None:
    _kill(world.stack.pid("broker"))  # it persists nothing


def _empty_broker(world: World, _: random.Random) -> None:
    client = broker.client(world.stack.addresses.broker)
    deadline = time.monotonic() + 60
    while True:
        try:
            client.flushall()
            return
        except redis.RedisError:  # the previous fault may have killed the broker; it is empty once it is back
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _fill_queue(world: World, chooser: random.Random) -> None:
    client = broker.client(world.stack.addresses.broker)
    with suppress(redis.RedisError):  # the broker is being restarted
        for queue in ("tagging", "recap"):
            message = client.lindex(queue, 0)
            if message is not None:
                client.rpush(queue, *[message] * 200)  # 200 copies of the same message


def freeze(part: str, seconds: float) -> Fault:
    """SIGSTOP the whole process group of a part, and SIGCONT it after `seconds`."""

    def inject(world: World, _: random.Random) -> None:
        leader = world.stack.pid(part)
        if leader is None:
            return
        os.killpg(leader, signal.SIGSTOP)
        time.sleep(seconds)
        with suppress(ProcessLookupError):  # the supervisor has replaced it
            os.killpg(leader, signal.SIGCONT)

    return Fault(f"freeze {part} for {seconds:.0f} s", inject)


def all_faults(freeze_seconds: float = FREEZE_SECONDS) -> list[Fault]:
    """Return one fault of every type that hits a part of the stack."""
    return [
        kill("tagging worker"),
        kill("recap worker"),
        kill_pool_process("tagging worker"),
        kill_pool_process("recap worker"),
        kill("daemon"),
        kill("webserver"),
        kill("code server"),
        kill("adapter"),
        Fault("kill -9 fork server", kill_fork_server),
        stop_postgres(1),
        stop_postgres(10),
        stop_postgres(30),
        Fault("kill -9 broker, contents lost", _lose_broker),
        Fault("empty the broker", _empty_broker),
        Fault("fill the queues with repeated messages", _fill_queue),
        freeze("recap worker", freeze_seconds),
        freeze("tagging worker", freeze_seconds),
    ]
