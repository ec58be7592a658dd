"""A learning run from rows to the receiver, on a real Postgres and a real server: what is sent, stored and refused."""

import json
import re
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import URL

from alt_pipelines.learning import store
from alt_pipelines.learning.report import REFERENCES, LearningReport, Thresholds
from alt_pipelines.learning.run import LearningInProgress, SendFailed, run_learning
from alt_pipelines.observability.store import read_metrics
from alt_pipelines.settings import LearningSettings, PoolSettings
from alt_pipelines_tests.integration.label_graph.rows import Row, insert
from alt_pipelines_tests.support.outage import outage
from alt_pipelines_tests.support.waiting import LONG_SECONDS, wait_until
from alt_pipelines_tests.support.webhook import answer, receiver


def learning_rows(
    count: int, seed: int = 0, feedback: str | None = None, age: timedelta = timedelta(hours=1)
) -> list[Row]:
    """Rows in which the strategy follows the boost: from 0.4 on it is graph_boost."""
    random = np.random.default_rng(seed)
    rows = []
    for number in range(count):
        boost = round(float(random.uniform(0.05, 0.9)), 4)
        strategy = "graph_boost" if boost >= 0.4 else "weighted_score"
        candidates = [{"genre": "tech", "score": 0.5, "graph_boost": boost}, {"genre": "sport", "score": 0.2}]
        rows.append(
            Row(
                json.dumps({"final_genre": "tech", "confidence": 0.8, "strategy": strategy}),
                json.dumps({"top_tags": [{"label": "chips", "confidence": 0.9}] * 4, "entropy": 1}),
                datetime.now(UTC) - age,
                json.dumps(candidates),
                feedback,
                f"article-{seed}-{number}",
            )
        )
    return rows


def attempts(engine: Engine) -> list[dict[str, object]]:
    """All stored attempts, oldest first."""
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM alt_pipelines.genre_learning_attempts ORDER BY id"))
        return [dict(row._mapping) for row in rows]


def metric(engine: Engine, name: str) -> float:
    """The value of a counter without labels."""
    with engine.connect() as connection:
        return sum(sample.value for sample in read_metrics(connection) if sample.name == name)


def test_thresholds_are_learned_sent_and_stored_with_the_answer(recap_engine: Engine) -> None:
    insert(recap_engine, learning_rows(400))
    with receiver() as there:
        report = run_learning(recap_engine, LearningSettings(recap_worker_url=there.url))
    assert report.reason is None
    assert 0.35 <= report.thresholds.boost_threshold <= 0.45
    assert report.test_accuracy is not None
    assert report.test_accuracy > 0.95
    assert there.requests[0][1] == report.payload
    (attempt,) = attempts(recap_engine)
    assert attempt["status"] == "sent"
    assert attempt["payload"] == report.payload
    assert attempt["answer_status"] == 200
    assert attempt["answer"] == {"status": "success", "config_saved": True, "message": "saved"}
    assert attempt["finished_at"] is not None
    assert metric(recap_engine, "recap_subworker_learning_task_success_total") == 1
    assert metric(recap_engine, "recap_subworker_learning_task_duration_seconds_count") == 1


def test_too_few_rows_send_the_references_and_the_payload_says_so(recap_engine: Engine) -> None:
    insert(recap_engine, learning_rows(20))
    with receiver() as there:
        run_learning(recap_engine, LearningSettings(recap_worker_url=there.url))
    sent = there.requests[0][1]
    assert sent["graph_override"] == {"graph_margin": 0.15, "boost_threshold": 0.0, "tag_count_threshold": 0}
    assert re.findall(r"\d+", str(sent["metadata"]["reason"])) == ["20", "100"]  # type: ignore[index]
    assert sent["summary"]["total_records"] == 20  # type: ignore[index]


def test_an_empty_database_sends_the_references(recap_engine: Engine) -> None:
    with receiver() as there:
        report = run_learning(recap_engine, LearningSettings(recap_worker_url=there.url))
    assert (report.thresholds, report.rows_read) == (REFERENCES, 0)


