"""From an accepted genre run to its Dagster run, with a real webserver and this project's definitions."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.engine import Engine

from alt_pipelines.dagster_names import RUN_TAG
from alt_pipelines.database.recap_tables import genre_runs, learning_attempts
from alt_pipelines.recap.genre_key import partition_key
from alt_pipelines.recap.store.launches import unlaunched_runs
from alt_pipelines.runtime.queues import QUEUE_TAG
from alt_pipelines.settings import PROJECT_ROOT, ExecutionSettings
from alt_pipelines_tests.contract.bodies import run_body, run_headers
from alt_pipelines_tests.contract.conftest import NOBODY, readiness_with
from alt_pipelines_tests.support.waiting import LONG_SECONDS, free_port, wait_until
from alt_pipelines_tests.support.webhook import Receiver, answer, receiver
from api import dagster_client

START_SECONDS = 240
GENRE = "経済, [week] 'a'/b"


@pytest.fixture(scope="module")
def recap_worker() -> Iterator[Receiver]:
    """The receiver of learned thresholds that the webserver's runs know."""
    with receiver() as running:
        yield running


@pytest.fixture(scope="module")
def webserver(
    postgres: Path,
    alt_database_url: object,
    recap_database_url: object,
    recap_worker: Receiver,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """A Dagster webserver that has loaded the code. There is no daemon, so launched runs stay queued."""
    folder = tmp_path_factory.mktemp("dagster")
    shutil.copy(PROJECT_ROOT / "dagster.yaml", folder)
    port = free_port()
    environment = {**os.environ, "DAGSTER_HOME": str(folder), "ALT_PIPELINES_HOME": str(postgres.parent)}
    environment |= {"RECAP_SUBWORKER_MODEL_BACKEND": "hash", "RECAP_SUBWORKER_ALLOW_HASH_BACKEND": "true"}
    environment["RECAP_WORKER_LEARNING_URL"] = recap_worker.url
    _webserver_environment.update(environment)
    command = [sys.executable, "-m", "dagster_webserver", "-m", "alt_pipelines.definitions", "-p", str(port)]
    with (folder / "webserver.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log, start_new_session=True)
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + START_SECONDS
    while not _answers(url):
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"the webserver did not start:\n{(folder / 'webserver.log').read_text()[-3000:]}")
        time.sleep(0.5)
    yield url
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(timeout=LONG_SECONDS)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/server_info", timeout=20).status_code == 200
    except httpx.HTTPError:
        return False


@pytest.fixture
def connected(make_client: Any, home: Path, webserver: str, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """An adapter configured with the webserver's address, which gives the webserver of a busy machine time."""
    monkeypatch.setattr(dagster_client, "LAUNCH_SECONDS", LONG_SECONDS)
    client: TestClient = make_client(execution=ExecutionSettings(home=home, webserver_url=webserver))
    return client


def launched(engine: Engine, run_id: int) -> str:
    """Wait for the Dagster run of a row and return its id."""
    query = select(genre_runs.c.dagster_run_id).where(genre_runs.c.run_id == run_id)

    def stored() -> str | None:
        with engine.connect() as connection:
            return connection.execute(query).scalar_one()

    wait_until(stored, "the background launch reports the Dagster run")
    return str(stored())


def dagster_run(webserver: str, dagster_run_id: str) -> dict[str, Any]:
    query = """query ($id: ID!) { runOrError(runId: $id) { ... on Run { jobName status tags { key value } } } }"""
    answer = httpx.post(f"{webserver}/graphql", json={"query": query, "variables": {"id": dagster_run_id}}, timeout=60)
    found: dict[str, Any] = answer.json()["data"]["runOrError"]
    return found


def test_an_accepted_run_becomes_a_run_of_its_genres_partition(
    connected: TestClient, webserver: str, recap_engine: Engine
) -> None:
    answer = connected.post("/v1/runs", json=run_body(), headers=run_headers(genre=GENRE))
    assert answer.status_code == 202
    run_id = answer.json()["run_id"]
    dagster_run_id = launched(recap_engine, run_id)
    found = dagster_run(webserver, dagster_run_id)
    tags = {tag["key"]: tag["value"] for tag in found["tags"]}
    assert found["jobName"] == "cluster_genre"
    assert tags["dagster/partition"] == partition_key(GENRE)
    assert tags[RUN_TAG] == str(run_id)
    assert tags[QUEUE_TAG] == "recap"
    assert unlaunched_runs(recap_engine, 0) == []


def test_ready_tells_a_loaded_webserver_from_a_missing_daemon(connected: TestClient) -> None:
    answer = readiness_with(connected, "dagster", "workers")
    components = answer.json()["components"]
    assert answer.status_code == 503
    assert "DefaultRunLauncher" in components["dagster"]["detail"]
    assert not components["daemon"]["ok"]
    assert "the daemon has never run" in components["daemon"]["detail"]


def test_a_graph_that_the_api_built_is_a_materialisation_in_the_ui(
    connected: TestClient, webserver: str, recap_engine: Engine
) -> None:
    from alt_pipelines_tests.contract.test_admin import write_learning_rows

    write_learning_rows(recap_engine, 10)
    assert connected.post("/admin/build-graph").json()["total_edges"] == 4
    query = """{ assetOrError(assetKey: {path: ["tag_label_graph"]}) {
        ... on Asset { assetMaterializations { partition description
            metadataEntries { label ... on IntMetadataEntry { intValue } } } } } }"""

    def reported() -> list[dict[str, Any]]:
        answer = httpx.post(f"{webserver}/graphql", json={"query": query}, timeout=60).json()["data"]["assetOrError"]
        events: list[dict[str, Any]] = answer.get("assetMaterializations", [])
        return events

    wait_until(lambda: len(reported()) >= 2, "both windows are reported")
    found = reported()
    assert {event["partition"] for event in found} == {"7d", "30d"}
    figures = {entry["label"]: entry.get("intValue") for entry in found[0]["metadataEntries"]}
    assert (figures["rows_read"], figures["edges"], figures["genres"]) == (10, 2, 2)


def test_hours_of_an_earlier_version_disturb_no_partition_status(connected: TestClient, webserver: str) -> None:
    """Partitions were hours before they were days; an upgraded instance still has those events."""
    for asset in ("articles", "article_tags"):
        for key in ("2026-03-01-13:00", "2026-03-01"):
            reported = httpx.post(
                f"{webserver}/report_asset_materialization/{asset}", json={"partition": key}, timeout=60
            )
            assert reported.status_code == 200
    query = """{ assetNodeOrError(assetKey: {path: ["article_tags"]}) { ... on AssetNode {
        partitionStats { numMaterialized numFailed }
        assetPartitionStatuses { ... on TimePartitionStatuses { ranges { startKey endKey } } }
        latestMaterializationByPartition(partitions: ["2026-03-01"]) { partition } } } }"""
    answer = httpx.post(f"{webserver}/graphql", json={"query": query}, timeout=60).json()
    assert "errors" not in answer, answer
    found = answer["data"]["assetNodeOrError"]
    assert found["partitionStats"] == {"numMaterialized": 1, "numFailed": 0}
    assert found["assetPartitionStatuses"]["ranges"] == [{"startKey": "2026-03-01", "endKey": "2026-03-01"}]
    assert found["latestMaterializationByPartition"] == [{"partition": "2026-03-01"}]


@pytest.fixture
def with_daemon(connected: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A daemon beside the webserver, so that the adapter launches Dagster runs."""
    from api import pipeline_runs

    monkeypatch.setattr(pipeline_runs, "PROCESS_START_SECONDS", START_SECONDS)  # the machine of the tests may be busy
    with daemon(tmp_path / "daemon.log"):
        try:
            readiness_with(connected, "daemon")
        except AssertionError:
            pytest.fail(f"the daemon did not start:\n{(tmp_path / 'daemon.log').read_text()[-3000:]}")
        yield


def newest_event(webserver: str, asset: str) -> dict[str, Any]:
    """Return the newest materialization of an asset with its run and the executions of its checks."""
    query = """query ($asset: String!) { assetNodeOrError(assetKey: {path: [$asset]}) { ... on AssetNode {
        assetMaterializations(limit: 2) { partition runId runOrError { ... on Run { jobName status } } }
        assetChecksOrError { ... on AssetChecks { checks { executionForLatestMaterialization { status runId } } } }
    } } }"""
    body = {"query": query, "variables": {"asset": asset}}
    found: dict[str, Any] = httpx.post(f"{webserver}/graphql", json=body, timeout=60).json()["data"]["assetNodeOrError"]
    return found


def test_a_graph_build_by_the_api_is_a_run_like_any_other(
    connected: TestClient, webserver: str, recap_engine: Engine, with_daemon: None
) -> None:
    from alt_pipelines_tests.contract.test_admin import write_learning_rows

    write_learning_rows(recap_engine, 10)
    said = connected.post("/admin/build-graph")
    assert said.json() == {"status": "success", "edge_counts": {"7d": 2, "30d": 2}, "total_edges": 4}
    found = newest_event(webserver, "tag_label_graph")
    runs = {event["partition"]: event["runOrError"] for event in found["assetMaterializations"]}
    assert runs == {key: {"jobName": "build_tag_label_graph", "status": "SUCCESS"} for key in ("7d", "30d")}


def test_learning_by_the_api_is_a_run_with_its_checks_and_its_refusals(
    connected: TestClient, webserver: str, recap_worker: Receiver, recap_engine: Engine, with_daemon: None
) -> None:
    said = connected.post("/admin/learning")
    assert (said.status_code, said.json()) == (
        202,
        {
            "status": "sent",
            "recap_worker_status": 200,
            "recap_worker_response": {"status": "success", "config_saved": True, "message": "saved"},
        },
    )
    found = newest_event(webserver, "genre_thresholds")
    event = found["assetMaterializations"][0]
    assert event["runOrError"] == {"jobName": "learn_genre_thresholds", "status": "SUCCESS"}
    (check,) = found["assetChecksOrError"]["checks"]
    assert check["executionForLatestMaterialization"] == {"status": "SUCCEEDED", "runId": event["runId"]}
    with recap_engine.connect() as connection:
        stored = connection.execute(select(learning_attempts.c.report["dagster_run_id"].astext)).scalar_one()
    assert stored == event["runId"]
    recap_worker.says = answer(b"", "500 Internal Server Error")
    said = connected.post("/admin/learning")
    assert (said.status_code, said.json()) == (502, {"detail": "failed to send learning payload"})
    assert newest_event(webserver, "genre_thresholds")["assetMaterializations"][0]["runId"] == event["runId"]


@contextmanager
def daemon(log: Path) -> Iterator[None]:
    """Run Dagster's daemon beside the webserver."""
    environment = _webserver_environment
    command = [sys.executable, "-m", "dagster._daemon", "run", "-m", "alt_pipelines.definitions"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=environment["DAGSTER_HOME"],
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=LONG_SECONDS)


_webserver_environment: dict[str, str] = {}


@pytest.mark.parametrize("address", [NOBODY, "http://127.0.0.1:1/not-a-dagster"])
def test_a_webserver_that_is_away_leaves_the_run_to_the_outbox_and_delays_no_answer(
    make_client: Any, home: Path, recap_engine: Engine, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dagster_client, "LAUNCH_SECONDS", LONG_SECONDS)
    client = make_client(execution=ExecutionSettings(home=home, webserver_url=address))
    started = time.monotonic()
    run_id = client.post("/v1/runs", json=run_body(), headers=run_headers()).json()["run_id"]
    assert time.monotonic() - started < LONG_SECONDS / 4, "a launch waits so long for Dagster"
    assert [run.run_id for run in unlaunched_runs(recap_engine, 0)] == [run_id]


def test_a_webserver_that_never_answers_delays_no_submission(
    make_client: Any, home: Path, recap_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    monkeypatch.setattr(dagster_client, "LAUNCH_SECONDS", LONG_SECONDS)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(100)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        client = make_client(execution=ExecutionSettings(home=home, webserver_url=address))
        seconds = []
        for number in range(30):
            started = time.monotonic()
            answer = client.post("/v1/runs", json=run_body(), headers=run_headers(genre=f"genre {number}"))
            seconds.append(time.monotonic() - started)
            assert answer.status_code == 202
        assert sorted(seconds)[15] < LONG_SECONDS / 10
        assert len(unlaunched_runs(recap_engine, 0)) == 30
