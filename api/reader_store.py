"""SQL of the reader's pages and of the list of runs: jobs, their genres, stories with evidence, new tags.

Read-only; each query is bounded by an index and a limit. A job and genre can have several genre runs; the pages show
the newest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.database.shapes import shape_of
from api.tags_store import CONFIDENCE

JOBS_SCANNED = 2000
"""How many of the newest genre runs are searched for a page of jobs; a job has about thirty genres."""

STORIES_IN_OVERVIEW = 3


@dataclass(frozen=True)
class GenreOverview:
    """The newest genre run of a genre in a job, with its first stories in the form of the run object."""

    genre: str
    run_id: int
    status: str
    cluster_count: int
    started_at: datetime
    finished_at: datetime | None
    stories: Sequence[dict[str, Any]]
    error_message: str | None


@dataclass(frozen=True)
class JobOverview:
    """A recap job: the id of its newest genre run, its start and its genres."""

    job_id: str
    newest_run: int
    started_at: datetime
    genres: Sequence[str]


@dataclass(frozen=True)
class Evidence:
    """An evidence article of a story. `source_url` is as submitted: check it before linking."""

    cluster_id: int
    article_id: str
    title: str | None
    source_url: str | None
    published_at: datetime | None
    lang: str | None


@dataclass(frozen=True)
class TaggedArticle:
    """An article with its new tags."""

    title: str
    url: str
    tagged_at: datetime
    tags: Sequence[tuple[str, float]]


_JOBS = text(
    """
    SELECT job_id::text, max(id) AS newest_run, min(started_at) AS started_at,
           array_agg(DISTINCT genre ORDER BY genre) AS genres
    FROM (SELECT id, job_id, genre, started_at FROM recap_subworker_runs
          WHERE id < :before ORDER BY id DESC LIMIT :scanned) newest
    WHERE NOT EXISTS (SELECT FROM recap_subworker_runs later
                      WHERE later.job_id = newest.job_id AND later.id >= :before)
    GROUP BY job_id ORDER BY max(id) DESC LIMIT :limit
    """
)
_GENRES = text(
    """
    SELECT DISTINCT ON (genre) genre, id AS run_id, status, cluster_count, started_at, finished_at, error_message,
           coalesce(jsonb_path_query_array(response_payload, CAST(:path AS jsonpath)), '[]'::jsonb) AS stories
    FROM recap_subworker_runs WHERE job_id = CAST(:job_id AS uuid) ORDER BY genre, id DESC
    """
)
_NEWEST_RUN = text(
    """
    SELECT id FROM recap_subworker_runs WHERE job_id = CAST(:job_id AS uuid) AND genre = :genre
    ORDER BY id DESC LIMIT 1
    """
)
_EVIDENCE = text(
    """
    SELECT c.cluster_id, e.article_id, e.title, e.source_url, e.published_at, e.lang
    FROM recap_subworker_clusters c JOIN recap_cluster_evidence e ON e.cluster_row_id = c.id
    WHERE c.run_id = :run_id AND c.cluster_id < :first ORDER BY c.cluster_id, e.rank, e.id LIMIT 20000
    """
)
_MAP = text("SELECT value FROM recap_subworker_diagnostics WHERE run_id = :run_id AND metric = 'map'")
# Uses the index on feed_tags.created_at; an article that is tagged again is not new.
_NEW_TAGS = f"""
    WITH fresh AS (
        SELECT feed_id, max(created_at) AS tagged_at
        FROM (SELECT feed_id, created_at FROM feed_tags ORDER BY created_at DESC LIMIT :scanned) newest
        GROUP BY feed_id ORDER BY max(created_at) DESC LIMIT :limit
    )
    SELECT a.title, a.url, fresh.tagged_at, found.tags
    FROM fresh JOIN articles a ON a.feed_id = fresh.feed_id
    CROSS JOIN LATERAL (
        SELECT json_agg(json_build_array(t.tag_name, {CONFIDENCE}) ORDER BY {CONFIDENCE} DESC) AS tags
        FROM feed_tags t JOIN article_tags l ON l.feed_tag_id = t.id AND l.article_id = a.id
        WHERE t.feed_id = fresh.feed_id
    ) found
    WHERE found.tags IS NOT NULL AND {{not_deleted}} ORDER BY fresh.tagged_at DESC LIMIT :limit
