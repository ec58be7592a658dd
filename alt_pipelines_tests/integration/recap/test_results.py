"""A result is stored whole or not at all, reads back the same for ever, and survives what texts can hold."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from alt_pipelines.embedding.hashing import HashingEmbedder
from alt_pipelines.observability.store import read_metrics
from alt_pipelines.recap.corpus.request import GenreRunRequest
from alt_pipelines.recap.pipeline import run_genre
from alt_pipelines.recap.store import claims, reconciliation, submissions
from alt_pipelines.recap.store.claims import Claim
from alt_pipelines.recap.store.results import finish_run
from alt_pipelines.recap.story.result import GenreResult
from alt_pipelines.settings import RecapSettings
from alt_pipelines_tests.contract.run_rules import assert_keeps_contract
from alt_pipelines_tests.integration.recap.runs import make_request, row, submit

REQUEST = make_request(15, 3)


@pytest.fixture(scope="module")
def result() -> GenreResult:
    return run_genre(REQUEST, RecapSettings(), HashingEmbedder())


@pytest.fixture
def claim(recap_engine: Engine, job_id: str) -> Claim:
    found = claims.claim_run(recap_engine, submit(recap_engine, job_id, request=REQUEST), "d1")
    assert isinstance(found, Claim)
    return found


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def query(engine: Engine, statement: str) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(text(statement)))


def counts(engine: Engine) -> list[int]:
    names = ("recap_subworker_clusters", "recap_subworker_sentences", "recap_cluster_evidence")
    return [count(engine, name) for name in (*names, "recap_subworker_diagnostics", "alt_pipelines.pipeline_metrics")]


def test_a_finished_run_keeps_the_contract(recap_engine: Engine, claim: Claim, result: GenreResult) -> None:
    assert finish_run(recap_engine, claim, REQUEST, result)
    run = submissions.read_run(recap_engine, claim.run_id)
    assert run is not None
    assert_keeps_contract(run, max_sentences_per_cluster=7)
    assert run["cluster_count"] == len(result.stories) > 0
    stored = row(recap_engine, claim.run_id)
    assert stored.started_at <= stored.claimed_at <= stored.finished_at


def test_every_table_holds_what_the_response_says(recap_engine: Engine, claim: Claim, result: GenreResult) -> None:
    finish_run(recap_engine, claim, REQUEST, result)
    run = submissions.read_run(recap_engine, claim.run_id)
    assert run is not None
    clusters = query(recap_engine, "SELECT * FROM recap_subworker_clusters ORDER BY cluster_id < 0, cluster_id")
    assert [(c.cluster_id, c.size, c.label, c.top_terms, c.stats) for c in clusters] == [
        (c["cluster_id"], c["size"], c["label"], c["top_terms"], c["stats"]) for c in run["clusters"]
    ]
    sentences = query(
        recap_engine,
        "SELECT c.cluster_id, s.* FROM recap_subworker_sentences s "
        "JOIN recap_subworker_clusters c ON c.id = s.cluster_row_id ORDER BY s.id",
    )
    assert [(s.cluster_id, s.source_article_id, s.paragraph_idx, s.sentence_text, s.lang) for s in sentences] == [
        (c["cluster_id"], r["article_id"], r["paragraph_idx"], r["sentence_text"], r["lang"])
        for c in run["clusters"]
        for r in c["representatives"]
    ]
    diagnostics = dict(query(recap_engine, "SELECT metric, value FROM recap_subworker_diagnostics"))
    assert len(diagnostics.pop("map")) > 0  # for the reader's page; no part of the run object
    assert diagnostics == run["diagnostics"]


def test_evidence_has_what_the_request_had_of_each_article(
    recap_engine: Engine, claim: Claim, result: GenreResult
) -> None:
    finish_run(recap_engine, claim, REQUEST, result)
    sent = {document.article_id: document for document in REQUEST.documents}
    found = query(recap_engine, "SELECT * FROM recap_cluster_evidence ORDER BY cluster_row_id, rank")
    assert found
    for evidence in found:
        document = sent[evidence.article_id]
        assert evidence.title == document.title
        assert evidence.source_url == document.source_url
        assert evidence.published_at == document.published_at
        assert evidence.lang == "en"
    ranks = [e.rank for e in found if e.cluster_row_id == found[0].cluster_row_id]
    assert ranks == list(range(len(ranks)))
    assert len({evidence.article_id for evidence in found}) == len(found)


def test_an_article_sent_twice_gives_the_evidence_that_either_had(
    recap_engine: Engine, job_id: str, result: GenreResult
) -> None:
    bare = [d.model_copy(update={"title": None, "source_url": None}) for d in REQUEST.documents]
    request = REQUEST.model_copy(update={"documents": [*bare, *REQUEST.documents]})
    claim = claims.claim_run(recap_engine, submit(recap_engine, job_id, "twice", request), "d1")
    assert isinstance(claim, Claim)
    finish_run(recap_engine, claim, request, result)
    assert all(row.title and row.source_url for row in query(recap_engine, "SELECT * FROM recap_cluster_evidence"))


def test_a_result_that_cannot_be_written_leaves_nothing_behind(
    recap_engine: Engine, claim: Claim, result: GenreResult
) -> None:
    twice = replace(result, clusters=(*result.clusters, result.clusters[0]))
    before = counts(recap_engine)
    with pytest.raises(IntegrityError):
        finish_run(recap_engine, claim, REQUEST, twice)
    assert counts(recap_engine) == before
    assert row(recap_engine, claim.run_id).status == "running"


def test_storing_again_after_a_lost_connection_changes_nothing(
    recap_engine: Engine, claim: Claim, result: GenreResult
) -> None:
    assert finish_run(recap_engine, claim, REQUEST, result)
    before, ids = counts(recap_engine), query(recap_engine, "SELECT id FROM recap_subworker_sentences ORDER BY id")
    assert finish_run(recap_engine, claim, REQUEST, result)
    assert counts(recap_engine) == before
    assert query(recap_engine, "SELECT id FROM recap_subworker_sentences ORDER BY id") == ids


def test_a_worker_that_lost_its_claim_cannot_store_its_result(
    recap_engine: Engine, claim: Claim, result: GenreResult
) -> None:
    (seen,) = reconciliation.unfinished_runs(recap_engine)
    assert reconciliation.requeue_run(recap_engine, seen)
    assert not finish_run(recap_engine, claim, REQUEST, result)
    successor = claims.claim_run(recap_engine, claim.run_id, "d2")
    assert isinstance(successor, Claim)
    assert not finish_run(recap_engine, claim, REQUEST, result)
    assert counts(recap_engine)[:4] == [0, 0, 0, 0]
    assert finish_run(recap_engine, successor, REQUEST, result)


def test_a_failed_run_takes_no_result(recap_engine: Engine, claim: Claim, result: GenreResult) -> None:
    claims.fail_run(recap_engine, claim.run_id, "canceled")
    assert not finish_run(recap_engine, claim, REQUEST, result)
    assert row(recap_engine, claim.run_id).status == "failed"


def test_nul_surrogates_and_undefined_numbers_cost_no_run_its_result(
    recap_engine: Engine, claim: Claim, result: GenreResult
) -> None:
    first = result.clusters[0]
    odd = replace(first.representatives[0], text="A sentence\x00 with \ud83d half an emoji and a bell\x07.")
    cluster = replace(
        first,
        label="half \udc00",
        top_terms=("a\x00b",),
        stats={"avg_sim": float("nan"), "token_count": 3},
        representatives=(odd, *first.representatives[1:]),
    )
    spoilt = replace(
        result,
        clusters=(cluster, *result.clusters[1:]),
        diagnostics={**result.diagnostics, "silhouette": float("inf"), "note": "\x00\ud800"},
    )
    assert finish_run(recap_engine, claim, REQUEST, spoilt)
    run = submissions.read_run(recap_engine, claim.run_id)
    assert run is not None
    assert_keeps_contract(run)
    assert run["clusters"][0]["stats"] == {"token_count": 3}
    assert "silhouette" not in run["diagnostics"]


def test_the_work_is_counted_once_with_its_result(recap_engine: Engine, claim: Claim, result: GenreResult) -> None:
    for _ in range(2):
        finish_run(recap_engine, claim, REQUEST, result)
    with recap_engine.connect() as connection:
        found = {(sample.name, sample.labels): sample.value for sample in read_metrics(connection)}
    assert found["recap_runs_total", '{"genre": "tech", "status": "succeeded"}'] == 1
    assert found["recap_request_process_seconds_count", "{}"] == 1
    assert found["recap_embed_sentences_total", "{}"] > 0
    assert found["recap_mmr_selected_total", "{}"] == sum(len(c.representatives) for c in result.clusters)
    assert ("recap_embed_seconds_sum", "{}") in found
    assert ("recap_hdbscan_seconds_sum", "{}") in found


def test_a_request_read_back_from_its_row_gives_the_same_result(
    recap_engine: Engine, claim: Claim, result: GenreResult
) -> None:
    again = run_genre(GenreRunRequest.model_validate(claim.request_payload), RecapSettings(), HashingEmbedder())
    assert again.clusters == result.clusters
