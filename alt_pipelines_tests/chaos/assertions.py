"""Assertions after recovery: no work is lost, repeated or stuck, and no process or session is left behind."""

import os
import time
from collections.abc import Iterator

import psutil
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from alt_pipelines_tests.chaos.load import Load
from alt_pipelines_tests.chaos.poison import URL as POISON
from alt_pipelines_tests.chaos.poison import unfinished_poison
from alt_pipelines_tests.chaos.world import World

_MOST_SESSIONS = 90

_UNTAGGED = "SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM {outcomes} o WHERE o.article_id = a.id)"
_FAILED = "SELECT count(*) FROM {outcomes} WHERE status = 'failed' AND reason <> 'took_too_long'"
_RUNNING = "SELECT count(*) FROM recap_subworker_runs WHERE status = 'running'"
_IN_FLIGHT = "SELECT count(*) FROM runs WHERE status NOT IN ('SUCCESS', 'FAILURE', 'CANCELED')"

# Queries that return no rows in a consistent database, each with the meaning of a row.
_ALT_INVARIANTS = {
    "a tag twice on one feed": "SELECT feed_id, tag_name FROM feed_tags GROUP BY 1, 2 HAVING count(*) > 1",
    "an article linked twice to one tag": """
        SELECT article_id, feed_tag_id FROM article_tags GROUP BY 1, 2 HAVING count(*) > 1""",
    "a tagged article without tags": """
        SELECT o.article_id FROM {outcomes} o WHERE o.status = 'tagged'
        AND NOT EXISTS (SELECT 1 FROM article_tags t WHERE t.article_id = o.article_id)""",
    "a count of tags that is not that of the links": """
        SELECT o.article_id FROM {outcomes} o WHERE o.status = 'tagged'
        AND o.tag_count <> (SELECT count(*) FROM article_tags t WHERE t.article_id = o.article_id)""",
}
_RECAP_INVARIANTS = {
    "a finished run without an end": """
        SELECT id FROM recap_subworker_runs WHERE status <> 'running' AND finished_at IS NULL""",
    "a failed run without a reason": """
        SELECT id FROM recap_subworker_runs WHERE status = 'failed' AND coalesce(error_message, '') = ''""",
    "a request with two runs that did not fail": """
        SELECT job_id, genre FROM recap_subworker_runs WHERE status <> 'failed' GROUP BY 1, 2 HAVING count(*) > 1""",
    "clusters of a run that did not succeed": """
        SELECT r.id FROM recap_subworker_runs r JOIN recap_subworker_clusters c ON c.run_id = r.id
        WHERE r.status NOT IN ('succeeded', 'partial')""",
    "a cluster count that is not that of the clusters": """
        SELECT r.id FROM recap_subworker_runs r WHERE r.status IN ('succeeded', 'partial') AND r.cluster_count <>
        (SELECT count(*) FROM recap_subworker_clusters c WHERE c.run_id = r.id AND c.cluster_id >= 0)""",
    "an article in two clusters of one run": """
        SELECT c.run_id, e.article_id FROM recap_cluster_evidence e
        JOIN recap_subworker_clusters c ON c.id = e.cluster_row_id
        GROUP BY 1, 2 HAVING count(DISTINCT c.id) > 1""",
}

OUTCOMES = "alt_pipelines.article_tag_outcomes"


def wait_until_settled(world: World, seconds: float) -> float:
    """Wait until no article is untagged or to be retried and no run is open. Returns the seconds waited.

    Raises:
        AssertionError: not settled after `seconds`.
    """
    started = time.monotonic()
    while True:
        try:
            open_work = {
                "articles without an outcome": _count(world.alt, _UNTAGGED),
                "articles to be tried again": _count(world.alt, _FAILED),
                "genre runs running": _count(world.recap, _RUNNING),
                "Dagster runs in flight": _count(world.dagster, _IN_FLIGHT),
            }
        except DBAPIError:
            open_work = {"databases away": 1}
        if not any(open_work.values()):
            return time.monotonic() - started
        if time.monotonic() - started > seconds:
            raise AssertionError(f"not settled after {seconds:.0f} s: {open_work}")
        time.sleep(1)


def broken_invariants(world: World, load: Load) -> Iterator[str]:
    """Yield one sentence per broken invariant."""
    for name, query in _ALT_INVARIANTS.items():
        if found := _rows(world.alt, query):
            yield f"alt-db: {name}: {found[:3]}"
    for name, query in _RECAP_INVARIANTS.items():
        if found := _rows(world.recap, query):
            yield f"recap-db: {name}: {found[:3]}"
    for outcome in unfinished_poison(world):
        yield f"an article that takes too long has another outcome, or a good one has that: {outcome}"
    articles = _count(world.alt, f"SELECT count(*) FROM articles WHERE url NOT LIKE '{POISON}%'")
    if articles != len(load.urls):
        yield f"{len(load.urls)} articles were inserted, {articles} are there"
    for (job, genre), run_id in load.accepted.items():
        query = f"SELECT status FROM recap_subworker_runs WHERE job_id = '{job}' AND genre = '{genre}'"
        statuses = [row[0] for row in _rows(world.recap, query)]
        if not statuses or set(statuses) == {"running"}:
            yield f"run {run_id} was accepted and is {statuses or 'gone'}"
    for refusal in load.refused:
        yield f"a sound request was refused: {refusal}"
    yield from _left_behind(world)


def _left_behind(world: World) -> Iterator[str]:
    known = set(world.stack.groups().values())
    for process in psutil.process_iter():
        try:
            home = process.environ().get("ALT_PIPELINES_HOME")
            group = os.getpgid(process.pid)
        except (psutil.Error, ProcessLookupError):
            continue
        if home == str(world.stack.home.path) and group not in known and process.pid != os.getpid():
            yield f"an orphan: {process.pid} {' '.join(process.cmdline()[:6])}"
    sessions = _count(world.dagster, "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
    if sessions > _MOST_SESSIONS:
        yield f"{sessions} database sessions are open"
    stuck = _rows(
        world.dagster,
        "SELECT application_name, pid FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' "
        "AND now() - state_change > interval '2 minutes'",
    )
    if stuck:
        yield f"sessions that hold a transaction open: {stuck}"


def figures(world: World) -> dict[str, object]:
    """Return the outcome counts of articles, genre runs, Dagster runs and restarts."""
    outcomes = dict(map(tuple, _rows(world.alt, "SELECT status, count(*) FROM {outcomes} GROUP BY 1")))
    runs = dict(map(tuple, _rows(world.recap, "SELECT status, count(*) FROM recap_subworker_runs GROUP BY 1")))
    reasons = [row[0] for row in _rows(world.recap, "SELECT DISTINCT error_message FROM recap_subworker_runs")]
    dagster_runs = dict(map(tuple, _rows(world.dagster, "SELECT status, count(*) FROM runs GROUP BY 1")))
    restarts = {name: state.restarts for name, state in world.stack.states().items() if state.restarts}
    return {
        "articles by outcome": outcomes,
        "genre runs": runs,
        "why genre runs failed": [reason for reason in reasons if reason],
        "Dagster runs": dagster_runs,
        "restarts by the supervisor": restarts,
    }


def _count(engine: Engine, query: str) -> int:
    return int(_rows(engine, query)[0][0])


def _rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query.format(outcomes=OUTCOMES)))]
