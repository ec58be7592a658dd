"""How far the command has come, on standard error: a bar on a terminal, a line now and then elsewhere, a summary."""

import sys
import time
from collections import Counter
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

_EVERY = 10.0  # seconds between two lines where there is no terminal


class Progress:
    """Counts what was read and answered. ``size`` of the input in bytes, None where it has no end to see."""

    def __init__(self, size: int | None) -> None:
        self._size = size
        self._read = 0
        self._counts: Counter[str] = Counter()
        self._started = self._last = time.perf_counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.say(self._summary())

    def say(self, text: str) -> None:
        """A line for the person who waits."""
        click.echo(text, err=True)

    def read(self, amount: int) -> None:
        """So many bytes more were read."""
        self._read += amount

    def done(self, counts: Counter[str]) -> None:
        """All rows that are written by now, by status."""
        self._counts = counts
        if time.perf_counter() - self._last >= _EVERY:
            self._last = time.perf_counter()
            share = f" ({self._read / self._size:.0%} of the input)" if self._size else ""
            self.say(f"{counts.total()} articles{share}")

    def _summary(self) -> str:
        seconds = time.perf_counter() - self._started
        counts, rows = self._counts, self._counts.total()
        parts = ", ".join(f"{counts[status]} {status}" for status in ("tagged", "empty", "rejected", "failed"))
        return f"{rows} articles in {seconds:.1f} s ({rows / max(seconds, 1e-9):.0f} a second): {parts}"


class _TerminalProgress(Progress):
    """The same with a bar."""

    def __init__(self, size: int | None) -> None:
        super().__init__(size)
        self._console = Console(stderr=True)
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[rows]} articles"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=self._console,
        )
        self._task = self._bar.add_task("tagging", total=size, rows=0)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()
        super().__exit__(kind, error, trace)

    def say(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False)

    def done(self, counts: Counter[str]) -> None:
        self._counts = counts
        self._bar.update(self._task, completed=self._read, rows=counts.total())


def progress_for(size: int | None) -> Progress:
    """What fits the standard error of this process."""
    return _TerminalProgress(size) if sys.stderr.isatty() else Progress(size)
