"""Process a claimed genre run without Dagster: compute under the watchdog, then store the result.

A run that does not produce a result becomes a failed row with an error message. The message names the stage, the error
type and where the details are. It never contains the error's own text, which may hold SQL or paths: clients read it.
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
from alt_pipelines.recap.watchdog import ClaimLost, TimeIsUp, Watchdog
from alt_pipelines.settings import Settings

log = structlog.get_logger(__name__)


class RunFailedError(RuntimeError):
    """The genre run ended without a result. The message is the one in its row."""


@dataclass(frozen=True)
class Finished:
    """A genre run whose result is stored."""

    request: GenreRunRequest
    result: GenreResult


def work_on(
    claim: Claim, engine: Engine, settings: Settings, load_embedder: Callable[[], Embedder], progress: Progress
) -> Finished:
    """Compute and store the result of a claimed genre run.

    External interruptions (a cancelled Dagster run, a worker that shuts down) are re-raised and leave the row as it is.
    The caller or the reconciliation sensor ends the row, because they can tell a cancellation from a lost worker.

    Raises:
        RunFailedError: the run failed, timed out or lost its claim; its row has ended or belongs to another run.
    """
    with structlog.contextvars.bound_contextvars(**claim.log_fields):
        log.info("genre_run_started")
        try:
            finished = _work_on(claim, engine, settings, load_embedder, progress)
        except RunFailedError as error:
            log.warning("genre_run_ended", status="failed", reason=str(error))
            raise
        log.info("genre_run_ended", status=finished.result.status, stories=len(finished.result.stories))
        return finished


def _work_on(
    claim: Claim, engine: Engine, settings: Settings, load_embedder: Callable[[], Embedder], progress: Progress
) -> Finished:
    watchdog = Watchdog(engine, claim, settings.recap.run_timeout_seconds)
    with watchdog.watch():
        return _compute_and_store(claim, engine, settings, load_embedder, _Stage(progress), watchdog)


def _compute_and_store(
    claim: Claim,
    engine: Engine,
    settings: Settings,
    load_embedder: Callable[[], Embedder],
    stage: "_Stage",
    watchdog: Watchdog,
) -> Finished:
    try:
        with watchdog.limit():
            stage("request", 0, 1)
            request = GenreRunRequest.model_validate(claim.request_payload)
            stage("model", 0, 1)
            embedder = load_embedder()
            with span("genre_run", run_id=claim.run_id, job_id=claim.job_id, genre=claim.genre):
                result = run_genre(request, settings.recap, embedder, progress=stage, check=watchdog.check)
        stage("storing", 0, 1)
        stored = with_retries(lambda: finish_run(engine, claim, request, result), settings.pool, "finish genre run")
    except TimeIsUp:
        raise _failed(claim, engine, settings, timed_out(settings.recap.run_timeout_seconds).reason) from None
    except ClaimLost:
        raise _taken_away(claim) from None
    except Exception as error:
        log.exception("genre_run_failed", stage=stage.name)
        sentence = (
            f"the pipeline failed in stage {stage.name!r} with {type(error).__name__}; "
            f"see the logs of Dagster run {claim.dagster_run_id}"
        )
        raise _failed(claim, engine, settings, sentence) from error
    if not stored:
        raise _taken_away(claim)
    return Finished(request, result)


class _Stage:
    """Record the current stage for the error message and forward progress."""

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
    return RunFailedError(
        f"genre run {claim.run_id} was ended or claimed by another Dagster run while this one was computing"
    )
