"""`python -m alt_pipelines_tests.chaos --kills 50`: the long chaos suite; exit code 1 if an assertion fails."""

import argparse
import json
import random
import sys
import time

from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.settings import LoggingSettings
from alt_pipelines_tests.chaos.faults import all_faults
from alt_pipelines_tests.chaos.poison import poison_faults
from alt_pipelines_tests.chaos.scenario import run_scenario, say
from alt_pipelines_tests.chaos.surroundings import long_faults, surrounding_faults
from alt_pipelines_tests.chaos.world import a_world
from alt_pipelines_tests.support.report import recorded


def main() -> int:
    """Run one scenario and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50, help="how many faults")
    parser.add_argument("--seed", type=int, default=None, help="the same seed injects the same faults")
    parser.add_argument("--pause", type=float, default=6.0, help="mean seconds between faults")
    parser.add_argument("--real-models", action="store_true", help="models instead of hash vectors")
    parser.add_argument("--only", nargs="*", default=(), help="parts of the names of the faults to inject")
    arguments = parser.parse_args()
    seed = int(time.time()) if arguments.seed is None else arguments.seed
    configure_logging(LoggingSettings(level="ERROR", format="console"))
    kinds = [*all_faults(), *surrounding_faults(), *poison_faults(), *long_faults()]
    chooser = random.Random(seed)
    if arguments.only:
        kinds = [kind for kind in kinds if any(word in kind.name for word in arguments.only)]
    faults = [kind for _ in range(arguments.kills // len(kinds) + 1) for kind in chooser.sample(kinds, len(kinds))]
    say(f"seed {seed}; the stack starts")
    with a_world(arguments.real_models, disk_mb=2000, own_clock=True) as world:
        found, broken = run_scenario(
            world, faults[: arguments.kills], seed, lambda chance: chance.uniform(0.3, 2 * arguments.pause)
        )
    figures = json.dumps({"seed": seed, **found, "broken promises": broken}, indent=2, ensure_ascii=False)
    sys.stdout.write(f"```json\n{figures}\n```\n")
    return 1 if broken else 0


if __name__ == "__main__":
    with recorded("alt_pipelines_tests.chaos"):
        code = main()
    sys.exit(code)
