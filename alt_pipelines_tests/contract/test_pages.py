"""The reader's pages: complete, escaped, bounded, and explicit about missing content."""

import re
import uuid
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy.engine import Engine

from alt_pipelines.recap.corpus.request import GenreRunRequest
from alt_pipelines.recap.store import claims, results, submissions
from alt_pipelines.recap.story.result import Cluster, GenreResult, Representative
from alt_pipelines.settings import EdgeSettings
from alt_pipelines_tests.contract.bodies import JOB_ID, document, run_body, run_headers

HOSTILE = "<script>alert(1)</script>\"' onmouseover=x {{ 7 * 7 }} $\\"


def finished_run(engine: Engine, genre: str = "tech", job_id: str = JOB_ID, **changes: Any) -> int:
    """Store a run that ended with two stories and noise, and return its id."""
    import numpy as np

    documents = [document(number, **changes) for number in range(9)]
    request = GenreRunRequest.model_validate(run_body(documents=9) | {"documents": documents})
    submission = submissions.submit_run(engine, job_id=job_id, genre=genre, idempotency_key=None, request=request)
    claim = claims.claim_run(engine, submission.run_id, str(uuid.uuid4()))
    assert isinstance(claim, claims.Claim)
    clusters = []
    for number, label in ((0, "chips"), (1, HOSTILE), (-1, None)):
        ids = tuple(str(uuid.UUID(int=n + 1)) for n in range(9) if n % 3 == number % 3)
        sentences = tuple(
            Representative(article, 0, 0, f"{HOSTILE} Sentence {n} of story {number}.", "en", 1.0 - n / 10)
            for n, article in enumerate(ids)
        )
        clusters.append(Cluster(number, 12, label, ("export rules", HOSTILE), {"token_count": 9}, sentences, ids))
    diagnostics = {
        "dedup_pairs": 2,
        "umap_used": False,
        "partial": False,
        "total_sentences": 27,
        "documents_seen": 11,
        "documents_used": 9,
        "documents_repeated": 2,
        "sentences_cut_by": {"sentence_budget": 40},
        "note": HOSTILE,
    }
    vectors = np.random.default_rng(1).normal(size=(27, 8)).astype(np.float32)
    found = tuple(n % 3 - (3 if n % 3 == 2 else 0) for n in range(27))
    result = GenreResult("succeeded", tuple(clusters), diagnostics, (), {}, vectors, found)
    assert results.finish_run(engine, claim, request, result)
    return submission.run_id


def test_the_first_page_shows_state_recaps_and_tags(client: TestClient, recap_engine: Engine) -> None:
    assert "No genre runs yet" in client.get("/").text
    finished_run(recap_engine)
    page = client.get("/").text
    assert "not ready" in page
    assert "alt db" in page
    assert f'href="/recaps/{JOB_ID}"' in page
    assert "No article has tags yet" in page


def test_a_genres_page_has_headlines_terms_evidence_dates_map_and_cuts(
    client: TestClient, recap_engine: Engine
) -> None:
    run_id = finished_run(recap_engine)
    page = client.get(f"/recaps/{JOB_ID}/tech").text
    assert "Report 0 on the chips" in page
    assert "export rules" in page
    assert "Sentence 0 of story 0." in page
    assert 'href="https://news.example/chips/0"' in page
    assert 'datetime="2026-11-20T08:00:00+00:00"' in page
    assert "Sentences omitted: 40" in page
    assert "Documents used: 9 of 11 (2 duplicates)." in page
    assert "In no story" in page
    assert f"/v1/runs/{run_id}" in page
    assert page.count("<circle") > 20


def test_the_pages_call_a_story_what_dagster_calls_it(client: TestClient, recap_engine: Engine) -> None:
    finished_run(recap_engine)
    for path in (f"/recaps/{JOB_ID}", f"/recaps/{JOB_ID}/tech"):
        headlines = re.findall(r'href="[^"]*#story-0">([^<]+)<', client.get(path).text)
        assert set(headlines) == {"chips"}, path


