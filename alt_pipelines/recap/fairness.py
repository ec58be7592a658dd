"""Traits by which the queue shares workers fairly among genre runs.

They are the run's job, and whether the run or an earlier attempt failed or lost its worker.
"""

from collections.abc import Callable, Mapping

from sqlalchemy.engine import Engine

from alt_pipelines.dagster_names import RUN_TAG
from alt_pipelines.recap.store import queue
from alt_pipelines.runtime.fairness import Trait, Traits


def genre_run_traits(engine: Callable[[], Engine]) -> Traits:
    """Return the function that reads the traits of those Dagster runs whose tags name a genre run.

    `engine` returns the engine of recap-db.
    """

    def traits(tags_by_run: Mapping[str, Mapping[str, str]]) -> dict[str, Trait]:
        rows = {run_id: int(tags[RUN_TAG]) for run_id, tags in tags_by_run.items() if tags.get(RUN_TAG, "").isdigit()}
        if not rows:
            return {}
        known = queue.jobs_and_suspects(engine(), list(rows.values()))
        return {run_id: Trait(*known[row]) for run_id, row in rows.items() if row in known}

    return traits
