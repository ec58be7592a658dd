"""Asking with a time limit, without asking twice what still hangs.

A thread that waits for a dead server cannot be cancelled. So a question that takes too long is given up by its asker
only; whoever asks the same next joins it. A stuck part costs one thread, however often it is asked about.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any


class SingleFlight:
    """Questions under way, by name."""

    def __init__(self) -> None:
        self._running: dict[str, asyncio.Task[Any]] = {}

    async def ask(self, name: str, question: Callable[[], Awaitable[Any]], seconds: float) -> Any:
        """The answer to a question, or what it raised.

        Raises:
            TimeoutError: no answer within `seconds`; the question goes on.
        """
        task = self._running.get(name)
        if task is None:
            task = asyncio.create_task(_answer(question), name=f"ask-{name}")
            self._running[name] = task
        done, _ = await asyncio.wait({task}, timeout=seconds)
        if not done:
            raise TimeoutError(f"no answer within {seconds:g} s")
        self._running.pop(name, None)
        return task.result()

    def stop(self) -> None:
        """Abandon whatever hangs."""
        for task in self._running.values():
            task.cancel()


async def _answer(question: Callable[[], Awaitable[Any]]) -> Any:
    return await question()
