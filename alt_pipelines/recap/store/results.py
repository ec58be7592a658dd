"""Write the result of a genre run in one transaction.

Result rows are only inserted, under a run that had none, because downstream services cite the ids of sentences. Nothing
is written unless the run is unfinished and still claimed by the caller.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Float, cast, func, insert, select, update
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.recap_tables import (
    clusters,
    diagnostics,
    evidence,
    genre_runs,
    run_diagnostics,
    runs,
    sentences,
)
from alt_pipelines.database.shapes import shape_of
from alt_pipelines.observability.metrics import MetricBatch
from alt_pipelines.observability.store import add_metrics
from alt_pipelines.recap.corpus.request import Document, GenreRunRequest
from alt_pipelines.recap.jsonable import to_json
from alt_pipelines.recap.store.claims import Claim
from alt_pipelines.recap.store.run_rows import lock_run
from alt_pipelines.recap.story.response import response_parts
from alt_pipelines.recap.story.result import Cluster, GenreResult
from alt_pipelines.text.normal import storable


def finish_run(engine: Engine, claim: Claim, request: GenreRunRequest, result: GenreResult) -> bool:
    """Store a run's clusters, sentences, evidence, diagnostics, response and metrics, and end the run.

    Safe to repeat after a lost connection: a run that this claim has finished is left unchanged.

    Returns:
        True if the run ended with this claim's result; False if it was failed or claimed by another Dagster run.
    """
    response, points = to_json(response_parts(result)), result.map_points
    with engine.begin() as connection:
        seconds = _end(connection, claim, response)
        if seconds is None:
            return _is_finished_by(connection, claim)
        _write_clusters(connection, claim.run_id, request, result)
        found = response["diagnostics"]
        stored = {**found, **({"map": points} if points else {})}
        if stored:
            rows = [{"run_id": claim.run_id, "metric": name, "value": value} for name, value in stored.items()]
            connection.execute(insert(diagnostics), rows)
        _write_platform_diagnostics(connection, claim.run_id, response["clusters"])
        add_metrics(connection, run_metrics(claim.genre, result, seconds))
    return True


def run_metrics(genre: str, result: GenreResult, seconds: float) -> MetricBatch:
    """Build the metrics of a finished run; `seconds` is the time from the claim to the stored result."""
    metrics = MetricBatch()
    metrics.count("recap_runs_total", labels={"status": result.status, "genre": genre})
    metrics.observe("recap_request_process_seconds", seconds)
    found = result.diagnostics
    for name, milliseconds in (("recap_embed_seconds", "embedding_ms"), ("recap_hdbscan_seconds", "hdbscan_ms")):
        if found.get(milliseconds) is not None:
            metrics.observe(name, found[milliseconds] / 1000)
    metrics.count("recap_embed_sentences_total", found.get("embedded_sentences") or 0)
    metrics.count("recap_dedup_removed_total", found.get("dedup_pairs") or 0)
    metrics.count("recap_mmr_selected_total", sum(len(cluster.representatives) for cluster in result.clusters))
    return metrics


def _end(connection: Connection, claim: Claim, response: dict[str, Any]) -> float | None:
    """Write the end into the run's row. Return the seconds since the claim, or None if the claim is no longer valid."""
    row = lock_run(connection, claim.run_id)
    if row is None or row.status != "running" or row.claimed_at is None or row.dagster_run_id != claim.dagster_run_id:
        return None
    now = func.clock_timestamp()
    values = {"status": response["status"], "cluster_count": response["cluster_count"], "response_payload": response}
    connection.execute(update(runs).where(runs.c.id == claim.run_id).values(**values, finished_at=now))
    elapsed: ColumnElement[float] = cast(func.extract("epoch", now - genre_runs.c.claimed_at), Float)
    return connection.execute(select(elapsed).where(genre_runs.c.run_id == claim.run_id)).scalar_one()


