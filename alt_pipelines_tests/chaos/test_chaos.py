"""The short form of the chaos suite: every kind of kill once, on the real product with hash vectors."""

import pytest

from alt_pipelines_tests.chaos.blows import all_blows
from alt_pipelines_tests.chaos.storm import rage
from alt_pipelines_tests.chaos.world import a_world

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1500)]

_LONG = ("Postgres away for 30 s", "freeze tagging worker")


def test_whatever_is_killed_nothing_is_lost_doubled_stuck_or_left_behind() -> None:
    blows = [blow for blow in all_blows(freeze_seconds=15) if not blow.name.startswith(_LONG)]
    with a_world() as world:
        found, broken = rage(world, blows, seed=7, pause=lambda chance: chance.uniform(0.5, 3))
    assert not broken, f"{broken}\n{found}"
    assert found["genre runs accepted"], "a storm without load proves nothing"
    assert found["articles inserted"], "a storm without load proves nothing"
