"""Every alert of deploy/observability fires: a test creates its condition, scrapes /metrics and runs promtool."""

import json
import re
import shutil
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import dagster as dg
import pytest
import yaml
from dagster._core.storage.dagster_run import DagsterRun
from dagster._daemon.types import DaemonHeartbeat
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine

from alt_pipelines.observability.metrics import MetricBatch
from alt_pipelines.observability.store import add_metrics
from alt_pipelines.runtime import store as workers
from alt_pipelines.settings import PROJECT_ROOT, ExecutionSettings, RecapDatabaseSettings
from alt_pipelines_tests.contract.bodies import run_body, run_headers
from alt_pipelines_tests.contract.conftest import NOBODY, ClientFactory
from alt_pipelines_tests.support.dagster_instance import dagster_template, dagster_url, instance

__all__ = ["dagster_template", "dagster_url", "instance"]

FOLDER = PROJECT_ROOT / "deploy" / "observability"
RULES = FOLDER / "alerts.yaml"
MINUTES = 240  # longer than any `for:` and any range of the rules
ALERTS = [rule["alert"] for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]]

needs_promtool = pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool (Debian: prometheus) is missing")


class World(NamedTuple):
    """What a test may break: the databases, the Dagster instance, and the factory of the adapter."""

    alt: Engine
    recap: Engine
    instance: dg.DagsterInstance
    dagster_url: str
    home: Path
    make_client: ClientFactory
    at_the_end: ExitStack

    def client(self, **groups: Any) -> TestClient:
        execution = ExecutionSettings(
            home=self.home, webserver_url=NOBODY, dagster_storage_url=SecretStr(self.dagster_url)
        )
        return self.make_client(execution=execution, **groups)

    def end_run(self, job: str, status: dg.DagsterRunStatus) -> None:
        run = DagsterRun(job_name=job, run_id=str(uuid.uuid4()))
        self.instance.add_run(run)
        started = dg.DagsterEvent(dg.DagsterEventType.RUN_START.value, job, message="began")
        kind = (
            dg.DagsterEventType.RUN_SUCCESS
            if status == dg.DagsterRunStatus.SUCCESS
            else dg.DagsterEventType.RUN_FAILURE
        )
        ended = dg.DagsterEvent(kind.value, job, message="ended")
        for event in (started, ended):
            self.instance.report_dagster_event(event, run.run_id)

    def beat(self, age: float = 0.0) -> None:
        beat = DaemonHeartbeat(timestamp=time.time() - age, daemon_type="SENSOR", daemon_id="one", errors=[])
        self.instance.add_daemon_heartbeat(beat)

    def workers(self, *queues: Any) -> None:
        engine = create_engine(self.dagster_url)
        self.at_the_end.callback(engine.dispose)
        for queue in queues:
            workers.announce(self.at_the_end.enter_context(workers.open_session(engine)), queue)

    def count(self, engine: Engine, fill: Callable[[MetricBatch], None]) -> None:
        batch = MetricBatch()
        fill(batch)
        with engine.begin() as connection:
            add_metrics(connection, batch)

    def sql(self, engine: Engine, statement: str) -> None:
        with engine.begin() as connection:
            connection.execute(text(statement))


@pytest.fixture
def world(
    alt_engine: Engine,
    recap_engine: Engine,
    instance: dg.DagsterInstance,
    dagster_url: str,
    home: Path,
    make_client: ClientFactory,
) -> Iterator[World]:
    """A healthy installation."""
    with ExitStack() as at_the_end:
        made = World(alt_engine, recap_engine, instance, dagster_url, home, make_client, at_the_end)
        made.beat()
        for job in ("tag_pending_articles", "cluster_genre", "build_tag_label_graph", "learn_genre_thresholds"):
            made.end_run(job, dg.DagsterRunStatus.SUCCESS)
        made.count(made.recap, lambda batch: batch.count("recap_runs_total", 10, {"status": "succeeded", "genre": "a"}))
        yield made


def old_article(world: World) -> None:
    world.sql(
        world.alt,
        "INSERT INTO articles (title, content, url, user_id, created_at) VALUES "
        "('t', 'c', 'https://x.example/1', gen_random_uuid(), (now() AT TIME ZONE 'utc') - interval '2 hours')",
    )


def slow_tags(world: World) -> None:
    world.count(world.alt, lambda batch: [batch.observe("tagging_lag_seconds", 200.0) for _ in range(10)] and None)


def failing_tagging(world: World) -> None:
    for _ in range(3):
        world.end_run("tag_pending_articles", dg.DagsterRunStatus.FAILURE)


def old_graph(world: World) -> None:
    world.sql(
        world.recap,
        "INSERT INTO tag_label_graph (window_label, genre, tag, weight, updated_at) "
        "VALUES ('7d', 'tech', 'chips', 0.7, now() - interval '3 hours')",
    )


def hash_vectors(world: World) -> None:
    world.sql(
        world.recap,
        "INSERT INTO recap_subworker_runs (job_id, genre, status, finished_at, response_payload) VALUES "
        """(gen_random_uuid(), 'tech', 'succeeded', now(), '{"diagnostics": {"backend": "hash"}}')""",
    )


def failing_runs(world: World) -> None:
    world.count(world.recap, lambda batch: batch.count("recap_runs_total", 6, {"status": "failed", "genre": "a"}))


SPOILED: dict[str, Callable[[World], None]] = {
    "TaggingBacklogGrowsOld": old_article,
    "TaggingIsSlow": slow_tags,
    "DaemonIsSilent": lambda world: world.beat(age=1000),
    "PipelineKeepsFailing": failing_tagging,
    "LabelGraphIsStale": old_graph,
    "FallbackIsActive": hash_vectors,
    "GenreRunsFail": failing_runs,
}


