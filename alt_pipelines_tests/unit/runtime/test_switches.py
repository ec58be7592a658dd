"""Sensors and schedules that are off or fail are named, with what stops and where to switch them on."""

import time
from typing import Any

import pytest

from alt_pipelines.runtime.switches import FAILING_SECONDS, WORK, faults

LONG_AGO = FAILING_SECONDS + 60


def answer(
    name: str, kind: str = "sensor", status: str = "RUNNING", failed: float | None = None, worked: float | None = None
) -> dict[str, Any]:
    """The webserver's data about one sensor or schedule; times in seconds ago."""
    now = time.time()
    state = {
        "status": status,
        "failed": [] if failed is None else [{"timestamp": now - failed, "error": {"message": "KeyError: 'x'\nmore"}}],
        "worked": [] if worked is None else [{"timestamp": now - worked}],
    }
    node: dict[str, Any] = {"sensors": [], "schedules": []}
    node[f"{kind}s"].append({"name": name, f"{kind}State": state})
    return {"repositoriesOrError": {"nodes": [node]}}


@pytest.mark.parametrize("name", WORK)
def test_a_sensor_that_work_needs_and_that_is_off_stops_work(name: str) -> None:
    (fault,) = faults(answer(name, status="STOPPED", worked=5))
    assert fault.stops_work
    assert fault.sentence == (
        f"the sensor {name} is off, so {WORK[name]}; switch it on in Dagster's UI: Automation, then {name}"
    )


def test_a_schedule_that_is_off_stops_no_work() -> None:
    (fault,) = faults(answer("prune", kind="schedule", status="STOPPED"))
    assert not fault.stops_work
    assert fault.sentence.startswith("the schedule prune is off; switch it on")


def test_a_sensor_fails_once_no_tick_has_worked_for_long() -> None:
    (fault,) = faults(answer("pending_articles", failed=1, worked=LONG_AGO))
    assert "the sensor pending_articles fails, so no article is tagged: KeyError: 'x'; its ticks are" in fault.sentence
    assert faults(answer("pending_articles", failed=1)), "none has ever worked"
    assert not faults(answer("pending_articles", failed=1, worked=20)), "the next tick may work"
    assert not faults(answer("pending_articles", failed=5, worked=1)), "the next tick has worked"
    assert not faults(answer("pending_articles", worked=LONG_AGO)), "none has failed"


def test_a_schedule_fails_if_its_last_tick_failed() -> None:
    assert faults(answer("prune", kind="schedule", failed=1, worked=20))
    assert not faults(answer("prune", kind="schedule", failed=20, worked=1))


def test_what_stops_work_comes_first() -> None:
    nodes = [answer(name, status="STOPPED")["repositoriesOrError"]["nodes"][0] for name in ("a", "pending_articles")]
    found = faults({"repositoriesOrError": {"nodes": nodes}})
    assert [fault.name for fault in found] == ["pending_articles", "a"]


def test_code_that_is_not_loaded_has_no_sensors_to_judge() -> None:
    with pytest.raises(KeyError):
        faults({"repositoriesOrError": {"__typename": "PythonError"}})
