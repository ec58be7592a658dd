"""What genre runs leave behind goes after its time: documents of requests, series of metrics, partitions."""

import json
import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.maintenance.retention import clean_genres, stale_genres

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def _run(engine: Engine, genre: str, days_ago: int | None) -> int:
    job = str(uuid.uuid4())
    finished = None if days_ago is None else NOW - timedelta(days=days_ago)
    with engine.begin() as connection:
        run_id = connection.execute(
            text(
                "INSERT INTO recap_subworker_runs (job_id, genre, status, finished_at, request_payload) "
                "VALUES (:job, :genre, :status, :finished, CAST(:payload AS jsonb)) RETURNING id"
            ),
            {
                "job": job,
                "genre": genre,
                "status": "running" if finished is None else "succeeded",
                "finished": finished,
                "payload": json.dumps({"params": {"mmr_lambda": 0.4}, "documents": [{"article_id": "a"}]}),
            },
        ).scalar_one()
        connection.execute(
            text(
                "INSERT INTO alt_pipelines.genre_runs (run_id, job_id, genre, request_hash) VALUES (:id, :job, :g, 'h')"
            ),
            {"id": run_id, "job": job, "g": genre},
        )
    return int(run_id)


def _has_documents(engine: Engine, run_id: int) -> bool:
    with engine.connect() as connection:
        query = text("SELECT request_payload ? 'documents' FROM recap_subworker_runs WHERE id = :id")
        return bool(connection.execute(query, {"id": run_id}).scalar_one())


def test_documents_of_old_requests_go_but_those_of_a_genres_newest(recap_engine: Engine) -> None:
    old, older_but_newest = _run(recap_engine, "tech", 40), _run(recap_engine, "sport", 400)
    fresh, running = _run(recap_engine, "tech", 3), _run(recap_engine, "tech", None)
    cleaned = clean_genres(recap_engine, 30, 180, now=NOW)
    assert cleaned.requests == 1
    assert not _has_documents(recap_engine, old)
    assert all(_has_documents(recap_engine, run_id) for run_id in (older_but_newest, fresh, running))
    assert clean_genres(recap_engine, 30, 180, now=NOW).requests == 0


def test_series_of_genres_that_no_longer_come_are_deleted_and_others_stay(recap_engine: Engine) -> None:
    series = {"old": ("recap_runs_total", 200), "new": ("recap_runs_total", 2)}
    with recap_engine.begin() as connection:
        for genre, (name, days) in series.items():
            connection.execute(
                text("INSERT INTO alt_pipelines.pipeline_metrics VALUES (:name, :labels, 1, :at)"),
                {"name": name, "labels": json.dumps({"genre": genre}), "at": NOW - timedelta(days=days)},
            )
        connection.execute(
            text("INSERT INTO alt_pipelines.pipeline_metrics VALUES ('recap_mmr_selected_total', '{}', 1, :at)"),
            {"at": NOW - timedelta(days=900)},
        )
    assert clean_genres(recap_engine, 30, 180, now=NOW).metrics == 1
    with recap_engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alt_pipelines.pipeline_metrics")).scalar_one() == 2


def test_a_genre_without_a_run_for_long_is_stale(recap_engine: Engine) -> None:
    _run(recap_engine, "gone", 200)
    _run(recap_engine, "here", 20)
    _run(recap_engine, "running", None)
    assert stale_genres(recap_engine, ["gone", "here", "running", "never seen"], 180, now=NOW) == ["gone", "never seen"]
