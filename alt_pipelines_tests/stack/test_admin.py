"""Graph builds and learning by the API run in Dagster: on a worker, with a page, checks and a materialization."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from alt_pipelines.database.engines import make_engine, recap_url
from alt_pipelines.demo import store
from alt_pipelines.demo.corpus import SAMPLE, LoadedArticle, read_articles, split_problems
from alt_pipelines.demo.learning_rows import learning_rows
from alt_pipelines.settings import Settings
from alt_pipelines.stack.options import StackOptions
from alt_pipelines.stack.supervisor import Stack
from alt_pipelines_tests.support.dagster_client import Dagster
from alt_pipelines_tests.support.webhook import Receiver, receiver

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]

_RUNS = """query { runsOrError(filter: {tags: [{key: "alt/started_by", value: "api"}]}) { ... on Runs { results {
  status pipelineName assetMaterializations { assetKey { path } }
  eventConnection { events { ... on AssetCheckEvaluationEvent { evaluation { checkName success } } } } } } } }"""


@pytest.fixture(scope="module")
def recap_worker() -> Iterator[Receiver]:
    with receiver() as listening:
        yield listening


@pytest.fixture(scope="module")
def stack(own_folder: Path, recap_worker: Receiver) -> Iterator[Stack]:
    """The product's own definitions and adapter, with one recap worker without models; other ports than usual."""
    given = {"ALT_PIPELINES_HOME": str(own_folder / "admin"), "RECAP_WORKER_LEARNING_URL": recap_worker.url}
    options = StackOptions(
        models=False,
        webserver_port=3600,
        adapter_port=9950,
        recap_port=8950,
        worker_groups={"recap worker": "recap"},
        processes={"recap": 1},
        environment=given,
    )
    running = Stack(Settings.from_environment(given), options)
    running.start(300)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def rows(stack: Stack) -> int:
    """Learning rows in recap-db, as the recap worker writes them; their number."""
    loaded, _ = split_problems(read_articles(SAMPLE))
    written = learning_rows("00000000-0000-0000-0000-00000000000a", loaded, _tagged(loaded))
    engine = make_engine(recap_url(stack.settings), stack.settings.pool)
    store.insert_learning_rows(engine, written)
    engine.dispose()
    return len(written)


def _tagged(loaded: list[LoadedArticle]) -> dict[str, store.TaggedArticle]:
    tagged = {}
    for i, article in enumerate(loaded):
        tags = ((f"tag {article.genre}", 0.8), ("news", 0.3))
        tagged[article.url] = store.TaggedArticle(f"id {i}", article.url, article.title, "tagged", "en", 1.0, tags)
    return tagged


def _runs(stack: Stack) -> dict[str, dict[str, Any]]:
    found = Dagster(stack.addresses.webserver).ask(_RUNS)["runsOrError"]["results"]
    return {run["pipelineName"]: run for run in found}


def test_a_graph_build_by_the_api_is_a_dagster_run(stack: Stack, rows: int) -> None:
    assert rows
    answer = httpx.post(f"{stack.addresses.adapter}/admin/build-graph", json={}, timeout=180)
    assert answer.status_code == 200, answer.text
    assert answer.json()["total_edges"] > 0
    run = _runs(stack)["build_tag_label_graph"]
    assert run["status"] == "SUCCESS"
    assert ["tag_label_graph"] in [event["assetKey"]["path"] for event in run["assetMaterializations"]]
    checks = [event["evaluation"] for event in run["eventConnection"]["events"] if "evaluation" in event]
    assert checks
    assert all(check["success"] for check in checks)


def test_learning_by_the_api_is_a_dagster_run_that_sends_once(stack: Stack, rows: int, recap_worker: Receiver) -> None:
    assert rows
    answer = httpx.post(f"{stack.addresses.adapter}/admin/learning", json={}, timeout=180)
    assert answer.status_code == 202, answer.text
    sent = answer.json()["status"] == "sent"
    assert len(recap_worker.requests) == int(sent)
    run = next(run for name, run in _runs(stack).items() if name != "build_tag_label_graph")
    assert run["status"] == "SUCCESS"
    assert run["assetMaterializations"]
