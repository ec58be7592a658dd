"""A child process that works on one task at a time, with a deadline that also ends native code.

    supervisor                                 child
    run(task) ------------ task -------------> handler(task, step)
              <~~~~ step 0, step 1, ... ~~~~~~   in shared memory; each step starts a new deadline
              <------------ result -----------

The kernel enforces the deadline. At every step the child sets a CPU timer whose signal has no handler, so the signal
ends the process even inside a library that never returns to the interpreter. The supervisor ends a child that hangs
without using CPU. In both cases the supervisor knows the last step, and the next task gets a new child.

A slow task is not at fault on a loaded machine, so the wall-clock limits are multiples of the CPU limit:
`ASLEEP_FACTOR` for a child that uses no CPU, and `STARVED_FACTOR` for a child that gets little CPU.

A child without a task for `idle_seconds` is ended, so that its models take no memory; the next task starts another.
"""

import contextlib
import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

import psutil
import structlog

from alt_pipelines.runtime import nursery
from alt_pipelines.runtime.nursery import Nursery
from alt_pipelines.runtime.serving import START_SECONDS, Factory, Serve, StepMark

log = structlog.get_logger(__name__)

Task = TypeVar("Task")
Result = TypeVar("Result")

ASLEEP_FACTOR = 3.0
STARVED_FACTOR = 20.0
_POLL_SECONDS = 0.25
_LEAST_WALL_SECONDS = 0.75  # minimum of both limits; a busy machine can withhold CPU for a fraction of this


class ChildStoppedError(RuntimeError):
    """The child ended during a task; `step` is the last step that it began, None before the first."""

    def __init__(self, message: str, step: int | None) -> None:
        super().__init__(message)
        self.step = step


class DeadlineExceededError(ChildStoppedError):
    """The child was killed because a step exceeded its limit."""


class ChildDiedError(ChildStoppedError):
    """The child was not ended by the supervisor: native code crashed, or the system ran out of memory and killed it."""


class TaskFailedError(RuntimeError):
    """The handler raised; the message is the name and text of its error. The child keeps running."""


def fork_nursery(modules: Sequence[str]) -> None:
    """Fork the nursery for a `SupervisedChild` with these modules now, while this process has one thread."""
    nursery.fork_nursery((__name__, *modules))


