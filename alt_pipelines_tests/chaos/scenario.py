"""One scenario: faults at random times under load, then recovery without load, then the assertions."""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median

from alt_pipelines_tests.chaos.assertions import broken_invariants, figures, wait_until_settled
from alt_pipelines_tests.chaos.faults import Fault
from alt_pipelines_tests.chaos.load import Load
from alt_pipelines_tests.chaos.surroundings import longest_waits
from alt_pipelines_tests.chaos.world import World
from alt_pipelines_tests.support.speed import wall_slowness
from alt_pipelines_tests.support.waiting import wait_ready

SETTLE_SECONDS = 600.0


def say(line: str) -> None:
    """Print a progress line with the time to standard error."""
    sys.stderr.write(f"{time.strftime('%H:%M:%S')}  {line}\n")
    sys.stderr.flush()


def run_scenario(
    world: World, faults: Sequence[Fault], seed: int, pause: Callable[[random.Random], float]
) -> tuple[dict[str, object], list[str]]:
    """Inject each fault in turn under load. Returns the figures and the broken invariants."""
    chooser = random.Random(seed)
    load = Load(world.alt, world.stack.addresses.adapter, seed)
    load.start()
    started = time.monotonic()
    time.sleep(5)
    slowness = []
    for number, fault in enumerate(faults, 1):
        say(f"{number}/{len(faults)} {fault.name}")
        fault.inject(world, chooser)
        slowness.append(wall_slowness())
        time.sleep(pause(chooser))
    load.stop()
    elapsed = time.monotonic() - started
    wait_ready(world.stack, 300)
    settled = wait_until_settled(world, SETTLE_SECONDS)
    broken = list(broken_invariants(world, load))
    found = {
        "faults": dict(Counter(fault.name for fault in faults)),
        "seconds of faults": round(elapsed),
        "seconds until settled": round(settled),
        "how much slower than an idle machine": round(median(slowness), 1),
        "longest waits of good articles": longest_waits(world),
        "articles inserted": len(load.urls),
        "genre runs accepted": len(load.accepted),
        **figures(world),
    }
    say(f"{found}")
    return found, broken
