"""`/v1/runs` against the contract: every code, header and limit, and the run object in every state."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, text
from sqlalchemy.engine import Engine

from alt_pipelines.database.recap_tables import runs
from alt_pipelines.platform import Platform
from alt_pipelines.recap.run import work_on
from alt_pipelines.recap.store.claims import Claim, claim_run, fail_run
from alt_pipelines_tests.contract.bodies import JOB_ID, document, run_body, run_headers
from alt_pipelines_tests.contract.conftest import settings_for
from alt_pipelines_tests.contract.run_rules import assert_keeps_contract

NAN_BODY = b'{"params": {"max_sentences_total": 200, "umap_n_components": 0, "mmr_lambda": NaN}, "documents": []}'


def submit(client: TestClient, body: dict[str, Any] | None = None, **headers: Any) -> Any:
    return client.post("/v1/runs", json=run_body() if body is None else body, headers=run_headers(**headers))


def stored(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(runs)).scalar_one()


def test_a_submission_is_accepted_and_reads_as_running(client: TestClient) -> None:
    answer = submit(client)
    assert answer.status_code == 202
    assert_keeps_contract(answer.json())
    assert answer.json()["status"] == "running"
    assert client.get(f"/v1/runs/{answer.json()['run_id']}").json() == answer.json()


def test_a_finished_run_always_answers_the_same_clusters(client: TestClient, recap_engine: Engine, home: Path) -> None:
    run_id = submit(client, genre="テクノロジー").json()["run_id"]
    settings = settings_for(home)
    claim = claim_run(recap_engine, run_id, "a-dagster-run")
    assert isinstance(claim, Claim)
    work_on(claim, recap_engine, settings, lambda: Platform(settings).embedder, lambda *_: None)

    run = client.get(f"/v1/runs/{run_id}").json()
    assert_keeps_contract(run, max_sentences_per_cluster=7)
    assert run["status"] in ("succeeded", "partial")
    assert run["genre"] == "テクノロジー"
    assert client.get(f"/v1/runs/{run_id}?wait=60").json() == run


def test_a_failed_run_says_why_and_frees_its_key(client: TestClient, recap_engine: Engine) -> None:
    first = submit(client, key="k").json()["run_id"]
    assert fail_run(recap_engine, first, "pipeline timed out after 900s")

    run = client.get(f"/v1/runs/{first}").json()
    assert_keeps_contract(run)
    assert (run["status"], run["diagnostics"]) == ("failed", {"error_message": "pipeline timed out after 900s"})
    second = submit(client, key="k")
    assert second.status_code == 202
    assert second.json()["run_id"] != first


def test_a_replay_of_key_and_payload_gets_the_same_run(client: TestClient, recap_engine: Engine) -> None:
    key = f"{JOB_ID}::tech"
    first, second = submit(client, key=key), submit(client, key=key)
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json() == second.json()
    assert stored(recap_engine) == 1


def test_a_replay_is_recognised_however_the_payload_is_spelled(client: TestClient) -> None:
    spelled_out = run_body()
    spelled_out["params"] = {**spelled_out["params"], "max_sentences_per_cluster": 7, "mmr_lambda": 0.50}
    spelled_out["documents"][0]["title"] = f"  {spelled_out['documents'][0]['title']} "
    reordered = dict(reversed(list(spelled_out.items())))
    first, second = submit(client, key="k"), submit(client, reordered, key="k")
    assert second.json()["run_id"] == first.json()["run_id"]


def test_the_same_key_with_another_payload_is_refused(client: TestClient, recap_engine: Engine) -> None:
    submit(client, key="k")
    answer = submit(client, run_body(documents=10), key="k")
    assert (answer.status_code, answer.json()) == (422, {"detail": "request payload differs for idempotency key"})
    assert stored(recap_engine) == 1


@pytest.mark.parametrize("key", [None, "another", " "])
def test_without_the_key_an_unfinished_run_blocks_its_job_and_genre(client: TestClient, key: str | None) -> None:
    submit(client, key="k")
    answer = submit(client, key=key)
    assert (answer.status_code, answer.json()) == (409, {"detail": "run already in progress for job/genre"})
    assert submit(client, genre="sports", key=key).status_code == 202
    assert submit(client, job_id="550e8400-e29b-41d4-a716-446655440001", key=key).status_code == 202


def test_a_blank_key_counts_as_absent(client: TestClient) -> None:
    submit(client, key="  ")
    assert submit(client, key="").status_code == 409


# ---- headers


@pytest.mark.parametrize(
    "job_id", ["x", "", "550e8400-e29b-41d4-a716-44665544000", "null", "550e8400e29b41d4a7164466554zzz"]
)
def test_a_job_id_that_is_no_uuid_is_a_bad_request(client: TestClient, job_id: str) -> None:
    answer = submit(client, job_id=job_id)
    assert (answer.status_code, answer.json()) == (400, {"detail": "X-Alt-Job-Id must be a valid UUID"})


@pytest.mark.parametrize("missing", ["X-Alt-Job-Id", "X-Alt-Genre"])
def test_a_missing_header_is_a_validation_error(client: TestClient, missing: str) -> None:
    headers = {name: value for name, value in run_headers().items() if name != missing}
    answer = client.post("/v1/runs", json=run_body(), headers=headers)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["header", missing]


@pytest.mark.parametrize("genre", ["", "   ", "g" * 33, "a\tb", "a\x85b"])
def test_a_genre_that_is_blank_too_long_or_has_a_control_character_is_refused(client: TestClient, genre: str) -> None:
    assert submit(client, genre=genre).status_code == 422


INVISIBLE = ["\u200b", "\ufeff\u2060", "\u3000\u200d\u00a0", "\u202e", "\u2028", "\u3164", "\u2800", "\U000e0020"]


@pytest.mark.parametrize("genre", INVISIBLE, ids=ascii)
def test_a_genre_of_invisible_characters_only_is_blank(client: TestClient, genre: str) -> None:
    assert client.post("/v1/runs", json=run_body(), headers=run_headers(genre=genre)).status_code == 422


@pytest.mark.parametrize(
    "genre",
    [
        "g" * 32,
        "arts & 'culture'/“film”",
        "経済" * 16,
        "国際\u3000政治",
        "prix\u00a0Nobel",
        "می\u200cخواهم",
        "🚀 space 🛰",
        "a|b,c*[d]...e%41",
    ],
)
def test_any_other_genre_is_taken_as_it_is(client: TestClient, genre: str) -> None:
    headers = run_headers(genre=genre, key=f"{JOB_ID}::{genre}")
    answer = client.post("/v1/runs", json=run_body(), headers=headers)
    assert answer.status_code == 202
    assert answer.json()["genre"] == genre
    again = client.post("/v1/runs", json=run_body(), headers=headers)
    assert again.json()["run_id"] == answer.json()["run_id"]


def test_a_key_over_512_characters_is_refused_and_one_of_512_is_not(client: TestClient) -> None:
    assert submit(client, key="k" * 513).status_code == 422
    assert submit(client, key="k" * 512).status_code == 202
    assert submit(client, genre="x", key="k" * 512).status_code == 202
    wide = {**run_headers(genre="y"), "Idempotency-Key": ("鍵" * 512).encode()}
    assert client.post("/v1/runs", json=run_body(), headers=wide).status_code == 202


# ---- body


def changed(path: str, value: Any) -> dict[str, Any]:
    body = run_body()
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place: Any = body
    for part in parents:
        place = place.setdefault(part, {}) if isinstance(place, dict) else place[part]
    place[last] = value
    return body


CLASSIFIER = {"avg_confidence": 0.4, "coverage_ratio": 1.0}
ACCEPTED = [
    ("params.max_sentences_total", 20), ("params.max_sentences_total", 10_000), ("params.umap_n_components", 128),
    ("params.hdbscan_min_cluster_size", 3), ("params.hdbscan_min_cluster_size", 500), ("params.mmr_lambda", 0),
    ("params.mmr_lambda", 1), ("params.max_sentences_per_cluster", 1), ("params.max_sentences_per_cluster", 50),
    ("documents.0.article_id", "a" * 128), ("documents.0.title", "t" * 512), ("documents.0.title", None),
    ("documents.0.lang_hint", "l" * 8), ("documents.0.paragraphs", ["", "  ", "p" * 30]),
    ("documents.0.genre_scores", {"tech": 3}), ("documents.0.confidence", 1.0), ("documents.0.source_url", None),
    ("documents.0.signals", {"tfidf_sum": 1.5, "token_count": 0}), ("metadata", None),
    ("metadata.primary_language", "l" * 16), ("metadata.classifier", CLASSIFIER),
]  # fmt: skip
REFUSED = [
    ("params.max_sentences_total", 19), ("params.max_sentences_total", 10_001), ("params.umap_n_components", -1),
    ("params.umap_n_components", 129), ("params.hdbscan_min_cluster_size", 2), ("params.hdbscan_min_cluster_size", 501),
    ("params.mmr_lambda", -0.1), ("params.mmr_lambda", 1.1), ("params.max_sentences_per_cluster", 0),
    ("params.max_sentences_per_cluster", 51), ("params.unknown", 1), ("params", None), ("documents", []),
    ("documents", [document(0), document(1)]), ("documents.0.article_id", "a" * 129), ("documents.0.title", "t" * 513),
    ("documents.0.lang_hint", "l" * 9), ("documents.0.published_at", "yesterday"), ("documents.0.unknown", 1),
    ("documents.0.source_url", "ftp://news.example/1"), ("documents.0.source_url", "nowhere"),
    ("documents.0.paragraphs", []), ("documents.0.paragraphs", ["", " \n "]), ("documents.0.paragraphs", ["p" * 29]),
    ("documents.0.paragraphs", ["p" * 30, "short"]), ("documents.0.genre_scores", {"tech": "many"}),
    ("documents.0.confidence", 1.01), ("documents.0.signals", {"unknown": 1}), ("metadata", {}),
    ("documents.0.signals", {"token_count": -1}), ("metadata.unknown", 1), ("metadata.article_count", -1),
    ("metadata.primary_language", "l" * 17), ("metadata.classifier", {"coverage_ratio": 2}),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value"), ACCEPTED)
def test_a_body_at_its_limits_is_accepted(client: TestClient, path: str, value: Any) -> None:
    answer = submit(client, changed(path, value))
    assert answer.status_code == 202, answer.text


@pytest.mark.parametrize(("path", "value"), REFUSED)
def test_a_body_beyond_its_limits_is_refused_with_the_place(client: TestClient, path: str, value: Any) -> None:
    answer = submit(client, changed(path, value))
    assert answer.status_code == 422
    place = ".".join(str(part) for part in answer.json()["detail"][0]["loc"])
    assert place.startswith(f"body.{path.split('.')[0]}")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'"text"', NAN_BODY, b"[" * 100_000, b'{"params": "\\ud800"}']
)
def test_a_body_of_invalid_json_is_a_validation_error(client: TestClient, content: bytes) -> None:
    answer = client.post("/v1/runs", content=content, headers=run_headers())
    assert answer.status_code == 422
    assert isinstance(answer.json()["detail"], list)


def test_more_documents_than_the_limit_are_refused(make_client: Any) -> None:
    from alt_pipelines.settings import RecapSettings

    client = make_client(recap=RecapSettings(max_docs_per_genre=5))
    assert submit(client, run_body(documents=5)).status_code == 202
    answer = submit(client, run_body(documents=6), genre="other")
    assert (answer.status_code, answer.json()) == (422, {"detail": "document limit exceeded"})
    assert (answer.headers["X-Document-Limit"], answer.headers["X-Document-Count"]) == ("5", "6")


def test_half_of_a_surrogate_pair_in_a_text_is_replaced(client: TestClient) -> None:
    body = run_body()
    body["documents"][0]["title"] = "cut within an emoji \ud83d"
    answer = client.post("/v1/runs", content=json.dumps(body), headers=run_headers())
    assert answer.status_code == 202, answer.text


def test_a_body_wrong_in_ten_thousand_places_gets_a_short_answer(client: TestClient) -> None:
    answer = submit(client, {**run_body(), "documents": [{"x": "y" * 500}] * 5000})
    assert answer.status_code == 422
    assert len(answer.content) < 30_000


def test_unknown_keys_beside_the_contract_are_ignored_at_the_top(client: TestClient) -> None:
    assert submit(client, run_body(trace_id="older clients send more")).status_code == 202


def test_nul_and_odd_characters_do_not_break_the_store(client: TestClient, recap_engine: Engine) -> None:
    body = run_body()
    body["documents"][0]["paragraphs"] = ["A sentence with \u0000 and \u202e and \U0001f680 inside of it."]
    body["documents"][0]["title"] = "\u0000title"
    assert submit(client, body).status_code == 202
    with recap_engine.connect() as connection:
        found = connection.execute(text("SELECT request_payload->'documents'->0->>'title' FROM recap_subworker_runs"))
        assert found.scalar_one() == "title"


# ---- reading


@pytest.mark.parametrize(
    ("run_id", "code"),
    [
        ("1", 404), ("-1", 404), ("9" * 30, 404),
        ("x", 422), ("1.5", 422), ("1.0", 422), ("1e2", 422), ("1_0", 422),
        ("%201", 422), ("%EF%BC%91", 422), ("-", 422),
    ],
)  # fmt: skip
def test_an_unknown_run_is_not_found_and_no_number_is_invalid(client: TestClient, run_id: str, code: int) -> None:
    answer = client.get(f"/v1/runs/{run_id}")
    assert answer.status_code == code
    if code == 404:
        assert answer.json() == {"detail": "run not found"}


@pytest.mark.parametrize("wait", ["-1", "61", "x", "nan"])
def test_a_wait_out_of_bounds_is_a_validation_error(client: TestClient, wait: str) -> None:
    run_id = submit(client).json()["run_id"]
    assert client.get(f"/v1/runs/{run_id}", params={"wait": wait}).status_code == 422
