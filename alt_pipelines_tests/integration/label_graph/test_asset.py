"""The graph in Dagster: both windows in one run, what each shows, the checks after it, the schedule."""

import re
from datetime import timedelta

import dagster as dg
import pytest
from sqlalchemy import Engine, text

from alt_pipelines.label_graph.assets import TAG_LABEL_GRAPH, make_tag_label_graph
from alt_pipelines.label_graph.automation import cron_for
from alt_pipelines.label_graph.definitions import make_defs
from alt_pipelines.settings import GraphSettings, Settings
from alt_pipelines_tests.integration.label_graph.rows import insert, row
from alt_pipelines_tests.support.definitions import schedule_of

TAGS = [("chips", 0.9), ("export $rules$", 0.7), ("半導体", 0.8)]
CHECKS = {"edges_observed_within_window", "edges_have_not_collapsed"}


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as made:
        yield made


def run(engine: Engine, instance: dg.DagsterInstance, settings: GraphSettings | None = None, **tags: str):
    """One run of the job, as the schedule starts it."""
    shared = dg.Definitions(resources={"recap_db": engine}, executor=dg.in_process_executor)
    definitions = dg.Definitions.merge(make_defs(Settings(graph=settings or GraphSettings())), shared)
    chosen = tags or {"dagster/asset_partition_range_start": "7d", "dagster/asset_partition_range_end": "30d"}
    return definitions.resolve_job_def("build_tag_label_graph").execute_in_process(
        instance=instance, tags=chosen, raise_on_error=False
    )


def events_by_partition(instance: dg.DagsterInstance) -> dict[str | None, dict[str, object]]:
    """Metadata of the newest materialisation of each partition."""
    records = instance.fetch_materializations(TAG_LABEL_GRAPH, limit=10).records
    return {
        record.asset_materialization.partition: dict(record.asset_materialization.metadata)
        for record in reversed(records)
    }


def check_results(result) -> dict[str, bool]:
    return {evaluation.check_name: evaluation.passed for evaluation in result.get_asset_check_evaluations()}


def test_one_run_builds_both_windows_and_shows_each(recap_engine: Engine, instance: dg.DagsterInstance) -> None:
    insert(recap_engine, [row("Tech", TAGS) for _ in range(3)] + [row(age=timedelta(days=20), tags=TAGS[:1])] * 2)
    result = run(recap_engine, instance)
    assert result.success
    shown = events_by_partition(instance)
    assert set(shown) == {"7d", "30d"}
    week = shown["7d"]
    assert (week["rows_read"].value, week["edges"].value, week["genres"].value) == (3, 3, 1)
    assert shown["30d"]["rows_read"].value == 5
    assert [record.data["tag"] for record in week["strongest_tags"].records] == ["chips", "半導体", "export $rules$"]
    assert week["graph"].value.startswith("![")
    assert week["picture"].value.startswith("![Strongest edges of the 7d graph")
    assert list(week)[:4] == ["summary", "strongest_tags", "changes", "picture"], "what a person came for comes first"
    # Edges and genres, rows used and read, the window, new and deleted edges.
    assert re.findall(r"\d+", week["summary"].text) == ["3", "1", "3", "3", "7", "3", "0"]
    assert check_results(result) == dict.fromkeys(CHECKS, True)


def test_the_second_build_shows_what_came_went_and_moved(recap_engine: Engine, instance: dg.DagsterInstance) -> None:
    insert(recap_engine, [row("tech", [("chips", 0.9), ("old", 0.9)]) for _ in range(3)])
    run(recap_engine, instance)
    with recap_engine.begin() as connection:
        connection.execute(text("TRUNCATE recap_genre_learning_results"))
    insert(recap_engine, [row("tech", [("chips", 0.6), ("new", 0.9)]) for _ in range(3)])
    run(recap_engine, instance)
    week = events_by_partition(instance)["7d"]
    assert (week["edges_new"].value, week["edges_gone"].value, week["edges_before"].value) == (1, 1, 2)
    columns = ("change", "genre", "tag", "before", "after")
    assert [column.name for column in week["changes"].schema.columns] == list(columns)
    assert [tuple(record.data[column] for column in columns) for record in week["changes"].records] == [
        ("came", "tech", "new", "", "0.9000"),
        ("went", "tech", "old", "0.9000", ""),
        ("-0.3000", "tech", "chips", "0.9000", "0.6000"),
    ]


def test_a_build_without_a_window_is_refused_with_the_remedy(
    recap_engine: Engine, instance: dg.DagsterInstance
) -> None:
    result = run(recap_engine, instance, unrelated="tag")
    assert not result.success
    (failure,) = [event for event in result.all_events if event.is_step_failure]
    assert "tag_label_graph has one per window. Choose a window under Materialize" in str(
        failure.step_failure_data.user_failure_data.description
    )