def _is_finished_by(connection: Connection, claim: Claim) -> bool:
    row = lock_run(connection, claim.run_id)
    return row is not None and row.status in ("succeeded", "partial") and row.dagster_run_id == claim.dagster_run_id


def _write_platform_diagnostics(connection: Connection, run_id: int, found: Iterable[Mapping[str, Any]]) -> None:
    """Insert the row of `recap_run_diagnostics` if the platform has that table.

    It describes the distribution of avg_sim over the stories. The columns are NULL if no story's avg_sim is measured.
    """
    if not shape_of(connection).run_diagnostics:
        return
    stories = [cluster["stats"] for cluster in found if cluster["cluster_id"] >= 0]
    measured = [stats["avg_sim"] for stats in stories if "avg_sim" in stats]
    spread = (
        {
            "mean": np.mean(measured),
            "variance": np.var(measured),
            # a value that a story has, as the earlier service stored
            "p95": np.percentile(measured, 95, method="lower"),
            "max": np.max(measured),
        }
        if measured
        else {}
    )
    values = {f"cluster_avg_similarity_{name}": float(value) for name, value in spread.items()}
    connection.execute(insert(run_diagnostics).values(run_id=run_id, cluster_count=len(stories), **values))


def _write_clusters(connection: Connection, run_id: int, request: GenreRunRequest, result: GenreResult) -> None:
    if not result.clusters:
        return
    rows = [{"run_id": run_id, **_cluster_row(cluster)} for cluster in result.clusters]
    written = connection.execute(insert(clusters).returning(clusters.c.cluster_id, clusters.c.id), rows)
    row_ids = {row.cluster_id: row.id for row in written}
    documents = _by_article(request.documents)
    sentence_rows, evidence_rows = [], []
    for cluster in result.clusters:
        owner = {"cluster_row_id": row_ids[cluster.cluster_id]}
        sentence_rows += [{**owner, **row} for row in _sentence_rows(cluster)]
        evidence_rows += [{**owner, **row} for row in _evidence_rows(cluster, documents)]
    if sentence_rows:
        connection.execute(insert(sentences).inline(), sentence_rows)  # returns no id, so needs no SELECT
    if evidence_rows:
        connection.execute(insert(evidence).inline(), evidence_rows)


def _cluster_row(cluster: Cluster) -> dict[str, Any]:
    return {
        "cluster_id": cluster.cluster_id,
        "size": cluster.size,
        "label": None if cluster.label is None else storable(cluster.label),
        "top_terms": to_json(cluster.top_terms),
        "stats": to_json(cluster.stats),
    }


def _sentence_rows(cluster: Cluster) -> Iterable[dict[str, Any]]:
    for representative in cluster.representatives:
        yield {
            "source_article_id": storable(representative.article_id),
            "paragraph_idx": representative.paragraph_idx,
            "sentence_text": storable(representative.text),
            "lang": representative.lang,
            "score": representative.score,
            "sentence_id": representative.position,
        }


def _evidence_rows(cluster: Cluster, documents: dict[str, list[Document]]) -> Iterable[dict[str, Any]]:
    """Yield the articles whose sentences represent the cluster, in the order of their first sentence."""
    languages: dict[str, str] = {}
    for representative in cluster.representatives:
        languages.setdefault(representative.article_id, representative.lang)
    for rank, (article_id, language) in enumerate(languages.items()):
        sent = documents.get(article_id, [])
        yield {
            "article_id": storable(article_id),
            "title": next((storable(document.title) for document in sent if document.title), None),
            "source_url": next((storable(document.source_url) for document in sent if document.source_url), None),
            "published_at": next((document.published_at for document in sent if document.published_at), None),
            "lang": language,
            "rank": rank,
        }


def _by_article(documents: Iterable[Document]) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for document in documents:  # an article may be sent twice, the second time with fields that the first lacks
        found.setdefault(document.article_id, []).append(document)
    return found
