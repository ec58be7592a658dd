"""`alt-pipelines up`, `worker` and `doctor`: the stack on one machine, one part of it, and what is wrong with it."""

import os
from typing import get_args

import click

from alt_pipelines.execution.queues import Queue
from alt_pipelines.settings import Settings


@click.command()
@click.option("--queue", type=click.Choice(get_args(Queue)), required=True, help="Which runs to execute.")
@click.option("--processes", type=click.IntRange(1), help="How many at once. Default: by the settings and the cores.")
@click.option("--definitions", default="alt_pipelines.definitions", hidden=True, help="The module that is served.")
@click.option("--models/--no-models", default=True, hidden=True, help="Load models before the first run.")
def worker(queue: Queue, processes: int | None, definitions: str, models: bool) -> None:
    """Execute runs on warm processes until told to stop.

    Start as many workers as you like, on any machine that reaches the broker and the databases. SIGTERM lets running
    runs end first.
    """
    from alt_pipelines.execution.worker import Preloading, run_worker

    settings = Settings.from_environment()
    counts = settings.execution.process_counts(os.cpu_count() or 1, settings.recap.max_background_runs)
    run_worker(queue, processes or counts[queue], settings, Preloading(definitions, models))
