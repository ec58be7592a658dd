"""What a learning row says: margin, boost, tag count, label; and why a row is left out."""

import json

import pytest

from alt_pipelines.learning.snapshot import Entry, LearningRow, take_snapshot

GRAPH = {("tech", "chips"): 0.5, ("politics", "chips"): 0.25}
DECISION = {"final_genre": "Tech", "confidence": 0.8, "strategy": "graph_boost"}
TAGS = [
    {"label": " Chips ", "confidence": 0.8},
    {"label": "", "confidence": 0.9},
    {"label": "export", "confidence": 0.6},
]
CANDIDATES = [{"genre": "politics", "score": 0.6, "graph_boost": 0.9}, {"genre": "Tech", "score": 0.5}]


def entry(graph: dict[tuple[str, str], float] | None = None, **changes: object) -> Entry:
    """The entry of a good row with some columns replaced."""
    columns = {
        "coarse_candidates": CANDIDATES,
        "refine_decision": DECISION,
        "tag_profile": {"top_tags": TAGS},
        "feedback": None,
        **changes,
    }
    snapshot = take_snapshot([LearningRow(**columns)], GRAPH if graph is None else graph)
    assert snapshot.rows_skipped == {}
    return snapshot.entries[0]


def test_boosts_are_recomputed_from_the_graph_by_genre_and_tag_in_normal_form() -> None:
    found = entry()
    # politics 0.6 + 0.25·0.8 = 0.8, tech 0.5 + 0.5·0.8 = 0.9
    assert found.margin == pytest.approx(0.1, abs=1e-6)
    assert found.top_boost == pytest.approx(0.4, abs=1e-6)
    assert found.tag_count == 2


def test_without_a_graph_the_boosts_of_the_row_count() -> None:
    found = entry(graph={})
    assert found.margin == pytest.approx(1.0, abs=1e-6)
    assert found.top_boost == pytest.approx(0.9, abs=1e-6)


def test_a_single_candidate_leads_by_nothing() -> None:
    assert entry(coarse_candidates=CANDIDATES[:1]).margin == 0.0


@pytest.mark.parametrize(
    ("strategy", "label"),
    [("graph_boost", True), ("weighted_score", False), ("coarse_only", None), ("llm_tie_break", None)],
)
def test_the_strategy_is_the_label_without_feedback(strategy: str, label: bool | None) -> None:
    found = entry(refine_decision={**DECISION, "strategy": strategy})
    assert (found.label, found.from_feedback) == (label, False)


@pytest.mark.parametrize(
    ("feedback", "label"),
    [
        ({"label": False}, False),
        ({"label": True}, True),
        ({"genre": " TECH "}, True),
        ({"genre": "politics"}, False),
        ({"correct": True}, True),
        ({"correct": False}, False),
        (True, True),
        (False, False),
    ],
)
def test_human_feedback_is_the_label_where_there_is_any(feedback: object, label: bool) -> None:
    found = entry(feedback=feedback, refine_decision={**DECISION, "strategy": "coarse_only"})
    assert (found.label, found.from_feedback) == (label, True)


def test_feedback_on_another_genre_than_the_graphs_first_means_wrong_or_nothing() -> None:
    politics = {**DECISION, "final_genre": "politics", "strategy": "weighted_score"}
    assert entry(feedback={"correct": True}, refine_decision=politics).label is False
    found = entry(feedback={"correct": False}, refine_decision={**politics, "strategy": "graph_boost"})
    assert (found.label, found.from_feedback) == (True, False)


@pytest.mark.parametrize("feedback", ["yes", 5, [], {}, {"stars": 4}, {"correct": "no"}, {"genre": 7}])
def test_feedback_that_says_nothing_known_is_counted_and_leaves_the_strategys_label(feedback: object) -> None:
    row = LearningRow(CANDIDATES, DECISION, {"top_tags": TAGS}, feedback)
    snapshot = take_snapshot([row], GRAPH)
    assert snapshot.feedback_unrecognized == 1
    assert snapshot.entries[0].label is True


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("refine_decision", "[]"),
        ("refine_decision", '{"final_genre": "a"}'),
        ("refine_decision", '{"strategy": "graph_boost", "final_genre": 5}'),
        ("refine_decision", '{"strategy": "graph_boost", "confidence": "0.7"}'),
        ("tag_profile", "null"),
        ("tag_profile", "{}"),
        ("tag_profile", '{"top_tags": [5]}'),
        ("tag_profile", '{"top_tags": [{"label": 5}]}'),
        ("tag_profile", '{"top_tags": [{"label": "a", "confidence": "0.7"}]}'),
        ("tag_profile", '{"top_tags": [{"label": "a", "confidence": 1e999}]}'),
        ("coarse_candidates", "{}"),
        ("coarse_candidates", "[]"),
        ("coarse_candidates", "[5]"),
        ("coarse_candidates", '[{"score": 1}]'),
        ("coarse_candidates", '[{"genre": "a"}]'),
        ("coarse_candidates", '[{"genre": "a", "score": "1"}]'),
        ("coarse_candidates", '[{"genre": "a", "score": true}]'),
        ("coarse_candidates", '[{"genre": "a", "score": NaN}]'),
        ("coarse_candidates", '[{"genre": "a", "score": 1' + "0" * 400 + "}]"),
        ("coarse_candidates", '[{"genre": "a", "score": 1, "graph_boost": []}]'),
        ("coarse_candidates", '[{"genre": "a", "score": 1e300}, {"genre": "b", "score": 1}]'),
    ],
)
def test_a_malformed_row_is_left_out_with_a_reason_beside_good_ones(column: str, value: str) -> None:
    good = LearningRow(CANDIDATES, DECISION, {"top_tags": TAGS}, None)
    snapshot = take_snapshot([good, good._replace(**{column: json.loads(value)}), good], GRAPH)
    assert len(snapshot.entries) == 2
    assert snapshot.rows_read == 3
    assert sum(snapshot.rows_skipped.values()) == 1
    assert all(reason and reason[0].isalpha() for reason in snapshot.rows_skipped)
