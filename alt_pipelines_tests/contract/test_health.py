"""Health at its three levels: never slow, never hanging, and correct about unavailable components."""

import threading
import time
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.engine import URL, Engine

from alt_pipelines.settings import AltDatabaseSettings, EdgeSettings, ExecutionSettings, PoolSettings, Settings
from alt_pipelines_tests.contract.bodies import run_body, run_headers
from alt_pipelines_tests.contract.conftest import NOBODY
from api.errors import DATABASE_AWAY
from api.readiness import PROBE_SECONDS

COMPONENTS = {"alt_db", "recap_db", "dagster", "daemon", "workers", "tagging"}


def test_health_names_the_service_and_its_model(client: TestClient) -> None:
    for _ in range(100):
        answer = client.get("/health").json()
        if answer["model_id"] != "loading":
            break
        time.sleep(0.1)
    assert answer["status"] == "healthy"
    assert answer["service"] == "tag-generator"
    assert answer["backend"] == "hash"
    assert answer["model_id"] not in ("", "loading", "unavailable")


def test_live_says_nothing_but_that_the_process_runs(client: TestClient) -> None:
    answer = client.get("/health/live")
    assert answer.status_code == 200
    assert answer.json()["status"] == "alive"
    assert answer.json()["installation"]


def test_a_part_says_which_installation_it_belongs_to(make_client: Any) -> None:
    named = make_client(edge=EdgeSettings(installation="blue"))
    assert named.get("/health/live").json()["installation"] == "blue"
    one, other = Settings(), Settings(execution=ExecutionSettings(home=Path("/elsewhere")))
    assert one.installation == Settings().installation != other.installation


def test_a_database_that_takes_no_writes_is_not_ready_and_gives_503(
    make_client: Any, postgres: Path, recap_database_url: URL, recap_engine: Engine
) -> None:
    with recap_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
        try:
            client = make_client()
            recap = client.get("/health/ready").json()["components"]["recap_db"]
            assert not recap["ok"]
            assert "read-only" in recap["detail"]
            answer = client.post("/v1/runs", json=run_body(), headers=run_headers())
            assert (answer.status_code, answer.json()) == (503, {"detail": DATABASE_AWAY})
        finally:
            connection.execute(text("SET transaction_read_only = off"))
            connection.execute(text(f'ALTER DATABASE "{name}" RESET default_transaction_read_only'))


def test_a_locked_table_is_not_ready_and_its_lock_is_not_waited_for_long(
    make_client: Any, recap_engine: Engine
) -> None:
    client = make_client()
    with recap_engine.begin() as connection:
        connection.execute(text("LOCK TABLE recap_subworker_runs IN SHARE MODE"))
        began = time.monotonic()
        recap = client.get("/health/ready").json()["components"]["recap_db"]
        assert time.monotonic() - began < PROBE_SECONDS + 4
    assert not recap["ok"]


def test_a_failed_tagging_run_is_not_ready(make_client: Any, home: Path) -> None:
    from alt_pipelines.database import embedded
    from alt_pipelines.database.engines import make_engine

    url = embedded.url(home / "postgres", "dagster_of_this_test")
    embedded.create_database(url)
    engine = make_engine(url, PoolSettings())
    with engine.begin() as connection:
        connection.execute(
            text(
                "CREATE TABLE runs (id serial, run_id text, pipeline_name text, status text, end_time double precision)"
            )
        )
        insert = text("INSERT INTO runs (run_id, pipeline_name, status) VALUES (:id, 'tag_pending_articles', :status)")
        connection.execute(insert, {"id": "first", "status": "SUCCESS"})
    secret = SecretStr(url.render_as_string(hide_password=False))
    client = make_client(execution=ExecutionSettings(home=home, webserver_url=NOBODY, dagster_storage_url=secret))
    tagging = client.get("/health/ready").json()["components"]["tagging"]
    assert tagging == {"ok": True, "detail": "the last run succeeded"}
    with engine.begin() as connection:
        connection.execute(insert, [{"id": "second", "status": "FAILURE"}, {"id": "third", "status": "FAILURE"}])
    engine.dispose()
    time.sleep(2.1)
    tagging = client.get("/health/ready").json()["components"]["tagging"]
    assert not tagging["ok"]
    assert "failed runs since the last success: 2" in tagging["detail"]
    assert tagging["detail"].endswith("/runs/third")


def test_ready_names_every_component_and_what_is_wrong_with_it(client: TestClient) -> None:
    answer = client.get("/health/ready")
    body = answer.json()
    assert answer.status_code == 503
    assert body["status"] == "not_ready"
    assert set(body["components"]) == COMPONENTS
    assert {name for name, component in body["components"].items() if component["ok"]} == {"alt_db", "recap_db"}
    assert "webserver" in body["components"]["dagster"]["detail"]


def test_a_database_that_never_answers_costs_ready_its_time_limit_and_health_nothing(make_client: Any) -> None:
    import socket

    with socket.socket() as silent:  # its backlog accepts connections, but it never answers, like a frozen server
        silent.bind(("127.0.0.1", 0))
        silent.listen(50)
        frozen = AltDatabaseSettings(user="u", password="p", host="127.0.0.1", port=silent.getsockname()[1], name="alt")
        client = make_client(alt_db=frozen, pool=PoolSettings(size=1, overflow=0, connect_timeout_seconds=8))
        started = time.monotonic()
        body = client.get("/health/ready").json()
        assert time.monotonic() - started < PROBE_SECONDS + 4
        assert body["components"]["alt_db"] == {"ok": False, "detail": f"no answer within {PROBE_SECONDS:g} s"}
        assert body["components"]["recap_db"]["ok"]
        started = time.monotonic()
        assert client.get("/health").status_code == 200
        assert client.get("/health/live").status_code == 200
        assert time.monotonic() - started < PROBE_SECONDS


def test_asking_a_hundred_times_asks_the_databases_once(client: TestClient, recap_engine: Engine) -> None:
    time.sleep(2.1)  # until the answer cached by an earlier test has expired
    with recap_engine.connect() as connection:
        before = _commits(connection)
        for _ in range(100):
            client.get("/health/ready")
        time.sleep(1.2)  # Postgres publishes its counts about once per second
        assert _commits(connection) - before < 30


def _commits(connection: Any) -> int:
    connection.execute(text("SELECT pg_stat_clear_snapshot()"))
    found = connection.execute(
        text("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()")
    ).scalar_one()
    connection.rollback()
    return int(found)


def test_health_answers_while_a_body_of_ten_megabytes_is_parsed(server: str) -> None:
    import httpx

    from alt_pipelines_tests.contract.bodies import document, run_body, run_headers

    body = run_body()
    body["documents"] = [
        document(number, paragraphs=["A sentence of forty characters or so. " * 45] * 1) for number in range(4900)
    ]
    slowest = 0.0
    answers: list[int] = []
    with httpx.Client(timeout=30) as sender, httpx.Client(timeout=30) as asker:
        sending = threading.Thread(
            target=lambda: answers.append(
                sender.post(f"{server}/v1/runs", json=body, headers=run_headers()).status_code
            )
        )
        sending.start()
        while sending.is_alive():
            started = time.monotonic()
            assert asker.get(f"{server}/health").status_code == 200
            slowest = max(slowest, time.monotonic() - started)
        sending.join()
    assert answers == [202]
    assert slowest < 5
