"""The child's side of `supervised`: carry out tasks one after another, and record each step in shared memory."""

import itertools
import mmap
import pickle
import signal
import struct
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import psutil
import structlog

log = structlog.get_logger(__name__)

Step = Callable[[int, float], None]
"""A handler calls it before each step, with the number of the step and its CPU limit in seconds."""

Handler = Callable[[Any, Step], Any]
"""Carries out one task."""

START_SECONDS = 120.0  # for creating the handler; it may load models from a busy disk


@dataclass(frozen=True)
class Factory:
    """How to create the handler in the child.

    `function` must be a module-level function that the child can import; it is called with the pickled `arguments`.
    """

    function: Callable[..., Handler]
    arguments: tuple[Any, ...] = ()


class StepMark:
    """The child's current step in memory shared with the supervisor: count of steps, step number, CPU limit (s)."""

    _LAYOUT = struct.Struct("qqd")

    def __init__(self, shared: mmap.mmap) -> None:
        self._shared = shared

    def clear(self) -> None:
        """Record that no step has begun."""
        self._LAYOUT.pack_into(self._shared, 0, 0, 0, 0.0)

    def set(self, count: int, number: int, cpu_seconds: float) -> None:
        """Record the start of step `number`, the `count`th of the task."""
        self._LAYOUT.pack_into(self._shared, 0, count, number, cpu_seconds)

    @property
    def number(self) -> int | None:
        """The number of the last step that began, None before the first."""
        count, number, _ = self._LAYOUT.unpack_from(self._shared)
        return number if count else None

    @property
    def count_and_limit(self) -> tuple[int, float]:
        """The number of steps begun, and the CPU limit of the last in seconds."""
        count, _, limit = self._LAYOUT.unpack_from(self._shared)
        return count, limit if count else START_SECONDS


@dataclass(frozen=True)
class Serve:
    """Runs in the child: creates the handler, then carries out tasks until the supervisor closes the socket."""

    factory: Factory

    def __call__(self, connection: Connection, shared: mmap.mmap) -> None:
        try:
            handler = self.factory.function(*self.factory.arguments)
        except Exception as error:
            connection.send(("failed", f"{type(error).__name__}: {error}"))
            return
        connection.send(("ready", None))
        process, mark = psutil.Process(), StepMark(shared)
        while True:
            counter = itertools.count(1)

            def step(number: int, cpu_seconds: float, counter: "itertools.count[int]" = counter) -> None:
                mark.set(next(counter), number, cpu_seconds)
                signal.setitimer(signal.ITIMER_PROF, cpu_seconds)

            task = connection.recv()
            try:
                result = handler(task, step)
                signal.setitimer(signal.ITIMER_PROF, 0)
                answer: tuple[str, Any] = ("done", (result, process.memory_info().rss))
            except Exception as error:
                signal.setitimer(signal.ITIMER_PROF, 0)
                log.exception("supervised_task_failed")
                answer = ("failed", f"{type(error).__name__}: {error}")
            connection.send_bytes(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
