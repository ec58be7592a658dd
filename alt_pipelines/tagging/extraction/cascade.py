"""Which articles get the expensive second pass: rules per article, and a budget over all of them that follows the load.

Pure: a decision depends on the first pass's figures, on the load that the caller names and on the budget object that is
handed in, never on a clock.

* ``trickle``  every article that a rule asks for is refined.
* ``steady``   refined / evaluated stays below the budget, and the budget goes to the articles that gain most.
* ``backlog``  none is refined: what waits is tagged first.

An article that a rule asks for and the load refuses is deferred: its decision says ``refine_ratio_budget_capped``, it
has its first-pass tags at once, and its second look comes when there is room.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from alt_pipelines.tagging.extraction.article import CascadeDecision, CascadeReason

Load = Literal["trickle", "steady", "backlog"]

TRICKLE = 16  # articles handed over together that are all looked at twice: one or two seconds' work
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
    """What the cheap pass found out about an article.

    Attributes:
        confidence: of the article (``calibration.article_confidence``), 0..1.
        certainty: mean confidence of all its tags, 0..1. It orders articles by what the second pass gains: on DUC,
            out of fold, refining the 35 % with the lowest certainty brings 2.1 of the 2.5 points of F1 (mean of @5 and
            @10) that refining all brings, and a random 35 % brings 0.9. A regression of the gain on eight figures of
            the first pass brought 0.6: 103 articles are too few for it.
        refinable: there is a second pass for its language.
    """

    confidence: float
    tag_count: int
    inference_ms: float
    refinable: bool
    certainty: float = 0.0


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


def decide(
    batch: Sequence[FirstPass], thresholds: Thresholds, budget: RefineBudget, load: Load = "steady"
) -> list[CascadeDecision]:
    """One decision per article, in order; the budget is updated.

    Under a steady load articles are refined while refined / evaluated is below ``refine_budget``, those with the lowest
    certainty first; the whole batch counts as evaluated. A ``refine_budget`` of 0 refines nothing under any load.
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
    for i in sorted(wanting, key=lambda i: (batch[i].certainty, i)):
        if _has_room(load, budget, thresholds.refine_budget):
            budget.refined += 1
            decisions[i] = replace(decisions[i], needs_refine=True)
        else:
            decisions[i] = replace(decisions[i], reason="refine_ratio_budget_capped")
    return [replace(d, refine_ratio=round(budget.ratio, 4)) for d in decisions]


def _has_room(load: Load, budget: RefineBudget, share: float) -> bool:
    if load == "steady":
        return budget.ratio < share
    return load == "trickle" and share > 0
