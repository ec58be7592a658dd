"""Which of the waiting runs a free process takes: fair between groups, and never all processes for suspects.

A message in the broker is a ticket to execute one waiting run of its queue; which one is decided here, when a process
is free. Runs of one group (the genres of one job) take turns with those of others, so that a job of three genres does
not wait for a job of two hundred. A suspect (a run that lost its worker or ran out of time before) may occupy all
processes but one.

Scope: the order. Out of scope: who has which run (`lease`), what makes a run a suspect (each room, `register`).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from alt_pipelines.runtime.queues import Queue


class Trait(NamedTuple):
    """What a room knows of a run: the group that it takes turns with, and whether it is a suspect."""

    group: str
    suspect: bool = False


class QueuedRun(NamedTuple):
    """A run of a queue that has not ended, in the order of submission; `started` once a process has it."""

    run_id: str
    tags: Mapping[str, str]
    started: bool


Traits = Callable[[Mapping[str, Mapping[str, str]]], Mapping[str, Trait]]
"""Traits by run id, from tags by run id; runs that it leaves out are groups of their own."""

_registered: dict[str, Traits] = {}


def register(queue: Queue, traits: Traits) -> None:
    """Name what knows the runs of a queue."""
    _registered[queue] = traits


def traits_of(queue: Queue, runs: Sequence[QueuedRun]) -> dict[str, Trait]:
    """The trait of each run."""
    known = _registered[queue]({run.run_id: run.tags for run in runs}) if queue in _registered else {}
    return {run.run_id: known.get(run.run_id, Trait(run.run_id)) for run in runs}


def order(runs: Sequence[QueuedRun], traits: Mapping[str, Trait], processes: int) -> list[str]:
    """Ids of the waiting runs that may start now, the fairest first.

    Args:
        runs: all that have not ended, oldest first.
        traits: of each of them.
        processes: of the queue, over all workers.
    """
    ahead = Counter(traits[run.run_id].group for run in runs if run.started)
    busy = sum(run.started and traits[run.run_id].suspect for run in runs)
    ranked = []
    for submitted, run in enumerate(run for run in runs if not run.started):
        trait = traits[run.run_id]
        if trait.suspect and busy >= suspects_at_once(processes):
            continue
        last_of_all = trait.suspect and processes <= 1
        ranked.append((last_of_all, ahead[trait.group], submitted, run.run_id))
        ahead[trait.group] += 1
    return [run_id for *_, run_id in sorted(ranked)]


def suspects_at_once(processes: int) -> int:
    """How many suspects may run together: all processes but one; on a single process one, when nothing else waits."""
    return max(1, processes - 1)