"""
_RUNS = """
    SELECT r.id AS run_id, r.job_id::text, r.genre, r.status, r.cluster_count, r.started_at, r.finished_at,
           r.error_message, ours.dagster_run_id
    FROM recap_subworker_runs r LEFT JOIN alt_pipelines.genre_runs ours ON ours.run_id = r.id
    WHERE r.id < :before{conditions} ORDER BY r.id DESC LIMIT :limit
"""
_CONDITIONS = {
    "job_id": " AND r.job_id = CAST(:job_id AS uuid)",
    "genre": " AND r.genre = :genre",
    "status": " AND r.status = :status",
}
NEWEST = 2**63 - 1
"""The value of `before` for the first page."""


def recent_jobs(engine: Engine, before: int, limit: int) -> list[JobOverview]:
    """Return the jobs whose newest genre run has an id below `before`, newest first."""
    with engine.connect() as connection:
        rows = connection.execute(_JOBS, {"before": before, "limit": limit, "scanned": JOBS_SCANNED})
        return [JobOverview(*row) for row in rows]


def genres_of_job(engine: Engine, job_id: str) -> list[GenreOverview]:
    """Return the genres of a job, each with its newest genre run; empty for an unknown job."""
    path = f"$.clusters[0 to {STORIES_IN_OVERVIEW - 1}]"
    with engine.connect() as connection:
        rows = connection.execute(_GENRES, {"job_id": job_id, "path": path}).mappings()
        return [GenreOverview(**row) for row in rows]


def newest_run(engine: Engine, job_id: str, genre: str) -> int | None:
    """Return the id of the newest genre run of a job and genre, or None."""
    with engine.connect() as connection:
        return connection.execute(_NEWEST_RUN, {"job_id": job_id, "genre": genre}).scalar_one_or_none()


def evidence_of_run(engine: Engine, run_id: int, first: int = 2**31 - 1) -> list[Evidence]:
    """Return the evidence articles of a run's stories with ids below `first`, the best of each story first."""
    with engine.connect() as connection:
        return [Evidence(*row) for row in connection.execute(_EVIDENCE, {"run_id": run_id, "first": first})]


def map_of_run(engine: Engine, run_id: int) -> list[list[float]]:
    """Return the points of a run's map as [x, y, cluster id]; empty if it has no map."""
    with engine.connect() as connection:
        found = connection.execute(_MAP, {"run_id": run_id}).scalar_one_or_none()
    return found if isinstance(found, list) else []


def new_tags(engine: Engine, limit: int) -> list[TaggedArticle]:
    """Return the most recently tagged articles, newest first."""
    with engine.connect() as connection:
        statement = text(_NEW_TAGS.format(not_deleted=shape_of(connection).not_deleted()))
        rows = connection.execute(statement, {"limit": limit, "scanned": limit * 12})
        return [TaggedArticle(row.title, row.url, row.tagged_at, [(t, c) for t, c in row.tags]) for row in rows]


def list_runs(engine: Engine, before: int, limit: int, filters: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return genre runs with ids below `before`, newest first, without their clusters.

    Keys of `filters`: any of job_id (a UUID), genre and status.
    """
    conditions = "".join(_CONDITIONS[name] for name in filters)
    with engine.connect() as connection:
        rows = connection.execute(
            text(_RUNS.format(conditions=conditions)), {"before": before, "limit": limit, **filters}
        )
        return [dict(row) for row in rows.mappings()]
