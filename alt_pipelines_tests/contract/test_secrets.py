"""Secrets, tokens and texts are never logged; a request id connects the log lines of a request."""

import json
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy.engine import Engine

from alt_pipelines_tests.contract.bodies import run_body, run_headers
from alt_pipelines_tests.contract.conftest import JWT_SECRET, SERVICE_SECRET, running_server
from alt_pipelines_tests.contract.test_generate_tags import BODY, bearer, claims
from alt_pipelines_tests.contract.test_tags import TEXT

DATABASE_PASSWORD = "a-password-of-the-database"


def test_no_secret_token_or_text_is_ever_logged(
    postgres: Path, alt_engine: Engine, recap_engine: Engine, tmp_path: Path
) -> None:
    log = tmp_path / "server.log"
    token = bearer(claims())["Authorization"]
    wrong_token, wrong_secret = bearer(claims(sub=7))["Authorization"], "a-wrong-service-secret"
    variables = {
        "LOG_LEVEL": "DEBUG",
        "RECAP_SUBWORKER_GUNICORN_WORKERS": "1",
        "DB_TAG_GENERATOR_USER": "postgres",
        "DB_TAG_GENERATOR_PASSWORD": DATABASE_PASSWORD,
        "DB_HOST": "127.0.0.1",  # nothing listens on port 9: connecting to alt-db fails with all its details
        "DB_PORT": "9",
        "DB_NAME": "alt",
    }
    with (
        running_server(postgres.parent, log, **variables) as (url, _),
        httpx.Client(base_url=url, timeout=60) as client,
    ):
        service = {"X-Service-Token": SERVICE_SECRET.encode()}
        assert client.post("/api/v1/tags/batch", json={"article_ids": ["x"]}, headers=service).status_code == 200
        known = {"article_ids": ["8b6f68c1-3c20-4c2c-b6b1-648a6f5104cd"]}
        failed = client.post("/api/v1/tags/batch", json=known, headers=service)
        assert (failed.status_code, failed.json()) == (500, {"detail": "Failed to fetch tags"})
        client.post("/api/v1/tags/batch", json=known, headers={"X-Service-Token": wrong_secret})
        client.post(f"/api/v1/extract-tags?token={SERVICE_SECRET[:16]}", json=TEXT, headers=service)
        assert client.post("/api/v1/generate-tags", json=BODY, headers={"Authorization": token}).status_code == 200
        client.post("/api/v1/generate-tags", json=BODY, headers={"Authorization": wrong_token})
        client.post("/v1/runs", json=run_body(), headers=run_headers(key="an-idempotency-key"))
        client.get("/health/ready")
        assert client.get("/metrics").status_code == 200
    text = log.read_text("utf-8")
    hidden = (
        SERVICE_SECRET,
        wrong_secret,
        JWT_SECRET,
        DATABASE_PASSWORD,
        token[-40:],
        wrong_token[-40:],
        TEXT["content"],
    )
    for secret in hidden:
        assert secret not in text
    for line in text.splitlines():
        assert isinstance(json.loads(line), dict), line

    (generated,) = events(text, "tags_generated")
    assert (generated["user_id"], generated["article_id"]) == ("user-1", "article-1")
    assert generated["tags"]
    assert generated["inference_ms"] > 0
    assert generated["cascade"]
    (access,) = [line for line in events(text, "request") if line["request_id"] == generated["request_id"]]
    assert (access["method"], access["path"], access["status"]) == ("POST", "/api/v1/generate-tags", 200)


def events(text: str, name: str) -> list[dict[str, Any]]:
    return [line for line in map(json.loads, text.splitlines()) if line["event"] == name]


def test_a_request_id_is_kept_when_it_is_harmless_and_replaced_when_not(client: Any) -> None:
    assert client.get("/health", headers={"X-Request-Id": "trace-1.a_b"}).headers["X-Request-Id"] == "trace-1.a_b"
    for odd in (b"x" * 65, b"a b", b'{"a": 1}', "ä".encode()):
        replaced = client.get("/health", headers={"X-Request-Id": odd}).headers["X-Request-Id"]
        assert len(replaced) == 32
