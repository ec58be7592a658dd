"""A build of the graph on a real Postgres: the contract's rules one by one, bad input, arguments."""

import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from alt_pipelines.label_graph import rules
from alt_pipelines.label_graph.run import GraphDisabled, build_graph
from alt_pipelines.observability.store import read_metrics
from alt_pipelines.settings import GraphSettings
from alt_pipelines_tests.integration.label_graph.rows import Row, build, graph, insert, row

SETTINGS = GraphSettings()


def raw(decision: str, profile: str) -> Row:
    """A row of an hour ago with JSON texts as given."""
    return Row(decision, profile, datetime.now(UTC) - timedelta(hours=1))


class TestRules:
    def test_a_weight_is_the_mean_confidence_over_three_observations_or_more(self, recap_engine: Engine) -> None:
        insert(
            recap_engine,
            [row("tech", [("chips", c), ("rare", 0.9)]) for c in (0.6, 0.7)] + [row(tags=[("chips", 0.9)])],
        )
        report = build(recap_engine)
        assert graph(recap_engine) == {("tech", "chips"): (0.733333, 3)}
        assert (report.edges, report.genres, report.rows_read, report.observations) == (1, 1, 3, 3)

    def test_the_first_six_tags_are_cut_before_low_ones_are_dropped(self, recap_engine: Engine) -> None:
        tags = [("low", 0.1)] * 5 + [("sixth", 0.9), ("seventh", 0.9)]
        insert(recap_engine, [row("tech", tags) for _ in range(3)])
        build(recap_engine)
        assert set(graph(recap_engine)) == {("tech", "sixth")}

    def test_a_tag_repeated_in_a_row_counts_each_time(self, recap_engine: Engine) -> None:
        insert(recap_engine, [row("tech", [("AI", 0.6), ("ai ", 0.8), ("Ai", 1.0)])])
        build(recap_engine)
        assert graph(recap_engine) == {("tech", "ai"): (0.8, 3)}

    def test_an_empty_genre_is_other_and_an_empty_tag_is_nothing(self, recap_engine: Engine) -> None:
        insert(recap_engine, [row(genre, [("a", 0.9), ("  ", 0.9), (None, 0.9)]) for genre in ("", " \u3000", None)])
        report = build(recap_engine)
        assert set(graph(recap_engine)) == {("other", "a")}
        assert report.tags_skipped == {rules.BLANK_LABEL: 6}

    def test_a_window_holds_its_days_only(self, recap_engine: Engine) -> None:
        insert(recap_engine, [row(tags=[("new", 0.9)])] * 3 + [row(tags=[("old", 0.9)], age=timedelta(days=8))] * 3)
        build_graph(recap_engine, SETTINGS)
        assert set(graph(recap_engine, "7d")) == {("tech", "new")}
        assert set(graph(recap_engine, "30d")) == {("tech", "new"), ("tech", "old")}

    def test_edges_not_refreshed_are_gone_and_the_rest_is_refreshed(self, recap_engine: Engine) -> None:
        insert(recap_engine, [row(tags=[("stays", 0.9), ("goes", 0.9)])] * 3)
        build(recap_engine)
        with recap_engine.begin() as connection:  # an edge that claims to be refreshed tomorrow is stale all the same
            connection.execute(
                text("UPDATE tag_label_graph SET updated_at = now() + interval '1 day' WHERE tag = 'goes'")
            )
            connection.execute(text("TRUNCATE recap_genre_learning_results"))
        insert(recap_engine, [row(tags=[("stays", 0.9), ("comes", 0.7)])] * 3)
        report = build(recap_engine)
        assert set(graph(recap_engine)) == {("tech", "stays"), ("tech", "comes")}
        assert (report.edges_before, report.edges_new, report.edges_gone) == (2, 1, 1)
        with recap_engine.connect() as connection:
            refreshed = set(connection.scalars(text("SELECT updated_at FROM tag_label_graph")))
        assert refreshed == {report.refreshed_at}

    def test_without_edges_the_previous_graph_stays(self, recap_engine: Engine) -> None:
        insert(recap_engine, [row(tags=[("chips", 0.9)])] * 3)
        build(recap_engine)
        with recap_engine.begin() as connection:
            connection.execute(text("TRUNCATE recap_genre_learning_results"))
        report = build(recap_engine)
        assert (report.kept_previous, report.edges, report.edges_before, report.edges_gone) == (True, 0, 1, 0)
        assert set(graph(recap_engine)) == {("tech", "chips")}

    def test_a_dry_run_says_what_it_would_write_and_writes_nothing(self, recap_engine: Engine) -> None:
        insert(recap_engine, [row(tags=[("chips", 0.9)])] * 3)
        report = build(recap_engine, dry_run=True)
        assert (report.edges, report.edges_new) == (1, 1)
        assert graph(recap_engine) == {}
        with recap_engine.connect() as connection:
            assert connection.scalar(text("SELECT count(*) FROM alt_pipelines.tag_label_graph_builds")) == 0

    def test_a_build_leaves_its_report_and_its_metric(self, recap_engine: Engine) -> None:
        insert(recap_engine, [row(tags=[("chips", 0.9)])] * 3)
        build(recap_engine)
        with recap_engine.connect() as connection:
            stored = connection.execute(text("SELECT edges, report FROM alt_pipelines.tag_label_graph_builds")).one()
            samples = [s for s in read_metrics(connection) if s.name == "tag_label_graph_edges_refreshed_total"]
        assert stored.edges == 1
        assert stored.report["rows_read"] == 3
        assert [(json.loads(s.labels), s.value) for s in samples] == [({"window": "7d"}, 1.0)]


