"""A CPU time limit per article in this process, for the command line, which has no supervised child.

A timer's signal raises an error in the article's extraction. Unlike the deadline of `isolated`, it does not reach a
native library that never returns to the interpreter.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from alt_pipelines.tagging.extraction.article import LOAD_SECONDS, TookTooLongError

_AGAIN_SECONDS = 1.0  # a handler of any error may swallow the first signal


class CpuLimit:
    """The `begin` of `TagExtractor.extract`: gives each article its time, and the second pass no limit."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def __call__(self, index: int | None, loading: bool = False) -> None:
        """Start the time of an article or of the loading of dictionaries; with None, end it."""
        seconds = 0.0 if index is None else LOAD_SECONDS if loading else self._seconds
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN_SECONDS)


@contextmanager
def cpu_limit(seconds: float) -> Iterator[CpuLimit | None]:
    """Yield the limit for the block; None outside the main thread, where signals cannot be handled."""
    if threading.current_thread() is not threading.main_thread():
        yield None
        return
    before = signal.signal(signal.SIGPROF, _raise)
    try:
        yield CpuLimit(seconds)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _raise(number: int, frame: FrameType | None) -> NoReturn:
    raise TookTooLongError
