"""Genre runs, graph and learning on recap-db of a real platform, as its restricted role with the grants and no more."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.database import migrate, rights
from alt_pipelines.database.engines import make_engine
from alt_pipelines.label_graph.run import build_graph
from alt_pipelines.learning.run import run_learning
from alt_pipelines.recap.store import claims, launches, reconciliation, submissions
from alt_pipelines.recap.store.claims import Claim
from alt_pipelines.recap.store.results import finish_run
from alt_pipelines.recap.store.submissions import PayloadDiffers, RunInProgress
from alt_pipelines.recap.story.result import Cluster, GenreResult, Representative
from alt_pipelines.settings import GraphSettings, LearningSettings, PoolSettings
from alt_pipelines.stillness import Stillness
from alt_pipelines_tests.integration.label_graph.rows import graph, insert, row
from alt_pipelines_tests.integration.recap.runs import make_request
from alt_pipelines_tests.support import platform as real
from alt_pipelines_tests.support.platform import PlatformDatabase, Shape
from alt_pipelines_tests.support.webhook import receiver
from api import admin_jobs_store as jobs

JOB = str(uuid.UUID(int=9))


@pytest.fixture(params=real.SHAPES)
def shape(request: pytest.FixtureRequest) -> Shape:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def database(postgres: Path, shape: Shape) -> PlatformDatabase:
    made = real.make_database(postgres, f"recap_{shape}", ("recap", shape))
    migrate.upgrade(made.as_owner(), "recap")
    with made.as_owner().begin() as connection:
        for statement in rights.grant_statements(connection, "recap", real.ROLE):
            connection.exec_driver_sql(statement)
    return made


@pytest.fixture
def role(database: PlatformDatabase) -> Iterator[Engine]:
    """The restricted role's engine, as the product makes it."""
    engine = make_engine(database.role, PoolSettings())
    yield engine
    engine.dispose()


def scalar(engine: Engine, statement: str) -> object:
    with engine.connect() as connection:
        return connection.scalar(text(statement))


def test_the_restricted_role_submits_claims_and_finishes_genre_runs(
    role: Engine, database: PlatformDatabase, shape: Shape
) -> None:
    assert rights.missing_rights(role, "recap") == []
    request = make_request()
    first = submissions.submit_run(role, job_id=JOB, genre="tech", idempotency_key="k", request=request)
    assert submissions.submit_run(role, job_id=JOB, genre="tech", idempotency_key="k", request=request).run_id == (
        first.run_id
    )
    with pytest.raises(PayloadDiffers):
        submissions.submit_run(role, job_id=JOB, genre="tech", idempotency_key="k", request=make_request(9))
    with pytest.raises(RunInProgress):
        submissions.submit_run(role, job_id=JOB, genre="tech", idempotency_key=None, request=request)
    assert [run.run_id for run in launches.unlaunched_runs(role, 0.0)] == [first.run_id]
    assert launches.reserve_launch(role, first.run_id)
    launches.mark_launched(role, first.run_id, "d1")
    claim = claims.claim_run(role, first.run_id, "d1", limit=2)
    assert isinstance(claim, Claim)
    assert claims.renew_claim(role, claim, 1.0)
    sentence = Representative("article-0", 0, 0, "The night ferry ran aground on a sandbank.", "en", 1.0)
    cluster = Cluster(0, 3, "ferry", ("ferry",), {"avg_sim": 0.5}, (sentence,), ("article-0",))
    others = [replace(cluster, cluster_id=n, stats=stats) for n, stats in ((1, {"avg_sim": 0.3}), (2, {}))]
    noise = replace(cluster, cluster_id=-1, stats={"avg_sim": 0.01}, representatives=())
    found = {"avg_similarity": {"mean": 0.05, "p95": 0.1}, "noise_ratio": 0.1}
    result = GenreResult("succeeded", (cluster, *others, noise), found, (), {}, np.zeros((0, 2), dtype=np.float32), ())
    assert finish_run(role, claim, request, result)
    assert finish_run(role, claim, request, result), "safe to repeat"

    read = submissions.read_run(role, first.run_id)
    assert read is not None
    assert (read["status"], read["cluster_count"]) == ("succeeded", 3)
    owner = database.as_owner()
    assert scalar(owner, "SELECT title FROM recap_cluster_evidence")
    if shape == "2026_08":
        columns = [f"cluster_avg_similarity_{name}" for name in ("mean", "variance", "p95", "max")]
        stored = [scalar(owner, f"SELECT {column} FROM recap_run_diagnostics") for column in columns]
        assert stored == pytest.approx([0.4, 0.01, 0.3, 0.5]), (
            "of the clusters whose avg_sim is measured, without noise"
        )
        assert scalar(owner, "SELECT cluster_count FROM recap_run_diagnostics") == 3

    second = submissions.submit_run(role, job_id=JOB, genre="other", idempotency_key="k", request=request)
    assert claims.fail_run(role, second.run_id, "for the test")
    third = submissions.submit_run(role, job_id=JOB, genre="other", idempotency_key="k", request=request)
    assert third.run_id > second.run_id, "a failed run frees its key"


