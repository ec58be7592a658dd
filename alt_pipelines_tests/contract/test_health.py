"""Health at its three levels: never slow, never hanging, and correct about unavailable components."""

import threading
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.engine import URL, Engine

from alt_pipelines.database import embedded
from alt_pipelines.database.engines import make_engine
from alt_pipelines.runtime.queues import RESULTS_TAG
from alt_pipelines.settings import (
    AltDatabaseSettings,
    EdgeSettings,
    EmbeddingSettings,
    ExecutionSettings,
    PoolSettings,
    RecapDatabaseSettings,
    Settings,
)
from alt_pipelines.stack import part_checks
from alt_pipelines_tests.contract.bodies import run_body, run_headers
from alt_pipelines_tests.contract.conftest import NOBODY, readiness_with
from alt_pipelines_tests.support.waiting import wait_until
from api import inference
from api.errors import DATABASE_AWAY
from api.inference import Models
from api.pool import ChildLost, Pool
from api.readiness import KEPT_SECONDS, PROBE_SECONDS

SILENT_SECONDS = 60  # how long a connection to a database that does not answer is tried
COMPONENTS = {"alt_db", "recap_db", "models", "dagster", "daemon", "automation", "workers", "tagging"}


def test_health_names_the_service_and_its_model(client: TestClient) -> None:
    wait_until(lambda: client.get("/health").json()["model_id"] != "loading", "the model is loaded")
    answer = client.get("/health").json()
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
    make_client: Any, recap_database_url: URL, recap_engine: Engine
) -> None:
    # By a role of its own: sessions that other tests' pools open meanwhile would stay read-only.
    with recap_engine.begin() as connection:
        connection.execute(text("CREATE ROLE reads_only LOGIN SUPERUSER"))
        connection.execute(text("ALTER ROLE reads_only SET default_transaction_read_only = on"))
    try:
        dsn = recap_database_url.set(username="reads_only").render_as_string(hide_password=False)
        client = make_client(recap_db=RecapDatabaseSettings(dsn=SecretStr(dsn)))

        def recap() -> dict[str, Any]:
            return dict(client.get("/health/ready").json()["components"]["recap_db"])

        wait_until(lambda: "read-only" in recap()["detail"], "the probe has tried to write")
        assert not recap()["ok"]
        answer = client.post("/v1/runs", json=run_body(), headers=run_headers())
        assert (answer.status_code, answer.json()) == (503, {"detail": DATABASE_AWAY})
    finally:
        with recap_engine.begin() as connection:
            connection.execute(text("DROP ROLE reads_only"))


def test_a_refused_login_gives_503_so_that_a_client_keeps_its_request(
    make_client: Any, recap_database_url: URL
) -> None:
    dsn = recap_database_url.set(username="nobody_here").render_as_string(hide_password=False)
    client = make_client(recap_db=RecapDatabaseSettings(dsn=SecretStr(dsn)))
    answer = client.post("/v1/runs", json=run_body(), headers=run_headers())
    assert (answer.status_code, answer.json()) == (503, {"detail": DATABASE_AWAY})


@pytest.mark.parametrize(("table", "columns"), [("article_tags", "article_id, feed_tag_id"), ("feed_tags", "tag_name")])
def test_a_missing_key_of_the_tags_is_not_ready_before_a_run_fails(
    make_client: Any, alt_engine: Engine, table: str, columns: str
) -> None:
    client = make_client()
    with alt_engine.begin() as connection:
        key, definition = connection.execute(
            text(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
                "WHERE conrelid = CAST(:table AS regclass) AND contype IN ('p', 'u') "
                "AND pg_get_constraintdef(oid) LIKE :columns"
            ),
            {"table": table, "columns": f"%{columns})"},
        ).one()
        connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {key}"))
    try:
        detail = _component_that_is_not_ready(client, "alt_db")
    finally:
        with alt_engine.begin() as connection:
            connection.execute(text(f"ALTER TABLE {table} ADD CONSTRAINT {key} {definition}"))
    assert f"{table} lacks a unique key on (" in detail
    assert f"then run: ALTER TABLE {table} ADD" in detail


def test_models_that_were_moved_away_are_not_ready_before_a_run_fails(make_client: Any, tmp_path: Path) -> None:
    models = tmp_path / "models"
    detail = _component_that_is_not_ready(make_client(embedding=EmbeddingSettings(models_dir=models)), "models")
    assert f"There is no ONNX model at {models / 'all-MiniLM-L6-v2'}" in detail
    assert "git checkout" in detail or "build" in detail.lower(), "the remedy"


def test_a_process_whose_models_are_being_loaded_is_not_ready(make_client: Any, monkeypatch: Any) -> None:
    with monkeypatch.context() as slow:
        slow.setattr(Models, "start_loading", lambda _: None)  # it never ends
        assert _component_that_is_not_ready(make_client(), "models") == part_checks.MODELS_LOADING
    readiness_with(make_client(), "models")


