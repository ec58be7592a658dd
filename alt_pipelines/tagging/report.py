"""Reports of a tagging run by day: counts and a few examples as plain values, of bounded size for any run."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from alt_pipelines.tagging.store.results import ArticleResult
from alt_pipelines.tagging.store.selection import PendingArticle

EXAMPLES = 10
CONFIDENCE_BINS = 20
TAGS_SHOWN = 5  # per example, the most confident
_HEADLINE = 120  # characters


class Example(NamedTuple):
    """An article as the UI shows it: its tags, or the reason why it has none."""

    article_id: str
    title: str
    language: str
    outcome: str
    tags: str


@dataclass
class DayReport:
    """One day within a run. `confidences`: number of tags in each of 20 equal bins of 0..1."""

    selected: int = 0
    skipped: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    backends: Counter[str] = field(default_factory=Counter)
    decisions: Counter[str] = field(default_factory=Counter)
    confidences: list[int] = field(default_factory=lambda: [0] * CONFIDENCE_BINS)
    refined: int = 0
    tags: int = 0
    inference_ms: float = 0.0
    decided_confidence: float = 0.0
    examples: list[Example] = field(default_factory=list)
    problems: list[Example] = field(default_factory=list)

    def add(self, article: PendingArticle, result: ArticleResult) -> None:
        """Count one article's stored result."""
        self.outcomes[result.status] += 1
        self.tags += len(result.tags)
        self.inference_ms += result.inference_ms or 0.0
        if result.language:
            self.languages[result.language] += 1
        if result.backend:
            self.backends[result.backend] += 1
        if result.cascade is not None:
            self.decisions[str(result.cascade["reason"])] += 1
            self.refined += bool(result.cascade["needs_refine"])
            self.decided_confidence += float(str(result.cascade.get("confidence", 0.0)))
        for tag in result.tags:
            self.confidences[min(int(tag.confidence * CONFIDENCE_BINS), CONFIDENCE_BINS - 1)] += 1
        self._show(article, result)

    def add_second_pass(self, article: PendingArticle, result: ArticleResult | None) -> None:
        """Count and show the second pass of an article whose first pass was stored before; None: not stored."""
        if result is not None:
            self.refined += 1
            if all(example.article_id != article.id for example in self.examples):
                self._show(article, result)

    @property
    def results(self) -> int:
        """Number of stored results, first and second passes. Without any, the day's state is what it was."""
        return sum(self.outcomes.values()) + self.refined

    def _show(self, article: PendingArticle, result: ArticleResult) -> None:
        shown = self.examples if result.status == "tagged" else self.problems
        if len(shown) < EXAMPLES:
            shown.append(_example(article, result))

    def cascade_summary(self) -> dict[str, object]:
        """Summarize the cascade's decisions for the log, over the articles that it decided on."""
        decided = sum(self.decisions.values())
        return {
            "needs_refine": self.refined,
            "reasons": dict(self.decisions),
            "mean_confidence": round(self.decided_confidence / decided, 4) if decided else None,
            "refine_ratio": round(self.refined / decided, 4) if decided else None,
            "inference_ms": round(self.inference_ms, 1),
        }

    def merge(self, other: "DayReport") -> None:
        """Add another report's counts and examples to this one."""
        self.selected += other.selected
        self.skipped += other.skipped
        for mine, theirs in (
            (self.outcomes, other.outcomes),
            (self.languages, other.languages),
            (self.backends, other.backends),
            (self.decisions, other.decisions),
        ):
            mine.update(theirs)
        self.confidences = [a + b for a, b in zip(self.confidences, other.confidences, strict=True)]
        self.refined += other.refined
        self.tags += other.tags
        self.inference_ms += other.inference_ms
        self.decided_confidence += other.decided_confidence
        self.examples = (self.examples + other.examples)[:EXAMPLES]
        self.problems = (self.problems + other.problems)[:EXAMPLES]


@dataclass
class RunReport:
    """A run's reports by day.

    Attributes:
        seconds: duration so far, with the time of `waited`.
        waited: seconds without an article, while the run lingered.
        stopped: why the run ended before all of its work was done; None if it did not.
    """

    days: dict[datetime, DayReport] = field(default_factory=dict)
    seconds: float = 0.0
    waited: float = 0.0
    stopped: str | None = None

    def day(self, day: datetime) -> DayReport:
        """Return the report of a day; creates an empty one if there is none."""
        return self.days.setdefault(day, DayReport())

    @property
    def total(self) -> DayReport:
        """All days merged into one report."""
        return total(self.days.values())

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Count the time of this context as waiting, unless an article is tagged in it."""
        began, done = time.monotonic(), self._done
        try:
            yield
        finally:
            if self._done == done:
                self.waited += time.monotonic() - began

    @property
    def _done(self) -> int:
        return sum(day.selected + day.refined for day in self.days.values())

    @property
    def worked(self) -> float:
        """Seconds of work: the duration without the time that the run waited for articles."""
        return max(0.0, self.seconds - self.waited)

    @property
    def selected(self) -> int:
        """Number of articles selected over all days."""
        return sum(day.selected for day in self.days.values())

    @property
    def has_results(self) -> bool:
        """Whether an article got another outcome than `failed`."""
        return any(status != "failed" and count for day in self.days.values() for status, count in day.outcomes.items())


def total(reports: Iterable[DayReport]) -> DayReport:
    """Merge several reports into a new one."""
    result = DayReport()
    for report in reports:
        result.merge(report)
    return result


def _example(article: PendingArticle, result: ArticleResult) -> Example:
    best = sorted(result.tags, key=lambda tag: -tag.confidence)
    tags = ", ".join(f"{tag.tag} {tag.confidence:.2f}" for tag in best[:TAGS_SHOWN])
    outcome = result.status if result.reason is None else f"{result.status}: {result.reason}"
    return Example(article.id, _headline(article), result.language or "", outcome, tags)


def _headline(article: PendingArticle) -> str:
    """Return the title or, without one, the beginning of the text."""
    headline = article.title.strip() or article.content[: 10 * _HEADLINE].strip()
    return " ".join(headline.split())[:_HEADLINE]
