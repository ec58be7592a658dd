"""What a tagging run did, hour by hour: counts and a few examples, small whatever the run's size. Plain values."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from alt_pipelines.tagging.store.results import ArticleResult
from alt_pipelines.tagging.store.selection import PendingArticle

EXAMPLES = 10
CONFIDENCE_BINS = 20
_HEADLINE = 120  # characters


class Example(NamedTuple):
    """An article as shown to a person: tagged with what, or not tagged and why."""

    article_id: str
    title: str
    language: str
    outcome: str
    tags: str


@dataclass
class HourReport:
    """One hour's share of a run. `confidences`: tags per twentieth of 0..1."""

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
        for tag in result.tags:
            self.confidences[min(int(tag.confidence * CONFIDENCE_BINS), CONFIDENCE_BINS - 1)] += 1
        shown = self.examples if result.status == "tagged" else self.problems
        if len(shown) < EXAMPLES:
            shown.append(_example(article, result))

    def merge(self, other: "HourReport") -> None:
        """Take in another report."""
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
        self.examples = (self.examples + other.examples)[:EXAMPLES]
        self.problems = (self.problems + other.problems)[:EXAMPLES]


@dataclass
class RunReport:
    """A run's work by hour. `stopped`: why it ended before everything was done, if it did."""

    hours: dict[datetime, HourReport] = field(default_factory=dict)
    seconds: float = 0.0
    stopped: str | None = None

    def hour(self, hour: datetime) -> HourReport:
        """The report of an hour, begun when first asked for."""
        return self.hours.setdefault(hour, HourReport())

    @property
    def total(self) -> HourReport:
        """All hours together."""
        return total(self.hours.values())

    @property
    def selected(self) -> int:
        """Articles taken up."""
        return sum(hour.selected for hour in self.hours.values())


def total(reports: Iterable[HourReport]) -> HourReport:
    """Several reports as one."""
    result = HourReport()
    for report in reports:
        result.merge(report)
    return result


def _example(article: PendingArticle, result: ArticleResult) -> Example:
    best = sorted(result.tags, key=lambda tag: -tag.confidence)
    tags = ", ".join(f"{tag.tag} ({tag.confidence:.2f})" for tag in best)
    outcome = result.status if result.reason is None else f"{result.status}: {result.reason}"
    return Example(article.id, _headline(article), result.language or "", outcome, tags)


def _headline(article: PendingArticle) -> str:
    """The title; of an article without one, how its text begins."""
    headline = article.title.strip() or article.content[: 10 * _HEADLINE].strip()
    return " ".join(headline.split())[:_HEADLINE]