class TestBadInput:
    def test_an_empty_table_gives_no_edges(self, recap_engine: Engine) -> None:
        report = build(recap_engine)
        assert (report.rows_read, report.edges, report.kept_previous) == (0, 0, True)

    def test_one_row_is_too_little_for_an_edge(self, recap_engine: Engine) -> None:
        insert(recap_engine, [row(tags=[("chips", 0.9)])])
        assert build(recap_engine).edges == 0

    @pytest.mark.parametrize(
        ("decision", "profile", "reason"),
        [
            ("[]", '{"top_tags": [{"label": "a", "confidence": 1}]}', rules.BAD_DECISION),
            ('"text"', '{"top_tags": [{"label": "a", "confidence": 1}]}', rules.BAD_DECISION),
            ('{"final_genre": 5}', '{"top_tags": [{"label": "a", "confidence": 1}]}', rules.BAD_GENRE),
            ('{"final_genre": ["a"]}', '{"top_tags": [{"label": "a", "confidence": 1}]}', rules.BAD_GENRE),
            ("{}", "null", rules.BAD_PROFILE),
            ("{}", '"[]"', rules.BAD_PROFILE),
            ("{}", "{}", rules.BAD_TAGS),
            ("{}", '{"top_tags": {"0": "a"}}', rules.BAD_TAGS),
            ("{}", '{"top_tags": "a"}', rules.BAD_TAGS),
            ("{}", '{"top_tags": []}', rules.NO_TAGS),
            ("{}", '{"top_tags": ["a"]}', rules.BAD_TAG),
            ("{}", '{"top_tags": [null]}', rules.BAD_TAG),
            ("{}", '{"top_tags": [[]]}', rules.BAD_TAG),
            ("{}", '{"top_tags": [[{"label": "a", "confidence": 1}]]}', rules.BAD_TAG),
            ("{}", '{"top_tags": [{"label": 5, "confidence": 1}]}', rules.BAD_TAG),
            ("{}", '{"top_tags": [{"label": "a", "confidence": "0.7"}]}', rules.BAD_TAG),
            ("{}", '{"top_tags": [{"label": "a", "confidence": "NaN"}]}', rules.BAD_TAG),
            ("{}", '{"top_tags": [{"label": "a", "confidence": true}]}', rules.BAD_TAG),
            ("{}", '{"top_tags": [{"label": "a", "confidence": [0.9]}]}', rules.BAD_TAG),
        ],
    )
    def test_a_malformed_row_is_skipped_with_its_reason_beside_good_ones(
        self, recap_engine: Engine, decision: str, profile: str, reason: str
    ) -> None:
        insert(recap_engine, [row(tags=[("chips", 0.9)])] * 3 + [raw(decision, profile)] * 2)
        report = build(recap_engine)
        assert report.rows_skipped == {reason: 2}
        assert set(graph(recap_engine)) == {("tech", "chips")}

    def test_when_all_rows_are_malformed_the_previous_graph_stays(self, recap_engine: Engine) -> None:
        insert(recap_engine, [row(tags=[("chips", 0.9)])] * 3)
        build(recap_engine)
        with recap_engine.begin() as connection:
            connection.execute(text("UPDATE recap_genre_learning_results SET tag_profile = '[1, 2]'"))
        report = build(recap_engine)
        assert report.rows_skipped == {rules.BAD_PROFILE: 3}
        assert set(graph(recap_engine)) == {("tech", "chips")}

    @pytest.mark.parametrize("confidence", [None, -1, 0.549999])
    def test_a_confidence_below_the_minimum_does_not_count(
        self, recap_engine: Engine, confidence: float | None
    ) -> None:
        insert(recap_engine, [row(tags=[("chips", confidence)])] * 3)
        report = build(recap_engine)
        assert report.edges == 0
        assert report.tags_skipped == {rules.LOW_CONFIDENCE: 3}

    @pytest.mark.parametrize("confidence", ["2", "1e300", "1" + "0" * 400])
    def test_a_confidence_above_one_gives_the_weight_one(self, recap_engine: Engine, confidence: str) -> None:
        profile = f'{{"top_tags": [{{"label": "chips", "confidence": {confidence}}}]}}'
        insert(recap_engine, [raw("{}", profile)] * 3)
        build(recap_engine)
        assert graph(recap_engine) == {("other", "chips"): (1.0, 3)}

    def test_labels_keep_quotes_and_width_and_lose_case(self, recap_engine: Engine) -> None:
        labels = ['O\'Neil "X"; DROP TABLE--', "ＡＩ", "İstanbul", "ΟΔΟΣ", "100%", "a\\u0001b", "tab\there", "🤖"]
        insert(recap_engine, [row(tags=[(label, 0.9)]) for label in labels for _ in range(3)])
        build(recap_engine)
        assert {tag for _, tag in graph(recap_engine)} == {label.lower() for label in labels}
        assert ("tech", "ａｉ") in graph(recap_engine)

    def test_no_row_with_nul_in_a_label_can_exist(self, recap_engine: Engine) -> None:
        # Why the aggregation has no rule for NUL: JSONB refuses it, so no such row reaches a build.
        with pytest.raises(DBAPIError, match="u0000"):
            insert(recap_engine, [row(tags=[("a\x00b", 0.9)])])

    def test_labels_too_long_for_the_key_are_skipped_and_the_longest_fit(self, recap_engine: Engine) -> None:
        fits = "".join(chr(0x4E00 + number) for number in range(333))  # 999 bytes that do not compress
        genre = "".join(chr(0x5E00 + number) for number in range(333))
        insert(recap_engine, [row(genre, [(fits, 0.9), ("x" * 10_000, 0.9)])] * 3 + [row("g" * 10_000, [("a", 0.9)])])
        report = build(recap_engine)
        assert set(graph(recap_engine)) == {(genre, fits)}
        assert report.tags_skipped == {rules.LONG_LABEL: 3}
        assert report.rows_skipped == {rules.LONG_GENRE: 1}

    def test_of_a_list_of_ten_thousand_tags_six_count(self, recap_engine: Engine) -> None:
        insert(recap_engine, [row(tags=[(f"tag {number}", 0.9) for number in range(10_000)])] * 3)
        assert build(recap_engine).edges == 6

    def test_a_row_from_the_future_is_skipped_but_a_clock_may_be_ahead_a_little(self, recap_engine: Engine) -> None:
        ahead = [row(tags=[("ahead", 0.9)], age=-timedelta(minutes=30))] * 3
        insert(recap_engine, ahead + [row(tags=[("future", 0.9)], age=-timedelta(days=400))] * 3)
        report = build(recap_engine)
        assert set(graph(recap_engine)) == {("tech", "ahead")}
        assert report.rows_skipped == {rules.FUTURE: 3}


