"""When the daemon counts as silent, for the adapter's readiness and `doctor`.

The supervisor and the launch of pipeline runs share only the limit `FRESH_SECONDS`.
"""

from collections.abc import Mapping

from alt_pipelines.clock import apart

FRESH_SECONDS = 120.0
"""The daemon writes a heartbeat every 30 s. Dagster itself considers one healthy for half an hour."""

_USED_SECONDS = 86_400.0
"""A daemon whose heartbeat is this much older than the newest one is no longer used, as after an upgrade of Dagster."""


def silence(beats: Mapping[str, float], now: float) -> str | None:
    """Return a clause that says which of Dagster's daemons are silent, or None.

    Args:
        beats: the last heartbeat of each daemon, in seconds since the epoch, as `now`.
    """
    if not beats:
        return "the daemon has never run"
    newest = max(beats.values())
    ages = {name: apart(now, beat) for name, beat in beats.items() if newest - beat < _USED_SECONDS}
    silent = sorted(name for name, age in ages.items() if age > FRESH_SECONDS)
    return f"no heartbeat for {max(ages.values()):.0f} s from: {', '.join(silent)}" if silent else None
