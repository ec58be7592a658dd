"""Questions with a time limit, of which each runs at most once at a time.

A thread that waits for a dead server cannot be cancelled, so a question that takes too long goes on after its asker has
given up, and a stuck part costs one thread however often it is asked about. Its answer is thrown away: an answer counts
only within the time limit of the question that it answers, so nobody is ever told what was true minutes ago.
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
    """Questions in progress, by name."""

    def __init__(self) -> None:
        self._running: dict[str, _Question] = {}

    async def ask(self, name: str, question: Callable[[], Awaitable[Any]], seconds: float) -> Any:
        """Return the answer to a question, or raise what it raised. Askers that come meanwhile share the answer.

        Raises:
            TimeoutError: the question was asked `seconds` ago and has no answer; it goes on.
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
        """Abandon the questions that hang."""
        for running in self._running.values():
            running.task.cancel()


async def _answer(question: Callable[[], Awaitable[Any]]) -> Any:
    return await question()


def _retrieve(task: "asyncio.Task[Any]") -> None:
    """Take note of an error that nobody waits for, which asyncio would log otherwise."""
    if not task.cancelled():
        task.exception()
