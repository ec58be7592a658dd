"""Working on a claimed run: compute under watch, then store; every other end becomes a failed row with a sentence.

Without Dagster, so that it can be tried on a database alone. The sentence names the stage, the kind of error and where
the details are; never the error's own text, which may hold SQL or paths and which clients would see.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from sqlalchemy.engine import Engine

from alt_pipelines.database.engines import with_retries
from alt_pipelines.embedding.protocol import Embedder
from alt_pipelines.observability.tracing import span
from alt_pipelines.recap.corpus.request import GenreRunRequest
from alt_pipelines.recap.pipeline import Progress, run_genre
from alt_pipelines.recap.reconcile import timed_out
from alt_pipelines.recap.store.claims import Claim, fail_run
from alt_pipelines.recap.store.results import finish_run
from alt_pipelines.recap.story.result import GenreResult
from alt_pipelines.recap.watchdog import ClaimLost, TimeIsUp, Vigil
from alt_pipelines.settings import Settings

log = structlog.get_logger(__name__)


class RunFailedError(RuntimeError):
    """The run ended without a result; the message is the sentence that its row holds."""


@dataclass(frozen=True)
class Finished:
    """A run whose result is stored."""

    request: GenreRunRequest
    result: GenreResult


def work_on(
    claim: Claim, engine: Engine, settings: Settings, load_embedder: Callable[[], Embedder], progress: Progress
) -> Finished:
    """Compute and store a claimed run.

    Interruptions from outside (a cancelled Dagster run, a worker that shuts down) pass through and leave the row to the
    reconciliation sensor, which knows whether somebody cancelled or a worker was lost.

    Raises:
        RunFailedError: the run failed, ran out of time, or was taken away; its row is ended.
    """
    story = {"job_id": claim.job_id, "genre": claim.genre, "run_id": claim.run_id}
    with structlog.contextvars.bound_contextvars(**story, dagster_run_id=claim.dagster_run_id):
        log.info("genre_run_started")
        try:
            finished = _work_on(claim, engine, settings, load_embedder, progress)
        except RunFailedError as error:
            log.warning("genre_run_ended", status="failed", reason=str(error))
            raise
        log.info("genre_run_ended", status=finished.result.status, clusters=len(finished.result.clusters))
        return finished


def _work_on(
    claim: Claim, engine: Engine, settings: Settings, load_embedder: Callable[[], Embedder], progress: Progress
) -> Finished:
    limit = settings.recap.run_timeout_seconds
    vigil = Vigil(engine, claim, limit)
    stage = _Stage(progress)
    try:
        with vigil.watch():
            stage("request", 0, 1)
            request = GenreRunRequest.model_validate(claim.request_payload)
            stage("model", 0, 1)
            embedder = load_embedder()
            with span("genre_run", run_id=claim.run_id, job_id=claim.job_id, genre=claim.genre):
                result = run_genre(request, settings.recap, embedder, progress=stage, check=vigil.check)
        stage("storing", 0, 1)
        stored = with_retries(lambda: finish_run(engine, claim, request, result), settings.pool, "finish genre run")
    except TimeIsUp:
        raise _failed(claim, engine, settings, timed_out(limit).reason) from None
    except ClaimLost:
        raise _taken_away(claim) from None
    except Exception as error:
        log.exception("genre_run_failed", stage=stage.name)
        sentence = (
            f"the pipeline failed at the stage {stage.name!r} with {type(error).__name__}; "
            f"Dagster run {claim.dagster_run_id} has the details"
        )
        raise _failed(claim, engine, settings, sentence) from error
    if not stored:
        raise _taken_away(claim)
    return Finished(request, result)


class _Stage:
    """Remembers the stage for the sentence of a failure, and passes progress on."""

    def __init__(self, progress: Progress) -> None:
        self.name = ""
        self._progress = progress

    def __call__(self, name: str, done: int, total: int) -> None:
        self.name = name
        self._progress(name, done, total)


def _failed(claim: Claim, engine: Engine, settings: Settings, sentence: str) -> RunFailedError:
    with_retries(
        lambda: fail_run(engine, claim.run_id, sentence, claim.dagster_run_id), settings.pool, "fail genre run"
    )
    return RunFailedError(sentence)


def _taken_away(claim: Claim) -> RunFailedError:
    return RunFailedError(f"run {claim.run_id} was ended or given to another while this Dagster run worked on it")
