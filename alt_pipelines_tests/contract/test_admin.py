"""Administration: the synchronous paths, the same work as background jobs, and jobs whose process died."""

import http.server
import json
import threading
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.engine import Engine

from alt_pipelines.database.recap_tables import admin_jobs, learning_results, tag_label_graph, worker_config
from alt_pipelines.settings import GraphSettings, LearningSettings
from alt_pipelines.stillness import Stillness
from alt_pipelines_tests.integration.label_graph.rows import insert as insert_rows
from alt_pipelines_tests.integration.learning.test_run import learning_rows
from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_until
from api import admin_jobs_store
from api.admin_jobs_store import ORPHANED

JOB_KEYS = {"job_id", "kind", "status", "started_at", "finished_at", "result", "error"}
UNKNOWN = str(uuid.UUID(int=9))


def write_learning_rows(engine: Engine, rows: int) -> None:
    with engine.begin() as connection:
        for number in range(rows):
            genre = ("tech", "sports")[number % 2]
            connection.execute(
                insert(learning_results).values(
                    job_id=str(uuid.UUID(int=1)),
                    article_id=f"a{number}",
                    coarse_candidates=[
                        {"genre": genre, "score": 0.7, "keyword_support": 1, "classifier_confidence": 0.7}
                    ],
                    refine_decision={"final_genre": genre, "confidence": 0.8, "strategy": "graph_boost"},
                    tag_profile={"top_tags": [{"label": f"{genre} news", "confidence": 0.8}], "entropy": 0.1},
                    timestamps={},
                    updated_at=func.now(),
                )
            )


