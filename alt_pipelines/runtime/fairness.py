"""Choose the waiting run that a free process takes: fair between groups, and never all processes for suspects.

A broker message permits the execution of one waiting run of its queue. This module chooses which one when a process
becomes free. Groups of runs (the genres of one job) take turns, so that a job of three genres does not wait for a job
of two hundred. Suspects (runs that lost their worker or exceeded their time limit before) may occupy all processes but
one.

Leases are in `lease`; each room registers what makes its runs suspects (`register`).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from alt_pipelines.runtime.queues import Queue


class Trait(NamedTuple):
    """What a room reports about a run: its group, and whether it is a suspect."""

    group: str
    suspect: bool = False


class QueuedRun(NamedTuple):
    """An unfinished run of a queue; `started` is true once a process executes it."""

    run_id: str
    tags: Mapping[str, str]
    started: bool


Traits = Callable[[Mapping[str, Mapping[str, str]]], Mapping[str, Trait]]
"""Maps tags by run id to traits by run id; a run that the result omits forms its own group."""

_registered: dict[str, Traits] = {}


def register(queue: Queue, traits: Traits) -> None:
    """Register the function that returns the traits of a queue's runs."""
    _registered[queue] = traits


def traits_of(queue: Queue, runs: Sequence[QueuedRun]) -> dict[str, Trait]:
    """Return the trait of each run by run id."""
    known = _registered[queue]({run.run_id: run.tags for run in runs}) if queue in _registered else {}
    return {run.run_id: known.get(run.run_id, Trait(run.run_id)) for run in runs}


def order(runs: Sequence[QueuedRun], traits: Mapping[str, Trait], processes: int) -> list[str]:
    """Return the ids of the waiting runs that may start now, in the order in which to start them.

    Args:
        runs: all unfinished runs, oldest first.
        traits: the trait of each run, by run id.
        processes: the number of processes of the queue over all workers.
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
    """Return how many suspects may run at once: one fewer than the processes, at least one.

    On a single process, a suspect runs only if no other run waits (`order`).
    """
    return max(1, processes - 1)