def test_a_graph_that_knows_no_tag_leaves_nothing_to_learn(recap_engine: Engine) -> None:
    insert(recap_engine, learning_rows(300))
    with recap_engine.begin() as connection:
        connection.execute(text("INSERT INTO tag_label_graph VALUES ('7d', 'tech', 'unknown', 0.9, 3, now(), now())"))
    with receiver() as there:
        report = run_learning(recap_engine, LearningSettings(recap_worker_url=there.url))
    assert report.reason == "all graph boosts are zero"


def test_feedback_outweighs_the_strategy(recap_engine: Engine) -> None:
    insert(recap_engine, learning_rows(300, feedback='{"label": false}'))
    with receiver() as there:
        report = run_learning(recap_engine, LearningSettings(recap_worker_url=there.url))
    assert report.feedback_rows == 300
    assert report.test_accuracy == 1.0  # a rule that never trusts the graph is right about all of them


def test_only_the_newest_row_of_an_article_and_of_the_last_days_counts(recap_engine: Engine) -> None:
    insert(recap_engine, learning_rows(30, age=timedelta(hours=2)))
    insert(recap_engine, learning_rows(30, feedback='{"label": true}'))  # the same articles, later
    insert(recap_engine, learning_rows(10, seed=1, age=timedelta(days=8)))
    insert(recap_engine, learning_rows(10, seed=2, age=-timedelta(days=2)))
    with recap_engine.connect() as connection:
        rows = store.read_rows(connection, LearningSettings())
        limited = store.read_rows(connection, LearningSettings(max_rows=7))
    assert len(rows) == 30
    assert all(row.feedback == {"label": True} for row in rows)
    assert len(limited) == 7


def test_malformed_rows_are_counted_and_do_no_harm(recap_engine: Engine) -> None:
    bad = learning_rows(3, seed=9)
    insert(recap_engine, learning_rows(150) + [row._replace(candidates='"none"') for row in bad])
    with receiver() as there:
        report = run_learning(recap_engine, LearningSettings(recap_worker_url=there.url))
    ((reason, count),) = report.rows_skipped.items()
    assert "coarse_candidates" in reason
    assert count == 3
    assert report.reason is None


@pytest.mark.parametrize(
    "says",
    [
        answer(b'{"detail": "no"}', "400 Bad Request"),
        answer(b"", "500 Internal Server Error"),
        answer(b"<html>", content_type="text/html"),
        answer(b'{"status": "error", "why": "a\\u0000b"}'),
        b"",
    ],
    ids=["400", "500", "HTML", "an error with NUL", "nothing"],
)
def test_a_failed_send_is_stored_with_what_was_answered_and_can_be_tried_again(
    recap_engine: Engine, says: bytes
) -> None:
    with receiver(says) as there:
        settings = LearningSettings(recap_worker_url=there.url)
        with pytest.raises(SendFailed) as failure:
            run_learning(recap_engine, settings)
        (attempt,) = attempts(recap_engine)
        assert attempt["id"] == failure.value.attempt_id
        assert (attempt["status"], attempt["error"]) == ("failed", str(failure.value))
        assert attempt["payload"]["graph_override"]["graph_margin"] == 0.15  # type: ignore[index]
        there.says = answer()
        run_learning(recap_engine, settings)
    assert [row["status"] for row in attempts(recap_engine)] == ["failed", "sent"]
    assert metric(recap_engine, "recap_subworker_learning_task_failure_total") == 1


def test_without_a_receiver_it_fails_and_says_what_to_set(recap_engine: Engine) -> None:
    with pytest.raises(SendFailed, match="RECAP_WORKER_LEARNING_URL"):
        run_learning(recap_engine, LearningSettings())
    assert attempts(recap_engine)[0]["status"] == "failed"


def test_two_at_once_are_refused(recap_engine: Engine) -> None:
    with receiver() as there:
        settings = LearningSettings(recap_worker_url=there.url)
        with store.learning_lock(recap_engine) as taken:
            assert taken
            with pytest.raises(LearningInProgress):
                run_learning(recap_engine, settings)
        assert attempts(recap_engine) == []
        run_learning(recap_engine, settings)


