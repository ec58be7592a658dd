"""Check that a database accepts our writes: the role's grants, the unique keys, and a write that is rolled back.

The grants are those that `database.rights` lists, so a missing grant on any table that a pipeline writes is detected.
Without a unique key of the tags, no tagging run starts.
The rolled-back write detects a database that is read only, full or locked.
"""

from typing import Literal

from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database.rights import missing_rights
from alt_pipelines.database.unique_keys import MissingKeyError, check_keys

_LOCK_MILLISECONDS = 2000

# An update that sets a column to its own value needs the same locks and grants as a real write and changes nothing. A
# run with an explicit id does not advance the sequence of run ids.
_WRITES = {
    "alt": (
        "UPDATE alt_pipelines.article_tag_outcomes SET status = status "
        "WHERE article_id = (SELECT article_id FROM alt_pipelines.article_tag_outcomes LIMIT 1)",
        "INSERT INTO alt_pipelines.pipeline_metrics (name, labels, value) VALUES ('rehearsal', '{}', 0)",
    ),
    "recap": (
        "INSERT INTO recap_subworker_runs (id, job_id, genre, status) "
        "VALUES (-1, gen_random_uuid(), 'rehearsal', 'failed')",
        "INSERT INTO alt_pipelines.pipeline_metrics (name, labels, value) VALUES ('rehearsal', '{}', 0)",
    ),
}


def rehearse(engine: Engine, database: Literal["alt", "recap"]) -> str | None:
    """Return what prevents writes, as a sentence that is safe to show, or None.

    Raises:
        SQLAlchemyError: the database does not answer.
    """
    if missing := [right for right in missing_rights(engine, database) if right.for_runs]:
        more = f" Other missing rights: {len(missing) - 1}." if len(missing) > 1 else ""
        return missing[0].sentence + "." + more
    if database == "alt":
        try:
            check_keys(engine)
        except MissingKeyError as error:
            return str(error)
    try:
        with engine.connect() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = {_LOCK_MILLISECONDS}"))
            for statement in _WRITES[database]:
                connection.execute(text(statement))
            connection.rollback()
    except DBAPIError as error:
        state = str(getattr(error.orig, "pgcode", None) or "")
        if (reason := _reason(state)) is not None:
            return f"{database}-db does not accept writes: {reason}"
        raise
    return None


def _reason(state: str) -> str | None:
    reasons = {
        "25006": "it is read-only; make it writable, or connect to the primary server",
        "53100": "its disk is full; free some space",
        "55P03": "another session holds a lock on a table; see pg_locks",
        "57014": "a statement timed out; see pg_stat_activity",
        "42501": "a right is missing; run `alt-pipelines doctor`",
        "42P01": "a table is missing; run `alt-pipelines db upgrade`",
    }
    return reasons.get(state)
