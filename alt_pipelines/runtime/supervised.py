"""A child process that works on one task at a time under a deadline that also ends native code.

    supervisor                                 child
    run(task) ------------ task -------------> handler(task, step)
              <~~~~ step 0, step 1, ... ~~~~~~   in shared memory; each step starts a new deadline
              <------------ result -----------

The kernel enforces the deadline: at every step the child sets a CPU timer whose signal has no handler, so it ends the
process wherever it is, also inside a library that never returns to the interpreter. A child that hangs without using
CPU is ended by the supervisor. Either way the supervisor knows at which step, and the next task finds a fresh child.

Wall-clock limits follow from the CPU limit and are generous, because a loaded machine is no fault of the task: a child
that uses no CPU at all has `ASLEEP_FACTOR` times its CPU limit, one that is given little of the processor
`STARVED_FACTOR` times.

Scope: one child and its deadlines. Out of scope: what the tasks are.
"""

import contextlib
import itertools
import mmap
import pickle
import signal
import struct
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

import psutil
import structlog

from alt_pipelines.runtime.nursery import Nursery

log = structlog.get_logger(__name__)

Task = TypeVar("Task")
Result = TypeVar("Result")

Step = Callable[[int, float], None]
"""Called by a handler before each step, with the step's number and the CPU seconds it may take."""

Handler = Callable[[Any, Step], Any]
"""Carries out one task."""

ASLEEP_FACTOR = 3.0
STARVED_FACTOR = 20.0
START_SECONDS = 120.0  # to make the handler: models are loaded from a disk that may be busy
_POLL_SECONDS = 0.25
_LEAST_WALL_SECONDS = 2.0


class ChildStoppedError(RuntimeError):
    """The child ended during a task; `step` is the last one that it began, None before the first."""

    def __init__(self, message: str, step: int | None) -> None:
        super().__init__(message)
        self.step = step


class DeadlineExceededError(ChildStoppedError):
    """The child was ended because a step took longer than it may."""


class ChildDiedError(ChildStoppedError):
    """The child ended by itself: a crash in native code, or the system ended it for want of memory."""


class TaskFailedError(RuntimeError):
    """The handler raised; the message is the name and text of its error. The child goes on."""


@dataclass(frozen=True)
class Factory:
    """Makes the handler in the child.

    `function` is importable there (a module-level function) and is called with `arguments`, which are pickled.
    """

    function: Callable[..., Handler]
    arguments: tuple[Any, ...] = ()


