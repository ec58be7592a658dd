"""Learning's SQL: the learning rows, the graph, the current thresholds and the attempts."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Literal, NamedTuple

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database.locks import HELD_SINGLE, Single
from alt_pipelines.database.recap_tables import learning_attempts, tag_label_graph, worker_config
from alt_pipelines.database.shapes import shape_of
from alt_pipelines.learning.report import REFERENCES, Answer, Thresholds
from alt_pipelines.learning.snapshot import LearningRow
from alt_pipelines.observability.metrics import MetricBatch
from alt_pipelines.observability.store import add_metrics
from alt_pipelines.settings import LearningSettings
from alt_pipelines.text.normal import storable

OVERRIDE = "graph_override"

Status = Literal["sending", "kept"]
"""Initial status of an attempt: `sending`, or `kept` if the current thresholds are better and nothing is sent."""

_LOCK = {"lock": int(Single.LEARNING)}

_LOCK_HELD = f"SELECT EXISTS (SELECT FROM ({HELD_SINGLE}) held WHERE key = :lock)"

# The newest row of each article is found by keys alone; only the chosen rows are read completely. A row more than an
# hour ahead of the clock does not count.
_ROWS = """
WITH newest AS (
    SELECT DISTINCT ON (article_id) job_id, article_id, updated_at
    FROM recap_genre_learning_results
    WHERE updated_at >= now() - make_interval(days => :days) AND updated_at <= now() + interval '1 hour'
    ORDER BY article_id, updated_at DESC, job_id
), chosen AS (
    SELECT * FROM newest ORDER BY updated_at DESC, article_id LIMIT :max_rows
)
SELECT row.coarse_candidates, row.refine_decision, row.tag_profile, row.feedback
FROM chosen JOIN recap_genre_learning_results AS row USING (job_id, article_id)
ORDER BY chosen.updated_at DESC, chosen.article_id
"""


@contextmanager
def learning_lock(engine: Engine) -> Iterator[bool]:
    """Hold the lock of learning. Yield False if another process has it. The lock ends with its connection."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        taken = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), _LOCK))
        try:
            yield taken
        finally:
            if taken and not connection.invalidated:
                with suppress(DBAPIError):  # the session was lost, and the lock with it
                    connection.execute(text("SELECT pg_advisory_unlock(:lock)"), _LOCK)


def in_progress(engine: Engine) -> bool:
    """Whether a process holds the lock of learning. Does not take the lock, so it disturbs no run."""
    with engine.connect() as connection:
        return bool(connection.scalar(text(_LOCK_HELD), _LOCK))


def read_rows(connection: Connection, settings: LearningSettings) -> list[LearningRow]:
    """Read the newest learning row of each article of the last `days`, newest first, at most `max_rows`."""
    rows = connection.execute(text(_ROWS), {"days": settings.days, "max_rows": settings.max_rows})
    return [LearningRow(*row) for row in rows]


def read_graph(connection: Connection, window: str) -> dict[tuple[str, str], float]:
    """Read a window of the graph as (genre, tag) → weight; empty if it has not been built."""
    columns = tag_label_graph.c
    rows = connection.execute(select(columns.genre, columns.tag, columns.weight).where(columns.window_label == window))
    return {(row.genre, row.tag): row.weight for row in rows}


def read_current(connection: Connection) -> Thresholds:
    """Read the current thresholds: the newest override that the recap worker saved, else the newest sent to it.

    Missing values are those of the references.
    """
    saved = None
    if shape_of(connection).worker_config:
        saved = connection.scalar(
            select(worker_config.c.config_payload)
            .where(worker_config.c.config_type == OVERRIDE)
            .order_by(worker_config.c.created_at.desc())
            .limit(1)
        )
    sent = connection.scalar(
        select(learning_attempts.c.payload[OVERRIDE])
        .where(learning_attempts.c.status == "sent")
        .order_by(learning_attempts.c.id.desc())
        .limit(1)
    )
    known = saved if isinstance(saved, dict) else sent if isinstance(sent, dict) else {}
    return Thresholds(
        graph_margin=float(_number(known.get("graph_margin"), REFERENCES.graph_margin)),
        boost_threshold=float(_number(known.get("boost_threshold"), REFERENCES.boost_threshold)),
        tag_count_threshold=int(_number(known.get("tag_count_threshold"), REFERENCES.tag_count_threshold)),
    )


def begin_attempt(engine: Engine, payload: dict[str, Any], report: dict[str, Any], status: Status = "sending") -> int:
    """Store an attempt, with status `sending` before it is sent or `kept` if it is not sent. Return its id.

    The caller must hold the lock of learning: other attempts that are still `sending` belong to processes that have
    ended, and are marked as failed.
    """
    with engine.begin() as connection:
        connection.execute(
            update(learning_attempts)
            .where(learning_attempts.c.status == "sending")
            .values(
                status="failed",
                finished_at=func.now(),
                error="The process ended before it stored the recap worker's answer.",
            )
        )
        attempt = connection.scalar(
            insert(learning_attempts)
            .values(
                status=status,
                payload=payload,
                report=report,
                finished_at=func.now() if status == "kept" else None,
            )
            .returning(learning_attempts.c.id)
        )
    assert attempt is not None
    return int(attempt)


def end_attempt(engine: Engine, attempt: int, answer: Answer | None, error: str | None, seconds: float) -> None:
    """Store the end of an attempt: the answer, and the error unless the payload was accepted."""
    metrics = MetricBatch()
    metrics.observe("recap_subworker_learning_task_duration_seconds", seconds)
    outcome = "failure" if error else "success"
    metrics.count(f"recap_subworker_learning_task_{outcome}_total")
    with engine.begin() as connection:
        connection.execute(
            update(learning_attempts)
            .where(learning_attempts.c.id == attempt)
            .values(
                status="failed" if error else "sent",
                finished_at=func.now(),
                answer_status=answer.status_code if answer else None,
                answer=answer.body if answer else None,
                answer_text=answer.text if answer else None,
                error=storable(error) if error else None,
            )
        )
        add_metrics(connection, metrics)


class Attempt(NamedTuple):
    """A stored attempt: its status, the reason why nothing was sent, the receiver's answer, and the error."""

    attempt_id: int
    status: str
    withheld: str | None
    answer: Answer | None
    error: str | None


def attempt_of(engine: Engine, dagster_run_id: str) -> Attempt | None:
    """Return the attempt that a Dagster run stored, or None if the run ended before it stored one."""
    columns = learning_attempts.c
    with engine.connect() as connection:
        row = connection.execute(
            select(learning_attempts)
            .where(columns.report["dagster_run_id"].astext == dagster_run_id)
            .order_by(columns.id.desc())
            .limit(1)
        ).first()
    if row is None:
        return None
    answer = None if row.answer_status is None else Answer(row.answer_status, row.answer, row.answer_text or "")
    return Attempt(row.id, row.status, row.report.get("withheld"), answer, row.error)


def _number(value: object, default: float) -> float:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else default
