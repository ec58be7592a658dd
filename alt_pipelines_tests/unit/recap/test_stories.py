"""Features and grouping: what is alike, what time costs, and that the fast way to HDBSCAN is HDBSCAN."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alt_pipelines.recap.clustering import density
from alt_pipelines.recap.clustering.density import dense_groups, spanning_tree
from alt_pipelines.recap.clustering.features import Features, FeatureSettings, article_features
from alt_pipelines.recap.clustering.silhouette import silhouette
from alt_pipelines.recap.clustering.stories import StorySettings, group_stories
from alt_pipelines.recap.corpus.deduplicate import adapted_threshold, keep_distinct, row_thresholds
from alt_pipelines.recap.corpus.request import ClassifierSummary

START = datetime(2026, 3, 1, tzinfo=UTC)


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


def made(stories: int, each: int, seed: int = 0, noise: float = 0.6) -> Features:
    """Features of `stories` groups of `each` articles around random centres, group after group."""
    chance = np.random.default_rng(seed)
    texts, vectors = [], []
    for story, centre in enumerate(unit(chance.normal(size=(stories, 64)))):
        for _ in range(each):
            filler = " ".join(f"w{i}" for i in chance.integers(0, 3000, 12))
            texts.append([f"Topic{story} said {filler}"] * 4)
            vectors.append(unit(centre + noise * unit(chance.normal(size=(4, 64)))))
    return article_features(texts, vectors, [None] * len(texts), ["en"] * len(texts))


def partition(labels: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == label).tolist()) for label in np.unique(labels[labels >= 0])}


@pytest.mark.parametrize(("stories", "each"), [(1, 2), (1, 20), (2, 3), (5, 4), (40, 10)])
def test_stories_that_are_apart_are_found_exactly(stories: int, each: int) -> None:
    labels = group_stories(made(stories, each), StorySettings())
    assert partition(labels) == {frozenset(range(i * each, (i + 1) * each)) for i in range(stories)}


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 20])
def test_strangers_are_left_alone(count: int) -> None:
    assert (group_stories(made(count, 1), StorySettings()) == density.NOISE).all()


@pytest.mark.parametrize(("topic", "joined"), [(0.0, True), (0.2, False)])
def test_loose_reports_are_joined_only_where_near_articles_stand_out(topic: float, joined: bool) -> None:
    """The reports of one story are 0.36 alike, those of two stories as much as `topic`."""
    chance = np.random.default_rng(1)

    def around(centres: np.ndarray, likeness: float) -> np.ndarray:
        other = unit(chance.normal(size=centres.shape))
        return np.asarray(np.sqrt(likeness) * centres + np.sqrt(1 - likeness) * other, np.float32)

    kind = np.repeat(unit(chance.normal(size=(1, 500))), 20, 0)
    rows = around(np.repeat(around(kind, topic), 4, 0), 0.36)
    features = Features(rows, sp.csr_matrix((80, 1), dtype=np.float32), np.zeros(80, np.float32))
    labels = [group_stories(features, StorySettings(persistence_bonus=0.0, clear_bonus=bonus)) for bonus in (0.16, 0.0)]
    stories = {frozenset(range(i * 4, (i + 1) * 4)) for i in range(20)}
    assert (partition(labels[0]) == stories) == joined
    assert partition(labels[1]) != stories


@pytest.mark.parametrize(("kind", "joined"), [(0.32, False), (0.46, True)])
def test_a_story_of_two_joins_no_other_from_which_every_article_is_far(kind: float, joined: bool) -> None:
    """Articles of a story are 0.7 alike; a story of four and one of two are as much alike as `kind`."""
    stories, axes = [0] * 4 + [1] * 2 + [2] * 4, np.eye(15)
    kinds = axes[[10 if story < 2 else 11 for story in stories]]
    own = axes[[12 + story for story in stories]]
    rows = np.sqrt(kind) * kinds + np.sqrt(0.7 - kind) * own + np.sqrt(0.3) * axes[:10]
    features = Features(rows.astype(np.float32), sp.csr_matrix((10, 1), dtype=np.float32), np.zeros(10, np.float32))
    found = partition(group_stories(features, StorySettings(persistence_bonus=0.0, clear_bonus=0.0)))
    parts = [range(6)] if joined else [range(4), range(4, 6)]
    assert found == {frozenset(part) for part in [*parts, range(6, 10)]}


@pytest.mark.parametrize("bonus", [0.0, 0.16])
def test_all_articles_are_compared_with_each_other_once(bonus: float, monkeypatch: pytest.MonkeyPatch) -> None:
    features = made(8, 12, noise=1.1)
    compared: list[bool] = []
    plain = Features.similarity

    def counting(self: Features, other: Features) -> np.ndarray:
        compared.append(self is features and other is features)
        return plain(self, other)

    monkeypatch.setattr(Features, "similarity", counting)
    group_stories(features, StorySettings(clear_bonus=bonus, clear_from=0.9, clear_to=1.0))
    assert compared.count(True) == 1


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("size", [3, 5, 9])
def test_the_spanning_tree_way_gives_hdbscans_own_partition(
    seed: int, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    features = made(8, 12, seed, noise=1.1)
    similarity = features.similarity(features)
    similarity = np.maximum(similarity, similarity.T)
    assert density.tree_functions() is not None, "hdbscan hides its tree code elsewhere: the slow way is in use"
    fast, strength = dense_groups(similarity, size)
    monkeypatch.setattr(density, "tree_functions", lambda: None)
    slow, slow_strength = dense_groups(similarity, size)
    assert partition(fast) == partition(slow)
    assert sorted(strength) == pytest.approx(sorted(slow_strength), abs=1e-4)


def test_without_hdbscans_tree_code_the_public_way_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    features = made(5, 6)
    with_tree, _ = dense_groups(features.similarity(features), 3)
    monkeypatch.setattr(density, "tree_functions", lambda: None)
    without, _ = dense_groups(features.similarity(features), 3)
    assert partition(with_tree) == partition(without)


@given(st.integers(2, 30), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_the_spanning_tree_is_as_short_as_scipys(count: int, seed: int) -> None:
    from scipy.sparse.csgraph import minimum_spanning_tree

    points = np.random.default_rng(seed).normal(size=(count, 3))
    distance = np.linalg.norm(points[:, None] - points[None], axis=-1) / 10
    edges = spanning_tree((1 - distance).astype(np.float32))
    assert edges[:, 2].sum() == pytest.approx(minimum_spanning_tree(distance).sum(), rel=1e-4)


def test_an_average_of_a_group_is_as_similar_as_its_members_are_on_average() -> None:
    features = made(3, 5)
    group = np.repeat([0, 1, 2], 5)
    between = features.averages(group, 3)
    full = features.similarity(features)
    assert between.similarity(between)[0, 1] == pytest.approx(full[:5, 5:10].mean(), abs=1e-5)
    inside = full[:5, :5]
    assert features[np.arange(5)].cohesion() == pytest.approx((inside.sum() - np.trace(inside)) / 20, abs=1e-5)


def test_time_between_costs_little_in_days_and_much_in_a_year() -> None:
    text, vector = [["The same words twice"]], np.ones((1, 8), np.float32) / np.sqrt(8)

    def likeness(days: float) -> float:
        times = [START, START + timedelta(days=days)]
        features = article_features(text * 2, [vector] * 2, times, ["en"] * 2)
        return float(features.similarity(features)[0, 1])

    same, days, month, year = (likeness(each) for each in (0, 2, 30, 365))
    assert same - days < 0.06
    assert same > days > month > year
    assert same - year == pytest.approx(sum(cost for _, cost in FeatureSettings().time_scales), abs=1e-3)


def test_time_costs_nothing_where_one_of_two_is_unknown() -> None:
    text, vector = [["The same words twice"]], np.ones((1, 8), np.float32) / np.sqrt(8)
    dated = article_features(text * 2, [vector] * 2, [START, None], ["en"] * 2)
    undated = article_features(text * 2, [vector] * 2, [None, None], ["en"] * 2)
    assert dated.similarity(dated)[0, 1] == pytest.approx(undated.similarity(undated)[0, 1], abs=1e-6)


def test_the_silhouette_is_that_of_scikit_learn() -> None:
    from sklearn.metrics import silhouette_score

    features = made(4, 6, noise=1.0)
    labels = np.repeat(np.arange(4), 6)
    distance = np.maximum(1 - features.similarity(features), 0)
    np.fill_diagonal(distance, 0)
    assert silhouette(features, labels) == pytest.approx(
        silhouette_score(distance, labels, metric="precomputed"), abs=1e-3
    )
    assert silhouette(features, np.zeros(24, int)) is None


@pytest.mark.heavy
def test_above_the_dense_limit_umap_finds_the_same_stories() -> None:
    features = made(4, 15)
    small = StorySettings(dense_limit=40)
    labels = group_stories(features, small)
    assert partition(labels) == {frozenset(range(i * 15, (i + 1) * 15)) for i in range(4)}
    assert (labels == group_stories(features, small)).all()


def test_a_later_copy_goes_and_the_first_stays() -> None:
    rows = unit(np.random.default_rng(0).normal(size=(3000, 32)))
    rows[1500:1600] = rows[:100]
    kept = keep_distinct(rows, 0.99)
    assert np.flatnonzero(~kept).tolist() == list(range(1500, 1600))


@given(st.integers(0, 40), st.integers(0, 100), st.floats(0.5, 0.99))
@settings(max_examples=50, deadline=None)
def test_copies_are_dropped_as_the_plain_loop_drops_them(count: int, seed: int, threshold: float) -> None:
    rows = unit(np.random.default_rng(seed).normal(size=(count, 3))) if count else np.zeros((0, 3), np.float32)
    assume(count == 0 or np.abs(rows @ rows.T - threshold).min() > 1e-5)  # rounding decides nearer pairs
    kept: list[int] = []
    for row in range(count):
        if not any(float(rows[row] @ rows[other]) >= threshold for other in kept):
            kept.append(row)
    assert np.flatnonzero(keep_distinct(rows, threshold)).tolist() == kept


@pytest.mark.parametrize(
    ("average", "coverage", "expected"),
    [(0.3, 0, 0.95), (0.5, 1, 0.92), (0.8, 0.7, 0.88), (0.8, 0.5, 0.92), (0, 0, 0.92)],
)
def test_the_duplicate_threshold_follows_the_classifiers_confidence(
    average: float, coverage: float, expected: float
) -> None:
    summary = ClassifierSummary(avg_confidence=average, coverage_ratio=coverage)
    assert adapted_threshold(0.92, summary) == pytest.approx(expected)
    assert adapted_threshold(0.96, ClassifierSummary(avg_confidence=0.3)) == pytest.approx(0.97)
    assert adapted_threshold(0.84, ClassifierSummary(avg_confidence=0.8, coverage_ratio=0.7)) == pytest.approx(0.82)


def test_the_duplicate_threshold_is_that_of_each_languages_model() -> None:
    routed = "en=all-MiniLM-L6-v2-int8,*=multilingual-e5-small-int8"
    assert row_thresholds(0.92, None, routed, ["en", "ja", "und"]) == pytest.approx([0.92, 0.90, 0.90])
    assert row_thresholds(0.92, None, "BAAI/bge-m3", ["en", "ja"]) == pytest.approx([0.92, 0.92])