@pytest.fixture
def receiver() -> Iterator[Any]:
    """A recap worker that receives learned thresholds: it answers `status` and records `payloads`."""

    class Receiver(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.payloads.append(json.loads(body))  # type: ignore[attr-defined]
            server.hold.wait(LONG_SECONDS)  # type: ignore[attr-defined]
            self.send_response(server.status)  # type: ignore[attr-defined]
            self.end_headers()
            self.wfile.write(json.dumps({"status": "success", "config_saved": True}).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.payloads, server.status, server.hold = [], 200, threading.Event()  # type: ignore[attr-defined]
    server.hold.set()  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.hold.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


def learner(make_client: Any, receiver: Any, **changes: Any) -> TestClient:
    url = f"http://127.0.0.1:{receiver.server_port}/admin/genre-learning"
    settings = LearningSettings(recap_worker_url=url, timeout_seconds=60, **changes)
    client: TestClient = make_client(learning=settings)
    return client


def ended(client: TestClient, path: str) -> dict[str, Any]:
    job: dict[str, Any] = {}

    def has_ended() -> bool:
        job.update(client.get(path).json())
        assert set(job) == JOB_KEYS
        return bool(job["status"] != "running")

    wait_until(has_ended, f"the job of {path} ends")
    return job


# ---- the graph


def test_building_the_graph_answers_what_was_refreshed(client: TestClient, recap_engine: Engine) -> None:
    write_learning_rows(recap_engine, 10)
    answer = client.post("/admin/build-graph")
    assert answer.status_code == 200
    assert answer.json() == {"status": "success", "edge_counts": {"7d": 2, "30d": 2}, "total_edges": 4}
    with recap_engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(tag_label_graph)).scalar_one() == 4


def test_a_graph_that_is_switched_off_is_a_bad_request(make_client: Any) -> None:
    client = make_client(graph=GraphSettings(enabled=False))
    answer = client.post("/admin/build-graph")
    assert (answer.status_code, answer.json()) == (400, {"detail": "tag label graph is disabled"})
    job = ended(client, f"/admin/graph-jobs/{client.post('/admin/graph-jobs').json()['job_id']}")
    assert (job["status"], job["error"]) == ("failed", "tag label graph is disabled")


def test_a_graph_job_is_polled_to_its_result(client: TestClient, recap_engine: Engine) -> None:
    write_learning_rows(recap_engine, 10)
    answer = client.post("/admin/graph-jobs")
    assert answer.status_code == 202
    job_id = answer.json()["job_id"]
    job = ended(client, f"/admin/graph-jobs/{job_id}")
    assert (job["job_id"], job["kind"], job["status"], job["error"]) == (job_id, "graph", "succeeded", None)
    assert job["result"] == {"status": "success", "edge_counts": {"7d": 2, "30d": 2}, "total_edges": 4}
    assert job["started_at"] <= job["finished_at"]
    assert client.get("/admin/graph-jobs").json() == [job]
    assert client.get(f"/admin/learning-jobs/{job_id}").status_code == 404


# ---- learning


def test_learning_answers_what_the_recap_worker_said(make_client: Any, receiver: Any, recap_engine: Engine) -> None:
    write_learning_rows(recap_engine, 20)
    answer = learner(make_client, receiver).post("/admin/learning")
    assert answer.status_code == 202
    assert answer.json() == {
        "status": "sent",
        "recap_worker_status": 200,
        "recap_worker_response": {"status": "success", "config_saved": True},
    }
    assert len(receiver.payloads) == 1


def test_learning_that_finds_nothing_better_is_accepted_and_says_why_nothing_was_sent(
    make_client: Any, receiver: Any, recap_engine: Engine
) -> None:
    # In use is a rule outside the ranges that may be learned: never trust the graph. The labels say just that.
    insert_rows(recap_engine, learning_rows(300, feedback='{"label": false}'))
    with recap_engine.begin() as connection:
        override = {"graph_margin": 9, "boost_threshold": 9, "tag_count_threshold": 99}
        connection.execute(
            insert(worker_config).values(config_type="graph_override", config_payload=override, source="test")
        )
        connection.execute(
            update(learning_results).values(
                coarse_candidates=[
                    {"genre": "tech", "score": 1, "graph_boost": 8},
                    {"genre": "sport", "score": 0},
                ],
                tag_profile={"top_tags": [{"label": "a"}] * 12},
            )
        )
    client = learner(make_client, receiver)
    answer = client.post("/admin/learning")
    assert answer.status_code == 202, answer.text
    assert set(answer.json()) == {"status", "reason"}
    assert answer.json()["status"] == "kept"
    assert answer.json()["reason"]
    assert receiver.payloads == []
    job = ended(client, f"/admin/learning-jobs/{client.post('/admin/learning-jobs').json()['job_id']}")
    assert (job["status"], job["result"]) == ("succeeded", answer.json())


@pytest.mark.parametrize("status", [400, 500, 302])
def test_a_receiver_that_refuses_is_a_bad_gateway(make_client: Any, receiver: Any, status: int) -> None:
    receiver.status = status
    answer = learner(make_client, receiver).post("/admin/learning")
    assert (answer.status_code, answer.json()) == (502, {"detail": "failed to send learning payload"})


def test_a_receiver_that_is_down_or_not_configured_is_a_bad_gateway(make_client: Any) -> None:
    down = make_client(learning=LearningSettings(recap_worker_url="http://127.0.0.1:9/admin/genre-learning"))
    assert down.post("/admin/learning").status_code == 502
    assert make_client().post("/admin/learning").status_code == 502


def test_a_second_learning_run_is_refused_while_one_is_in_progress(make_client: Any, receiver: Any) -> None:
    client = learner(make_client, receiver)
    receiver.hold.clear()
    job_id = client.post("/admin/learning-jobs").json()["job_id"]
    wait_until(lambda: receiver.payloads, "the payload is sent")
    assert client.post("/admin/learning").status_code == 409
    again = client.post("/admin/learning-jobs")
    assert (again.status_code, set(again.json())) == (409, {"detail"})
    assert client.get(f"/admin/learning-jobs/{job_id}").json()["status"] == "running"
    receiver.hold.set()
    job = ended(client, f"/admin/learning-jobs/{job_id}")
    assert (job["status"], job["result"]["recap_worker_status"]) == ("succeeded", 200)


def test_a_learning_job_that_fails_says_so_in_safe_words(make_client: Any, receiver: Any) -> None:
    receiver.status = 500
    client = learner(make_client, receiver)
    job = ended(client, f"/admin/learning-jobs/{client.post('/admin/learning-jobs').json()['job_id']}")
    assert (job["status"], job["error"], job["result"]) == ("failed", "failed to send learning payload", None)


# ---- jobs as rows


@pytest.mark.parametrize("job_id", [UNKNOWN, "x", "1", "%00", "' OR 1=1"])
def test_an_unknown_job_is_not_found(client: TestClient, job_id: str) -> None:
    for kind in ("graph", "learning"):
        answer = client.get(f"/admin/{kind}-jobs/{job_id}")
        assert (answer.status_code, answer.json()) == (404, {"detail": "job not found"})


def silent_for(engine: Engine, seconds: float) -> None:
    silent = text("UPDATE alt_pipelines.admin_jobs SET heartbeat_at = now() - make_interval(secs => :seconds)")
    with engine.begin() as connection:
        connection.execute(silent, {"seconds": seconds})


class Seen:
    """What this process sees of one running job, some seconds apart by its own clock."""

    def __init__(self, client: TestClient, engine: Engine) -> None:
        self.client, self.engine, self.now = client, engine, 1000.0
        client.app.state.services.jobs.stillness = Stillness(lambda: self.now)  # type: ignore[attr-defined]
        with engine.begin() as connection:
            connection.execute(insert(admin_jobs).values(job_id=UNKNOWN, kind="graph", status="running"))
        silent_for(engine, admin_jobs_store.ORPHANED_AFTER_SECONDS + 1)

    def after(self, seconds: float) -> str:
        self.now += seconds
        return str(self.client.get(f"/admin/graph-jobs/{UNKNOWN}").json()["status"])

    def fail(self) -> None:
        """Let the database refuse a request."""
        for old, new in (("admin_jobs", "away"), ("away", "admin_jobs")):
            with self.engine.begin() as connection:
                connection.execute(text(f"ALTER TABLE alt_pipelines.{old} RENAME TO {new}"))
            if new == "away":
                self.now += 10
                assert self.client.get("/admin/graph-jobs").status_code >= 500


@pytest.fixture
def seen(make_client: Any, recap_engine: Engine) -> Seen:
    """A job with an old heartbeat, as after an outage."""
    return Seen(make_client(), recap_engine)


def test_a_job_that_could_not_renew_its_heartbeat_during_an_outage_lives_on(seen: Seen) -> None:
    assert seen.after(0) == "running"
    assert seen.client.post("/admin/graph-jobs").status_code == 409
    admin_jobs_store.keep_alive(seen.engine, UNKNOWN)
    assert seen.after(600) == "running"
    silent_for(seen.engine, admin_jobs_store.ORPHANED_AFTER_SECONDS + 1)  # another outage
    assert seen.after(600) == "running", "what was seen before is forgotten"


def test_a_job_is_ended_when_its_heartbeat_stands_still_while_the_database_answers(seen: Seen) -> None:
    assert [seen.after(10) for _ in range(4)] == ["running", "running", "running", "failed"]


def test_an_outage_between_two_looks_at_a_job_proves_nothing(seen: Seen) -> None:
    assert seen.after(0) == "running"
    assert seen.after(600) == "running", "the first look after the outage"
    assert seen.after(10) == "running"


def test_a_database_that_comes_and_goes_does_not_end_a_job(seen: Seen) -> None:
    for _ in range(3):
        assert [seen.after(10) for _ in range(3)] == ["running"] * 3
        seen.fail()


def test_a_job_whose_process_died_is_ended_at_the_next_request_and_blocks_none(
    client: TestClient, recap_engine: Engine
) -> None:
    with recap_engine.begin() as connection:
        connection.execute(insert(admin_jobs).values(job_id=UNKNOWN, kind="graph", status="running"))
    assert client.post("/admin/graph-jobs").status_code == 409
    assert client.get(f"/admin/graph-jobs/{UNKNOWN}").json()["status"] == "running"
    silent_for(recap_engine, admin_jobs_store.SURELY_ORPHANED_AFTER_SECONDS + 1)
    job = client.get(f"/admin/graph-jobs/{UNKNOWN}").json()
    assert (job["status"], job["error"]) == ("failed", ORPHANED)
    assert job["finished_at"]
    assert client.post("/admin/graph-jobs").status_code == 202


# ---- warming


def test_warming_embeds_the_sentences_of_the_body(client: TestClient) -> None:
    answer = client.post("/admin/warmup", json={"sentences": ["One sentence."] * 130})
    assert answer.status_code == 200
    assert answer.json() == {"warmed": True, "batches": 3, "backend": "hash"}


@pytest.mark.parametrize("content", [b"", b"{}", b'{"sentences": []}', b'{"sentences": ["", " "]}', b"null"])
def test_the_warmup_body_is_optional(client: TestClient, content: bytes) -> None:
    answer = client.post("/admin/warmup", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code == 200
    assert answer.json()["warmed"] is True
    assert answer.json()["batches"] >= 1


@pytest.mark.parametrize("body", [{"sentences": "one"}, {"sentences": [1]}, [], {"sentences": ["x"] * 1001}])
def test_a_warmup_body_of_another_shape_is_a_validation_error(client: TestClient, body: Any) -> None:
    assert client.post("/admin/warmup", json=body).status_code == 422
