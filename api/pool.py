"""A pool of child processes for tasks that could block this process's interpreter, with a deadline per task.

A request thread that parses 10 MB or tags a hostile text holds the interpreter lock, and every other request waits,
including /health/live. Such tasks therefore run in children (`api.child`), one per child at a time. The kernel kills a
child that misses a task's deadline, and the next task gets a new child. Children start on first use and end after
`idle_seconds` without work, so an unused child keeps no models in memory.
"""

import asyncio
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psutil
import structlog

from alt_pipelines.settings import Settings
from api.frames import HEADER, Deadline, frame
from api.spawning import PipedProcess, spawn

log = structlog.get_logger(__name__)

START_SECONDS = 120.0
"""Time for a new child to import its modules and load its models; not part of any task's deadline."""

GRACE_SECONDS = 5.0
"""Extra wait after a wall-clock deadline that the kernel did not enforce, because the child is stopped (SIGSTOP) or the
system has no timers."""

_LATE = (-signal.SIGALRM, -signal.SIGPROF)


class TaskTimeout(Exception):  # noqa: N818 - answered with 422
    """The task did not finish within its deadline."""


class PoolBusy(Exception):  # noqa: N818 - answered with 503
    """No child became free in time."""


class ChildLost(RuntimeError):  # noqa: N818 - answered with 503
    """The child ended for a reason other than a task's deadline."""


@dataclass(frozen=True)
class PoolLimits:
    """Bounds of a pool: number of children, number of waiting tasks and their wait, a child's idle time and memory."""

    children: int = 1
    waiting: int = 64
    wait_seconds: float = 15.0
    idle_seconds: float = 300.0
    memory_mb: int = 1500


class Pool:
    """Runs tasks of `api.child.Tasks`; `first` is the task that every new child runs first, as part of its start."""

    def __init__(self, settings: Settings, limits: PoolLimits, first: str) -> None:
        self._settings = settings
        self._limits = limits
        self._first = first
        self._slots = asyncio.Semaphore(limits.children)
        self._waiting = 0
        self._idle: list[_Child] = []
        self._reaper: asyncio.Task[None] | None = None
        self.on_start: Callable[[Any], None] | None = None
        """Called with the result of `first` after a child has started."""

    async def run(self, task: str, *arguments: Any, deadline: Deadline, patient: bool = False) -> Any:
        """Run a task in a child and return its result. Exceptions of the task are raised here.

        A patient task waits for a child as long as it may itself take, not ``wait_seconds`` only.

        Raises:
            PoolBusy: too many tasks wait, or no child became free in time.
            TaskTimeout: the deadline has passed.
            ChildLost: the child died, or did not start in time.
        """
        if self._waiting >= self._limits.waiting:
            raise PoolBusy
        self._waiting += 1
        try:
            async with asyncio.timeout(deadline.wall if patient else self._limits.wait_seconds):
                await self._slots.acquire()
        except TimeoutError:
            raise PoolBusy from None
        finally:
            self._waiting -= 1
        try:
            return await self._run(task, arguments, deadline)
        finally:
            self._slots.release()

    async def stop(self) -> None:
        """End all idle children. Callers must cancel tasks in progress first."""
        if self._reaper is not None:
            self._reaper.cancel()
        while self._idle:
            await self._idle.pop().end()

    async def _run(self, task: str, arguments: tuple[Any, ...], deadline: Deadline) -> Any:
        child = await self._idle_child() or await self._start()
        finished = False
        try:
            result = await child.run(task, arguments, deadline)
            finished = True
        except _TaskError as error:
            finished = True
            raise error.cause from None
        finally:
            if finished and child.is_usable(self._limits.memory_mb):
                child.idle_since = time.monotonic()
                self._idle.append(child)
                self._reaper = self._reaper or asyncio.create_task(self._end_idle(), name="end-idle-children")
            else:
                await asyncio.shield(child.end())
        return result

    async def _idle_child(self) -> "_Child | None":
        """Return an idle child, and end those that died or grew meanwhile. None if there is no other."""
        while self._idle:
            child = self._idle.pop()
            if child.is_usable(self._limits.memory_mb):
                return child
            log.warning("child_ended", task=None, status="idle")
            await asyncio.shield(child.end())
        return None

    async def _start(self) -> "_Child":
        child = await _Child.start(self._settings)
        try:
            result = await child.run(self._first, (), Deadline(START_SECONDS, START_SECONDS))
            if self.on_start is not None:
                self.on_start(result)
        except _TaskError as error:
            await asyncio.shield(child.end())
            raise error.cause from None
        except TaskTimeout:
            await asyncio.shield(child.end())
            raise ChildLost(f"not ready within {START_SECONDS:g} s") from None
        except BaseException:
            await asyncio.shield(child.end())
            raise
        return child

    async def _end_idle(self) -> None:
        while True:
            await asyncio.sleep(min(30.0, self._limits.idle_seconds))
            oldest = time.monotonic() - self._limits.idle_seconds
            late = [child for child in self._idle if child.idle_since <= oldest]
            self._idle = [child for child in self._idle if child.idle_since > oldest]
            for child in late:
                await child.end()


class _TaskError(Exception):
    """An exception raised by a task; the child is still usable."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause


class _Child:
    """One child process and the pipe to it."""

    def __init__(self, process: PipedProcess) -> None:
        self._process = process
        self.idle_since = time.monotonic()

    @classmethod
    async def start(cls, settings: Settings) -> "_Child":
        process = await spawn((sys.executable, "-m", "api.child", str(os.getpid())))
        process.stdin.write(frame(settings))
        return cls(process)

    async def run(self, task: str, arguments: tuple[Any, ...], deadline: Deadline) -> Any:
        stdin, stdout = self._process.stdin, self._process.stdout
        try:
            async with asyncio.timeout(deadline.wall + GRACE_SECONDS):
                stdin.write(frame((task, arguments, deadline)))
                await stdin.drain()
                (length,) = HEADER.unpack(await stdout.readexactly(HEADER.size))
                content = await stdout.readexactly(length)
        except (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError):
            status = await self._process.wait()
            log.warning("child_ended", task=task, status=status)
            if status in _LATE:
                raise TaskTimeout from None
            raise ChildLost(f"status {status}") from None
        except TimeoutError:
            log.warning("child_ended", task=task, status="stopped")
            raise TaskTimeout from None
        succeeded, value = pickle.loads(content)  # noqa: S301 - written by our own process
        if not succeeded:
            raise _TaskError(value)
        return value

    def is_usable(self, memory_mb: float) -> bool:
        """Whether the process runs and its resident memory is within the limit."""
        if self._process.has_ended:
            return False
        try:
            return float(psutil.Process(self._process.pid).memory_info().rss) / 2**20 <= memory_mb
        except psutil.Error:  # it has ended since
            return False

    async def end(self) -> None:
        """Kill the process and wait for its end."""
        await self._process.kill()
