"""What Dagster's daemon needs when the wall clock is set back: a restart, and no stored tick in the future.

Dagster measures intervals by the wall clock. After the clock was set back, run monitoring, run retries and heartbeats
pause until the clock has caught up; a restart of the process ends that. A schedule whose last tick is stored with a
time in the future has no tick before that time; `forget_future_ticks` deletes such ticks when the daemon starts.
"""

import time

import dagster as dg
import structlog
from sqlalchemy.engine import Connection

from alt_pipelines.runtime import store
from alt_pipelines.runtime.dagster_internals import InstigatorType, ScheduleInstigatorData

log = structlog.get_logger(__name__)

SET_BACK_SECONDS = 5.0  # more than a time server corrects in one step on a machine that is synchronized
_TOLERANCE_SECONDS = 60.0  # several machines may differ by this much


class ClockWatch:
    """Detects that the wall clock was set back between two calls."""

    def __init__(self) -> None:
        self._ahead = time.time() - time.monotonic()

    def set_back_by(self) -> float:
        """Return by how many seconds the clock was set back since the last call; 0 for a few seconds or less."""
        before, self._ahead = self._ahead, time.time() - time.monotonic()
        back = before - self._ahead
        return back if back > SET_BACK_SECONDS else 0.0


def forget_future_ticks(instance: dg.DagsterInstance, session: Connection) -> int:
    """Delete ticks that lie in the future and reset schedules that continue from there. Returns the number of ticks.

    A deleted tick is evaluated again when its time comes, which is harmless: every scheduled job is idempotent.
    """
    now = time.time()
    limit = now + _TOLERANCE_SECONDS
    deleted = store.delete_ticks_after(session, limit)
    for state in instance.all_instigator_state(instigator_type=InstigatorType.SCHEDULE):
        data = state.instigator_data
        if isinstance(data, ScheduleInstigatorData) and max(_times(data)) > limit:
            started = None if data.start_timestamp is None else min(now, data.start_timestamp)
            instance.update_instigator_state(state.with_data(ScheduleInstigatorData(data.cron_schedule, started, None)))
    if deleted:
        log.warning("future_ticks_deleted", ticks=deleted, reason="the clock was set back after they were stored")
    return deleted


def _times(data: ScheduleInstigatorData) -> tuple[float, float]:
    return data.start_timestamp or 0.0, data.last_iteration_timestamp or 0.0
