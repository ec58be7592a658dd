"""Single-flight calls with a time limit: at most one call per name is in progress.

A thread that waits for a dead server cannot be cancelled, so a call that exceeds its limit keeps running after its
callers have given up. Single-flight bounds the cost of a stuck component to one thread. A late result is discarded: a
result counts only within the time limit of its call, so no caller receives a state that is minutes old.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class _Question:
    task: asyncio.Task[Any]
    asked: float


class SingleFlight:
    """Calls in progress, by name."""

    def __init__(self) -> None:
        self._running: dict[str, _Question] = {}

    async def ask(self, name: str, question: Callable[[], Awaitable[Any]], seconds: float) -> Any:
        """Call `question`, or join the call of that name in progress, and return its result or raise its exception.

        Raises:
            TimeoutError: the call started `seconds` ago and has no result; it keeps running.
        """
        running = self._running.get(name)
        if running is None or running.task.done():
            running = _Question(asyncio.create_task(_answer(question), name=f"ask-{name}"), time.monotonic())
            self._running[name] = running
        left = running.asked + seconds - time.monotonic()
        done, _ = await asyncio.wait({running.task}, timeout=max(0.0, left)) if left > 0 else (set(), set())
        if not done:
            running.task.add_done_callback(_retrieve)
            raise TimeoutError(f"no answer within {seconds:g} s")
        return running.task.result()

    def stop(self) -> None:
        """Cancel the calls in progress."""
        for running in self._running.values():
            running.task.cancel()


async def _answer(question: Callable[[], Awaitable[Any]]) -> Any:
    return await question()


def _retrieve(task: "asyncio.Task[Any]") -> None:
    """Retrieve the exception of a call without waiters, which asyncio would otherwise log."""
    if not task.cancelled():
        task.exception()