def test_a_process_whose_models_could_not_be_loaded_is_not_ready_until_they_are(
    make_client: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(inference, "RELOAD_SECONDS", 0.1)
    with monkeypatch.context() as broken:

        async def fails(*_: Any, **__: Any) -> None:
            raise ChildLost("no memory")

        broken.setattr(Pool, "run", fails)
        client = make_client()
        wait_until(lambda: client.get("/health").json()["model_id"] == "unavailable", "the load has failed")
        detail = _component_that_is_not_ready(client, "models")
        assert "could not be loaded" in detail
        assert "models_not_loaded" in detail
    readiness_with(client, "models")


def _component_that_is_not_ready(client: TestClient, name: str) -> str:
    seen: list[dict[str, Any]] = []

    def is_refused() -> bool:
        seen.append(client.get("/health/ready").json()["components"][name])
        return not seen[-1]["ok"] and "no answer" not in seen[-1]["detail"]

    wait_until(is_refused, f"{name} is not ready")
    return str(seen[-1]["detail"])


def test_a_locked_table_is_not_ready_and_its_lock_is_not_waited_for_long(
    make_client: Any, recap_engine: Engine
) -> None:
    client = make_client()
    with recap_engine.begin() as connection:
        connection.execute(text("LOCK TABLE recap_subworker_runs IN SHARE MODE"))
        # The lock is released after the answer, so an answer at all shows that it is not waited for.
        recap = client.get("/health/ready").json()["components"]["recap_db"]
    assert not recap["ok"]


class Runs:
    """The runs of the tagging job in a database of Dagster's shape, and what readiness says about them."""

    def __init__(self, engine: Engine, client: TestClient) -> None:
        self._engine = engine
        self._client = client

    def add(self, run_id: str, status: str, *, results: bool = False, inherited_results: bool = False) -> None:
        start = None if status == "QUEUED" else time.time()
        with self._engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO runs (run_id, pipeline_name, status, start_time) "
                    "VALUES (:id, 'tag_pending_articles', :status, :start)"
                ),
                {"id": run_id, "status": status, "start": start},
            )
            if results or inherited_results:
                stored = datetime.now(UTC) - timedelta(minutes=5 if inherited_results else 0)
                connection.execute(
                    text("INSERT INTO run_tags (run_id, key, value) VALUES (:id, :key, :value)"),
                    {"id": run_id, "key": RESULTS_TAG, "value": stored.isoformat()},
                )

    def wait_for(self, ok: bool, detail: str) -> None:
        seen: list[Any] = []

        def is_so() -> bool:
            seen.append(self._client.get("/health/ready").json()["components"]["tagging"])
            return bool(seen[-1]["ok"] == ok and detail in seen[-1]["detail"])

        wait_until(is_so, f"tagging is {'ready' if ok else 'not ready'} with {detail!r}")


@pytest.fixture
def runs(make_client: Any, home: Path) -> Iterator[Runs]:
    url = embedded.url(home / "postgres", f"dagster_{uuid.uuid4().hex[:8]}")
    embedded.create_database(url)
    engine = make_engine(url, PoolSettings())
    with engine.begin() as connection:
        columns = "id serial, run_id text, pipeline_name text, status text, start_time float8, end_time float8"
        connection.execute(text(f"CREATE TABLE runs ({columns})"))
        connection.execute(text("CREATE TABLE run_tags (id serial, run_id text, key text, value text)"))
    secret = SecretStr(url.render_as_string(hide_password=False))
    execution = ExecutionSettings(home=home, webserver_url=NOBODY, dagster_storage_url=secret)
    yield Runs(engine, make_client(execution=execution))
    engine.dispose()


@pytest.fixture
def waiting_article(alt_engine: Engine) -> Iterator[None]:
    insert = "INSERT INTO articles (title, content, url, user_id) VALUES ('Waits', 'Text', 'https://w', :user)"
    user = {"user": uuid.uuid4()}
    with alt_engine.begin() as connection:
        connection.execute(text(insert), user)
    yield
    with alt_engine.begin() as connection:
        connection.execute(text("DELETE FROM articles WHERE user_id = :user"), user)


@pytest.mark.usefixtures("waiting_article")
def test_a_failed_tagging_run_is_not_ready(runs: Runs) -> None:
    runs.add("first", "SUCCESS")
    runs.wait_for(True, "the last run succeeded")
    runs.add("second", "FAILURE")
    runs.wait_for(False, "failed runs since the last success: 1; last failed run: ")
    runs.add("third", "FAILURE")
    runs.wait_for(False, "failed runs since the last success: 2")
    runs.wait_for(False, "/runs/third")


