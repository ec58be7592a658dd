"""A database outage: clean error answers meanwhile, and recovery without a restart."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from alt_pipelines.database import embedded
from alt_pipelines.platform import Platform
from alt_pipelines.settings import PoolSettings
from alt_pipelines_tests.contract.bodies import run_body, run_headers
from alt_pipelines_tests.contract.conftest import readiness_with, settings_for
from alt_pipelines_tests.contract.test_openapi import assert_clean
from alt_pipelines_tests.contract.test_tags import EXTRACT, TEXT, TOKEN
from api.app import create_app
from api.errors import DATABASE_AWAY

UNKNOWN = "8b6f68c1-3c20-4c2c-b6b1-648a6f5104cd"


@pytest.fixture
def home() -> Iterator[Path]:
    """A home with its own Postgres, which the tests stop and start."""
    with tempfile.TemporaryDirectory(prefix="alt-outage-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # under root, the server runs as another user
        embedded.ensure_running(folder / "postgres")
        yield folder
        embedded.stop(folder / "postgres")


def test_a_stopped_postgres_gives_clean_errors_and_its_return_is_noticed(home: Path) -> None:
    app = create_app(Platform(settings_for(home)))
    with TestClient(app, raise_server_exceptions=False) as client:
        first = client.post("/v1/runs", json=run_body(), headers=run_headers(key="k")).json()
        assert embedded.stop(home / "postgres")

        began = time.monotonic()
        away = [
            client.post("/v1/runs", json=run_body(), headers=run_headers(key="k")),
            client.get(f"/v1/runs/{first['run_id']}", params={"wait": 30}),
            client.post("/admin/build-graph"),
            client.post("/admin/learning"),
            client.post("/admin/graph-jobs"),
            client.get(f"/admin/graph-jobs/{UNKNOWN}"),
        ]
        assert time.monotonic() - began < PoolSettings().retry_seconds / 2, "no answer waits for the database's return"
        for answer in away:
            assert (answer.status_code, answer.json()) == (503, {"detail": DATABASE_AWAY})
        answer = client.post("/api/v1/tags/batch", json={"article_ids": [UNKNOWN]}, headers=TOKEN)
        assert (answer.status_code, answer.json()) == (500, {"detail": "Failed to fetch tags"})
        assert client.get("/health").status_code == 200
        assert client.get("/health/live").status_code == 200
        ready = client.get("/health/ready")
        assert ready.status_code == 503
        assert not ready.json()["components"]["alt_db"]["ok"]
        assert_clean(ready.text)
        metrics = client.get("/metrics")
        assert metrics.status_code == 200
        assert 'pipeline_metrics_up{database="recap"} 0.0' in metrics.text
        assert client.post(EXTRACT, json=TEXT, headers=TOKEN).json()["tags"], "tagging a text needs no database"

        embedded.ensure_running(home / "postgres")
        replayed = client.post("/v1/runs", json=run_body(), headers=run_headers(key="k"))
        assert (replayed.status_code, replayed.json()) == (202, first)
        assert client.get(f"/v1/runs/{first['run_id']}").json() == first
        assert client.post("/api/v1/tags/batch", json={"article_ids": [UNKNOWN]}, headers=TOKEN).status_code == 200
        readiness_with(client, "alt_db")


def test_a_run_that_is_waited_for_survives_a_restart_of_postgres(home: Path) -> None:
    app = create_app(Platform(settings_for(home)))
    with TestClient(app, raise_server_exceptions=False) as client:
        run_id = client.post("/v1/runs", json=run_body(), headers=run_headers()).json()["run_id"]
        assert client.get(f"/v1/runs/{run_id}", params={"wait": 1}).status_code == 200
        embedded.stop(home / "postgres")
        embedded.ensure_running(home / "postgres")
        answer = client.get(f"/v1/runs/{run_id}", params={"wait": 1})
        assert (answer.status_code, answer.json()["status"]) == (200, "running")
