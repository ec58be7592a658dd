"""A thread for database calls, so that one page is extracted while another is written or read."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from typing import Any, ParamSpec, Self, TypeVar

from alt_pipelines.tagging.store.selection import PendingArticle, Wanted
from alt_pipelines.tagging.store.writes import WriteReport

_LAST_CALL_SECONDS = 10.0  # that a failing run waits for its last page to be committed

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Background:
    """Runs calls one after another, in the order in which they were started. Use it as a context manager."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "tagging-database")
        self._last: Future[Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Cancel calls that have not begun, and wait for the one in progress."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        if self._last is not None:
            wait([self._last], _LAST_CALL_SECONDS)

    def start(self, call: Callable[_P, _T], *arguments: _P.args, **named: _P.kwargs) -> "Future[_T]":
        """Start a call, which logs with the caller's context, and return its future result."""
        made: Future[_T] = self._thread.submit(copy_context().run, partial(call, *arguments, **named))
        self._last = made
        return made


@dataclass(frozen=True, slots=True)
class Writing:
    """A group whose results are being written: its articles, except those set aside, and what was wanted of them."""

    articles: list[PendingArticle]
    wanted: Wanted
    report: Future[WriteReport]
