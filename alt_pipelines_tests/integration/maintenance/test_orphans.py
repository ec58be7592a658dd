"""Rows of ours go when what they belong to is gone, and only then, however the walk is cut into batches."""

import uuid

from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.maintenance import orphan_store
from alt_pipelines.maintenance.retention import clean_orphans
from alt_pipelines_tests.integration.tagging import corpus


def add_outcome(engine: Engine, article: str) -> None:
    corpus.execute(
        engine,
        "INSERT INTO alt_pipelines.article_tag_outcomes (article_id, status, extractor_version) "
        "VALUES (:id, 'empty', '1')",
        id=article,
    )


def test_outcomes_of_deleted_articles_go_and_the_others_stay(alt_engine: Engine, recap_engine: Engine) -> None:
    kept = [corpus.add_article(alt_engine) for _ in range(7)]
    for article in (*kept, *(str(uuid.uuid4()) for _ in range(5))):
        add_outcome(alt_engine, article)
    found = [orphan_store.delete_outcomes(alt_engine, batch=5) for _ in range(3)]
    assert sum(deleted for deleted, _ in found) == 5
    assert [through for _, through in found] == [False, False, True]
    left = corpus.rows(alt_engine, "SELECT article_id::text FROM alt_pipelines.article_tag_outcomes")
    assert sorted(row[0] for row in left) == sorted(kept)
    assert clean_orphans(alt_engine, recap_engine) == (0, 0)


def test_what_is_ours_of_a_deleted_genre_run_goes(alt_engine: Engine, recap_engine: Engine) -> None:
    with recap_engine.begin() as connection:
        job = str(uuid.uuid4())
        run = connection.scalar(
            text(
                "INSERT INTO recap_subworker_runs (job_id, genre, status) VALUES (:job, 'tech', 'succeeded') "
                "RETURNING id"
            ),
            {"job": job},
        )
        for number in (run, run + 1, run + 2):
            connection.execute(
                text("INSERT INTO alt_pipelines.genre_runs (run_id, job_id, genre) VALUES (:run, :job, 'tech')"),
                {"run": number, "job": job},
            )
    assert clean_orphans(alt_engine, recap_engine).runs == 2
    assert corpus.scalar(recap_engine, "SELECT run_id FROM alt_pipelines.genre_runs") == run
