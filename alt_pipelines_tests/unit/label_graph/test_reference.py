"""The rules of the graph as the reference states them: one claim of the contract each, on plain values."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from alt_pipelines.label_graph import rules
from alt_pipelines.settings import GraphSettings
from alt_pipelines_tests.support.graph_reference import Aggregate, LearningRow, aggregate

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def row(genre: object, *tags: tuple[object, object], age: timedelta = timedelta(hours=1)) -> LearningRow:
    """A well-formed row of (label, confidence) pairs."""
    listed = [{"label": label, "confidence": confidence} for label, confidence in tags]
    return LearningRow({"final_genre": genre}, {"top_tags": listed}, NOW - age)


def of(*rows: LearningRow, days: int = 7, **settings: float) -> Aggregate:
    """The aggregate of some rows; one observation is enough unless it says otherwise."""
    return aggregate(rows, GraphSettings(**{"min_support": 1, **settings}), days, NOW)


def weights(found: Aggregate) -> dict[tuple[str, str], float]:
    return {(edge.genre, edge.tag): edge.weight for edge in found.edges}


def test_a_weight_is_the_mean_of_what_passes() -> None:
    found = of(row("tech", ("chips", 0.6)), row("tech", ("chips", 0.8)), row("tech", ("chips", 0.5)))
    assert weights(found) == {("tech", "chips"): 0.7}
    assert found.tags_skipped == {rules.LOW_CONFIDENCE: 1}


def test_a_weight_is_rounded_half_up_from_the_exact_mean() -> None:
    assert weights(of(row("a", ("t", Decimal("0.6000005")))))["a", "t"] == 0.600001
    assert weights(of(row("a", ("t", Decimal("0.600000499")))))["a", "t"] == 0.6


def test_a_confidence_counts_to_nine_decimals() -> None:
    assert weights(of(row("a", ("t", Decimal("0.6000004995")))))["a", "t"] == 0.600001
    assert weights(of(row("a", ("t", Decimal("0.6000004994999999999999999999999999")))))["a", "t"] == 0.6


@pytest.mark.parametrize("confidence", [2, 2.0, 1e300, Decimal("1e300")])
def test_a_confidence_counts_as_two_at_most(confidence: object) -> None:
    rows = [row("a", ("t", confidence)), row("a", ("t", 0.6)), row("a", ("t", 0.55))]
    assert weights(of(*rows))["a", "t"] == 1.0
    assert weights(of(*rows, row("a", ("t", 0.55)), row("a", ("t", 0.55))))["a", "t"] == 0.85


def test_a_confidence_at_the_minimum_passes_exactly() -> None:
    # 0.7 as a double is a little less than seven tenths; as a decimal it is not.
    for confidence in (0.7, Decimal("0.7")):
        assert of(row("a", ("t", confidence)), min_confidence=0.7).edges


def test_support_is_counted_per_pair() -> None:
    rows = [row("a", ("t", 0.9)), row("a", ("t", 0.9)), row("b", ("t", 0.9))]
    assert weights(of(*rows, min_support=2)) == {("a", "t"): 0.9}


def test_the_newest_observation_dates_an_edge() -> None:
    found = of(row("a", ("t", 0.9), age=timedelta(days=2)), row("a", ("t", 0.9), age=timedelta(days=1)))
    assert found.edges[0].last_observed_at == NOW - timedelta(days=1)
    assert found.edges[0].sample_size == 2


def test_a_spoiled_tag_behind_the_first_six_spoils_nothing() -> None:
    good = [("t", 0.9)] * 6
    found = of(row("a", *good, ("u", "0.9")))
    assert found.edges[0].sample_size == 6
    assert of(row("a", *good[:5], ("u", "0.9"))).rows_skipped == {rules.BAD_TAG: 1}


@pytest.mark.parametrize("age", [timedelta(days=7, seconds=1), timedelta(days=8)])
def test_a_row_before_the_window_is_not_even_read(age: timedelta) -> None:
    assert of(row("a", ("t", 0.9), age=age)).rows_read == 0


def test_a_row_of_tomorrow_is_read_and_skipped() -> None:
    found = of(row("a", ("t", 0.9), age=timedelta(days=-1)), row("a", ("t", 0.9), age=timedelta(minutes=-59)))
    assert (found.rows_read, found.rows_skipped) == (2, {rules.FUTURE: 1})


def test_edges_are_in_order_whatever_the_order_of_the_rows() -> None:
    rows = [row("b", ("z", 0.9)), row("a", ("y", 0.9)), row("b", ("x", 0.9))]
    assert of(*rows).edges == of(*reversed(rows)).edges
    assert list(weights(of(*rows))) == [("a", "y"), ("b", "x"), ("b", "z")]
