"""The definitions follow the settings that they are made from, and the resources are readable in the UI."""

import os
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from alt_pipelines.definitions import make_defs
from alt_pipelines.platform import Platform
from alt_pipelines.resources import make_resources
from alt_pipelines.settings import (
    PROJECT_ROOT,
    AltDatabaseSettings,
    EmbeddingSettings,
    ExecutionSettings,
    GraphSettings,
    LearningSettings,
    RecapSettings,
    Settings,
    TaggingSettings,
)
from alt_pipelines_tests.support.definitions import schedule_of, sensor_of


def test_loading_the_definitions_warns_of_nothing(tmp_path: Path) -> None:
    """`dagster dev` shows what each of its processes prints."""
    environment = {**os.environ, "ALT_PIPELINES_HOME": str(tmp_path)}
    command = [sys.executable, "-c", "import alt_pipelines.definitions"]
    loaded = subprocess.run(command, env=environment, cwd=PROJECT_ROOT, capture_output=True, text=True, check=True)
    assert "Warning" not in loaded.stderr


@pytest.fixture
def home(tmp_path: Path) -> ExecutionSettings:
    """An installation without a database: definitions can be made before any server runs."""
    return ExecutionSettings(home=tmp_path)


def test_everything_that_the_definitions_take_from_settings_follows_them(home: ExecutionSettings) -> None:
    defs = make_defs(
        Settings(
            execution=home,
            tagging=TaggingSettings(interval_seconds=40, run_seconds=77, partitions_start="2025-05-05"),  # type: ignore[arg-type]
            recap=RecapSettings(run_timeout_seconds=123),
            graph=GraphSettings(ttl_seconds=3600),
            learning=LearningSettings(interval_hours=6),
        )
    )
    assert sensor_of(defs, "pending_articles").minimum_interval_seconds == 38
    assert schedule_of(defs, "build_tag_label_graph_every_ttl").cron_schedule == "0 */1 * * *"
    assert schedule_of(defs, "learn_genre_thresholds_at_interval").cron_schedule == "5 */6 * * *"
    limits = {
        name: int(defs.resolve_job_def(name).tags["dagster/max_runtime"])
        for name in ("cluster_genre", "tag_pending_articles")
    }
    assert 123 < limits["cluster_genre"] < 223
    assert limits["tag_pending_articles"] > 77
    (articles,) = (spec for spec in defs.resolve_all_asset_specs() if spec.key == dg.AssetKey("articles"))
    assert articles.partitions_def is not None
    assert articles.partitions_def.get_first_partition_key() == "2025-05-05"


def test_every_resource_that_a_definition_needs_has_a_type_and_a_description(home: ExecutionSettings) -> None:
    defs = make_defs(Settings(execution=home))
    dg.Definitions.validate_loadable(defs)
    shown = defs.get_repository_def().get_top_level_resources()
    assert set(shown) == {"alt_db", "recap_db", "encoder", "tag_extractor"}
    for name, resource in shown.items():
        assert resource.description, name
        assert resource.resource_fn.__name__ == name


def test_a_resource_names_its_database_and_hides_the_password(home: ExecutionSettings) -> None:
    alt_db = AltDatabaseSettings(user="tagger", password="s3cr3t", host="db.example", port=5433, name="alt")  # type: ignore[arg-type]
    settings = Settings(execution=home, alt_db=alt_db)
    described = str(make_resources(Platform(settings))["alt_db"].description)
    assert all(part in described for part in ("tagger", "db.example:5433", "`alt`"))
    assert "s3cr3t" not in described


def test_runs_of_a_process_share_what_a_resource_hands_out(home: ExecutionSettings) -> None:
    platform = Platform(Settings(execution=home, embedding=EmbeddingSettings(backend="hash", allow_hash=True)))
    seen = []

    @dg.op(required_resource_keys={"encoder", "tag_extractor"})
    def use(context: dg.OpExecutionContext) -> None:
        seen.append((context.resources.encoder.load(), context.resources.tag_extractor))

    @dg.job(resource_defs=make_resources(platform))
    def job() -> None:
        use()

    for _ in range(2):
        assert job.execute_in_process().success
    (first_encoder, first_extractor), (second_encoder, second_extractor) = seen
    assert first_encoder is second_encoder
    assert first_extractor is second_extractor