def test_a_run_that_the_platform_itself_failed_frees_its_key(role: Engine, database: PlatformDatabase) -> None:
    request = make_request()
    first = submissions.submit_run(role, job_id=JOB, genre="tech", idempotency_key="k", request=request)
    with database.as_owner().begin() as connection:
        connection.execute(text("UPDATE recap_subworker_runs SET status = 'failed'"))
    again = submissions.submit_run(role, job_id=JOB, genre="tech", idempotency_key="k", request=request)
    assert again.created
    assert again.run_id != first.run_id


def test_a_run_of_the_old_service_is_seen_and_never_launched(role: Engine, database: PlatformDatabase) -> None:
    with database.as_owner().begin() as connection:
        connection.execute(
            text("INSERT INTO recap_subworker_runs (job_id, genre, status) VALUES (:job, 'tech', 'running')"),
            {"job": JOB},
        )
    assert launches.unlaunched_runs(role, 0.0) == []
    (unfinished,) = reconciliation.unfinished_runs(role)
    assert not unfinished.is_ours
    assert reconciliation.fail_unfinished(role, unfinished, "its service is gone")


def test_the_restricted_role_builds_the_graph(role: Engine, database: PlatformDatabase) -> None:
    owner = database.as_owner()
    insert(owner, [row("tech", [("chips", 0.9), ("export", 0.8)]) for _ in range(3)])
    assert build_graph(role, GraphSettings()).edge_counts == {"7d": 2, "30d": 2}
    with owner.begin() as connection:
        connection.execute(text("DELETE FROM recap_genre_learning_results"))
    insert(owner, [row("tech", [("chips", 0.7)]) for _ in range(3)])
    build_graph(role, GraphSettings())
    ((edge, (weight, observations)),) = graph(role).items()
    assert (edge, round(weight, 6), observations) == (("tech", "chips"), 0.7, 3)


def test_the_restricted_role_learns_and_reads_what_is_in_use_where_it_is_stored(role: Engine, shape: Shape) -> None:
    with receiver() as there:
        report = run_learning(role, LearningSettings(recap_worker_url=there.url))
    assert report.reason is not None
    assert report.answer is not None
    assert report.previous.graph_margin == (0.1 if shape == "2026_08" else 0.15)


def test_the_restricted_role_keeps_our_background_jobs_apart_from_the_platforms(
    role: Engine, database: PlatformDatabase, shape: Shape
) -> None:
    job = str(uuid.uuid4())
    assert jobs.begin_job(role, job, "graph", Stillness())
    jobs.keep_alive(role, job)
    jobs.end_job(role, job, result={"edges": 1})
    found = jobs.read_job(role, job, "graph", Stillness())
    assert found is not None
    assert found["status"] == "succeeded"
    if shape == "2026_08":
        assert scalar(database.as_owner(), "SELECT kind FROM admin_jobs") == "reindex"
