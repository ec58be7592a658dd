"""Who is looked at twice, why, and who pays for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.cascade import FirstPass, RefineBudget, decide, reason_for

SETTINGS = TaggingSettings()


def first(confidence: float = 0.9, tags: int = 10, ms: float = 5.0, refinable: bool = True) -> FirstPass:
    return FirstPass(confidence, tags, ms, refinable, certainty=confidence)


@pytest.mark.parametrize(
    ("article", "reason"),
    [
        (first(confidence=0.7199), "low_confidence"),
        (first(confidence=0.72), "high_confidence_exit"),
        (first(confidence=0.1, tags=1, ms=999), "low_confidence"),
        (first(tags=4, ms=999), "insufficient_tag_coverage"),
        (first(tags=5), "high_confidence_exit"),
        (first(ms=180.1), "slow_inference"),
        (first(ms=180.0), "high_confidence_exit"),
    ],
)
def test_the_first_rule_that_holds_is_the_reason(article: FirstPass, reason: str) -> None:
    assert reason_for(article, SETTINGS) == reason


def test_a_slow_article_is_recorded_and_not_made_slower() -> None:
    decision = decide([first(ms=500)], SETTINGS, RefineBudget())[0]
    assert (decision.needs_refine, decision.reason) == (False, "slow_inference")


def test_the_budget_goes_to_the_least_certain_articles() -> None:
    confidences = [0.7, 0.3, 0.6, 0.2, 0.5, 0.65, 0.4, 0.1, 0.71, 0.55]
    decisions = decide([first(confidence=c) for c in confidences], SETTINGS, RefineBudget())
    refined = {c for c, d in zip(confidences, decisions, strict=True) if d.needs_refine}
    assert refined == {0.1, 0.2, 0.3, 0.4}
    assert {d.reason for d in decisions if not d.needs_refine} == {"refine_ratio_budget_capped"}


def test_in_a_trickle_every_article_that_a_rule_asks_for_is_refined_whatever_came_before() -> None:
    budget = RefineBudget(evaluated=100, refined=90)
    decisions = decide([first(confidence=0.5)] * 5 + [first()], SETTINGS, budget, "trickle")
    assert [d.needs_refine for d in decisions] == [True] * 5 + [False]
    assert {d.reason for d in decisions} == {"low_confidence", "high_confidence_exit"}


def test_in_a_backlog_what_a_rule_asks_for_is_deferred_and_says_so() -> None:
    decisions = decide(
        [first(confidence=0.5), first(), first(confidence=0.5, tags=0)], SETTINGS, RefineBudget(), "backlog"
    )
    assert not any(d.needs_refine for d in decisions)
    assert [d.reason for d in decisions] == ["refine_ratio_budget_capped", "high_confidence_exit", "low_confidence"]


def test_the_budget_goes_by_the_certainty_of_all_tags_and_not_of_the_leading_ones() -> None:
    batch = [FirstPass(0.4, 10, 5.0, True, certainty=0.3), FirstPass(0.5, 10, 5.0, True, certainty=0.2)]
    half = TaggingSettings(refine_budget=0.3)
    assert [d.needs_refine for d in decide(batch, half, RefineBudget())] == [False, True]


def test_an_article_without_a_second_pass_takes_nothing_from_the_budget() -> None:
    budget = RefineBudget()
    decision = decide([first(confidence=0.1, refinable=False)], SETTINGS, budget)[0]
    assert (decision.needs_refine, decision.reason, budget.refined) == (False, "low_confidence", 0)


def test_an_article_without_tags_is_not_refined() -> None:
    assert not decide([first(confidence=0.0, tags=0)], SETTINGS, RefineBudget())[0].needs_refine


def test_a_budget_of_nothing_refines_nothing() -> None:
    settings = TaggingSettings(refine_budget=0.0)
    for load in ("trickle", "steady", "backlog"):
        assert not any(d.needs_refine for d in decide([first(confidence=0.1)] * 5, settings, RefineBudget(), load))


def test_the_figures_of_the_first_pass_are_part_of_the_decision() -> None:
    decision = decide([first(confidence=0.5, tags=7, ms=12.5)], SETTINGS, RefineBudget())[0]
    assert (decision.confidence, decision.tag_count, decision.inference_ms) == (0.5, 7, 12.5)
    assert decision.refine_ratio == 1.0


@given(st.lists(st.lists(st.floats(0, 1), min_size=1, max_size=40), min_size=1, max_size=60))
def test_over_any_stream_the_share_of_refined_articles_stays_at_the_budget(batches: list[list[float]]) -> None:
    budget = RefineBudget()
    seen = refined = 0
    for batch in batches:
        decisions = decide([first(confidence=c) for c in batch], SETTINGS, budget)
        seen += len(batch)
        refined += sum(d.needs_refine for d in decisions)
        assert refined <= SETTINGS.refine_budget * seen + 1  # the one that was begun below the budget


def test_unused_budget_expires_and_does_not_pay_for_a_later_burst() -> None:
    budget = RefineBudget()
    for _ in range(200):
        decide([first()] * 100, SETTINGS, budget)
    burst = decide([first(confidence=0.1)] * 2000, SETTINGS, budget)
    assert sum(d.needs_refine for d in burst) < 0.8 * len(burst)
    assert budget.evaluated <= 4100
