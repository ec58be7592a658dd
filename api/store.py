"""The API's own SQL: tags as the JSON of an answer, background jobs, and a ping.

Inserting its row claims a job; a unique index allows one running job per kind. The process that runs the job renews
`heartbeat_at`. Any process that reads a running row whose heartbeat is older than `ORPHANED_AFTER_SECONDS` ends it as
failed.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import Row, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.recap_tables import admin_jobs
from alt_pipelines.sites.names import Names
from alt_pipelines.sites.store import lines_of_site, names_of_site
from alt_pipelines.tagging.store.reads import canonical_uuid

Kind = Literal["graph", "learning"]

HEARTBEAT_SECONDS = 5.0
ORPHANED_AFTER_SECONDS = 30.0
_A_MINUTE = text("interval '1 minute'")
ORPHANED = "the process that worked on this job ended before it did; ask again"


# COLLATE "C" sorts by code point, whatever the server's locale. feed_tags.updated_at is in UTC. Concatenation costs a
# fifth less than json_agg of records, and to_json writes a timestamp in a quarter of the time of to_char.
_TAGS_AS_JSON = text(
    """
    SELECT l.article_id::text, '[' || string_agg(
               '{"tag":' || to_json(t.tag_name)::text || ',"confidence":' || t.confidence
               || ',"source":"ml_model","updated_at":' || left(to_json(t.updated_at)::text, -1) || 'Z"}',
               ',' ORDER BY t.confidence DESC, t.tag_name COLLATE "C") || ']'
    FROM article_tags l JOIN feed_tags t ON t.id = l.feed_tag_id
    WHERE l.article_id = ANY(CAST(:ids AS uuid[])) GROUP BY l.article_id
    """
)
# 1000 articles have about ten thousand tags. Looking each up by its key is cheaper than scanning the table, which the
# planner prefers up to some hundred thousand rows.
_BY_KEY = text("SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)")


def site_knowledge(engine: Engine, site: str) -> tuple[frozenset[int], Names]:
    """Return the keys of the lines that a site repeats, and the names that it uses."""
    with engine.connect() as connection:
        return lines_of_site(connection, site), names_of_site(connection, site)


def tags_as_json(engine: Engine, article_ids: Sequence[str]) -> str:
    """Return the body of a batch answer: `{"success": true, "tags": {article_id: [...]}}`, ids spelled as given.

    A thousand articles have about ten thousand tags. Postgres writes them as JSON faster than this process can parse
    the rows and serialise them again, and without holding the interpreter lock (benchmarks/batch_tags.py).
    """
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for given in dict.fromkeys(article_ids):
        known = canonical_uuid(given)
        if known is not None:
            spellings[known].append(given)
    found: dict[str, str] = {}
    if spellings:
        with engine.connect() as connection:
            connection.execute(_BY_KEY)
            found = {row[0]: row[1] for row in connection.execute(_TAGS_AS_JSON, {"ids": list(spellings)})}
    tags = ",".join(f"{json.dumps(given)}:{found[known]}" for known in found for given in spellings[known])
    return f'{{"success":true,"tags":{{{tags}}}}}'


def ping(engine: Engine) -> None:
    """Make one round trip.

    Raises:
        SQLAlchemyError: the database does not answer.
    """
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))


def begin_job(engine: Engine, job_id: str, kind: Kind) -> bool:
    """Insert the row of a new running job. Returns False if a job of that kind is running."""
    with engine.begin() as connection:
        _end_orphans(connection)
        statement = insert(admin_jobs).values(job_id=job_id, kind=kind, status="running").on_conflict_do_nothing()
        return connection.execute(statement).rowcount == 1


def keep_alive(engine: Engine, job_id: str) -> None:
    """Renew the heartbeat of a running job."""
    with engine.begin() as connection:
        connection.execute(
            update(admin_jobs)
            .where(admin_jobs.c.job_id == job_id, admin_jobs.c.status == "running")
            .values(heartbeat_at=func.clock_timestamp())
        )


def end_job(engine: Engine, job_id: str, *, result: dict[str, Any] | None = None, error: str | None = None) -> None:
    """End a running job, as failed if there is an `error`. A job that has ended is left unchanged."""
    with engine.begin() as connection:
        connection.execute(
            update(admin_jobs)
            .where(admin_jobs.c.job_id == job_id, admin_jobs.c.status == "running")
            .values(
                status="succeeded" if error is None else "failed",
                result=result,
                error=error,
                finished_at=func.clock_timestamp(),
            )
        )


def read_job(engine: Engine, job_id: str, kind: Kind) -> dict[str, Any] | None:
    """Return a job as the API's JSON object, or None."""
    with engine.begin() as connection:
        _end_orphans(connection)
        row = connection.execute(
            select(admin_jobs).where(admin_jobs.c.job_id == job_id, admin_jobs.c.kind == kind)
        ).first()
    return None if row is None else _job(row)


def newest_jobs(engine: Engine, kind: Kind, limit: int = 50) -> list[dict[str, Any]]:
    """Return the newest jobs of a kind, newest first."""
    statement = (
        select(admin_jobs).where(admin_jobs.c.kind == kind).order_by(admin_jobs.c.started_at.desc()).limit(limit)
    )
    with engine.begin() as connection:
        _end_orphans(connection)
        return [_job(row) for row in connection.execute(statement)]


def _end_orphans(connection: Connection) -> None:
    silent = func.clock_timestamp() - func.make_interval(0, 0, 0, 0, 0, 0, ORPHANED_AFTER_SECONDS)
    # A heartbeat in the future was stored before the clock was set back. A living job renews it within seconds.
    connection.execute(
        update(admin_jobs)
        .where(admin_jobs.c.status == "running", admin_jobs.c.heartbeat_at > func.clock_timestamp() + _A_MINUTE)
        .values(heartbeat_at=func.clock_timestamp())
    )
    connection.execute(
        update(admin_jobs)
        .where(admin_jobs.c.status == "running", admin_jobs.c.heartbeat_at < silent)
        .values(status="failed", error=ORPHANED, finished_at=func.clock_timestamp())
    )


def _job(row: Row[Any]) -> dict[str, Any]:
    return {
        "job_id": row.job_id,
        "kind": row.kind,
        "status": row.status,
        "started_at": _rfc3339(row.started_at),
        "finished_at": None if row.finished_at is None else _rfc3339(row.finished_at),
        "result": row.result,
        "error": row.error,
    }


def _rfc3339(moment: Any) -> str:
    return str(moment.isoformat()).replace("+00:00", "Z")  # connections are in UTC
