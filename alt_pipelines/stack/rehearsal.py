"""Rehearse each pipeline once and roll back: tag an article, submit and finish a genre run, build a graph edge.

A rehearsal proves that the models load and work, and that this role can execute the pipelines' statements on the
current tables. `doctor` checks the broker, the workers and the daemon separately. The statements are in each room's
`store`.

As in a run, no transaction is open while a model computes: a server may end idle ones, and models load for seconds.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

from sqlalchemy.engine import Connection, Engine

from alt_pipelines.label_graph.store import rehearsal as graph_rehearsal
from alt_pipelines.platform import Platform
from alt_pipelines.recap.corpus.request import GenreRunRequest
from alt_pipelines.recap.pipeline import run_genre
from alt_pipelines.recap.store import claims, launches, results, submissions
from alt_pipelines.recap.store.claims import Claim
from alt_pipelines.tagging.extraction.article import RawArticle
from alt_pipelines.tagging.store import rehearsal as tagging_rehearsal

GENRE = "rehearsal"
_TITLE = "Port authority of Rotterdam opens a container terminal"
_TEXTS = (
    "The port authority of Rotterdam opened a new container terminal on Monday. It handles three million containers.",
    "Rotterdam's port authority has opened a container terminal for three million containers a year.",
    "The national bank raised its key interest rate to four percent, citing inflation and a weak currency.",
)


class RehearsalError(RuntimeError):
    """A step had an unexpected result; the message names the step."""


class _OneConnection:
    """A substitute for an engine: each transaction is a savepoint on one connection, rolled back at the end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        with self._connection.begin_nested():
            yield self._connection

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        yield self._connection


@contextmanager
def rolled_back(engine: Engine) -> Iterator[tuple[Connection, Engine]]:
    """Yield a connection whose work is rolled back at the end, and the same as an engine."""
    with engine.connect() as connection:
        transaction = connection.begin()
        try:
            yield connection, cast(Engine, _OneConnection(connection))
        finally:
            transaction.rollback()


def tag_one_article(platform: Platform) -> str:
    """Tag a sample text, write its tags to the newest article if there is one, and roll back.

    Raises:
        RehearsalError: the text gets no tags.
        DBAPIError: the database refuses a statement of a run.
    """
    (extraction,) = platform.tag_extractor.extract([RawArticle(str(uuid.uuid4()), _TITLE, _TEXTS[0])])
    if extraction.status != "tagged":
        raise RehearsalError(
            f"the outcome of an ordinary English text is {extraction.status!r} instead of 'tagged': {extraction.reason}"
        )
    with rolled_back(platform.alt_engine) as (connection, _):
        sample = tagging_rehearsal.newest_with_feed(connection)
        written = extraction if sample is None else replace(extraction, id=sample.article_id)
        tagging_rehearsal.write(connection, sample, written, platform.settings.tagging)
    return f"wrote {len(extraction.tags)} tags ({extraction.backend}) and rolled back"


def finish_one_genre_run(platform: Platform) -> str:
    """Cluster three documents, submit a genre run of them, claim it, store the result and roll back.

    Raises:
        RehearsalError: a step had an unexpected result.
        DBAPIError: the database refuses a statement of a run.
    """
    job_id, dagster_run_id = str(uuid.uuid4()), str(uuid.uuid4())
    documents = [{"article_id": str(uuid.uuid4()), "paragraphs": [text]} for text in _TEXTS]
    parameters = {
        "max_sentences_total": 100,
        "umap_n_components": 5,
        "hdbscan_min_cluster_size": 3,
        "mmr_lambda": 0.7,
    }
    request = GenreRunRequest.model_validate({"params": parameters, "documents": documents})
    result = run_genre(request, platform.settings.recap, platform.embedder)
    with rolled_back(platform.recap_engine) as (_, engine):
        run_id = submissions.submit_run(
            engine, job_id=job_id, genre=GENRE, idempotency_key=f"{job_id}::{GENRE}", request=request
        ).run_id
        launches.reserve_launch(engine, run_id)
        claim = claims.claim_run(engine, run_id, dagster_run_id)
        if not isinstance(claim, Claim):
            raise RehearsalError(f"a newly submitted run could not be claimed: {claim}")
        if not results.finish_run(engine, claim, request, result):
            raise RehearsalError("the result of a claimed run was not stored")
        stored = submissions.read_run(engine, run_id)
        if stored is None or stored["status"] == "running":
            raise RehearsalError("a finished run is still stored as unfinished")
    return f"stored a run ({stored['status']}, {stored['cluster_count']} clusters) and rolled back"


def build_one_edge(platform: Platform) -> str:
    """Refresh a window of the graph with one edge, and roll back.

    Raises:
        RehearsalError: the edge was not stored.
        DBAPIError: the database refuses a statement of a build.
    """
    with rolled_back(platform.recap_engine) as (connection, _):
        if graph_rehearsal.build_one_edge(connection) != 1:
            raise RehearsalError("a newly written edge could not be read")
    return "wrote one edge and rolled back"
