"""Which articles of a batch get the expensive second pass: rules per article, and a budget over all of them.

Pure: a decision depends on the first pass's figures and on the budget object that is handed in, never on a clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from alt_pipelines.tagging.extraction.article import CascadeDecision, CascadeReason

_MEMORY = 2000  # articles after which the budget's counts are halved, so that it follows what arrives now


class Thresholds(Protocol):
    """The settings that decide (``TaggingSettings`` has them)."""

    @property
    def refine_below_confidence(self) -> float: ...
    @property
    def refine_below_tags(self) -> int: ...
    @property
    def slow_inference_ms(self) -> float: ...
    @property
    def refine_budget(self) -> float: ...


@dataclass(frozen=True, slots=True)
class FirstPass:
    """What the cheap pass found out about an article. ``refinable``: there is a second pass for its language."""

    confidence: float
    tag_count: int
    inference_ms: float
    refinable: bool


@dataclass
class RefineBudget:
    """How many of the articles seen lately were refined. Not thread-safe: one per extractor."""

    evaluated: int = 0
    refined: int = 0

    @property
    def ratio(self) -> float:
        """Refined articles as a share of those evaluated; 0 before the first."""
        return self.refined / self.evaluated if self.evaluated else 0.0

    def forget(self) -> None:
        """Halve the counts when they have grown old; the ratio stays."""
        if self.evaluated >= _MEMORY:
            self.evaluated, self.refined = self.evaluated // 2, self.refined // 2


def reason_for(first: FirstPass, thresholds: Thresholds) -> CascadeReason:
    """The rule an article falls under, the budget left aside.

    A slow first pass is no reason to spend still more on an article: ``slow_inference`` is recorded and not acted on.
    """
    if first.confidence < thresholds.refine_below_confidence:
        return "low_confidence"
    if first.tag_count < thresholds.refine_below_tags:
        return "insufficient_tag_coverage"
    if first.inference_ms > thresholds.slow_inference_ms:
        return "slow_inference"
    return "high_confidence_exit"


def decide(batch: Sequence[FirstPass], thresholds: Thresholds, budget: RefineBudget) -> list[CascadeDecision]:
    """One decision per article, in order; the budget is spent on the least certain articles first, and updated.

    An article is refined while refined / evaluated is below ``refine_budget``, the whole batch counting as evaluated.
    Articles without candidates or of a language without a second pass keep their reason and are not refined.
    """
    budget.forget()
    budget.evaluated += len(batch)
    decisions = [
        CascadeDecision(False, reason_for(f, thresholds), f.confidence, f.tag_count, f.inference_ms, 0.0) for f in batch
    ]
    wanting = [
        i
        for i, (f, d) in enumerate(zip(batch, decisions, strict=True))
        if f.refinable and f.tag_count and d.reason in ("low_confidence", "insufficient_tag_coverage")
    ]
    for i in sorted(wanting, key=lambda i: (batch[i].confidence, i)):
        if budget.ratio < thresholds.refine_budget:
            budget.refined += 1
            decisions[i] = replace(decisions[i], needs_refine=True)
        else:
            decisions[i] = replace(decisions[i], reason="refine_ratio_budget_capped")
    return [replace(d, refine_ratio=round(budget.ratio, 4)) for d in decisions]