def test_a_scheduled_build_draws_no_large_plot(recap_engine: Engine, instance: dg.DagsterInstance) -> None:
    insert(recap_engine, [row("tech", TAGS) for _ in range(3)])
    run(recap_engine, instance, **{"dagster/partition": "7d", "dagster/schedule_name": "any"})
    week = events_by_partition(instance)["7d"]
    assert "picture" in week
    assert "graph" not in week, "96 builds per day would put megabytes into the event log"


def test_a_window_can_be_built_alone(recap_engine: Engine, instance: dg.DagsterInstance) -> None:
    insert(recap_engine, [row("tech", TAGS) for _ in range(3)])
    assert run(recap_engine, instance, **{"dagster/partition": "30d"}).success
    assert set(events_by_partition(instance)) == {"30d"}


def test_losing_most_edges_is_seen(recap_engine: Engine, instance: dg.DagsterInstance) -> None:
    many = [(f"tag {number}", 0.9) for number in range(30)]
    insert(recap_engine, [row("tech", many[start : start + 6]) for start in range(0, 30, 6)] * 3)
    run(recap_engine, instance)
    with recap_engine.begin() as connection:
        kept = "('article-0', 'article-5', 'article-10')"
        connection.execute(text(f"DELETE FROM recap_genre_learning_results WHERE article_id NOT IN {kept}"))
    assert check_results(run(recap_engine, instance))["edges_have_not_collapsed"] is False


def test_rows_that_all_vanish_leave_the_graph_and_fail_the_check(
    recap_engine: Engine, instance: dg.DagsterInstance
) -> None:
    many = [(f"tag {number}", 0.9) for number in range(24)]
    insert(recap_engine, [row("tech", many[start : start + 6]) for start in range(0, 24, 6)] * 3)
    run(recap_engine, instance)
    with recap_engine.begin() as connection:
        connection.execute(text("TRUNCATE recap_genre_learning_results"))
    result = run(recap_engine, instance)
    assert result.success
    week = events_by_partition(instance)["7d"]
    assert week["kept_previous"].value is True
    assert week["summary"].text.startswith("No tag reaches the minimum support and confidence in 0 of 0 learning rows")
    assert "The previous graph of 24 edges was kept." in week["summary"].text
    assert check_results(result)["edges_have_not_collapsed"] is False


def test_edges_that_outlived_their_window_are_seen(recap_engine: Engine, instance: dg.DagsterInstance) -> None:
    insert(recap_engine, [row("tech", TAGS) for _ in range(3)])
    assert check_results(run(recap_engine, instance))["edges_observed_within_window"] is True
    with recap_engine.begin() as connection:  # a week later no row is left, and the graph was kept
        connection.execute(text("TRUNCATE recap_genre_learning_results"))
        connection.execute(text("UPDATE tag_label_graph SET last_observed_at = now() - interval '8 days'"))
    assert check_results(run(recap_engine, instance))["edges_observed_within_window"] is False


def test_how_old_a_graph_may_be_is_its_freshness_policy() -> None:
    for seconds, limit in ((900, timedelta(minutes=30)), (3600, timedelta(hours=2))):
        (spec,) = make_tag_label_graph(Settings(graph=GraphSettings(ttl_seconds=seconds))).specs
        assert spec.freshness_policy == dg.FreshnessPolicy.time_window(fail_window=limit)


def test_a_build_of_a_switched_off_graph_fails_with_the_reason(
    recap_engine: Engine, instance: dg.DagsterInstance
) -> None:
    result = run(recap_engine, instance, GraphSettings(enabled=False))
    assert not result.success
    assert any(
        "TAG_LABEL_GRAPH_ENABLED" in str(event.message) + str(event.event_specific_data) for event in result.all_events
    )


def tick(settings: Settings) -> object:
    """One tick of the schedule."""
    return schedule_of(make_defs(settings), "build_tag_label_graph_every_ttl")(dg.build_schedule_context())


def test_the_schedule_asks_for_both_windows_in_one_run() -> None:
    request = tick(Settings())
    assert isinstance(request, dg.RunRequest)
    assert request.tags["dagster/asset_partition_range_start"] == "7d"
    assert request.tags["dagster/asset_partition_range_end"] == "30d"


def test_the_schedule_of_a_switched_off_graph_says_so() -> None:
    assert isinstance(tick(Settings(graph=GraphSettings(enabled=False))), dg.SkipReason)


@pytest.mark.parametrize(
    ("ttl", "cron"),
    [
        (60, "*/1 * * * *"),
        (900, "*/15 * * * *"),
        (1000, "*/15 * * * *"),
        (3599, "*/30 * * * *"),
        (3600, "0 */1 * * *"),
        (5 * 3600, "0 */4 * * *"),
        (86_400, "0 0 * * *"),
        (10**7, "0 0 * * *"),
    ],
)
def test_a_period_is_never_longer_than_the_ttl(ttl: int, cron: str) -> None:
    assert cron_for(ttl) == cron