class TestRoomInThePages:
    def test_a_refresh_writes_no_new_entries_into_the_indexes(self, recap_engine: Engine) -> None:
        edges = 300
        insert(recap_engine, [row(tags=[(f"tag {number}", 0.9)]) for number in range(edges) for _ in range(3)])
        build(recap_engine)
        before = in_place_updates(recap_engine)
        build(recap_engine)
        deadline = time.monotonic() + 30
        while in_place_updates(recap_engine) < before + 0.9 * edges:
            assert time.monotonic() < deadline, "most updates went to another page"
            time.sleep(0.1)


def in_place_updates(engine: Engine) -> int:
    """Updates of the graph so far whose new version went into the page of the old one, as the server counts them."""
    query = "SELECT n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'tag_label_graph'"
    with engine.connect() as connection:
        return int(connection.scalar(text(query)) or 0)


class TestArguments:
    def test_a_graph_that_is_switched_off_is_not_built(self, recap_engine: Engine) -> None:
        with pytest.raises(GraphDisabled, match="TAG_LABEL_GRAPH_ENABLED"):
            build_graph(recap_engine, GraphSettings(enabled=False))

    @pytest.mark.parametrize("windows", [[], [0], [-7], [7, 100_000]])
    def test_windows_that_mean_nothing_are_refused(self, recap_engine: Engine, windows: list[int]) -> None:
        with pytest.raises(ValueError, match="days"):
            build_graph(recap_engine, SETTINGS, windows)

    def test_a_window_named_twice_is_built_once(self, recap_engine: Engine) -> None:
        assert [window.window_label for window in build_graph(recap_engine, SETTINGS, [7, 7]).windows] == ["7d"]
