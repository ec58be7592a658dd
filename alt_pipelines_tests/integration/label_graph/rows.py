"""Learning rows as the recap worker writes them, and as it should not, straight into recap-db; a build, its edges."""

import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Engine, text

from alt_pipelines.label_graph.report import WindowReport
from alt_pipelines.label_graph.run import build_graph
from alt_pipelines.settings import GraphSettings

_INSERT = text(
    "INSERT INTO recap_genre_learning_results "
    "(job_id, article_id, coarse_candidates, "
    "refine_decision, tag_profile, feedback, timestamps, created_at, updated_at) "
    "VALUES (:job, :article, CAST(:candidates AS jsonb), CAST(:decision AS jsonb), CAST(:profile AS jsonb), "
    "CAST(:feedback AS jsonb), '{}', :updated, :updated)"
)


class Row(NamedTuple):
    """One learning row; the JSON columns hold text, so that a test can write what json.dumps would not."""

    decision: str
    profile: str
    updated_at: datetime
    candidates: str = "[]"
    feedback: str | None = None
    article: str | None = None


def row(genre: object = "tech", tags: object = (), *, age: timedelta = timedelta(hours=1), **more: Any) -> Row:
    """A row of `genre` with (label, confidence) pairs, last updated `age` ago."""
    listed = [{"label": label, "confidence": confidence} for label, confidence in tags]  # type: ignore[attr-defined]
    return Row(
        json.dumps({"final_genre": genre, "confidence": 0.8, "strategy": "graph_boost"}),
        json.dumps({"top_tags": listed, "entropy": 1.0}),
        datetime.now(UTC) - age,
        **more,
    )


def insert(engine: Engine, rows: Iterable[Row]) -> None:
    """Write the rows, each under a job and article of its own unless it names its article."""
    values = [
        {
            "job": str(uuid.uuid4()),
            "article": item.article or f"article-{number}",
            "candidates": item.candidates,
            "decision": item.decision,
            "profile": item.profile,
            "feedback": item.feedback,
            "updated": item.updated_at,
        }
        for number, item in enumerate(rows)
    ]
    if values:
        with engine.begin() as connection:
            connection.execute(_INSERT, values)


def graph(engine: Engine, window: str = "7d") -> dict[tuple[str, str], tuple[float, int]]:
    """(genre, tag) → (weight, sample size) of a stored window."""
    query = text("SELECT genre, tag, weight, sample_size FROM tag_label_graph WHERE window_label = :window")
    with engine.connect() as connection:
        return {(r.genre, r.tag): (r.weight, r.sample_size) for r in connection.execute(query, {"window": window})}


def build(engine: Engine, days: int = 7, **options: object) -> WindowReport:
    """Build one window with the default rules."""
    return build_graph(engine, GraphSettings(), [days], **options).windows[0]  # type: ignore[arg-type]
