"""How far a command has come, on standard error: a bar on a terminal, else a line every few seconds, and a summary.

Shown only to people who wait: nothing appears in the first two seconds.
"""

import sys
import time
from collections import Counter
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

_EVERY_SECONDS = 5.0
_FIRST_SECONDS = 2.0


class Progress:
    """Counts articles by outcome against the size of the input in bytes (None where it has no known end)."""

    def __init__(self, size: int | None, doing: str = "tagging") -> None:
        self._size = size
        self._doing = doing
        self._read = 0
        self._counts: Counter[str] = Counter()
        self._started = time.perf_counter()
        self._due = self._started + _FIRST_SECONDS

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.say(self._summary())

    def say(self, text: str) -> None:
        """Print a line for the person who waits."""
        click.echo(text, err=True)

    def read(self, amount: int) -> None:
        """Count bytes of the input."""
        self._read += amount

    def done(self, counts: Counter[str]) -> None:
        """Take over the number of articles by outcome, and show it from time to time."""
        self._counts = counts
        if time.perf_counter() >= self._due:
            self._due = time.perf_counter() + _EVERY_SECONDS
            self.say(self._line())

    def _line(self) -> str:
        seconds = time.perf_counter() - self._started
        parts = [f"{self._doing}: {self._counts.total():,}", f"{self._counts.total() / seconds:,.0f}/s"]
        if self._size and self._read:
            share = min(1.0, self._read / self._size)
            left = seconds / share - seconds
            parts += [f"{share:.0%} of the input", f"about {int(left // 60)}:{int(left % 60):02d} left"]
        return ", ".join(parts)

    def _summary(self) -> str:
        seconds = time.perf_counter() - self._started
        rows = self._counts.total()
        parts = ", ".join(f"{status} {number:,}" for status, number in self._counts.items())
        rate = f" ({rows / max(seconds, 1e-9):,.0f}/s)" if rows else ""
        return f"articles: {rows:,} in {seconds:.1f} s{rate}" + (f"; {parts}" if parts else "")


class _TerminalProgress(Progress):
    """The same with a bar."""

    def __init__(self, size: int | None, doing: str = "tagging") -> None:
        super().__init__(size, doing)
        self._console = Console(stderr=True)
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[rows]:,} articles, {task.fields[rate]:,.0f}/s"),
            TimeRemainingColumn(),
            console=self._console,
        )
        self._task = self._bar.add_task(doing, total=size, rows=0, rate=0.0)

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
        rate = counts.total() / max(time.perf_counter() - self._started, 1e-9)
        self._bar.update(self._task, completed=self._read, rows=counts.total(), rate=rate)


def progress_for(size: int | None, doing: str = "tagging") -> Progress:
    """The progress display for the standard error of this process."""
    return (_TerminalProgress if sys.stderr.isatty() else Progress)(size, doing)
