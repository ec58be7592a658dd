"""Reporting of a genre run to Dagster while it works: lines of its log."""

import time

import dagster as dg

from alt_pipelines.dagster_names import RUN_TAG

_EVERY_SECONDS = 10.0


class Progress:
    """Logs the progress at most every `_EVERY_SECONDS`; for a run by hand, also each stage as it begins."""

    def __init__(self, context: dg.AssetExecutionContext) -> None:
        self._context = context
        self._said = time.monotonic()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Log that `done` of `total` parts of a stage are done, if a line is due."""
        now = time.monotonic()
        begins = done == 0 and by_hand(self._context)
        if done < total and (begins or now - self._said >= _EVERY_SECONDS):
            self._context.log.info(f"{stage}: {done} of {total}" if total > 1 else f"Stage: {stage}")
            self._said = now


def by_hand(context: dg.AssetExecutionContext) -> bool:
    """Whether a person launched the run and may be watching it; a client's run is launched for a genre run."""
    return RUN_TAG not in context.run.tags
