"""Requests with stories in them, and shortcuts for what the tests of genre runs do all the time."""

from typing import Any

import dagster as dg
from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.dagster_names import RUN_TAG
from alt_pipelines.platform import Platform
from alt_pipelines.recap.corpus.request import GenreRunRequest
from alt_pipelines.recap.definitions import make_defs
from alt_pipelines.recap.genre_key import partition_key
from alt_pipelines.recap.store import submissions
from alt_pipelines.resources import make_resources
from alt_pipelines_tests.contract.run_rules import assert_keeps_contract

CLUSTERS, EVIDENCE = dg.AssetKey("genre_clusters"), dg.AssetKey("cluster_evidence")

STORIES = (
    ("ferry", "The night ferry to the island of Ruma ran aground on a sandbank", "harbour pilots freed the ferry"),
    (
        "chips",
        "The ministry tightened export rules for advanced chips",
        "chip makers protested against the export rules",
    ),
    ("comet", "Astronomers saw a new comet with the naked eye", "the comet passes the sun again in a thousand years"),
    ("bridge", "Engineers closed the old bridge over the river Lenn", "cracks in a girder of the bridge had grown"),
    (
        "bakers",
        "Bakers of the town struck for better wages at night",
        "the bakers' union and the owners agreed on wages",
    ),
)


def make_request(articles: int = 12, stories: int = 3, **params: Any) -> GenreRunRequest:
    """A request of invented articles; article i tells story i modulo `stories`."""
    documents = []
    for i in range(articles):
        name, first, second = STORIES[i % stories]
        lines = [
            f"{first} on day {i}, witness number {i} said.",
            f"In the {name} case {second}, according to report {i}.",
            f"More news about the {name} is expected in the coming week, editors of paper {i} wrote.",
        ]
        documents.append(
            {
                "article_id": f"article-{i}",
                "title": f"{first} ({i})",
                "paragraphs": ["\n".join(lines)],
                "published_at": "2026-11-20T08:00:00Z",
                "source_url": f"https://news.example/{name}/{i}",
                "lang_hint": "en",
            }
        )
    chosen = {"max_sentences_total": 500, "umap_n_components": 5, "hdbscan_min_cluster_size": 3, "mmr_lambda": 0.5}
    return GenreRunRequest.model_validate({"params": chosen | params, "documents": documents})


def submit(engine: Engine, job_id: str, genre: str = "tech", request: GenreRunRequest | None = None) -> int:
    """Submit a run without an idempotency key; its id."""
    return submissions.submit_run(
        engine, job_id=job_id, genre=genre, idempotency_key=None, request=request or make_request()
    ).run_id


def definitions(platform: Platform) -> dg.Definitions:
    """The room's definitions, for a platform and its settings."""
    return dg.Definitions.merge(make_defs(platform.settings), dg.Definitions(resources=make_resources(platform)))


def run_asset(
    platform: Platform, instance: dg.DagsterInstance, genre: str = "tech", run_id: int | None = None
) -> dg.ExecuteInProcessResult:
    """One Dagster run of a genre's partition in this process, for a stored run or by hand."""
    job = definitions(platform).resolve_implicit_global_asset_job_def()
    return job.execute_in_process(
        asset_selection=[CLUSTERS, EVIDENCE],
        partition_key=_added(instance, partition_key(genre)),
        instance=instance,
        tags={} if run_id is None else {RUN_TAG: str(run_id)},
        raise_on_error=False,
    )


def row(engine: Engine, run_id: int) -> Any:
    """The whole row of a run."""
    with engine.connect() as connection:
        both = "recap_subworker_runs LEFT JOIN alt_pipelines.genre_runs ON run_id = id"
        statement = f"SELECT * FROM {both} WHERE id = :id"
        return connection.execute(text(statement), {"id": run_id}).one()


def let_time_pass(engine: Engine, run_id: int, seconds: float) -> None:
    """Move everything that happened to a run so far into the past."""
    columns = {
        "recap_subworker_runs": (("started_at",), "id"),
        "alt_pipelines.genre_runs": (("launched_at", "claimed_at", "heartbeat_at"), "run_id"),
    }
    with engine.begin() as connection:
        for table, (names, key) in columns.items():
            moved = ", ".join(f"{name} = {name} - make_interval(secs => :seconds)" for name in names)
            connection.execute(
                text(f"UPDATE {table} SET {moved} WHERE {key} = :id"), {"id": run_id, "seconds": seconds}
            )


def _added(instance: dg.DagsterInstance, key: str) -> str:
    instance.add_dynamic_partitions("genre", [key])
    return key


def materialised(result: dg.ExecuteInProcessResult) -> dict[dg.AssetKey, dict[str, Any]]:
    return {
        event.asset_key: {name: value.value for name, value in event.materialization.metadata.items()}
        for event in result.get_asset_materialization_events()
        if event.asset_key
    }


def read(engine: Engine, run_id: int) -> dict[str, Any]:
    run = submissions.read_run(engine, run_id)
    assert run is not None
    assert_keeps_contract(run)
    return run
