"""Trivial Dagster definitions for tests of the stack: one asset that sleeps, fails or writes marks, by its config."""

import os
import time
from pathlib import Path

import dagster as dg

from alt_pipelines.runtime import fairness
from alt_pipelines.runtime.automation import resend_lost_runs
from alt_pipelines.runtime.queues import RECAP, TAGGING, run_tags
from alt_pipelines.runtime.stopping import worker_is_stopping

GROUP_TAG, SUSPECT_TAG = "test/group", "test/suspect"


class Orders(dg.Config):
    """The behaviour of a run."""

    seconds: float = 0.0
    fail: bool = False
    stubborn: bool = False  # ignores interrupts
    native: bool = False  # blocks the interpreter in native code for minutes
    until: str = ""  # file for which the run waits
    until_stop: bool = False  # waits until its worker is stopping
    mark: str = ""  # file to which the run appends a line at its start and at its end


@dg.asset(op_tags=run_tags(RECAP, max_runtime_seconds=600))
def trivial(context: dg.AssetExecutionContext, config: Orders) -> dg.MaterializeResult:
    _mark(config.mark, f"start {context.run.run_id} {os.getpid()}")
    end = time.monotonic() + config.seconds
    while (
        time.monotonic() < end
        or (config.until and not Path(config.until).exists())
        or (config.until_stop and not worker_is_stopping())
    ):
        try:
            time.sleep(0.05)
        except BaseException:
            if not config.stubborn:
                raise
    if config.native:
        _ = 3**1_000_000_000
    if config.fail:
        raise ValueError("ordered to fail")
    _mark(config.mark, f"end {context.run.run_id} {os.getpid()}")
    return dg.MaterializeResult(metadata={"pid": os.getpid()})


def _mark(path: str, line: str) -> None:
    if path:
        with Path(path).open("a") as target:
            target.write(line + "\n")


quick_job = dg.define_asset_job("quick_job", [trivial], tags=run_tags(TAGGING))
slow_job = dg.define_asset_job("slow_job", [trivial], tags=run_tags(RECAP))

fairness.register(
    RECAP,
    lambda tags_by_run: {
        run_id: fairness.Trait(tags.get(GROUP_TAG, run_id), SUSPECT_TAG in tags) for run_id, tags in tags_by_run.items()
    },
)

defs = dg.Definitions(
    assets=[trivial],
    jobs=[quick_job, slow_job],
    sensors=[resend_lost_runs],
    executor=dg.in_process_executor,
)
