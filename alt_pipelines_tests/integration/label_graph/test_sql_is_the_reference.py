"""The SQL and the pure reference are one set of rules: the same edges, and the same reasons, for any rows."""

import json
import unicodedata
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from alt_pipelines.label_graph.run import build_graph
from alt_pipelines.label_graph.store import state
from alt_pipelines.label_graph.store.observations import lower_collation
from alt_pipelines.settings import GraphSettings
from alt_pipelines.text.labels import WHITE_SPACE, normal_label
from alt_pipelines_tests.integration.label_graph.rows import Row, insert
from alt_pipelines_tests.support.graph_reference import LearningRow, aggregate

# Few labels, so that they meet; among them what trim and lower make of case, white space, width and length.
_CASES = [
    "AI",
    "ai",
    " Ai\u3000",
    "ＡＩ",
    "ａｉ",
    "İstanbul",
    "i̇stanbul",
    "ΟΔΟΣ",
    "οδος",
    "straße",
    'o\'neil "x"',
    "半導体",
]
_EDGES_OF_LENGTH = ["", "\u2003", "\x1fai", "ai\u200b", "x" * 1000, "X" * 1001, "日" * 334, "a" * 10_000]
_LABELS = st.sampled_from(_CASES + _EDGES_OF_LENGTH)
_JUNK = st.sampled_from([None, True, 5, "0.7", "NaN", [], {}, [0.9], "text", -1])
_CONFIDENCES = st.one_of(
    st.sampled_from([0.55, 0.5499999999999999, 0.6, 1, 2, -1, 0, 0.7, 0.123456789012345, 1e-9, 1e300]),
    st.sampled_from([0.7000004995, 0.9123456785]),  # ties at the ninth decimal
    st.floats(0.5, 1, allow_nan=False).map(lambda value: round(value, 7)),
)
_TAGS = st.one_of(
    st.fixed_dictionaries({"label": _LABELS, "confidence": _CONFIDENCES}, optional={"source": st.just("title")}),
    st.fixed_dictionaries({}, optional={"label": _LABELS | _JUNK, "confidence": _CONFIDENCES | _JUNK}),
)
_TAG_LISTS = st.lists(
    st.one_of(st.fixed_dictionaries({"label": _LABELS, "confidence": _CONFIDENCES}), _TAGS, _JUNK), max_size=9
)
_GOOD_LISTS = st.lists(st.fixed_dictionaries({"label": _LABELS, "confidence": _CONFIDENCES}), max_size=9)
_DECISIONS = st.one_of(
    st.fixed_dictionaries({"final_genre": st.sampled_from(["Tech", " tech ", "other", "", None, "政治", "G" * 1001])}),
    st.fixed_dictionaries({}, optional={"final_genre": _JUNK}),
    _JUNK,
)
_PROFILES = st.one_of(
    st.fixed_dictionaries({"top_tags": _GOOD_LISTS}),
    st.fixed_dictionaries({"top_tags": _TAG_LISTS}),
    st.fixed_dictionaries({}, optional={"top_tags": _JUNK}),
    _JUNK,
)
_ROWS = st.lists(
    st.tuples(_DECISIONS, _PROFILES, st.sampled_from([1, 60, 6.9 * 24 * 60, 7.1 * 24 * 60, -30, -120])), max_size=40
)


def _parsed(value: str) -> object:
    return json.loads(value, parse_float=Decimal)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=_ROWS,
    support=st.integers(1, 3),
    max_tags=st.integers(1, 8),
    minimum=st.sampled_from([0.0, 0.55, 0.7]),
    windows=st.sampled_from([(7,), (7, 30), (30, 1, 7)]),
)
def test_random_rows_give_the_same_edges_and_the_same_reasons(
    recap_engine: Engine,
    rows: list[tuple[object, object, float]],
    support: int,
    max_tags: int,
    minimum: float,
    windows: tuple[int, ...],
) -> None:
    now = datetime.now(UTC)
    stored = [Row(json.dumps(d), json.dumps(p), now - timedelta(minutes=age)) for d, p, age in rows]
    rules = GraphSettings(min_support=support, max_tags=max_tags, min_confidence=minimum)
    with recap_engine.begin() as connection:
        connection.execute(text("TRUNCATE recap_genre_learning_results, tag_label_graph"))
    insert(recap_engine, stored)

    built = build_graph(recap_engine, rules, windows)

    assert [window.window_label for window in built.windows] == [f"{days}d" for days in windows]
    for days, report in zip(windows, built.windows, strict=True):
        with recap_engine.connect() as connection:
            edges = state.read_edges(connection, f"{days}d", per_genre=1000)
        expected = aggregate(
            (LearningRow(_parsed(r.decision), _parsed(r.profile), r.updated_at) for r in stored),
            rules,
            days,
            report.refreshed_at,
        )
        assert {(e.genre, e.tag): (e.weight, e.sample_size, e.last_observed_at) for e in edges} == {
            (e.genre, e.tag): (e.weight, e.sample_size, e.last_observed_at) for e in expected.edges
        }
        assert report.edges == len(expected.edges)
        assert report.rows_read == expected.rows_read
        assert report.rows_skipped == expected.rows_skipped
        assert report.tags_skipped == expected.tags_skipped


def test_postgres_lowers_and_trims_every_character_as_python_does(recap_engine: Engine) -> None:
    # Characters newer than this Python's Unicode tables are left out: it cannot know their lower case.
    known = [
        chr(code)
        for code in range(1, 0x110000)
        if not 0xD800 <= code < 0xE000 and unicodedata.category(chr(code)) != "Cn"
    ]
    words = [text_ for char in known for text_ in (f"{char}a{char}", f"A{char}")] + [
        "ΑΣ",
        "ΑΣ.",
        "Α Σ",
        "ΣΑΣ Σ",
        "Σ",
        "ΑΣ\u0301",
    ]
    with recap_engine.connect() as connection:
        collation = lower_collation(connection)
        assert collation == '"pg_unicode_fast"'
        query = text(
            f"SELECT word, lower(btrim(word, :space) COLLATE {collation}) AS normal "
            "FROM unnest(CAST(:words AS text[])) AS w (word)"
        )
        differing = [
            (row.word, row.normal, normal_label(row.word))
            for start in range(0, len(words), 50_000)
            for row in connection.execute(query, {"space": WHITE_SPACE, "words": words[start : start + 50_000]})
            if row.normal != normal_label(row.word)
        ]
    assert differing == []


def test_white_space_is_exactly_what_python_strips() -> None:
    assert {chr(code) for code in range(0x110000) if chr(code).isspace()} == set(WHITE_SPACE)