def test_an_attempt_whose_process_died_is_ended_by_the_next(recap_engine: Engine) -> None:
    store.begin_attempt(recap_engine, {}, {})
    with receiver() as there:
        run_learning(recap_engine, LearningSettings(recap_worker_url=there.url))
    dead, alive = attempts(recap_engine)
    assert (dead["status"], alive["status"]) == ("failed", "sent")
    assert "process ended" in str(dead["error"])


def test_current_thresholds_are_the_last_saved_by_the_worker_else_the_last_sent_else_the_references(
    recap_engine: Engine,
) -> None:
    def current() -> Thresholds:
        with recap_engine.connect() as connection:
            return store.read_current(connection)

    assert current() == REFERENCES
    sent = store.begin_attempt(recap_engine, {"graph_override": {"graph_margin": 0.2, "boost_threshold": 1.5}}, {})
    assert current() == REFERENCES
    store.end_attempt(recap_engine, sent, None, None, 0.1)
    assert current() == Thresholds(0.2, 1.5, 0)
    saved = (
        "INSERT INTO recap_worker_config (config_type, config_payload, source) VALUES ('graph_override', :value, 'x')"
    )
    for value in ({"graph_margin": 0.11, "boost_threshold": 0.5, "tag_count_threshold": 4}, {"graph_margin": None}):
        with recap_engine.begin() as connection:
            connection.execute(text(saved), {"value": json.dumps(value)})
        expected = Thresholds(0.11, 0.5, 4) if value["graph_margin"] else REFERENCES
        assert current() == expected


def test_an_outage_while_the_receiver_answers_loses_no_answer_and_sends_nothing_twice(recap_engine: Engine) -> None:
    insert(recap_engine, learning_rows(120))
    patient = PoolSettings(retry_seconds=60, retry_first_delay_seconds=0.1, retry_longest_delay_seconds=0.5)
    reports: list[LearningReport] = []
    with receiver(seconds_between=0.01) as there:
        settings = LearningSettings(recap_worker_url=there.url, timeout_seconds=60)
        worker = threading.Thread(target=lambda: reports.append(run_learning(recap_engine, settings, pool=patient)))
        worker.start()
        wait_until(lambda: there.requests, "the payload is sent")
        with outage(recap_engine):  # the session that holds the lock ends too
            time.sleep(4)
        worker.join(LONG_SECONDS)
        assert len(there.requests) == 1
        (attempt,) = attempts(recap_engine)
        assert (attempt["status"], attempt["answer_status"]) == ("sent", 200)
        assert [report.attempt_id for report in reports] == [attempt["id"]]
        there.seconds_between = 0
        assert run_learning(recap_engine, settings, pool=patient).attempt_id > reports[0].attempt_id, "nothing is stuck"


def test_a_dry_run_sends_and_stores_nothing(recap_engine: Engine) -> None:
    insert(recap_engine, learning_rows(120))
    with receiver() as there:
        report = run_learning(recap_engine, LearningSettings(recap_worker_url=there.url), dry_run=True)
    assert (report.attempt_id, report.answer, there.requests, attempts(recap_engine)) == (0, None, [], [])
    assert report.reason is None


def test_the_command_prints_the_payload_and_says_why_it_failed(recap_engine: Engine, recap_database_url: URL) -> None:
    insert(recap_engine, learning_rows(120))
    environment = {"RECAP_DB_DSN": recap_database_url.render_as_string(hide_password=False), "PATH": ""}
    command = [sys.executable, "-m", "alt_pipelines.learning"]

    def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        given = {**environment, **more}
        return subprocess.run(
            [*command, *arguments], env=given, capture_output=True, text=True, timeout=120, check=False
        )

    dry = run("--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert json.loads(dry.stdout[dry.stdout.index("{") : dry.stdout.rindex("}") + 1])["summary"]["total_records"] == 120
    failed = run(RECAP_WORKER_LEARNING_URL="http://127.0.0.1:1")
    assert failed.returncode == 1
    assert "could not be reached" in failed.stderr
    assert "Traceback" not in failed.stderr