def test_a_job_shows_each_genre_with_its_newest_run(client: TestClient, recap_engine: Engine) -> None:
    finished_run(recap_engine, "tech")
    finished_run(recap_engine, "経済 a/b")
    client.post("/v1/runs", json=run_body(), headers=run_headers("tech"))
    page = client.get(f"/recaps/{JOB_ID}").text
    assert "in progress" in page
    assert "complete" in page
    (link,) = set(re.findall(r'<h2 id="g2"><a href="([^"]+)"', page))
    assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "change", [{"title": HOSTILE}, {"source_url": 'https://a.example/"><script>alert(1)</script>'}]
)
def test_nothing_of_an_article_is_markup(client: TestClient, recap_engine: Engine, change: dict[str, Any]) -> None:
    finished_run(recap_engine, genre="<b>genre</b>", **change)
    for path in ("/", "/recaps", f"/recaps/{JOB_ID}", f"/recaps/{JOB_ID}/%3Cb%3Egenre%3C%2Fb%3E"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "<b>genre" not in answer.text
        assert "7 * 7" not in answer.text or "{{ 7 * 7 }}" in answer.text, "a title is no template either"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x", "https://", "ftp://x/y", "http://["])
def test_only_web_addresses_are_linked(client: TestClient, recap_engine: Engine, url: str) -> None:
    finished_run(recap_engine)
    with recap_engine.begin() as connection:
        connection.exec_driver_sql("UPDATE recap_cluster_evidence SET source_url = %s", (url,))
    page = client.get(f"/recaps/{JOB_ID}/tech").text
    assert not [link for link in re.findall(r'href="([^"#]*)', page) if link.startswith(url)]


@pytest.mark.parametrize("path", ["x", "%00", JOB_ID, f"{JOB_ID}/%00", f"{JOB_ID}/x"])
def test_what_is_not_there_is_a_page_that_says_so(client: TestClient, recap_engine: Engine, path: str) -> None:
    answer = client.get(f"/recaps/{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "not found" in answer.text


def test_jobs_come_in_pages_that_miss_and_repeat_none(client: TestClient, recap_engine: Engine) -> None:
    jobs = [str(uuid.UUID(int=number)) for number in range(1, 61)]
    with recap_engine.begin() as connection:
        for genre in ("a", "b"):
            for job in jobs:
                connection.exec_driver_sql(
                    "INSERT INTO recap_subworker_runs (job_id, genre, status) VALUES (%s, %s, 'succeeded')",
                    (job, genre),
                )
    seen: list[str] = []
    path: str | None = "/recaps"
    while path:
        page = client.get(path).text
        seen += re.findall(r'<li><a href="/recaps/([0-9a-f-]{36})"', page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        path = found and found[1]
    assert seen == jobs[::-1]


def test_pages_allow_nothing_but_their_own_style_and_script(client: TestClient) -> None:
    for path in ("/", "/recaps", "/recaps/x"):
        answer = client.get(path)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policy
        assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!127\.0\.0\.1)', answer.text)


def test_the_token_of_runs_protects_the_pages_too(make_client: Any) -> None:
    client = make_client(edge=EdgeSettings(runs_token=SecretStr("secret")))
    refused = client.get("/recaps")
    assert refused.status_code == 401
    assert "Basic" in refused.headers["www-authenticate"]
    assert client.get("/recaps", auth=("anyone", "secret")).status_code == 200


# ---- the list of runs


def test_runs_are_listed_by_job_genre_and_status_in_pages(client: TestClient, recap_engine: Engine) -> None:
    other = str(uuid.UUID(int=7))
    ids = [finished_run(recap_engine, genre) for genre in ("a", "b", "c")]
    ids.append(finished_run(recap_engine, "a", other))
    client.post("/v1/runs", json=run_body(), headers=run_headers("a"))

    def listed(**query: Any) -> list[int]:
        return [run["run_id"] for run in client.get("/v1/runs", params=query).json()["runs"]]

    assert listed(status="succeeded") == ids[::-1]
    assert listed(job_id=other) == [ids[3]]
    assert listed(job_id=JOB_ID, genre="a", status="running") == [5]
    assert listed(genre="none") == listed(genre="\x00") == []
    first = client.get("/v1/runs", params={"limit": 2}).json()
    assert [run["run_id"] for run in first["runs"]] == [5, 4]
    assert first["next"] == 4
    assert listed(limit=3, before=first["next"]) == [3, 2, 1]
    assert client.get("/v1/runs", params={"before": 1}).json() == {"runs": [], "next": None}


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 201}, {"status": "queued"}, {"job_id": "x"}, {"before": 0}])
def test_a_list_that_cannot_be_is_a_validation_error(client: TestClient, query: dict[str, Any]) -> None:
    assert client.get("/v1/runs", params=query).status_code == 422


def test_the_dagster_run_of_a_run_is_named_in_headers_in_the_list_and_on_the_page(
    client: TestClient, recap_engine: Engine
) -> None:
    headers = client.get(f"/v1/runs/{finished_run(recap_engine)}").headers
    assert uuid.UUID(headers["X-Dagster-Run-Id"])
    assert headers["X-Dagster-Run-Url"].endswith(f"/runs/{headers['X-Dagster-Run-Id']}")
    (listed,) = client.get("/v1/runs").json()["runs"]
    assert listed["dagster_run_url"] == headers["X-Dagster-Run-Url"]
    assert f'href="{headers["X-Dagster-Run-Url"]}"' in client.get(f"/recaps/{JOB_ID}/tech").text


def test_a_run_that_is_not_launched_has_no_headers_of_a_dagster_run(client: TestClient) -> None:
    answer = client.post("/v1/runs", json=run_body(), headers=run_headers("tech"))
    assert not [name for name in answer.headers if name.startswith("x-dagster")]
