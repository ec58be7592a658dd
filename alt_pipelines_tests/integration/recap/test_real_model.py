"""Requests as clients send them, and as they should not, through the real model, the step and the database."""

from typing import Any

import dagster as dg
import pytest
from sqlalchemy.engine import Engine

from alt_pipelines.platform import Platform
from alt_pipelines.recap.corpus.request import GenreRunRequest
from alt_pipelines.recap.store import submissions
from alt_pipelines_tests.contract.run_rules import assert_keeps_contract
from alt_pipelines_tests.integration.recap.runs import make_request, run_asset, submit

PARAMS = {"max_sentences_total": 30, "umap_n_components": 5, "hdbscan_min_cluster_size": 3, "mmr_lambda": 0.5}
JAPANESE = (
    "フェリーがルマ島の沖で座礁し、乗客は全員無事に救助された。港の当局が発表した。",
    "政府は先端半導体の輸出規則を強化すると発表した。メーカーは反対している。",
)


def request(*paragraphs: str, ids: list[str] | None = None) -> GenreRunRequest:
    names = ids or [f"article-{n}" for n in range(len(paragraphs))]
    documents = [{"article_id": name, "paragraphs": [text]} for name, text in zip(names, paragraphs, strict=True)]
    return GenreRunRequest.model_validate({"params": PARAMS, "documents": documents})


REQUESTS: dict[str, GenreRunRequest] = {
    "ordinary": make_request(20, 4, max_sentences_total=30),
    "identical": request(*["The very same sentence stands in every article."] * 12),
    "unrelated": request(*[f"Number {n} speaks of a subject of its own, {n * 7919}." for n in range(12)]),
    "japanese": request(*(text + f"記事{n}号。" for n, text in enumerate(JAPANESE * 4))),
    "mixed": request(*JAPANESE, *(d.paragraphs[0] for d in make_request(6, 2).documents)),
    "thirty characters": request(*["x" * 29 + str(n) for n in range(4)]),
    "repeated ids": request(
        *(d.paragraphs[0] for d in make_request(6, 2).documents), ids=["a", "a", "b", "b", "c", "c"]
    ),
    "symbols": request(*["-- == ## ** ++ -- == ## ** ++ -- ==" + str(n) for n in range(3)]),
    "nul": request(*[f"A sentence with a \x00 NUL in it, as article {n} has one." for n in range(3)]),
}


@pytest.fixture(scope="module")
def embedder() -> Any:
    """The default model, loaded once."""
    from alt_pipelines.embedding.factory import load_embedder
    from alt_pipelines.settings import EmbeddingSettings

    return load_embedder(EmbeddingSettings())


@pytest.mark.parametrize("name", REQUESTS)
def test_any_valid_request_gives_a_run_that_keeps_the_contract(
    name: str, platform: Platform, embedder: Any, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    platform.__dict__["embedder"] = embedder
    run_id = submit(recap_engine, job_id, request=REQUESTS[name])
    assert run_asset(platform, instance, run_id=run_id).success
    run = submissions.read_run(recap_engine, run_id)
    assert run is not None
    assert_keeps_contract(run, max_sentences_per_cluster=7)
    assert run["status"] in ("succeeded", "partial")
    assert run["clusters"]
    assert run["diagnostics"]["backend"] == "onnx"


def test_the_same_request_twice_gives_the_same_response_but_for_times(
    platform: Platform, embedder: Any, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    platform.__dict__["embedder"] = embedder
    found = []
    for genre in ("one", "two"):
        run_id = submit(recap_engine, job_id, genre, REQUESTS["ordinary"])
        run_asset(platform, instance, genre, run_id)
        run = submissions.read_run(recap_engine, run_id)
        assert run is not None
        found.append((run["clusters"], {k: v for k, v in run["diagnostics"].items() if not k.endswith("_ms")}))
    assert found[0] == found[1]


def test_every_check_of_an_ordinary_run_on_the_real_model_passes(
    platform: Platform, embedder: Any, instance: dg.DagsterInstance, recap_engine: Engine, job_id: str
) -> None:
    platform.__dict__["embedder"] = embedder
    result = run_asset(platform, instance, run_id=submit(recap_engine, job_id, request=make_request(12, 3)))
    assert all(check.passed for check in result.get_asset_check_evaluations())
