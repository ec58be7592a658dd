"""Rows that other services wrote, with numbers and times that Postgres can store and JSON or Python cannot."""

import json
import math
import re
import uuid
from datetime import datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.tagging.store import health
from alt_pipelines_tests.contract.bodies import JOB_ID
from alt_pipelines_tests.contract.conftest import SERVICE_SECRET
from alt_pipelines_tests.contract.test_pages import finished_run

CONFIDENCES = {
    "NaN": 0.0,
    "Infinity": 0.0,
    "-Infinity": 0.0,
    "-0.5": 0.0,
    "1.5": 1.0,
    "1e308": 1.0,
    "0.9": 0.9,
    "1e-300": 1e-300,
}
TIMES = ["infinity", "-infinity", "4713-01-01 BC", "0044-03-15 12:00:00.5 BC", "294276-12-31 23:59:59", "10000-01-01"]
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def tagged_article(engine: Engine, confidence: str = "0.9", moment: str = "2026-11-20") -> str:
    """Insert an article whose tags another service wrote: one as given and an ordinary one. Returns its id."""
    article_id, feed_id = str(uuid.uuid4()), str(uuid.uuid4())
    ids = {"article": article_id, "feed": feed_id, "link": f"https://news.example/{article_id}"}
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO feeds (id, title, description, link, pub_date) VALUES (:feed, 't', 'd', :link, now())"),
            ids,
        )
        connection.execute(
            text(
                "INSERT INTO articles (id, title, content, url, user_id, feed_id)"
                " VALUES (:article, 't', 'c', :link, gen_random_uuid(), :feed)"
            ),
            ids,
        )
        connection.execute(
            text(
                "WITH made AS (INSERT INTO feed_tags (feed_id, tag_name, confidence, created_at, updated_at)"
                " VALUES (:feed, 'odd', CAST(:confidence AS float8), CAST(:moment AS timestamp),"
                " CAST(:moment AS timestamp)), (:feed, 'usual', 0.5, now(), now()) RETURNING id)"
                " INSERT INTO article_tags (article_id, feed_tag_id) SELECT :article, id FROM made"
            ),
            {**ids, "confidence": confidence, "moment": moment},
        )
    return article_id


def batch(client: TestClient, *ids: str) -> dict[str, Any]:
    answer = client.post(
        "/api/v1/tags/batch", json={"article_ids": list(ids)}, headers={"X-Service-Token": SERVICE_SECRET.encode()}
    )
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.content, parse_constant=_refuse)["tags"]
    return found


def _refuse(name: str) -> None:
    raise AssertionError(f"the answer contains {name}")


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_every_confidence_of_a_batch_is_a_number_in_0_to_1_and_orders_the_tags(
    client: TestClient, alt_engine: Engine, confidence: str
) -> None:
    together = tagged_article(alt_engine, confidence)
    (tags,) = batch(client, together).values()
    assert {tag["tag"]: tag["confidence"] for tag in tags} == {"odd": CONFIDENCES[confidence], "usual": 0.5}
    assert [tag["confidence"] for tag in tags] == sorted((tag["confidence"] for tag in tags), reverse=True)
    (one_by_one,) = batch(client, together.upper()).values()
    assert one_by_one == tags


@pytest.mark.parametrize("moment", TIMES)
def test_every_time_of_a_batch_is_an_rfc_3339_time(client: TestClient, alt_engine: Engine, moment: str) -> None:
    (tags,) = batch(client, tagged_article(alt_engine, moment=moment)).values()
    for tag in tags:
        assert RFC_3339.fullmatch(tag["updated_at"]), tag
        datetime.fromisoformat(tag["updated_at"])


@pytest.mark.parametrize(
    ("confidence", "moment"), [*((odd, "2026-11-20") for odd in CONFIDENCES), *(("1", at) for at in TIMES)]
)
def test_the_first_page_shows_the_tags(client: TestClient, alt_engine: Engine, confidence: str, moment: str) -> None:
    tagged_article(alt_engine, confidence, moment)
    for path in ("/", "/tags/latest"):
        page = client.get(path)
        assert page.status_code == 200
        assert ">odd</span>" in page.text
        assert not re.search("nan|inf", " ".join(re.findall(r'title="confidence ([^"]*)"', page.text)))


@pytest.mark.parametrize("moment", TIMES)
def test_recaps_of_any_time_are_shown_and_listed(client: TestClient, recap_engine: Engine, moment: str) -> None:
    run_id = finished_run(recap_engine)
    with recap_engine.begin() as connection:
        given = {"moment": moment}
        connection.execute(
            text(
                "UPDATE recap_subworker_runs SET started_at = CAST(:moment AS timestamptz),"
                " finished_at = CAST(:moment AS timestamptz)"
            ),
            given,
        )
        connection.execute(text("UPDATE recap_cluster_evidence SET published_at = CAST(:moment AS timestamptz)"), given)
    for path in ("/", "/recaps", f"/recaps/{JOB_ID}", f"/recaps/{JOB_ID}/tech"):
        page = client.get(path)
        assert page.status_code == 200
        assert f"/recaps/{JOB_ID}" in page.text
    (listed,) = client.get("/v1/runs").json()["runs"]
    assert listed["run_id"] == run_id
    assert RFC_3339.fullmatch(listed["started_at"])
    assert RFC_3339.fullmatch(listed["finished_at"])


def test_the_response_of_an_earlier_service_has_no_number_that_json_lacks(
    client: TestClient, recap_engine: Engine
) -> None:
    far = "1" + "0" * 400 + ".5"  # a number in JSONB, infinite for a client
    cluster = (
        f'{{"cluster_id":0,"size":3,"label":null,"top_terms":[],"stats":{{"avg_sim":{far}}},"representatives":[]}}'
    )
    response = f'{{"clusters":[{cluster}],"diagnostics":{{"noise_ratio":{far},"dedup_pairs":1}}}}'
    with recap_engine.begin() as connection:
        run_id = connection.execute(
            text(
                "INSERT INTO recap_subworker_runs (job_id, genre, status, response_payload)"
                " VALUES (gen_random_uuid(), 'tech', 'succeeded', CAST(:response AS jsonb)) RETURNING id"
            ),
            {"response": response},
        ).scalar_one()
    answer = client.get(f"/v1/runs/{run_id}")
    assert answer.status_code == 200
    run = json.loads(answer.content, parse_constant=_refuse)
    assert run["diagnostics"] == {"dedup_pairs": 1}
    assert run["clusters"][0]["stats"] == {}


def test_the_figures_of_confidences_are_finite(alt_engine: Engine) -> None:
    for confidence in CONFIDENCES:
        tagged_article(alt_engine, confidence)
    with alt_engine.connect() as connection:
        found = health.confidences(connection)
    assert found.out_of_range == 6
    assert found.mean is not None
    assert found.deviation is not None
    assert math.isfinite(found.mean)
    assert math.isfinite(found.deviation)
