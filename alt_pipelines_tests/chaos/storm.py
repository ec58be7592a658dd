"""One storm: load, blows at random moments, then calm, then the verdict."""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence

from alt_pipelines_tests.chaos.blows import Blow
from alt_pipelines_tests.chaos.load import Load
from alt_pipelines_tests.chaos.verdict import figures, problems, wait_until_settled
from alt_pipelines_tests.chaos.world import World

SETTLE_SECONDS = 600.0


def say(line: str) -> None:
    """A line for whoever watches."""
    sys.stdout.write(f"{time.strftime('%H:%M:%S')}  {line}\n")
    sys.stdout.flush()


def rage(
    world: World, blows: Sequence[Blow], seed: int, pause: Callable[[random.Random], float]
) -> tuple[dict[str, object], list[str]]:
    """Strike each blow in turn under load. Returns the figures, and the promises that were broken."""
    chooser = random.Random(seed)
    load = Load(world.alt, world.stack.addresses.adapter, seed)
    load.start()
    started = time.monotonic()
    time.sleep(5)
    for number, blow in enumerate(blows, 1):
        say(f"{number}/{len(blows)} {blow.name}")
        blow.strike(world, chooser)
        time.sleep(pause(chooser))
    load.stop()
    raged = time.monotonic() - started
    world.stack.wait_ready(300)
    settled = wait_until_settled(world, SETTLE_SECONDS)
    broken = list(problems(world, load))
    found = {
        "blows": dict(Counter(blow.name for blow in blows)),
        "seconds of storm": round(raged),
        "seconds until settled": round(settled),
        "articles inserted": len(load.urls),
        "genre runs accepted": len(load.accepted),
        **figures(world),
    }
    return found, broken
