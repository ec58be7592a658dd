"""The cascade: decides which articles get the expensive second pass, by rules per article and a budget over all.

A decision depends only on the first pass's figures, the load given by the caller and the budget object passed in, never
on a clock. Of the articles that a rule selects:

* ``trickle``  all are refined, unless the budget is 0.
* ``steady``   refined / evaluated stays below the budget, which goes to the articles that gain most.
* ``backlog``  none is refined, so that pending articles are tagged first.

An article that a rule selects and the load refuses is deferred. Its decision has the reason
``refine_ratio_budget_capped``, it keeps its first-pass tags, and its second pass follows when there is capacity.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from alt_pipelines.tagging.extraction.article import CascadeDecision, CascadeReason

Load = Literal["trickle", "steady", "backlog"]

TRICKLE = 16  # articles of a batch that is refined in full: two or three seconds of processing on two cores
_MEMORY = 2000  # evaluated articles after which the budget's counts are halved, so that it follows recent articles


class Thresholds(Protocol):
    """The settings that decisions depend on; ``TaggingSettings`` implements them."""

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
    """Figures of the first pass for one article.

    Attributes:
        confidence: of the article (``calibration.article_confidence``), 0..1.
        certainty: mean confidence of its tags, 0..1, however few they are. It predicts which articles gain from the
            second pass. On DUC, out of fold and before tags were judged, refining all articles gained 2.5 points of F1
            (mean of @5 and @10), refining the 35 % with the lowest certainty 2.1, and refining a random 35 % 0.9.
            Choosing by a regression of the gain on eight first-pass figures gained 0.6: 103 articles are too few to fit
            it.
        refinable: whether there is an encoder and a second pass for its language.
    """

    confidence: float
    tag_count: int
    inference_ms: float
    refinable: bool
    certainty: float = 0.0


@dataclass
class RefineBudget:
    """Counts of recently evaluated and refined articles. Not thread-safe: the extractor guards its own."""

    evaluated: int = 0
    refined: int = 0

    @property
    def ratio(self) -> float:
        """Refined articles as a share of evaluated ones; 0 before the first."""
        return self.refined / self.evaluated if self.evaluated else 0.0

    def forget(self) -> None:
        """Halve the counts once they reach ``_MEMORY`` articles; the ratio stays the same."""
        if self.evaluated >= _MEMORY:
            self.evaluated, self.refined = self.evaluated // 2, self.refined // 2


def reason_for(first: FirstPass, thresholds: Thresholds) -> CascadeReason:
    """Return the rule that applies to an article, regardless of the budget.

    ``slow_inference`` is only recorded: a slow first pass does not justify spending more time on the article.
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
    """Return one decision per article, in order, and update the budget.

    Under a steady load, articles are refined while refined / evaluated is below ``refine_budget``, lowest certainty
    first; the whole batch counts as evaluated. A ``refine_budget`` of 0 refines nothing under any load. Articles
    without tags, and articles that are not refinable, keep their reason and are not refined.
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
