"""Correction of the times of unfinished genre runs after the database's clock was set.

set back     a run waits for its launch, and a lost worker stays undetected, until the clock reaches the times again
set forward  waiting runs seem to have waited, and living workers to have been silent, for as long as the jump
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


# Times before the jump keep their distance to now. A run that waits without a heartbeat waits since `started_at`.
_SHIFT = text(
    """
    UPDATE alt_pipelines.genre_runs g
    SET launched_at = CASE WHEN g.launched_at > j.before THEN g.launched_at ELSE g.launched_at + j.by END,
        claimed_at = CASE WHEN g.claimed_at > j.before THEN g.claimed_at ELSE g.claimed_at + j.by END,
        heartbeat_at = CASE WHEN g.heartbeat_at > j.before THEN g.heartbeat_at
                            ELSE coalesce(g.heartbeat_at, r.started_at) + j.by END
    FROM recap_subworker_runs r,
         (SELECT make_interval(secs => :seconds) AS by, now() - make_interval(secs => :seconds) AS before) j
    WHERE r.id = g.run_id AND r.status = 'running' AND r.started_at <= j.before
    """
)


def now(engine: Engine) -> float:
    """Return the database's time in seconds since the epoch."""
    with engine.connect() as connection:
        return float(connection.execute(text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())


def shift(engine: Engine, seconds: float) -> int:
    """Move the times of unfinished runs from before a jump of the clock forward by it. Returns the number of runs."""
    with engine.begin() as connection:
        return connection.execute(_SHIFT, {"seconds": seconds}).rowcount


def correct_future(engine: Engine) -> int:
    """Move the times of unfinished runs that lie in the future to now. Returns the number of runs.

    A living worker renews its heartbeat within seconds; a dead one is detected as if it had died now.
    """
    with engine.begin() as connection:
        return connection.execute(_CORRECT).rowcount
