"""A page of articles in progress, divided into groups that the extraction processes take one after another."""

import threading
from collections.abc import Sequence

from alt_pipelines.tagging.extraction.article import Extraction, RawArticle
from alt_pipelines.tagging.extraction.cascade import Load

GROUP = 64  # articles per task; terminating a child loses at most this many times about ten milliseconds
SMALL_GROUP = 16  # after a child was terminated: the page may have similar articles, and each loses its group's work
LEAST_GROUP = 8  # at the end of a page, where groups shrink so that all children finish at about the same time


class Page:
    """A page in progress, shared by the threads of its children."""

    def __init__(self, articles: Sequence[RawArticle], load: Load, children: int) -> None:
        self.articles = articles
        self.load = load
        self.found: dict[int, Extraction | None] = {}
        self.stops = 0  # children that an article has stopped
        self.error: BaseException | None = None
        self._children = children
        self._waiting = list(range(len(articles)))
        self._lock = threading.Lock()

    def take(self) -> list[int]:
        """Return the indices of the next group; none after an error."""
        with self._lock:
            if self.error is not None:
                return []
            size = SMALL_GROUP if self.stops else self._group_size()
            group, self._waiting = self._waiting[:size], self._waiting[size:]
            return group

    def _group_size(self) -> int:
        """Half of each child's share of what is left, within limits; a single child takes groups of full size."""
        if self._children == 1:
            return GROUP
        return min(GROUP, max(LEAST_GROUP, len(self._waiting) // (2 * self._children)))

    def put(self, group: Sequence[int], done: dict[int, Extraction | None]) -> None:
        """Store a group's results; articles of the group without one wait again, before the others."""
        with self._lock:
            self.found |= done
            self.stops += len(done) < len(group)
            self._waiting = [index for index in group if index not in done] + self._waiting

    def fail(self, error: BaseException) -> None:
        """End the page with an error; the first one counts."""
        with self._lock:
            self.error = self.error or error