class SupervisedChild(Generic[Task, Result]):
    """One child process that starts with its first task and again after each end.

    Args:
        factory: makes the handler in the child.
        modules: imported once by the process that forks the children.
        memory_mb: a child that has grown beyond this resident size is replaced after its task.

    Safe to call from several threads, which then wait for each other. Make it in the process that uses it: it does not
    survive a fork.
    """

    def __init__(self, factory: Factory, modules: Sequence[str] = (), memory_mb: int = 1500) -> None:
        self._factory = factory
        self._modules = tuple(modules)
        self._memory = memory_mb * 1_000_000
        self._nursery: Nursery | None = None
        self._child: _Child | None = None
        self._lock = threading.RLock()

    @property
    def pid(self) -> int | None:
        """The child's process id, None while there is none."""
        return None if self._child is None else self._child.pid

    def run(self, task: Task) -> Result:
        """Carry out a task.

        Raises:
            DeadlineExceededError: a step took too long; the child is gone.
            ChildDiedError: the child ended by itself.
            TaskFailedError: the handler raised.
        """
        with self._lock:
            child = self._ready_child()
            child.step.clear()
            try:
                child.connection.send(task)
                return self._result(child)
            except (EOFError, ConnectionError) as error:
                raise self._stopped("") from error

    def close(self) -> None:
        """End the child and the process that forks it. The next task starts both again."""
        with self._lock:
            if self._child is not None:
                self._child.connection.close()
                self._child = None
            if self._nursery is not None:
                self._nursery.close()
                self._nursery = None

    def _ready_child(self) -> "_Child":
        if self._child is not None:
            return self._child
        for last in (False, True):
            try:
                if self._nursery is None:
                    self._nursery = Nursery((__name__, *self._modules))
                pid, connection, shared = self._nursery.fork(_Serve(self._factory))
                self._child = _Child(pid, connection, _StepMark(shared))
                break
            except OSError as error:  # it was killed; a second one that ends at once is a defect
                self.close()
                if last:
                    raise ChildDiedError(f"the child process does not start: {error}", None) from error
        assert self._child is not None
        child = self._child
        if not child.connection.poll(START_SECONDS):
            child.kill()
            raise self._stopped("the child process did not start in time")
        try:
            kind, value = child.connection.recv()
        except (EOFError, ConnectionError) as error:
            raise self._stopped("the child process ended while it started") from error
        if kind == "failed":
            self.close()
            raise TaskFailedError(value)
        return child

    def _result(self, child: "_Child") -> Result:
        clock = _WallClock(child)
        while not child.connection.poll(_POLL_SECONDS):
            if clock.is_over():
                child.kill()
                raise self._stopped("", deadline=True)
        kind, value = child.connection.recv()
        if kind == "failed":
            raise TaskFailedError(value)
        result, resident = value
        if resident > self._memory:
            log.info("supervised_child_replaced", pid=child.pid, resident_mb=resident // 1_000_000)
            self._child = None
            child.connection.close()
            assert self._nursery is not None
            self._nursery.reap()
        return result  # type: ignore[no-any-return]

    def _stopped(self, message: str, deadline: bool = False) -> ChildStoppedError:
        """Drop the child, which has ended, and say how it ended."""
        assert self._child is not None
        child, self._child = self._child, None
        child.connection.close()
        step = child.step.number
        try:
            status = self._nursery.reap() if self._nursery is not None else 0
        except OSError:  # the nursery was killed, and its child with it
            self.close()
            status = -signal.SIGKILL
        log.warning("supervised_child_ended", pid=child.pid, status=status, step=step, deadline=deadline)
        if deadline or status == -signal.SIGPROF:
            return DeadlineExceededError(message or "a step took longer than it may", step)
        return ChildDiedError(message or f"the child process ended with status {status}", step)


class _StepMark:
    """The step that the child is at, in memory that its supervisor reads: a count of steps, a number, a limit."""

    _LAYOUT = struct.Struct("qqd")

    def __init__(self, shared: mmap.mmap) -> None:
        self._shared = shared

    def clear(self) -> None:
        """No step has begun."""
        self._LAYOUT.pack_into(self._shared, 0, 0, 0, 0.0)

    def set(self, count: int, number: int, cpu_seconds: float) -> None:
        """The `count`th step, whose number is `number`, begins."""
        self._LAYOUT.pack_into(self._shared, 0, count, number, cpu_seconds)

    @property
    def number(self) -> int | None:
        """The number of the last step that began, None before the first."""
        count, number, _ = self._LAYOUT.unpack_from(self._shared)
        return number if count else None

    @property
    def count_and_limit(self) -> tuple[int, float]:
        """How many steps have begun, and the CPU seconds of the last."""
        count, _, limit = self._LAYOUT.unpack_from(self._shared)
        return count, limit if count else START_SECONDS


@dataclass(frozen=True)
class _Child:
    pid: int
    connection: Connection
    step: _StepMark

    def kill(self) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(self.pid).kill()


@dataclass(frozen=True)
class _Serve:
    """What the child does: make the handler, then carry out tasks until the supervisor closes the socket."""

    factory: Factory

    def __call__(self, connection: Connection, shared: mmap.mmap) -> None:
        try:
            handler = self.factory.function(*self.factory.arguments)
        except Exception as error:
            connection.send(("failed", f"{type(error).__name__}: {error}"))
            return
        connection.send(("ready", None))
        process, mark = psutil.Process(), _StepMark(shared)
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


class _WallClock:
    """Judges a child that does not use its CPU time; the CPU limit itself is the kernel's."""

    def __init__(self, child: _Child) -> None:
        self._child = child
        self._steps = -1
        self._begun = self._moved = time.monotonic()
        self._cpu = 0.0

    def is_over(self) -> bool:
        """Whether the child is to be ended: it stands still, or has had many times its CPU time."""
        now = time.monotonic()
        steps, limit = self._child.step.count_and_limit
        if steps != self._steps:
            self._steps, self._begun, self._moved = steps, now, now
        try:
            times = psutil.Process(self._child.pid).cpu_times()
        except psutil.NoSuchProcess:
            return False  # its end is read from the socket
        if times.user + times.system > self._cpu:
            self._cpu, self._moved = times.user + times.system, now
        still = now - self._moved > max(_LEAST_WALL_SECONDS, ASLEEP_FACTOR * limit)
        return still or now - self._begun > max(_LEAST_WALL_SECONDS, STARVED_FACTOR * limit)
