"""Run one learning attempt: the code shared by the schedule, the API, the UI and the command.

`run_learning` takes the lock and performs the steps in order: read, learn, store the attempt, send, store the answer.
The learning itself is in pure modules of this package.
"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import structlog
from sqlalchemy import Engine

from alt_pipelines.database.engines import ping, with_retries
from alt_pipelines.learning import client, store
from alt_pipelines.learning.optimise import Learned, learn
from alt_pipelines.learning.payload import Payload, make_payload
from alt_pipelines.learning.report import Answer, LearningReport, Thresholds
from alt_pipelines.learning.snapshot import LearningRow, Snapshot, take_snapshot
from alt_pipelines.observability.tracing import span
from alt_pipelines.settings import LearningSettings, PoolSettings

log = structlog.get_logger(__name__)

_T = TypeVar("_T")

NO_RECEIVER = "No receiver is configured. Set RECAP_WORKER_LEARNING_URL to the recap worker's URL."


class LearningInProgress(RuntimeError):  # noqa: N818 - a state of the service, not a fault
    """Another learning run is in progress, and a second one is refused."""


class SendFailed(RuntimeError):  # noqa: N818 - named for what happened
    """The payload could not be delivered. The attempt is stored with the reason; `attempt_id` is the id of its row."""

    def __init__(self, message: str, attempt_id: int) -> None:
        super().__init__(message)
        self.attempt_id = attempt_id


@span("genre_learning")
def run_learning(
    engine: Engine,
    settings: LearningSettings,
    *,
    dry_run: bool = False,
    pool: PoolSettings | None = None,
    dagster_run_id: str | None = None,
) -> LearningReport:
    """Read the snapshot, learn the thresholds, send them, and store the attempt with the answer.

    With `dry_run`, nothing is sent or stored: the report's `attempt_id` is 0 and its `answer` is None. If the current
    thresholds are better, nothing is sent and the attempt is stored as `kept` with the reason. Calls to an
    unavailable database are retried for as long as `pool` allows. `dagster_run_id` is stored with the attempt.

    Raises:
        LearningInProgress: another run holds the lock.
        SendFailed: no receiver is configured, or it did not answer successfully in time.
        sqlalchemy.exc.SQLAlchemyError: the database failed.
    """
    started, started_at = time.monotonic(), datetime.now(UTC)
    database = _Database(engine, pool or PoolSettings())
    database.call(lambda: ping(engine), "connect for learning")
    with store.learning_lock(engine) as taken:
        if not taken:
            raise LearningInProgress("Another process is already learning. Wait for its result, or try again later.")
        work = _learn(database, settings, started_at)
        attempt_id, answer = 0, None
        if not dry_run:
            attempt_id = _begin(database, work, dagster_run_id)
            if work.learned.withheld is None:
                answer = _send(settings, work.payload, _Attempt(database, attempt_id, started))
    report = work.report(attempt_id, time.monotonic() - started, answer)
    log.info(
        "genre_thresholds_learned",
        attempt_id=attempt_id,
        dagster_run_id=dagster_run_id,
        dry_run=dry_run,
        rows_read=report.rows_read,
        rows_skipped=report.rows_skipped,
        reason=report.reason,
        withheld=report.withheld,
        test_accuracy=report.test_accuracy,
        **asdict(report.thresholds),
    )
    return report


@dataclass(frozen=True)
class _Database:
    """A database whose calls are retried while it is unavailable, for as long as ``pool`` allows."""

    engine: Engine
    pool: PoolSettings

    def call(self, action: Callable[[], _T], name: str) -> _T:
        return with_retries(action, self.pool, name)


@dataclass(frozen=True)
class _Attempt:
    """A stored attempt that is being sent, and when its run started on the monotonic clock."""

    database: _Database
    id: int
    started: float

    def end(self, answer: Answer | None, error: str | None) -> None:
        """Store the answer, and the error unless the payload was accepted. An outage delays this and loses nothing."""
        seconds = time.monotonic() - self.started
        self.database.call(
            lambda: store.end_attempt(self.database.engine, self.id, answer, error, seconds), "end learning attempt"
        )


@dataclass(frozen=True)
class _Work:
    """What was read and learned in one attempt, before anything is sent."""

    started_at: datetime
    snapshot: Snapshot
    current: Thresholds
    graph_edges: int
    learned: Learned
    payload: Payload

    def stored(self, dagster_run_id: str | None) -> dict[str, Any]:
        """Return the part of the report that is stored with the attempt."""
        return {
            "rows_read": self.snapshot.rows_read,
            "rows_skipped": self.snapshot.rows_skipped,
            "feedback_unrecognized": self.snapshot.feedback_unrecognized,
            "previous": asdict(self.current),
            "previous_accuracy": self.learned.previous_accuracy,
            "train_accuracy": self.learned.train_accuracy,
            "test_accuracy": self.learned.test_accuracy,
            "reason": self.learned.reason,
            "withheld": self.learned.withheld,
            "dagster_run_id": dagster_run_id,
        }

    def report(self, attempt: int, seconds: float, answer: Answer | None) -> LearningReport:
        return LearningReport(
            attempt_id=attempt,
            started_at=self.started_at,
            seconds=seconds,
            rows_read=self.snapshot.rows_read,
            rows_skipped=self.snapshot.rows_skipped,
            rows_learned_from=self.payload.metadata.rows_learned_from,
            feedback_rows=self.payload.metadata.feedback_rows,
            feedback_unrecognized=self.snapshot.feedback_unrecognized,
            graph_edges=self.graph_edges,
            thresholds=self.learned.thresholds,
            reason=self.learned.reason,
            withheld=self.learned.withheld,
            train_accuracy=self.learned.train_accuracy,
            test_accuracy=self.learned.test_accuracy,
            previous=self.current,
            previous_accuracy=self.learned.previous_accuracy,
            trials=self.learned.trials,
            payload=self.payload.as_json(),
            answer=answer,
        )


def _learn(database: _Database, settings: LearningSettings, started_at: datetime) -> _Work:

    def read() -> tuple[list[LearningRow], dict[tuple[str, str], float], Thresholds]:
        with database.engine.connect() as connection:
            rows = store.read_rows(connection, settings)
            graph = store.read_graph(connection, settings.graph_window)
            return rows, graph, store.read_current(connection)

    rows, graph, current = database.call(read, "read learning rows")
    snapshot = take_snapshot(rows, graph)
    learned = learn(snapshot.examples(), current, settings)
    return _Work(started_at, snapshot, current, len(graph), learned, make_payload(snapshot, learned, started_at))


def _begin(database: _Database, work: _Work, dagster_run_id: str | None) -> int:
    """Store the attempt and return its id."""
    status: store.Status = "sending" if work.learned.withheld is None else "kept"
    payload, stored = work.payload.as_json(), work.stored(dagster_run_id)
    return database.call(
        lambda: store.begin_attempt(database.engine, payload, stored, status), "begin learning attempt"
    )


def _send(settings: LearningSettings, payload: Payload, attempt: _Attempt) -> Answer:
    try:
        if not settings.recap_worker_url:
            raise client.ReceiverError(NO_RECEIVER)
        answer = client.send(settings.recap_worker_url, payload.as_json(), settings.timeout_seconds)
    except client.ReceiverError as error:
        attempt.end(error.answer, str(error))
        raise SendFailed(str(error), attempt.id) from error
    attempt.end(answer, None)
    return answer
