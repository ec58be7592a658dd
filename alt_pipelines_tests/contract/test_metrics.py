"""`/metrics`: HTTP metrics, and pipeline metrics from whichever process did the work."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.engine import Engine

from alt_pipelines.observability.metrics import CATALOGUE, MetricBatch
from alt_pipelines.observability.store import add_metrics
from alt_pipelines_tests.contract.bodies import run_body, run_headers
from api.metrics import MAX_GENRES

NAMED_BY_THE_CONTRACT = [
    "recap_embed_sentences_total", "recap_request_process_seconds", "recap_embed_seconds", "recap_hdbscan_seconds",
    "recap_mmr_selected_total", "recap_dedup_removed_total", "recap_subworker_learning_task_duration_seconds",
    "recap_subworker_learning_task_success_total", "recap_subworker_learning_task_failure_total", "recap_runs_total",
    "recap_queue_depth", "tagging_articles_total", "tagging_cascade_decisions_total", "tagging_lag_seconds",
    "http_requests_total", "http_request_duration_seconds",
]  # fmt: skip


def scrape(client: Any) -> dict[str, Any]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return {family.name: family for family in text_string_to_metric_families(answer.text)}


def value(families: dict[str, Any], sample: str, **labels: str) -> float | None:
    for family in families.values():
        for found in family.samples:
            if found.name == sample and found.labels == labels:
                return float(found.value)
    return None


def add(engine: Engine, batch: MetricBatch) -> None:
    with engine.begin() as connection:
        add_metrics(connection, batch)


@pytest.mark.parametrize("name", NAMED_BY_THE_CONTRACT)
def test_every_metric_of_the_contract_is_there_before_anything_happened(client: TestClient, name: str) -> None:
    client.get("/health")
    assert f"# TYPE {name} " in client.get("/metrics").text


def test_what_another_process_counted_is_exposed_with_its_labels(
    client: TestClient, alt_engine: Engine, recap_engine: Engine
) -> None:
    tagging, recap = MetricBatch(), MetricBatch()
    tagging.count("tagging_articles_total", 3, {"outcome": "tagged"})
    tagging.observe("tagging_lag_seconds", 0.3)
    tagging.observe("tagging_lag_seconds", 2000)
    recap.count("recap_runs_total", labels={"status": "succeeded", "genre": 'a "b" \\ c\n経済'})
    add(alt_engine, tagging)
    add(recap_engine, recap)

    families = scrape(client)
    assert value(families, "tagging_articles_total", outcome="tagged") == 3
    assert value(families, "recap_runs_total", status="succeeded", genre='a "b" \\ c\n経済') == 1
    assert value(families, "tagging_lag_seconds_bucket", le="0.25") == 0
    assert value(families, "tagging_lag_seconds_bucket", le="0.5") == 1
    assert value(families, "tagging_lag_seconds_bucket", le="900.0") == 1
    assert value(families, "tagging_lag_seconds_bucket", le="+Inf") == 2
    assert value(families, "tagging_lag_seconds_count") == 2
    assert value(families, "tagging_lag_seconds_sum") == 2000.3


def test_the_queue_depth_counts_runs_that_no_worker_has(client: TestClient) -> None:
    before = value(scrape(client), "recap_queue_depth")
    client.post("/v1/runs", json=run_body(), headers=run_headers())
    assert (before, value(scrape(client), "recap_queue_depth")) == (0, 1)


def test_requests_are_counted_by_route_and_status_not_by_address(client: TestClient) -> None:
    for number in range(5):
        client.get(f"/v1/runs/{number}")
    families = scrape(client)
    assert (value(families, "http_requests_total", handler="/v1/runs/{run_id}", method="GET", status="404") or 0) >= 5
    assert not [sample for sample in families["http_requests"].samples if sample.labels["handler"] == "/v1/runs/3"]


def test_every_metric_of_the_catalogue_has_a_help_text_and_a_type(client: TestClient) -> None:
    families = scrape(client)
    for name, (kind, text) in CATALOGUE.items():
        family = families[name.removesuffix("_total")]
        assert (family.type, family.documentation) == (kind, text)


def test_what_operators_are_paged_about_is_there(client: TestClient, alt_engine: Engine) -> None:
    gauges = scrape(client)
    assert value(gauges, "tagging_backlog_articles") is not None
    assert value(gauges, "tagging_backlog_oldest_seconds") is not None
    assert value(gauges, "pipeline_fallback_active", pipeline="recap") is not None


def test_genres_beyond_the_most_frequent_are_counted_together(client: TestClient, recap_engine: Engine) -> None:
    batch = MetricBatch()
    for number in range(MAX_GENRES + 30):
        labels = {"status": "succeeded", "genre": f"genre {number}"}
        batch.count("recap_runs_total", number + 1, labels)
    add(recap_engine, batch)
    families = scrape(client)
    assert len(families["recap_runs"].samples) == MAX_GENRES + 1
    assert value(families, "recap_runs_total", status="succeeded", genre="other") == sum(range(1, 31))
    assert value(families, "recap_runs_total", status="succeeded", genre="genre 129") == 130


def test_both_worker_processes_of_a_server_show_the_sum_of_both(server: str) -> None:
    import httpx

    def live_requests() -> float:
        families = scrape(httpx.Client(base_url=server))
        return value(families, "http_requests_total", handler="/health/live", method="GET", status="200") or 0

    before = live_requests()
    for _ in range(40):
        httpx.get(f"{server}/health/live")  # one connection each, so the kernel spreads them over both processes
    assert [live_requests() for _ in range(6)] == [before + 40] * 6
