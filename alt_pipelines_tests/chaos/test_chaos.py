"""The short chaos suite, on the real product with hash vectors: most faults of the stack once, and costly texts."""

import pytest

from alt_pipelines_tests.chaos.faults import all_faults
from alt_pipelines_tests.chaos.poison import poison_faults
from alt_pipelines_tests.chaos.scenario import run_scenario
from alt_pipelines_tests.chaos.surroundings import surrounding_faults
from alt_pipelines_tests.chaos.world import a_world

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1500)]

_LONG = ("Postgres away for 30 s", "freeze tagging worker")


def test_whatever_is_killed_nothing_is_lost_doubled_stuck_or_left_behind() -> None:
    faults = [fault for fault in all_faults(freeze_seconds=15) if not fault.name.startswith(_LONG)]
    with a_world() as world:
        found, broken = run_scenario(world, faults, seed=7, pause=lambda chance: chance.uniform(0.5, 3))
    assert not broken, f"{broken}\n{found}"
    assert found["genre runs accepted"], "a scenario without load proves nothing"
    assert found["articles inserted"], "a scenario without load proves nothing"


def test_no_good_article_waits_for_long_because_of_bad_ones() -> None:
    """Articles and runs that take too long, an extraction process that hangs, slow clients."""
    bad = [fault for fault in surrounding_faults() if "extraction" in fault.name or "slow clients" in fault.name]
    with a_world() as world:
        faults = [*poison_faults(), *bad, *poison_faults()]
        found, broken = run_scenario(world, faults, seed=5, pause=lambda chance: chance.uniform(2, 4))
        assert not broken, f"{broken}\n{found}"
    waits, slower = found["longest waits of good articles"], found["how much slower than an idle machine"]
    assert isinstance(waits, dict)
    assert isinstance(slower, float)
    assert max(waits.values()) < 30 * slower, "half a minute of an idle machine"
