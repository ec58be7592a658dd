"""The thresholds in Dagster: what a materialisation shows, a failed send, the check, the schedule."""

import json

import dagster as dg
import pytest
from sqlalchemy import Engine, text

from alt_pipelines.learning.assets import GENRE_THRESHOLDS
from alt_pipelines.learning.automation import cron_for
from alt_pipelines.learning.definitions import make_defs
from alt_pipelines.settings import LearningSettings, Settings
from alt_pipelines_tests.integration.label_graph.rows import insert
from alt_pipelines_tests.integration.learning.test_run import learning_rows
from alt_pipelines_tests.support.definitions import schedule_of
from alt_pipelines_tests.support.webhook import answer, receiver


@pytest.fixture
def instance():
    with dg.DagsterInstance.ephemeral() as made:
        yield made


def materialise(engine: Engine, instance: dg.DagsterInstance, url: str | None):
    """One run of the asset."""
    definitions = make_defs(Settings(learning=LearningSettings(recap_worker_url=url)))
    job = dg.Definitions.merge(definitions, dg.Definitions(resources={"recap_db": engine})).resolve_job_def(
        "learn_genre_thresholds"
    )
    return job.execute_in_process(instance=instance, raise_on_error=False)


def newest(instance: dg.DagsterInstance) -> dict[str, object]:
    """Metadata of the newest materialisation."""
    (record,) = instance.fetch_materializations(GENRE_THRESHOLDS, limit=1).records
    return dict(record.asset_materialization.metadata)


def test_a_materialisation_shows_accuracies_thresholds_and_slices(
    recap_engine: Engine, instance: dg.DagsterInstance
) -> None:
    insert(recap_engine, learning_rows(400))
    with receiver() as there:
        result = materialise(recap_engine, instance, there.url)
    assert result.success
    shown = newest(instance)
    assert shown["test_accuracy"].value > shown["previous_accuracy"].value
    assert json.loads(shown["payload"].value.removeprefix("```json").removesuffix("```")) == there.requests[0][1]
    assert shown["answer_status"].value == 200
    pictures = [f"accuracy_over_{name}" for name in ("graph_margin", "boost_threshold", "tag_count_threshold")]
    assert list(shown)[:5] == ["summary", "thresholds", *pictures], "what a person came for comes first"
    assert list(shown)[-2:] == ["payload", "answer"], "objects come last"
    assert shown["summary"].text.startswith("Sent and accepted: graph_margin ")
    rows = {record.data["threshold"]: record.data for record in shown["thresholds"].records}
    assert rows["boost_threshold"]["previous"] == "0"
    for name in pictures:
        assert shown[name].value.startswith("![Accuracy of each trial by")
    assert [evaluation.passed for evaluation in result.get_asset_check_evaluations()] == [True]


def test_a_failed_send_is_a_failed_run_and_the_next_one_succeeds(
    recap_engine: Engine, instance: dg.DagsterInstance
) -> None:
    with receiver(answer(b"", "500 Internal Server Error")) as there:
        assert not materialise(recap_engine, instance, there.url).success
        assert instance.fetch_materializations(GENRE_THRESHOLDS, limit=1).records == []
        there.says = answer()
        assert materialise(recap_engine, instance, there.url).success
    assert newest(instance)["references_reason"].value.startswith("too few labeled rows: 0,")


def test_thresholds_worse_than_the_previous_ones_are_reported(
    recap_engine: Engine, instance: dg.DagsterInstance
) -> None:
    # The current rule lies outside the learnable ranges: never use the graph. The labels agree with it.
    insert(recap_engine, learning_rows(300, feedback='{"label": false}'))
    with recap_engine.begin() as connection:
        insertion = (
            "INSERT INTO recap_worker_config (config_type, config_payload, source) VALUES (:type, :value, 'test')"
        )
        value = '{"graph_margin": 9, "boost_threshold": 9, "tag_count_threshold": 99}'
        connection.execute(text(insertion), {"type": "graph_override", "value": value})
        # Boosts and tag counts above every threshold that may be learned: all of those say "trust".
        connection.execute(
            text(
                "UPDATE recap_genre_learning_results SET coarse_candidates = "
                """'[{"genre": "tech", "score": 1, "graph_boost": 8}, {"genre": "sport", "score": 0}]', """
                "tag_profile = jsonb_build_object('top_tags', (SELECT jsonb_agg(jsonb_build_object('label', 'a')) "
                "FROM generate_series(1, 12)))"
            )
        )
    with receiver() as there:
        result = materialise(recap_engine, instance, there.url)
    assert result.success
    (evaluation,) = result.get_asset_check_evaluations()
    assert not evaluation.passed
    assert "100.0%" in str(evaluation.description)


def test_the_schedule_runs_only_where_there_is_a_receiver() -> None:
    def tick(url: str | None) -> object:
        definitions = make_defs(Settings(learning=LearningSettings(recap_worker_url=url)))
        return schedule_of(definitions, "learn_genre_thresholds_at_interval")(dg.build_schedule_context())

    assert isinstance(tick("http://recap-worker:9005"), dg.RunRequest)
    skipped = tick(None)
    assert isinstance(skipped, dg.SkipReason)
    assert "RECAP_WORKER_LEARNING_URL" in str(skipped.skip_message)


@pytest.mark.parametrize(("hours", "cron"), [(1, "5 */1 * * *"), (4, "5 */4 * * *"), (24, "5 0 * * *")])
def test_the_period_is_in_hours(hours: int, cron: str) -> None:
    assert cron_for(hours) == cron