def scrape(client: TestClient) -> list[tuple[str, float]]:
    """Return every sample of /metrics as (series, value)."""
    samples = []
    for family in text_string_to_metric_families(client.get("/metrics").text):
        for sample in family.samples:
            labels = ",".join(f"{name}={json.dumps(value)}" for name, value in sample.labels.items())
            samples.append((f"{sample.name}{{{labels}}}", sample.value))
    return samples


def series(samples: list[tuple[str, float]]) -> list[dict[str, str]]:
    """Extend the samples over MINUTES: gauges stay constant, counters start at 0 and grow by their value per minute."""
    lines = []
    for name, value in samples:
        metric = name.partition("{")[0]
        if metric.endswith(("_total", "_bucket", "_sum", "_count")):
            values = f"0+{value}x{MINUTES}"
        else:
            # promtool's clock starts at the epoch, so timestamps are given relative to now.
            shown = value - time.time() if metric.endswith("timestamp_seconds") else value
            values = f"{shown:.3f}x{MINUTES}"
        lines.append({"series": name, "values": values})
    return lines


def firing(samples: list[tuple[str, float]], folder: Path) -> set[str]:
    """Return the alerts that fire on these samples at the end, according to promtool."""
    found = set()
    test = {
        "rule_files": [str(RULES)],
        "evaluation_interval": "1m",
        "tests": [
            {
                "interval": "1m",
                "input_series": series(samples),
                "promql_expr_test": [
                    {
                        "expr": f'count(ALERTS{{alertname="{alert}", alertstate="firing"}}) > bool 0',
                        "eval_time": f"{MINUTES - 1}m",
                        "exp_samples": [],
                    }
                    for alert in ALERTS
                ],
            }
        ],
    }
    path = folder / "test.yaml"
    path.write_text(yaml.safe_dump(test))
    said = subprocess.run(["promtool", "test", "rules", str(path)], capture_output=True, text=True, check=False)
    output = said.stdout + said.stderr
    assert "expr:" in output or said.returncode == 0, output  # promtool may report a difference, but no error
    for alert in re.findall(r'alertname=\\?"(\w+)\\?"', output):
        found.add(alert)
    return found


@needs_promtool
def test_a_healthy_installation_fires_nothing(world: World, tmp_path: Path) -> None:
    world.workers("recap", "tagging")
    up = [('up{job="alt-pipelines",instance="a:9400"}', 1.0)]
    assert firing(scrape(world.client()) + up, tmp_path) == set()


@needs_promtool
@pytest.mark.parametrize("alert", SPOILED)
def test_each_condition_fires_its_alert(alert: str, world: World, tmp_path: Path) -> None:
    world.workers("recap", "tagging")
    SPOILED[alert](world)
    assert firing(scrape(world.client()), tmp_path) == {alert}


@needs_promtool
def test_a_queue_without_workers_fires(world: World, tmp_path: Path) -> None:
    world.workers("recap")
    assert firing(scrape(world.client()), tmp_path) == {"QueueWithoutWorkers"}


@needs_promtool
def test_a_database_that_is_away_fires(world: World, tmp_path: Path) -> None:
    world.workers("recap", "tagging")
    away = RecapDatabaseSettings(dsn=SecretStr("postgresql://a:b@127.0.0.1:9/recap"))
    assert firing(scrape(world.client(recap_db=away)), tmp_path) == {"DatabaseIsAway"}


@needs_promtool
def test_waiting_genre_runs_fire(world: World, tmp_path: Path) -> None:
    world.workers("recap", "tagging")
    client = world.client()
    for number in range(26):
        answer = client.post("/v1/runs", json=run_body(), headers=run_headers(genre=f"genre-{number}"))
        assert answer.status_code == 202
    assert firing(scrape(client), tmp_path) == {"GenreRunsWait"}


@needs_promtool
def test_figures_that_no_test_can_wait_for_fire_when_they_grow(world: World, tmp_path: Path) -> None:
    """20 GB of events, half a day without success, an adapter that is down: real samples with changed values."""
    world.workers("recap", "tagging")
    grown = {"dagster_database_bytes": 21e9, "pipeline_last_success_timestamp_seconds": time.time() - 50_000}
    samples = [(name, grown.get(name.partition("{")[0], value)) for name, value in scrape(world.client())]
    samples.append(('up{job="alt-pipelines",instance="a:9400"}', 0.0))
    assert firing(samples, tmp_path) == {"DagsterDatabaseIsLarge", "PipelineHasNotSucceeded", "AdapterIsDown"}


def test_no_alert_is_without_a_test() -> None:
    others = {"QueueWithoutWorkers", "DatabaseIsAway", "GenreRunsWait"}
    grown = {"DagsterDatabaseIsLarge", "PipelineHasNotSucceeded", "AdapterIsDown"}
    assert set(ALERTS) == SPOILED.keys() | others | grown


def test_the_dashboard_shows_metrics_that_exist(world: World) -> None:
    world.workers("recap", "tagging")
    old_graph(world)
    client = world.client()
    client.get("/health")
    families = list(text_string_to_metric_families(client.get("/metrics").text))
    known = {sample.name for family in families for sample in family.samples} | {
        f"{family.name}{suffix}" for family in families for suffix in ("", "_total", "_bucket", "_sum", "_count")
    }
    panels = json.loads((FOLDER / "grafana-dashboard.json").read_text())["panels"]
    shown = {
        metric
        for panel in panels
        for target in panel["targets"]
        for metric in re.findall(r"\b(?:tagging|recap|pipeline|tag_label|dagster|http)_\w+", target["expr"])
    }
    assert shown
    assert shown <= known
