"""Everything that Dagster runs: the definitions of the rooms, with the resources that they share.

Each room lists its assets, checks, jobs, sensors and schedules in its own `definitions.make_defs(settings)`; nothing is
discovered automatically. To add a room, add its `make_defs` to `ROOMS`.

This is the only module that reads the environment when it is imported. Tests call `make_defs` with settings and a
platform of their own.
"""

import warnings
from functools import partial

import dagster as dg

from alt_pipelines.consumers.assets import consumers
from alt_pipelines.label_graph.definitions import make_defs as label_graph
from alt_pipelines.learning.definitions import make_defs as learning
from alt_pipelines.maintenance.definitions import make_defs as maintenance
from alt_pipelines.observability.definitions import make_defs as observability
from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.platform import EXTRACTOR_MODULES, Platform
from alt_pipelines.recap.definitions import make_defs as recap
from alt_pipelines.recap.fairness import genre_run_traits
from alt_pipelines.recap.warmup import warm_up as recap_warm_up
from alt_pipelines.resources import make_resources
from alt_pipelines.runtime import fairness, preload
from alt_pipelines.runtime.automation import resend_lost_runs
from alt_pipelines.runtime.queues import RECAP
from alt_pipelines.runtime.supervised import fork_nursery
from alt_pipelines.settings import Settings
from alt_pipelines.sites.definitions import make_defs as sites
from alt_pipelines.tagging.definitions import make_defs as tagging
from alt_pipelines.tagging.warmup import warm_up as tagging_warm_up
from alt_pipelines.vocabulary.definitions import make_defs as vocabulary

ROOMS = (tagging, sites, vocabulary, recap, label_graph, learning, maintenance, observability)


def make_defs(settings: Settings, platform: Platform | None = None) -> dg.Definitions:
    """Return all definitions for `settings`. The resources hand out the parts of `platform`, by default a new one."""
    shared = dg.Definitions(
        assets=consumers,
        sensors=[resend_lost_runs],
        resources=make_resources(platform or Platform.for_process(settings)),
        executor=dg.in_process_executor,
    )
    return dg.Definitions.merge(*(room(settings) for room in ROOMS), shared)


def serve(settings: Settings) -> dg.Definitions:
    """Return the definitions of this process, and register what its workers preload and how they share their queue."""
    configure_logging(settings.logging)
    # Dagster is pinned exactly, so this parameter cannot change unnoticed; every process would print the warning twice.
    warnings.filterwarnings("ignore", "Parameter `backfill_policy` of function `asset`", dg.BetaWarning)
    platform = Platform.for_process(settings)
    fork_early = partial(fork_nursery, EXTRACTOR_MODULES)
    preload.register(tagging_warm_up(settings, lambda: platform.isolated_extractor, fork_early))
    preload.register(recap_warm_up(settings, lambda: platform.embedder))
    fairness.register(RECAP, genre_run_traits(lambda: platform.recap_engine))
    return make_defs(settings, platform)


defs = serve(Settings.from_environment())
