"""Correction of times of unfinished genre runs that lie in the future, because the database's clock was set back since.

Without a correction, a run waits for its launch, and a lost worker stays undetected, until the clock reaches those
times again.
"""

from sqlalchemy import text
from sqlalchemy.engine import Engine

# A run that was never launched waits from `started_at` on, a column of the platform's table; `launched_at` replaces it.
_CORRECT = text(
    """
    UPDATE alt_pipelines.genre_runs g
    SET launched_at = least(coalesce(g.launched_at, r.started_at), now()),
        claimed_at = least(g.claimed_at, CASE WHEN g.claimed_at IS NOT NULL THEN now() END),
        heartbeat_at = least(g.heartbeat_at, CASE WHEN g.heartbeat_at IS NOT NULL THEN now() END)
    FROM recap_subworker_runs r
    WHERE r.id = g.run_id AND r.status = 'running'
      AND greatest(g.launched_at, g.claimed_at, g.heartbeat_at, r.started_at) > now() + interval '1 minute'
    """
)


def correct(engine: Engine) -> int:
    """Move the times of unfinished runs that lie in the future to now. Returns the number of runs.

    A living worker renews its heartbeat within seconds; a dead one is detected as if it had died now.
    """
    with engine.begin() as connection:
        return connection.execute(_CORRECT).rowcount
