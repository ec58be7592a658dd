"""Show the progress of a command on standard error: a bar on a terminal, else a line every few seconds; a summary last.

Without a terminal, nothing is printed in the first two seconds.
"""

import sys
import threading
import time
from collections import Counter
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

EVERY_SECONDS = 5.0
FIRST_SECONDS = 2.0


class Progress:
    """Report articles by outcome, and the share of the input read. `size` is in bytes, None if unknown.

    Lines come from a thread, so that a person who waits for one slow article sees that too. Their rate is that of the
    time since the last line.
    """

    def __init__(self, size: int | None, doing: str = "tagging") -> None:
        self._size = size
        self._doing = doing
        self._read = 0
        self._counts: Counter[str] = Counter()
        self._started = time.perf_counter()
        self._last = (self._started, 0)  # time of the last line, and the articles done by then
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._print_lines, name="progress", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()
        if kind is None:
            self.say(self._summary())

    def say(self, text: str) -> None:
        """Print a line to standard error."""
        click.echo(text, err=True)

    def read(self, amount: int) -> None:
        """Add `amount` bytes to the input read."""
        self._read += amount

    def done(self, counts: Counter[str]) -> None:
        """Set the number of articles by outcome."""
        self._counts = counts

    def _print_lines(self) -> None:
        pause = FIRST_SECONDS
        while not self._over.wait(pause):
            pause = EVERY_SECONDS
            self.say(self.line())

    def line(self) -> str:
        """Return a line about the progress since the last one."""
        now, rows = time.perf_counter(), self._counts.total()
        since, before = self._last
        self._last = (now, rows)
        rate = (rows - before) / max(now - since, 1e-9)
        parts = [f"{self._doing}: {rows:,}" if rows else f"{self._doing}: starting, {now - self._started:.0f} s so far"]
        if rows:
            parts.append(f"{_shown(rate)}/s" if rows > before else f"none in the last {now - since:.0f} s")
        if self._size and self._read and rows:
            share = min(1.0, self._read / self._size)
            left = (now - self._started) * (1 / share - 1)
            parts += [f"{share:.0%} of the input", f"about {int(left // 60)}:{int(left % 60):02d} left"]
        return ", ".join(parts)

    def _summary(self) -> str:
        rows = self._counts.total()
        if not rows:
            return "articles: 0; the input has none"
        seconds = max(time.perf_counter() - self._started, 1e-9)
        parts = ", ".join(f"{status} {number:,}" for status, number in self._counts.items())
        return f"articles: {rows:,} in {seconds:.1f} s ({_shown(rows / seconds)}/s); {parts}"


def _shown(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"


class _TerminalProgress(Progress):
    """Progress with a bar, for a terminal."""

    def __init__(self, size: int | None, doing: str = "tagging") -> None:
        super().__init__(size, doing)
        self._console = Console(stderr=True)
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[rows]:,} articles, {task.fields[rate]}/s"),
            TimeRemainingColumn(),
            console=self._console,
        )
        self._task = self._bar.add_task(doing, total=size, rows=0, rate="0")

    def __enter__(self) -> Self:
        self._bar.start()  # has a thread of its own
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
        self._bar.update(self._task, completed=self._read, rows=counts.total(), rate=_shown(rate))


def progress_for(size: int | None, doing: str = "tagging") -> Progress:
    """Return the progress display that fits this process's standard error."""
    return (_TerminalProgress if sys.stderr.isatty() else Progress)(size, doing)