class SupervisedChild(Generic[Task, Result]):
    """One child process, started for the first task and, after it has ended, restarted for the next one.

    Args:
        factory: creates the handler in the child.
        modules: imported once by the process that forks the children.
        memory_mb: a child whose resident size exceeds this is replaced after its task.
        idle_seconds: a child without a task for this long ends, and its models with it; 0: never.

    Thread-safe: calls from several threads run one at a time. For tasks in parallel, use `sibling`. Create it in the
    process that uses it; it does not survive a fork.
    """

    def __init__(
        self, factory: Factory, modules: Sequence[str] = (), memory_mb: int = 1500, idle_seconds: float = 0.0
    ) -> None:
        self._factory = factory
        self._memory = memory_mb
        self._idle = idle_seconds
        self._used = 0.0
        self._nurseries = _Nurseries((__name__, *modules))
        self._child: _Child | None = None
        self._lock = threading.RLock()

    def sibling(self) -> "SupervisedChild[Task, Result]":
        """Return another child with the same handler and limits, forked by the same process and sharing its memory."""
        other: SupervisedChild[Task, Result] = SupervisedChild(self._factory, (), self._memory, self._idle)
        other._nurseries = self._nurseries
        return other

    @property
    def pid(self) -> int | None:
        """The child's process id; None before it is started and once it has ended."""
        return None if self._child is None else self._child.pid

    def run(self, task: Task) -> Result:
        """Carry out a task in the child and return its result.

        Raises:
            DeadlineExceededError: a step took too long; the child was killed.
            ChildDiedError: the child ended without being killed by the supervisor.
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
            finally:
                self._used = time.monotonic()

    def end(self) -> None:
        """End the child. The next task starts another."""
        with self._lock:
            if self._child is None:
                return
            self._child.connection.close()
            try:
                with contextlib.suppress(OSError):
                    self._child.nursery.reap(self._child.pid)
            finally:
                self._child = None

    def close(self) -> None:
        """End the child, its siblings and the process that forks them. The next task starts them again."""
        with self._lock:
            if self._child is not None:
                self._child.connection.close()
            try:
                self._nurseries.close()
            finally:
                self._child = None

    def _ready_child(self) -> "_Child":
        if self._child is not None:
            return self._child
        for last in (False, True):
            nursery = self._nurseries.current()
            try:
                pid, connection, shared = nursery.fork(Serve(self._factory))
                self._child = _Child(pid, connection, StepMark(shared), nursery)
                break
            except OSError as error:  # the nursery was killed; if the second one ends at once too, that is a defect
                self._nurseries.close(nursery)
                if last:
                    raise ChildDiedError(f"the child process could not be started: {error}", None) from error
        assert self._child is not None
        child = self._child
        if not child.connection.poll(START_SECONDS):
            child.kill()
            raise self._stopped(f"the child process did not start within {START_SECONDS:g} s")
        try:
            kind, value = child.connection.recv()
        except (EOFError, ConnectionError) as error:
            raise self._stopped("the child process exited during startup") from error
        if kind == "failed":
            self.close()
            raise TaskFailedError(value)
        if self._idle:
            threading.Thread(target=self._end_when_idle, args=(child,), name="child-idle", daemon=True).start()
        return child

    def _end_when_idle(self, child: "_Child") -> None:
        """End `child` once it has had no task for the idle time. Returns when it has ended, for whatever reason."""
        while True:
            time.sleep(self._idle / 10)
            with self._lock:
                if self._child is not child:
                    return
                if time.monotonic() - self._used > self._idle:
                    log.info("supervised_child_idle", pid=child.pid, idle_seconds=round(self._idle))
                    self.end()

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
        if resident > self._memory * 1_000_000:
            log.info("supervised_child_replaced", pid=child.pid, resident_mb=resident // 1_000_000)
            self.end()
        return result  # type: ignore[no-any-return]

    def _stopped(self, message: str, deadline: bool = False) -> ChildStoppedError:
        """Drop the ended child and return the error that describes its end."""
        assert self._child is not None
        child = self._child
        child.connection.close()
        step = child.step.number
        try:
            status = child.nursery.reap(child.pid)
        except OSError:  # the nursery was killed, and its children with it
            self._nurseries.close(child.nursery)
            status = -signal.SIGKILL
        finally:
            self._child = None
        log.warning("supervised_child_ended", pid=child.pid, status=status, step=step, deadline=deadline)
        if deadline or status == -signal.SIGPROF:
            return DeadlineExceededError(message or "a step exceeded its deadline", step)
        return ChildDiedError(message or f"the child process exited with status {status}", step)


class _Nurseries:
    """The nursery that siblings share: started on first use, and restarted after it has ended. Thread-safe."""

    def __init__(self, modules: Sequence[str]) -> None:
        self._modules = tuple(modules)
        self._nursery: Nursery | None = None
        self._lock = threading.Lock()

    def current(self) -> Nursery:
        """Return the running nursery."""
        with self._lock:
            if self._nursery is None:
                self._nursery = Nursery(self._modules)
            return self._nursery

    def close(self, ended: Nursery | None = None) -> None:
        """End the nursery; with `ended`, only if no other one has replaced it."""
        with self._lock:
            if self._nursery is not None and ended in (None, self._nursery):
                self._nursery.close()
                self._nursery = None


@dataclass(frozen=True)
class _Child:
    pid: int
    connection: Connection
    step: StepMark
    nursery: Nursery

    def kill(self) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(self.pid).kill()


class _WallClock:
    """The wall-clock limits of a child that does not use its CPU time; the kernel enforces the CPU limit."""

    def __init__(self, child: _Child) -> None:
        self._child = child
        self._steps = -1
        self._begun = self._moved = time.monotonic()
        self._cpu = 0.0

    def is_over(self) -> bool:
        """Whether to kill the child: it used no CPU for too long, or its step took STARVED_FACTOR times the limit."""
        now = time.monotonic()
        steps, limit = self._child.step.count_and_limit
        if steps != self._steps:
            self._steps, self._begun, self._moved = steps, now, now
        try:
            times = psutil.Process(self._child.pid).cpu_times()
        except psutil.NoSuchProcess:
            return False  # the socket reports its end
        if times.user + times.system > self._cpu:
            self._cpu, self._moved = times.user + times.system, now
        still = now - self._moved > max(_LEAST_WALL_SECONDS, ASLEEP_FACTOR * limit)
        return still or now - self._begun > max(_LEAST_WALL_SECONDS, STARVED_FACTOR * limit)
