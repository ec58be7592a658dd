"""Which sensors and schedules are off or fail: what the adapter's readiness and `doctor` both report.

Dagster's webserver answers `QUERY`, because only it knows the states of the code that is loaded now: the tables keep
those of earlier locations too. A sensor fails if a tick failed and none has worked for `FAILING_SECONDS`, by when the
next tick after an outage has worked. A schedule fails if its last tick failed: its next one may be a day away.
"""

import time
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from alt_pipelines.clock import apart

FAILING_SECONDS = 90.0

WORK = {
    "pending_articles": "no article is tagged",
    "genre_run_outbox": "genre runs that Dagster could not accept at once are never launched",
    "genre_run_reconciliation": "genre runs whose worker was lost stay unfinished",
    "resend_lost_runs": "runs whose message the broker lost wait forever",
}
"""The sensors without which work is not done, and what happens then. Without the others, data gets old."""

_STATE = """{ status
  failed: ticks(limit: 1, statuses: [FAILURE]) { timestamp error { message } }
  worked: ticks(limit: 1, statuses: [SUCCESS, SKIPPED]) { timestamp } }"""
QUERY = f"""
query Switches {{ repositoriesOrError {{ __typename ... on RepositoryConnection {{ nodes {{
  sensors {{ name sensorState {_STATE} }} schedules {{ name scheduleState {_STATE} }} }} }} }} }}
"""


class Fault(NamedTuple):
    """A sensor or schedule that is off or fails."""

    name: str
    sentence: str

    @property
    def stops_work(self) -> bool:
        """Whether work is not done for this reason."""
        return self.name in WORK


def faults(data: Mapping[str, Any]) -> list[Fault]:
    """Return the faults in the data that `QUERY` returns, those that stop work first.

    Raises:
        KeyError, TypeError: the data has another shape.
    """
    now = time.time()
    found = [fault for node in data["repositoriesOrError"]["nodes"] for fault in _of_repository(node, now)]
    return sorted(found, key=lambda fault: (not fault.stops_work, fault.name))


def _of_repository(node: Mapping[str, Any], now: float) -> Iterator[Fault]:
    for kind in ("sensor", "schedule"):
        for one in node[f"{kind}s"]:
            name, state = one["name"], one[f"{kind}State"]
            effect = f", so {WORK[name]}" if name in WORK else ""
            if state["status"] != "RUNNING":
                yield Fault(
                    name, f"the {kind} {name} is off{effect}; switch it on in Dagster's UI: Automation, then {name}"
                )
            elif (error := _failure(state, kind, now)) is not None:
                yield Fault(
                    name,
                    f"the {kind} {name} fails{effect}: {error}; its ticks are in Dagster's UI: Automation, then {name}",
                )


def _failure(state: Mapping[str, Any], kind: str, now: float) -> str | None:
    """Return the error's first line if the sensor or schedule fails, else None."""
    failed, worked = state["failed"], state["worked"]
    if not failed:
        return None
    last = worked[0]["timestamp"] if worked else 0.0
    if failed[0]["timestamp"] < last or (kind == "sensor" and worked and apart(now, last) < FAILING_SECONDS):
        return None
    lines = ((failed[0]["error"] or {}).get("message") or "").strip().splitlines()
    return lines[0] if lines else "no message"