@pytest.mark.usefixtures("waiting_article")
def test_tagging_is_ready_again_once_the_next_run_has_stored_results(runs: Runs) -> None:
    """A run lingers for a minute or more after its articles, and succeeds only then."""
    runs.add("killed", "FAILURE", results=True)
    runs.wait_for(False, "failed runs since the last success: 1")
    runs.add("without results yet", "STARTED")
    runs.wait_for(False, "failed runs since the last success: 1")
    runs.add("lingers", "STARTED", results=True)
    runs.wait_for(True, "has stored results")
    runs.add("fails again", "FAILURE")
    runs.wait_for(False, "failed runs since the last success: 1")


@pytest.mark.usefixtures("waiting_article")
def test_the_results_of_a_run_do_not_count_for_the_run_that_executes_it_again(runs: Runs) -> None:
    """Dagster copies the tags of the parent, so a re-execution would look like a success before it has begun."""
    runs.add("failed", "FAILURE", results=True)
    runs.wait_for(False, "failed runs since the last success: 1")
    runs.add("queued again", "QUEUED", inherited_results=True)
    runs.add("started again", "STARTED", inherited_results=True)
    time.sleep(KEPT_SECONDS + 0.1)
    runs.wait_for(False, "failed runs since the last success: 1")
    runs.add("failed again", "FAILURE", inherited_results=True)
    runs.wait_for(False, "failed runs since the last success: 2")


def test_a_run_that_was_killed_while_no_article_waits_leaves_tagging_ready(runs: Runs) -> None:
    """No run starts without an article, so a worker that was killed in the night would be red until the morning."""
    runs.add("killed", "FAILURE", results=True)
    runs.wait_for(True, "no article waits for tags; last failed run: ")
    runs.add("killed too", "FAILURE", results=True)
    runs.wait_for(True, "/runs/killed too")
    runs.add("failed before any result", "FAILURE")
    runs.wait_for(False, "failed runs since the last success: 2")


def test_ready_names_every_component_and_what_is_wrong_with_it(client: TestClient) -> None:
    answer = readiness_with(client, "alt_db", "recap_db", "models")
    body = answer.json()
    assert answer.status_code == 503
    assert body["status"] == "not_ready"
    assert set(body["components"]) == COMPONENTS
    assert {name for name, component in body["components"].items() if component["ok"]} == {
        "alt_db",
        "recap_db",
        "models",
    }
    assert "webserver" in body["components"]["dagster"]["detail"]


def test_a_database_that_never_answers_costs_ready_its_time_limit_and_health_nothing(make_client: Any) -> None:
    import socket

    with socket.socket() as silent:  # its backlog accepts connections, but it never answers, like a frozen server
        silent.bind(("127.0.0.1", 0))
        silent.listen(50)
        frozen = AltDatabaseSettings(user="u", password="p", host="127.0.0.1", port=silent.getsockname()[1], name="alt")
        pool = PoolSettings(size=1, overflow=0, connect_timeout_seconds=SILENT_SECONDS)
        client = make_client(alt_db=frozen, pool=pool)
        started = time.monotonic()
        client.get("/health/ready")
        assert time.monotonic() - started < SILENT_SECONDS / 2
        body = readiness_with(client, "recap_db").json()
        assert body["components"]["alt_db"] == {"ok": False, "detail": f"no answer within {PROBE_SECONDS:g} s"}
        started = time.monotonic()
        assert client.get("/health").status_code == 200
        assert client.get("/health/live").status_code == 200
        assert time.monotonic() - started < SILENT_SECONDS / 2


def test_asking_a_hundred_times_asks_the_databases_once(client: TestClient, recap_engine: Engine) -> None:
    time.sleep(KEPT_SECONDS + 0.1)  # until the answer cached by an earlier test has expired
    with recap_engine.connect() as connection:
        before, started = _commits(connection), time.monotonic()
        for _ in range(100):
            client.get("/health/ready")
        times_asked = 1 + (time.monotonic() - started) / KEPT_SECONDS
        time.sleep(1.2)  # Postgres publishes its counts about once per second
        assert _commits(connection) - before < 30 * times_asked


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
    with httpx.Client(timeout=120) as sender, httpx.Client(timeout=120) as asker:
        sending = threading.Thread(
            target=lambda: answers.append(
                sender.post(f"{server}/v1/runs", json=body, headers=run_headers()).status_code
            )
        )
        sending.start()
        began = time.monotonic()
        while sending.is_alive():
            started = time.monotonic()
            assert asker.get(f"{server}/health").status_code == 200
            slowest = max(slowest, time.monotonic() - started)
        sending.join()
        whole = time.monotonic() - began
    assert answers == [202]
    assert slowest < max(1.0, 0.75 * whole), "no answer waited for the whole submission"
